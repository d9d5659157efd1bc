// How a program in the sandbox hands over several things on its standard output: each part after four bytes of length,
// highest first. No other part of the program is shared with them but this, picture.h, pdf.h and mail.h.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace files {

inline void add_number(std::string& out, std::size_t value) {
    for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(value >> shift);
}

inline void add_part(std::string& out, std::string_view part) {
    add_number(out, part.size());
    out += part;
}

// From four bytes; the caller knows that they are there.
inline std::uint32_t number_at(std::string_view bytes, std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t i = at; i < at + 4; ++i) value = value << 8 | static_cast<unsigned char>(bytes[i]);
    return value;
}

// Nothing when the lengths do not add up, or there are more parts than `most`.
inline std::optional<std::vector<std::string_view>> parts_of(std::string_view bytes, std::size_t most) {
    std::vector<std::string_view> parts;
    while (!bytes.empty()) {
        if (bytes.size() < 4 || parts.size() == most) return std::nullopt;
        const std::size_t length = number_at(bytes, 0);
        if (bytes.size() - 4 < length) return std::nullopt;
        parts.push_back(bytes.substr(4, length));
        bytes.remove_prefix(4 + length);
    }
    return parts;
}

}  // namespace files
