#include "inner_address.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <iterator>

namespace http {
namespace {

struct Net {
    std::uint32_t first;
    int bits;
};
constexpr Net inner_nets[] = {
    {0x00000000, 8},  {0x0a000000, 8},  {0x64400000, 10}, {0x7f000000, 8},  {0xa9fe0000, 16},
    {0xac100000, 12}, {0xc0000000, 24}, {0xc0000200, 24}, {0xc0a80000, 16}, {0xc6120000, 15},
    {0xc6336400, 24}, {0xcb007100, 24}, {0xe0000000, 4},  {0xf0000000, 4},
};

bool inner_v4(std::uint32_t address) {
    return std::any_of(std::begin(inner_nets), std::end(inner_nets),
                       [&](const Net& net) { return (address ^ net.first) >> (32 - net.bits) == 0; });
}

std::uint32_t v4_at(const unsigned char* bytes) {
    std::uint32_t out = 0;
    for (int i = 0; i < 4; ++i) out = out << 8 | bytes[i];
    return out;
}

bool inner_v6(const unsigned char* a) {
    constexpr unsigned char zeros[12] = {}, mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    constexpr unsigned char nat64[12] = {0, 0x64, 0xff, 0x9b};
    if (std::equal(zeros, zeros + 12, a)) return true;  // ::, ::1 and the old form of IPv4
    if (std::equal(mapped, mapped + 12, a) || std::equal(nat64, nat64 + 12, a)) return inner_v4(v4_at(a + 12));
    if (a[0] == 0x20 && a[1] == 0x02) return inner_v4(v4_at(a + 2));
    if (a[0] == 0x20 && a[1] == 0x01 && a[2] == 0x0d && a[3] == 0xb8) return true;  // documentation
    return (a[0] & 0xfe) == 0xfc || (a[0] == 0xfe && (a[1] & 0xc0) >= 0x80) || a[0] == 0xff;
}

}  // namespace

bool inner_address(const sockaddr& to) {
    if (to.sa_family == AF_INET) {
        sockaddr_in four{};
        std::memcpy(&four, &to, sizeof four);
        return inner_v4(ntohl(four.sin_addr.s_addr));
    }
    if (to.sa_family != AF_INET6) return true;
    sockaddr_in6 six{};
    std::memcpy(&six, &to, sizeof six);
    return inner_v6(six.sin6_addr.s6_addr);
}

}  // namespace http
