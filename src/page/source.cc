#include "source.h"

#include <stdexcept>

#include "page.h"

#include "messages.h"

namespace page {
namespace {

[[noreturn]] void broken(std::string_view file, const std::string& why) {
    throw std::runtime_error(std::string(file) + ": " + why);
}

struct Call {
    std::string name;
    Parameters parameters;
};

// Digits stand for themselves, grouped; a name stands for the value that the page is given.
std::string argument(const std::string& value) {
    const bool digits = value.size() <= 15 && value.find_first_not_of("0123456789") == value.npos;
    return digits && !value.empty() ? number(Lang::en, std::stoll(value)) : "{{" + value + "}}";
}

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

// `name a=b c="d e"`: the inside of {{> }} and [[ ]].
Call parse_call(std::string_view file, std::string_view text) {
    Call call;
    std::size_t i = 0;
    const auto skip = [&] {
        while (i < text.size() && is_space(text[i])) ++i;
    };
    const auto until = [&](auto stop) {
        const std::size_t start = i;
        while (i < text.size() && !stop(text[i])) ++i;
        return std::string(text.substr(start, i - start));
    };
    skip();
    call.name = until(is_space);
    for (skip(); i < text.size(); skip()) {
        std::string name = until([](char c) { return c == '=' || is_space(c); });
        if (i >= text.size() || text[i] != '=') broken(file, "no value for " + name + " in " + std::string(text));
        ++i;
        const bool quoted = i < text.size() && text[i] == '"';
        if (quoted) ++i;
        std::string value = quoted ? until([](char c) { return c == '"'; }) : until(is_space);
        if (quoted && i >= text.size()) broken(file, "a quote is open in " + std::string(text));
        if (quoted) ++i;
        call.parameters[std::move(name)] = std::move(value);
    }
    if (call.name.empty()) broken(file, "an empty name");
    return call;
}

// Keeps or drops ((#name))…((/name)) and ((^name))…((/name)), then replaces ((name)).
std::string put_parameters(std::string_view file, std::string_view text, const Parameters& given) {
    std::string out;
    while (true) {
        const std::size_t open = text.find("((");
        if (open == text.npos) return out.append(text);
        const std::size_t close = text.find("))", open);
        if (close == text.npos) broken(file, "(( without ))");
        out += text.substr(0, open);
        const std::string_view inside = text.substr(open + 2, close - open - 2);
        text.remove_prefix(close + 2);
        if (inside.empty()) broken(file, "(()) names nothing");
        if (inside[0] != '#' && inside[0] != '^') {
            const auto found = given.find(inside);
            if (found == given.end()) broken(file, "needs " + std::string(inside));
            out += found->second;
            continue;
        }
        const std::string end = "((/" + std::string(inside.substr(1)) + "))";
        const std::size_t to = text.find(end);
        if (to == text.npos) broken(file, "no " + end);
        if (given.contains(inside.substr(1)) == (inside[0] == '#'))
            out += put_parameters(file, text.substr(0, to), given);
        text.remove_prefix(to + end.size());
    }
}

std::string include_deep(std::string_view file, std::string_view text, const Parameters& given, const Fetch& fetch,
                         int depth) {
    if (depth > 8) broken(file, "templates put each other in without end");
    const std::string own = put_parameters(file, text, given);
    std::string out;
    std::string_view rest = own;
    while (true) {
        const std::size_t open = rest.find("{{>");
        if (open == rest.npos) return out.append(rest);
        const std::size_t close = rest.find("}}", open);
        if (close == rest.npos) broken(file, "{{> without }}");
        out += rest.substr(0, open);
        const Call call = parse_call(file, rest.substr(open + 3, close - open - 3));
        const std::string path = call.name + (call.name.ends_with(".html") ? "" : ".html");
        out += include_deep(path, fetch(path), call.parameters, fetch, depth + 1);
        rest.remove_prefix(close + 2);
    }
}

// Calls text(piece) and call(Call) in order.
template <class Text, class Each>
void walk_words(std::string_view file, std::string_view text, Text piece, Each each) {
    while (true) {
        const std::size_t open = text.find("[[");
        const std::size_t close = open == text.npos ? text.npos : text.find("]]", open);
        if (open != text.npos && close == text.npos) broken(file, "[[ without ]]");
        piece(text.substr(0, open));
        if (open == text.npos) return;
        each(parse_call(file, text.substr(open + 2, close - open - 2)));
        text.remove_prefix(close + 2);
    }
}

std::string lower_case(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

// Inside a tag: an attribute named `style` or starting with `on`.
void refuse_attributes(std::string_view file, std::string_view lower) {
    bool in_tag = false;
    char quote = 0;
    for (std::size_t i = 0; i < lower.size(); ++i) {
        const char c = lower[i];
        if (quote) {
            if (c == quote) quote = 0;
        } else if (in_tag && (c == '"' || c == '\'')) {
            quote = c;
        } else if (c == '<' && i + 1 < lower.size() && lower[i + 1] >= 'a' && lower[i + 1] <= 'z') {
            in_tag = true;
        } else if (c == '>') {
            in_tag = false;
        } else if (in_tag && is_space(c)) {
            const std::string_view next = lower.substr(i + 1);
            if (next.starts_with("style=")) broken(file, "a style attribute");
            if (next.starts_with("on") && next.find('=') < next.find_first_of(" \n\t>"))
                broken(file, "an on… attribute");
        }
    }
}

}  // namespace

std::string include(std::string_view file, std::string_view text, const Parameters& given, const Fetch& fetch) {
    return include_deep(file, text, given, fetch, 0);
}

std::string put_words(std::string_view file, std::string_view text, const Lookup& lookup) {
    std::string out;
    walk_words(
        file, text, [&](std::string_view piece) { out += piece; },
        [&](const Call& call) {
            Args args;
            for (const auto& [name, value] : call.parameters) args.emplace_back(name, argument(value));
            out += fill_in(escape(lookup(call.name)).text(), args);
        });
    return out;
}

std::vector<Mention> mentions(std::string_view text) {
    std::vector<Mention> all;
    bool for_script = false;
    const auto look = [&](std::string_view before) {
        const std::size_t blank = before.find_last_of(" \n");
        for_script = blank != before.npos && before.substr(blank + 1).starts_with("data-") && before.ends_with("=\"");
    };
    walk_words("", text, look, [&](const Call& call) {
        Mention mention{call.name, {}, for_script};
        for (const auto& parameter : call.parameters) mention.arguments.push_back(parameter.first);
        all.push_back(std::move(mention));
    });
    return all;
}

void refuse_unsafe(std::string_view file, std::string_view text) {
    for (const char* raw : {"{{{", "{{&", "{{=", "{{ &", "{{ ="})
        if (text.find(raw) != text.npos) broken(file, std::string(raw) + " is refused: everything is escaped");
    const std::string lower = lower_case(text);
    for (const char* element : {"<script", "<style", "javascript:", "<iframe", "<object", "<embed"})
        if (lower.find(element) != lower.npos) broken(file, std::string(element) + " is refused");
    refuse_attributes(file, lower);
}

std::string squeeze(std::string_view text) {
    std::string out;
    std::string keep;  // the end tag up to which white space is kept
    for (std::size_t i = 0; i < text.size();) {
        const std::string_view rest = text.substr(i);
        if (keep.empty() && (rest.starts_with("<pre") || rest.starts_with("<textarea")))
            keep = rest[1] == 'p' ? "</pre>" : "</textarea>";
        else if (!keep.empty() && rest.starts_with(keep))
            keep.clear();
        if (!keep.empty() || !is_space(text[i])) {
            out += text[i++];
            continue;
        }
        bool breaks = false;
        const std::size_t start = i;
        for (; i < text.size() && is_space(text[i]); ++i) breaks = breaks || text[i] == '\n';
        if (!breaks)
            out += text.substr(start, i - start);
        else if (!out.empty())
            out += '\n';
    }
    return out;
}

}  // namespace page
