#include <charconv>
#include <cmath>
#include <cstdint>
#include <optional>

#include "json.h"
#include "json_format.h"
#include "text.h"

namespace kernel {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

void append_utf8(std::string& out, std::uint32_t c) {
    const auto continuation = [&](int shift) { out += static_cast<char>(0x80 | (c >> shift & 0x3F)); };
    if (c < 0x80) {
        out += static_cast<char>(c);
    } else if (c < 0x800) {
        out += static_cast<char>(0xC0 | c >> 6);
        continuation(0);
    } else if (c < 0x10000) {
        out += static_cast<char>(0xE0 | c >> 12);
        continuation(6);
        continuation(0);
    } else {
        out += static_cast<char>(0xF0 | c >> 18);
        continuation(12);
        continuation(6);
        continuation(0);
    }
}

// One pass over the text. Each read_… returns false with `error_` set at the first thing that is wrong.
class JsonReader {
public:
    JsonReader(std::string_view text, Numbers numbers) : text_(text), numbers_(numbers) {}

    Result<Json> read() {
        Json value;
        skip_space();
        if (!read_value(value, 0)) return *error_;
        skip_space();
        if (at_ != text_.size()) {
            malformed(at_);
            return *error_;
        }
        return value;
    }

private:
    bool malformed(std::size_t at) {
        error_ = refuse(Code::malformed, "kernel.json_malformed", {{"at", std::to_string(at)}});
        return false;
    }

    void skip_space() {
        while (at_ < text_.size() &&
               (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\r' || text_[at_] == '\t'))
            ++at_;
    }

    bool next_is(char c) {
        if (at_ == text_.size() || text_[at_] != c) return false;
        ++at_;
        return true;
    }

    bool read_word(std::string_view word, Json value, Json& out) {
        for (char c : word)
            if (!next_is(c)) return malformed(at_);
        out = std::move(value);
        return true;
    }

    bool read_value(Json& out, int depth) {
        if (at_ == text_.size()) return malformed(at_);
        switch (text_[at_]) {
            case '{':
            case '[':
                if (depth == json_format::deepest) {
                    error_ = refuse(Code::malformed, "kernel.json_too_deep");
                    return false;
                }
                return text_[at_] == '{' ? read_object(out, depth + 1) : read_array(out, depth + 1);
            case '"': {
                std::string text;
                if (!read_string(text)) return false;
                out = Json(std::move(text));
                return true;
            }
            case 't':
                return read_word("true", Json(true), out);
            case 'f':
                return read_word("false", Json(false), out);
            case 'n':
                return read_word("null", Json(), out);
            default:
                return read_number(out);
        }
    }

    bool read_array(Json& out, int depth) {
        ++at_;
        Json::Array items;
        skip_space();
        if (!next_is(']')) {
            do {
                skip_space();
                if (!read_value(items.emplace_back(), depth)) return false;
                skip_space();
            } while (next_is(','));
            if (!next_is(']')) return malformed(at_);
        }
        out = Json(std::move(items));
        return true;
    }

    bool read_object(Json& out, int depth) {
        ++at_;
        Json::Object members;
        skip_space();
        if (!next_is('}')) {
            do {
                skip_space();
                if (!read_member(members, depth)) return false;
                skip_space();
            } while (next_is(','));
            if (!next_is('}')) return malformed(at_);
        }
        out = Json(std::move(members));
        return true;
    }

    bool read_member(Json::Object& members, int depth) {
        const std::size_t name_at = at_, before = members.size();
        std::string name;
        if (!read_string(name)) return false;
        skip_space();
        if (!next_is(':')) return malformed(at_);
        skip_space();
        // What we wrote ourselves comes in order, so that the end is the place.
        const auto place = members.try_emplace(members.end(), std::move(name));
        if (members.size() == before) {
            error_ = refuse(Code::malformed, "kernel.json_duplicate",
                            {{"member", place->first}, {"at", std::to_string(name_at)}});
            return false;
        }
        return read_value(place->second, depth);
    }

    bool read_string(std::string& out) {
        if (!next_is('"')) return malformed(at_);
        while (true) {
            const std::size_t begin = at_;
            while (at_ < text_.size() && text_[at_] != '"' && text_[at_] != '\\' &&
                   static_cast<unsigned char>(text_[at_]) >= 0x20)
                ++at_;
            const std::string_view run = text_.substr(begin, at_ - begin);
            const std::size_t valid = valid_utf8_prefix(run);
            if (valid != run.size()) return malformed(begin + valid);
            out += run;
            if (next_is('"')) return true;
            if (!next_is('\\')) return malformed(at_);  // the end, or a control character
            if (!read_escape(out)) return false;
        }
    }

    bool read_escape(std::string& out) {
        if (at_ == text_.size()) return malformed(at_);
        switch (text_[at_]) {
            case '"':
                out += '"';
                break;
            case '\\':
                out += '\\';
                break;
            case '/':
                out += '/';
                break;
            case 'b':
                out += '\b';
                break;
            case 'f':
                out += '\f';
                break;
            case 'n':
                out += '\n';
                break;
            case 'r':
                out += '\r';
                break;
            case 't':
                out += '\t';
                break;
            case 'u':
                ++at_;
                return read_unicode_escape(out);
            default:
                return malformed(at_);
        }
        ++at_;
        return true;
    }

    bool read_unicode_escape(std::string& out) {
        const std::size_t begin = at_ - 2;  // of the backslash
        std::uint32_t unit = 0;
        if (!read_unit(unit)) return false;
        if (unit >= 0xDC00 && unit <= 0xDFFF) return malformed(begin);
        if (unit >= 0xD800 && unit <= 0xDBFF) {
            for (char c : {'\\', 'u'})
                if (!next_is(c)) return malformed(at_ == text_.size() ? at_ : begin);
            std::uint32_t low = 0;
            if (!read_unit(low)) return false;
            if (low < 0xDC00 || low > 0xDFFF) return malformed(begin);
            unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
        }
        append_utf8(out, unit);
        return true;
    }

    bool read_unit(std::uint32_t& unit) {
        for (int i = 0; i < 4; ++i, ++at_) {
            if (at_ == text_.size()) return malformed(at_);
            const char c = text_[at_];
            const char lower = static_cast<char>(c | 0x20);
            if (is_digit(c))
                unit = unit << 4 | static_cast<std::uint32_t>(c - '0');
            else if (lower >= 'a' && lower <= 'f')
                unit = unit << 4 | static_cast<std::uint32_t>(lower - 'a' + 10);
            else
                return malformed(at_);
        }
        return true;
    }

    bool skip_digits() {
        const std::size_t begin = at_;
        while (at_ < text_.size() && is_digit(text_[at_])) ++at_;
        return at_ > begin || malformed(at_);
    }

    bool read_number(Json& out) {
        const std::size_t begin = at_;
        next_is('-');
        const std::size_t first_digit = at_;
        if (!skip_digits()) return false;
        if (text_[first_digit] == '0' && at_ > first_digit + 1) return malformed(first_digit + 1);
        const bool whole = at_ == text_.size() || (text_[at_] != '.' && text_[at_] != 'e' && text_[at_] != 'E');
        if (!whole) {
            if (next_is('.') && !skip_digits()) return false;
            if (next_is('e') || next_is('E')) {
                if (!next_is('+')) next_is('-');
                if (!skip_digits()) return false;
            }
        }
        const std::string_view token = text_.substr(begin, at_ - begin);
        return whole && at_ - first_digit <= 16 && read_integer(token, out) ? true : read_real(token, begin, out);
    }

    // At most 16 digits, so that it cannot overflow.
    bool read_integer(std::string_view token, Json& out) {
        if (token == "-0") return false;
        std::int64_t value = 0;
        std::from_chars(token.data(), token.data() + token.size(), value);
        if (value > json_format::largest_integer || value < -json_format::largest_integer) return false;
        out = Json(value);
        return true;
    }

    bool read_real(std::string_view token, std::size_t begin, Json& out) {
        double value = 0;
        const auto result = std::from_chars(token.data(), token.data() + token.size(), value);
        if (result.ec != std::errc()) return malformed(begin);  // no double is near it
        if (numbers_ == Numbers::canonical) {
            std::string written;
            json_format::append_number(written, value);
            if (written != token) return malformed(begin);
        }
        constexpr double largest = static_cast<double>(json_format::largest_integer);
        if (std::trunc(value) == value && std::fabs(value) <= largest)
            out = Json(static_cast<std::int64_t>(value));
        else
            out = Json(value);
        return true;
    }

    std::string_view text_;
    Numbers numbers_;
    std::size_t at_ = 0;
    std::optional<Error> error_;
};

}  // namespace

Result<Json> parse_json(std::string_view text, Numbers numbers) { return JsonReader(text, numbers).read(); }

}  // namespace kernel
