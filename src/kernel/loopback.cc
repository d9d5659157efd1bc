#include "loopback.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

namespace kernel {

bool is_loopback(std::string_view address) {
    const std::string owned(address);  // inet_pton wants an end, and takes none for part of the address
    if (owned.find('\0') != owned.npos) return false;
    std::array<std::uint8_t, 4> v4{};
    if (inet_pton(AF_INET, owned.c_str(), v4.data()) == 1) return v4[0] == 127;
    std::array<std::uint8_t, 16> v6{};
    if (inet_pton(AF_INET6, owned.c_str(), v6.data()) != 1) return false;
    constexpr std::array<std::uint8_t, 13> mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 127};
    constexpr std::array<std::uint8_t, 16> one = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    return v6 == one || std::equal(mapped.begin(), mapped.end(), v6.begin());
}

}  // namespace kernel
