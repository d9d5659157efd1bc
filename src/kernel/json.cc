#include "json.h"

#include <algorithm>
#include <stdexcept>

namespace kernel {
namespace {

// UTF-8 bytes order as code points do, and so do UTF-16 units but for one thing: the surrogates of U+10000 and above
// (lead bytes F0..F4) stand before U+E000..U+FFFF (lead bytes EE, EF).
constexpr unsigned utf16_rank(char c) {
    const unsigned byte = static_cast<unsigned char>(c);
    return byte < 0xEE ? byte : byte >= 0xF0 ? byte - 2 : byte + 0x10;
}

[[noreturn]] void lacks(std::string_view member, const char* type) {
    throw std::runtime_error("JSON member '" + std::string(member) + "' is missing or is not " + type);
}

template <class T>
const T& needed(const T* found, std::string_view member, const char* type) {
    if (!found) lacks(member, type);
    return *found;
}

}  // namespace

bool Utf16Less::operator()(std::string_view a, std::string_view b) const {
    const std::size_t shared = std::min(a.size(), b.size());
    for (std::size_t i = 0; i < shared; ++i)
        if (a[i] != b[i]) return utf16_rank(a[i]) < utf16_rank(b[i]);
    return a.size() < b.size();
}

const Json& Json::operator[](std::string_view member) const {
    static const Json null;
    const Object* members = object();
    if (!members) return null;
    const auto found = members->find(member);
    return found == members->end() ? null : found->second;
}

Json& Json::set(std::string member, Json value) {
    if (is_null()) value_.emplace<Object>();
    Object* members = object();
    if (!members) throw std::logic_error("JSON: a member set on what is no object");
    members->insert_or_assign(std::move(member), std::move(value));
    return *this;
}

std::int64_t Json::need_integer(std::string_view member) const {
    return needed((*this)[member].integer(), member, "an integer");
}

const std::string& Json::need_string(std::string_view member) const {
    return needed((*this)[member].string(), member, "a string");
}

const Json::Array& Json::need_array(std::string_view member) const {
    return needed((*this)[member].array(), member, "an array");
}

bool Json::need_boolean(std::string_view member) const {
    return needed((*this)[member].boolean(), member, "a boolean");
}

}  // namespace kernel
