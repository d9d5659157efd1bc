#include "cursor.h"

#include <algorithm>

namespace verify {
namespace {

constexpr std::int64_t largest = (std::int64_t{1} << 53) - 1;
constexpr std::size_t hash_letters = 44;  // 32 bytes in base64

bool digit(char c) { return c >= '0' && c <= '9'; }

int hex_digit(char c) {
    if (digit(c)) return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// The letter of a control character that has a short escape; 0 for the others.
char short_escape(int control) {
    switch (control) {
        case '\b':
            return 'b';
        case '\t':
            return 't';
        case '\n':
            return 'n';
        case '\f':
            return 'f';
        case '\r':
            return 'r';
        default:
            return 0;
    }
}

}  // namespace

bool Cursor::skip(std::string_view literal) {
    if (text_.substr(at_, literal.size()) != literal) return false;
    at_ += literal.size();
    return true;
}

void Cursor::expect(std::string_view literal) {
    if (!skip(literal)) wrong("here must stand " + std::string(literal));
}

void Cursor::expect_end() const {
    if (!done()) wrong("nothing may follow here");
}

std::string_view Cursor::take(std::size_t bytes) {
    if (text_.size() - at_ < bytes) wrong("it ends too early");
    at_ += bytes;
    return text_.substr(at_ - bytes, bytes);
}

std::int64_t Cursor::number() {
    if (!digit(next())) wrong("here must stand a number");
    std::int64_t value = 0;
    const std::size_t from = at_;
    while (digit(next())) {
        value = value * 10 + (text_[at_++] - '0');
        if (value > largest) wrong("the number is too large");
    }
    if (text_[from] == '0' && at_ > from + 1) wrong("the number has a zero in front");
    return value;
}

kernel::Hash Cursor::hash() {
    const auto bytes = kernel::parse_base64(text_.substr(at_, hash_letters));
    kernel::Hash out;
    if (!bytes || bytes->size() != out.size()) wrong("here must stand 32 bytes in base64");
    std::copy(bytes->begin(), bytes->end(), out.begin());
    at_ += hash_letters;
    return out;
}

void Cursor::string(std::string& out) {
    expect("\"");
    out.clear();
    for (;;) {
        const std::size_t from = at_;
        while (at_ < text_.size() && static_cast<unsigned char>(text_[at_]) >= ' ' && text_[at_] != '"' &&
               text_[at_] != '\\')
            ++at_;
        out.append(text_, from, at_ - from);
        if (done()) wrong("a text without end");
        if (skip("\"")) return;
        if (!skip("\\")) wrong("a control character that is not escaped");
        escape(out);
    }
}

void Cursor::escape(std::string& out) {
    const char letter = take(1)[0];
    if (letter == '"' || letter == '\\') {
        out += letter;
    } else if (letter == 'u') {
        if (take(2) != "00") wrong("an escape that RFC 8785 does not write");
        const int high = hex_digit(take(1)[0]), low = hex_digit(take(1)[0]);
        if (high < 0 || high > 1 || low < 0 || short_escape(high * 16 + low))
            wrong("an escape that RFC 8785 does not write");
        out += static_cast<char>(high * 16 + low);
    } else {
        for (int control = 0; control < ' '; ++control)
            if (letter != 0 && short_escape(control) == letter) {
                out += static_cast<char>(control);
                return;
            }
        wrong("an escape that RFC 8785 does not write");
    }
}

}  // namespace verify
