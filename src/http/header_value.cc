#include "header_value.h"

#include <algorithm>

#include <kernel/text.h>

namespace http {
namespace {

char lower_letter(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

bool token_char(char c) {
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) return true;
    return std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

std::string_view without_blanks(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

// Reads "…" from the front of `rest`, which begins with the quotation mark.
std::optional<std::string> quoted(std::string_view& rest, Backslash backslash) {
    std::string out;
    for (std::size_t i = 1; i < rest.size(); ++i) {
        char c = rest[i];
        if (c == '"') {
            rest.remove_prefix(i + 1);
            return out;
        }
        if (c == '\\' && i + 1 < rest.size() && (backslash == Backslash::escapes_all || rest[i + 1] == '"'))
            c = rest[++i];
        out += c;
    }
    return std::nullopt;
}

std::optional<std::string> parameter_value(std::string_view& rest, Backslash backslash) {
    if (rest.starts_with('"')) return quoted(rest, backslash);
    const std::string_view value = without_blanks(rest.substr(0, rest.find(';')));
    if (!is_token(value)) return std::nullopt;
    rest.remove_prefix(std::min(rest.size(), rest.find(';')));
    return std::string(value);
}

// "0.85" as 850; 0 for what is no weight.
int thousandths(std::string_view q) {
    if (q.empty() || (q[0] != '0' && q[0] != '1') || (q.size() > 1 && q[1] != '.') || q.size() > 5) return 0;
    int out = (q[0] - '0') * 1000;
    int place = 100;
    for (char c : q.substr(std::min<std::size_t>(2, q.size()))) {
        if (c < '0' || c > '9') return 0;
        out += (c - '0') * place;
        place /= 10;
    }
    return std::min(out, 1000);
}

// How exactly `range` names `item`: 3 itself, 2 "type/*", 1 a wildcard, 0 not at all.
int fit(std::string_view range, std::string_view item) {
    if (equal_ignoring_case(range, item)) return 3;
    if (range == "*" || range == "*/*") return 1;
    if (range.size() > 2 && range.ends_with("/*") && range.size() <= item.size() &&
        equal_ignoring_case(range.substr(0, range.size() - 1), item.substr(0, range.size() - 1)))
        return 2;
    return 0;
}

}  // namespace

std::string lower(std::string_view ascii) {
    std::string out(ascii);
    for (char& c : out) c = lower_letter(c);
    return out;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
    return a.size() == b.size() &&
           std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower_letter(x) == lower_letter(y); });
}

bool is_token(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), token_char); }

bool is_field_value(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte == '\t' || (byte >= 0x20 && byte != 0x7F);
    });
}

const std::string* Parameterised::parameter(std::string_view name) const {
    for (const auto& [key, text] : parameters)
        if (key == name) return &text;
    return nullptr;
}

std::optional<Parameterised> parse_parameterised(std::string_view text, Backslash backslash) {
    Parameterised out;
    std::size_t semicolon = text.find(';');
    out.value = lower(without_blanks(text.substr(0, semicolon)));
    if (out.value.empty()) return std::nullopt;
    std::string_view rest = semicolon == text.npos ? std::string_view() : text.substr(semicolon);
    while (!rest.empty()) {
        rest = without_blanks(rest);
        if (!rest.starts_with(';')) return std::nullopt;
        rest = without_blanks(rest.substr(1));
        if (rest.empty()) break;
        const std::size_t equals = rest.find('=');
        if (equals == rest.npos) return std::nullopt;
        std::string name = lower(rest.substr(0, equals));
        if (!is_token(name) || out.parameter(name)) return std::nullopt;
        rest.remove_prefix(equals + 1);
        std::optional<std::string> value = parameter_value(rest, backslash);
        if (!value) return std::nullopt;
        out.parameters.emplace_back(std::move(name), *std::move(value));
        rest = without_blanks(rest);
    }
    return out;
}

int weight(std::string_view list, std::string_view item) {
    int best_fit = 0;
    int best = -1;
    for (std::string_view entry : kernel::split(list, ',')) {
        const std::size_t semicolon = entry.find(';');
        const int how = fit(without_blanks(entry.substr(0, semicolon)), item);
        if (how <= best_fit) continue;
        best_fit = how;
        best = 1000;
        if (semicolon == entry.npos) continue;
        for (std::string_view parameter : kernel::split(entry.substr(semicolon + 1), ';')) {
            parameter = without_blanks(parameter);
            if (parameter.size() > 1 && lower_letter(parameter[0]) == 'q' && parameter[1] == '=')
                best = thousandths(parameter.substr(2));
        }
    }
    return best;
}

bool names_tag(std::string_view if_none_match, std::string_view tag, std::string_view other_tag) {
    for (std::string_view entry : kernel::split(if_none_match, ',')) {
        entry = without_blanks(entry);
        if (entry == "*") return true;
        if (entry.starts_with("W/")) entry.remove_prefix(2);
        if (!entry.empty() && (entry == tag || entry == other_tag)) return true;
    }
    return false;
}

}  // namespace http
