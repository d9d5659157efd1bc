#include "html.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

namespace mail_reader {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool same(std::string_view a, std::string_view lower_case) {
    return a.size() == lower_case.size() &&
           std::equal(a.begin(), a.end(), lower_case.begin(), [](char x, char y) { return lower(x) == y; });
}
template <std::size_t n>
bool among(std::string_view name, const std::array<std::string_view, n>& names) {
    return std::any_of(names.begin(), names.end(), [&](std::string_view one) { return same(name, one); });
}

constexpr std::array<std::string_view, 5> silent{"script", "style", "title", "template", "noscript"};
constexpr std::array<std::string_view, 20> lines{"address", "article", "br",   "center", "dd",      "div",   "dl",
                                                 "dt",      "footer",  "form", "header", "hr",      "li",    "main",
                                                 "ol",      "section", "tr",   "ul",     "caption", "option"};
constexpr std::array<std::string_view, 10> paragraphs{"p",  "blockquote", "pre", "table", "h1",
                                                      "h2", "h3",         "h4",  "h5",    "h6"};

void add_utf8(std::string& out, std::uint32_t c) {
    const auto put = [&](std::uint32_t byte) { out += static_cast<char>(byte); };
    if (c < 0x80) return put(c);
    if (c < 0x800) return put(0xC0 | c >> 6), put(0x80 | (c & 0x3F));
    if (c < 0x10000) return put(0xE0 | c >> 12), put(0x80 | (c >> 6 & 0x3F)), put(0x80 | (c & 0x3F));
    put(0xF0 | c >> 18), put(0x80 | (c >> 12 & 0x3F)), put(0x80 | (c >> 6 & 0x3F)), put(0x80 | (c & 0x3F));
}

struct Named {
    std::string_view name;
    std::uint32_t c;
};
constexpr Named named[] = {
    {"amp", '&'},      {"lt", '<'},       {"gt", '>'},        {"quot", '"'},     {"apos", '\''},    {"nbsp", ' '},
    {"ensp", ' '},     {"emsp", ' '},     {"copy", 0xA9},     {"reg", 0xAE},     {"middot", 0xB7},  {"times", 0xD7},
    {"deg", 0xB0},     {"ndash", 0x2013}, {"mdash", 0x2014},  {"lsquo", 0x2018}, {"rsquo", 0x2019}, {"ldquo", 0x201C},
    {"rdquo", 0x201D}, {"bull", 0x2022},  {"hellip", 0x2026}, {"euro", 0x20AC},  {"yen", 0xA5},     {"pound", 0xA3},
    {"rarr", 0x2192},  {"larr", 0x2190},  {"shy", 0},         {"zwnj", 0}};

struct Reference {
    std::uint32_t c;  // 0: nothing is to be seen
    std::size_t length;
};
// At an '&'.
std::optional<Reference> reference(std::string_view at) {
    const std::size_t end = at.substr(0, 12).find(';');
    if (end == at.npos || end < 3) return std::nullopt;
    std::string_view name = at.substr(1, end - 1);
    if (name[0] != '#') {
        for (const Named& one : named)
            if (one.name == name) return Reference{one.c, end + 1};
        return std::nullopt;
    }
    name.remove_prefix(1);
    const bool hex = !name.empty() && lower(name[0]) == 'x';
    if (hex) name.remove_prefix(1);
    if (name.empty()) return std::nullopt;
    std::uint32_t value = 0;
    for (const char c : name) {
        const bool letter = hex && lower(c) >= 'a' && lower(c) <= 'f';
        if (!is_digit(c) && !letter) return std::nullopt;
        value = value * (hex ? 16 : 10) + static_cast<std::uint32_t>(letter ? lower(c) - 'a' + 10 : c - '0');
        if (value > 0x10FFFF) return std::nullopt;
    }
    if (value >= 0xD800 && value < 0xE000) return std::nullopt;
    return Reference{value == 0xA0 ? ' ' : value < 0x20 ? ' ' : value, end + 1};
}

class Stripper {
public:
    explicit Stripper(std::string_view html) : html_(html) {}

    std::string text() {
        while (at_ < html_.size()) {
            const char c = html_[at_];
            if (c == '<' && tag()) continue;
            if (c == '&') {
                if (const auto found = reference(html_.substr(at_))) {
                    if (found->c == ' ')
                        space_ = true;
                    else if (found->c != 0)
                        begin(), add_utf8(out_, found->c);
                    at_ += found->length;
                    continue;
                }
            }
            if (is_space(c))
                space_ = true;
            else
                begin(), out_ += c;
            ++at_;
        }
        return std::move(out_);
    }

private:
    // Before something that is to be seen: what separates it from what was before.
    void begin() {
        if (!out_.empty() && breaks_ > 0)
            out_.append(static_cast<std::size_t>(breaks_), '\n');
        else if (!out_.empty() && space_)
            out_ += ' ';
        breaks_ = 0;
        space_ = false;
    }
    // Where `what` is from here on. What was sought once and is not there is never sought again: time stays linear.
    std::size_t find(std::string_view what, std::size_t from, bool& none) const {
        const std::size_t found = none ? html_.npos : html_.find(what, from);
        none = none || found == html_.npos;
        return found;
    }
    // After the '>' that ends the tag at `from`; one within quotation marks does not, where the marks are closed.
    std::size_t after_tag(std::size_t from) {
        const std::size_t plain = find(">", from, no_end_);
        if (plain == html_.npos) return plain;
        std::size_t at = from;
        while (at < html_.size() && html_[at] != '>') {
            const char c = html_[at];
            bool& none = c == '"' ? no_double_ : no_single_;
            if (c == '"' || c == '\'') {
                const std::size_t close = find(std::string_view(&html_[at], 1), at + 1, none);
                if (close != html_.npos) at = close;
            }
            ++at;
        }
        return at < html_.size() ? at + 1 : plain + 1;
    }
    void skip_silent(std::size_t which) {
        const std::string close = "</" + std::string(silent[which]);
        if (unclosed_[which]) return;
        for (std::size_t at = at_; at + close.size() <= html_.size(); ++at) {
            if (html_[at] != '<' || !same(html_.substr(at, close.size()), close)) continue;
            at_ = at;
            return;
        }
        unclosed_[which] = true;
    }
    void break_lines(std::string_view name) {
        if (among(name, paragraphs))
            breaks_ = 2;
        else if (among(name, lines))
            breaks_ = same(name, "br") ? std::min(breaks_ + 1, 2) : std::max(breaks_, 1);
        else if (same(name, "td") || same(name, "th") || same(name, "img"))
            space_ = true;
    }
    // Reads the tag or comment that begins here. False when it is none, and so is text.
    bool tag() {
        const std::string_view rest = html_.substr(at_);
        if (rest.size() < 2) return false;
        if (rest.starts_with("<!--")) {
            const std::size_t end = find("-->", at_ + 4, no_comment_end_);
            if (end != html_.npos) {
                at_ = end + 3;
                return true;
            }
        }
        const bool closing = rest[1] == '/';
        const std::size_t name_at = closing ? 2 : 1;
        const bool declaration = rest[1] == '!' || rest[1] == '?';
        if (!declaration && (rest.size() <= name_at || !is_letter(rest[name_at]))) return false;
        std::size_t name_end = name_at;
        while (name_end < rest.size() && name_end < 20 && (is_letter(rest[name_end]) || is_digit(rest[name_end])))
            ++name_end;
        const std::string_view name = rest.substr(name_at, name_end - name_at);
        const std::size_t after = declaration ? html_.npos : after_tag(at_ + name_end);
        if (declaration) {
            const std::size_t end = find(">", at_, no_end_);
            if (end == html_.npos) return false;
            at_ = end + 1;
            return true;
        }
        if (after == html_.npos) return false;
        at_ = after;
        break_lines(name);
        for (std::size_t i = 0; !closing && i < silent.size(); ++i)
            if (same(name, silent[i])) skip_silent(i);
        return true;
    }

    std::string_view html_;
    std::string out_;
    std::size_t at_ = 0;
    int breaks_ = 0;
    bool space_ = false;
    bool no_end_ = false, no_comment_end_ = false, no_double_ = false, no_single_ = false;
    std::array<bool, silent.size()> unclosed_{};
};

}  // namespace

std::string text_of_html(std::string_view html) { return Stripper(html).text(); }

}  // namespace mail_reader
