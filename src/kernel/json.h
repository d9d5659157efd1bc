// JSON as a value, with the canonical writer of RFC 8785 and a strict reader. The ledger's bytes are made here.
// Used for payloads, leaves and the API alike.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "result.h"

namespace kernel {

// RFC 8785 section 3.2.3 orders members by UTF-16 code units, which differs from byte order above U+FFFF.
struct Utf16Less {
    using is_transparent = void;
    bool operator()(std::string_view a, std::string_view b) const;
};

class Json {
public:
    using Array = std::vector<Json>;
    using Object = std::map<std::string, Json, Utf16Less>;

    Json() = default;  // null
    Json(std::nullptr_t) {}
    Json(bool value) : value_(value) {}
    Json(int value) : value_(std::int64_t{value}) {}
    Json(std::int64_t value) : value_(value) {}
    Json(std::size_t value) : value_(static_cast<std::int64_t>(value)) {}
    Json(double value) : value_(value) {}  // must be finite to be written
    Json(const char* value) : value_(std::string(value)) {}
    Json(std::string_view value) : value_(std::string(value)) {}
    Json(std::string value) : value_(std::move(value)) {}
    Json(Array value) : value_(std::move(value)) {}
    Json(Object value) : value_(std::move(value)) {}

    bool is_null() const { return value_.index() == 0; }
    const bool* boolean() const { return std::get_if<bool>(&value_); }
    const std::int64_t* integer() const { return std::get_if<std::int64_t>(&value_); }
    const double* real() const { return std::get_if<double>(&value_); }
    const std::string* string() const { return std::get_if<std::string>(&value_); }
    const Array* array() const { return std::get_if<Array>(&value_); }
    Array* array() { return std::get_if<Array>(&value_); }
    const Object* object() const { return std::get_if<Object>(&value_); }
    Object* object() { return std::get_if<Object>(&value_); }

    // Null when this is no object or has no such member.
    const Json& operator[](std::string_view member) const;
    // Makes this an object if it is null; throws std::logic_error if it is something else. Replaces what the member
    // was. Returns this object, so that calls can be chained.
    Json& set(std::string member, Json value);

    // For payloads that we wrote ourselves: throw std::runtime_error naming the member when it is missing or of another
    // type. For what outsiders send use the pointers above.
    std::int64_t need_integer(std::string_view member) const;
    const std::string& need_string(std::string_view member) const;
    const Array& need_array(std::string_view member) const;
    bool need_boolean(std::string_view member) const;

    friend bool operator==(const Json&, const Json&) = default;

private:
    std::variant<std::monostate, bool, std::int64_t, double, std::string, Array, Object> value_;
};

// RFC 8785: members sorted, no white space, shortest numbers, minimal escapes. Integers are limited to +-(2^53 - 1) and
// doubles must be finite, strings UTF-8, nesting at most 64, so that the reader accepts what is written:
// std::range_error otherwise (our own mistake). -0 is written as 0; an integral double looks like an integer and is
// read back as one within +-(2^53 - 1).
std::string canonical(const Json&);

enum class Numbers {
    canonical,  // only what canonical() would write (for payloads and leaves)
    any,        // RFC 8259 numbers (for requests); integral values within +-(2^53 - 1) become integers
};

// RFC 8259 text, strictly: valid UTF-8, no duplicate member, no lone surrogate, no trailing bytes, nesting <= 64, no
// number beyond the range of a double (1e400). `at` is a byte, counted from 0. `numbers` is about numbers only: white
// space and the order of members are free in both.
// Refusals: kernel.json_malformed {at}, kernel.json_duplicate {member, at}, kernel.json_too_deep, code malformed.
Result<Json> parse_json(std::string_view text, Numbers numbers = Numbers::any);

}  // namespace kernel
