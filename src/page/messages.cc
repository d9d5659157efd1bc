#include "messages.h"

#include <algorithm>
#include <stdexcept>

#include <kernel/embedded.h>
#include <kernel/text.h>

namespace page {
namespace {

Words read_all(Lang lang) {
    const std::string name = "/messages." + std::string(tag(lang)) + ".txt";
    Words out;
    for (const kernel::EmbeddedFile& file : kernel::embedded_files()) {
        if (!file.path.ends_with(name)) continue;
        const std::string_view module = file.path.substr(0, file.path.size() - name.size());
        read_messages(file.path, module, file.content, out);
    }
    if (lang != Lang::en)
        for (auto& [key, text] : out) text = typeset_han(text);
    return out;
}

bool beyond_ascii(char c) { return static_cast<unsigned char>(c) >= 0x80; }

std::string_view full_width(char c) {
    switch (c) {
        case ',':
            return "，";
        case ';':
            return "；";
        case ':':
            return "：";
        case '?':
            return "？";
        case '!':
            return "！";
        case '(':
            return "（";
        case ')':
            return "）";
        default:
            return {};
    }
}

bool any_han(std::string_view text) { return std::any_of(text.begin(), text.end(), beyond_ascii); }

bool han_until(std::string_view text, char end) { return any_han(text.substr(0, text.find(end))); }

bool han_since_bracket(std::string_view text, std::size_t at) {
    const std::size_t open = text.rfind('(', at);
    return open != text.npos && any_han(text.substr(open, at - open));
}

// Calls text(piece) and argument(name, one, many) in order; `one` and `many` are empty for a plain {name}.
template <class Text, class Argument>
void walk(std::string_view message, Text text, Argument argument) {
    while (true) {
        const std::size_t open = message.find('{');
        const std::size_t close = open == message.npos ? message.npos : message.find('}', open);
        text(message.substr(0, close == message.npos ? message.npos : open));
        if (close == message.npos) return;
        const std::string_view inside = message.substr(open + 1, close - open - 1);
        const std::vector<std::string_view> parts = kernel::split(inside, '|');
        if (parts.size() == 3)
            argument(parts[0], parts[1], parts[2]);
        else
            argument(inside, std::string_view{}, std::string_view{});
        message.remove_prefix(close + 1);
    }
}

}  // namespace

void read_messages(std::string_view file, std::string_view module, std::string_view text, Words& into) {
    int number = 0;
    for (std::string_view line : kernel::split(text, '\n')) {
        ++number;
        if (line.empty() || line[0] == '#') continue;
        const auto wrong = [&](const std::string& why) {
            throw std::runtime_error(std::string(file) + ":" + std::to_string(number) + ": " + why);
        };
        const std::size_t equals = line.find(" = ");
        if (equals == line.npos) wrong("no \" = \"");
        std::string key(line.substr(0, equals));
        std::string value = kernel::trim(line.substr(equals + 3));
        if (!key.starts_with(std::string(module) + "."))
            wrong("the key " + key + " is not of module " + std::string(module));
        if (value.empty()) wrong("the key " + key + " has no text");
        if (!into.emplace(std::move(key), std::move(value)).second) wrong("a key given twice");
    }
}

std::string typeset_han(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool after = i > 0 && beyond_ascii(text[i - 1]),
                   before = i + 1 < text.size() && beyond_ascii(text[i + 1]);
        const bool blank_then_han = i + 2 < text.size() && text[i + 1] == ' ' && beyond_ascii(text[i + 2]);
        const std::string_view wide = full_width(text[i]);
        const bool opens = text[i] == '(', closes = text[i] == ')';
        const bool set = opens    ? han_until(text.substr(i), ')')
                         : closes ? han_since_bracket(text, i)
                                  : after || before || blank_then_han;
        if (wide.empty() || !set) {
            out += text[i];
            continue;
        }
        if (opens && out.ends_with(' ')) out.pop_back();
        out += wide;
        if (i + 1 < text.size() && text[i + 1] == ' ') ++i;
    }
    return out;
}

const Words& words(Lang lang) {
    static const Words all[] = {read_all(Lang::zh_hans), read_all(Lang::zh_hant), read_all(Lang::en)};
    return all[static_cast<int>(lang)];
}

std::string fill_in(std::string_view message, const Args& args) {
    std::string out;
    const auto text = [&](std::string_view piece) { out += piece; };
    walk(message, text, [&](std::string_view name, std::string_view one, std::string_view many) {
        const auto found = std::find_if(args.begin(), args.end(), [&](const auto& arg) { return arg.first == name; });
        const bool chooses = !one.empty() || !many.empty();
        if (found == args.end() && !chooses)
            out.append("{").append(name).append("}");
        else if (chooses)
            out += found != args.end() && found->second == "1" ? one : many;
        else
            out += found->second;
    });
    return out;
}

std::vector<std::string> arguments(std::string_view message, bool* chooses) {
    std::vector<std::string> names;
    walk(
        message, [](std::string_view) {},
        [&](std::string_view name, std::string_view one, std::string_view many) {
            names.emplace_back(name);
            if (chooses && (!one.empty() || !many.empty())) *chooses = true;
        });
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

std::string say(Lang lang, std::string_view key, const Args& args) {
    const Words& all = words(lang);
    const auto found = all.find(key);
    if (found == all.end()) throw std::logic_error("no message " + std::string(key) + " in " + std::string(tag(lang)));
    return args.empty() ? found->second : fill_in(found->second, args);
}

std::string say(Lang lang, const kernel::Error& error) { return say(lang, error.key, error.args); }

bool has_message(std::string_view key) { return words(Lang::en).contains(key); }

}  // namespace page
