// libFuzzer target: addresses and what proxies claim. Whoever asked through untrusted hands is the peer itself, and two
// trusted proxies that say the same are understood the same.
// needs: http/address.cc http/header_value.cc http/form.cc
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include <kernel/text.h>

#include "../address.h"

namespace {

void need(bool holds) {
    if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    for (const http::Port port : {http::Port::refused, http::Port::passed_over})
        if (const auto address = http::parse_address(bytes, port)) need(address->network().size() <= 16);
    const std::size_t first = std::min(bytes.find('\n'), size), second = std::min(bytes.find('\n', first + 1), size);
    const http::Proxies::Claims claims{bytes.substr(0, first), bytes.substr(std::min(first + 1, size), second - first),
                                       bytes.substr(std::min(second + 1, size))};
    static const http::Proxies proxies({"10.0.0.0/8", "2001:db8::/32"});
    static const http::Address stranger = *http::parse_address("192.0.2.1");
    static const http::Address proxy = *http::parse_address("10.0.0.1");
    const http::Origin direct = proxies.origin(stranger, claims);
    need(direct.client == stranger && !direct.secure);
    const http::Origin through = proxies.origin(proxy, claims);
    static const http::Address six = *http::parse_address("2001:db8::7");
    const http::Origin beside = proxies.origin(six, claims);
    need(through.secure == beside.secure);
    need(through.client == beside.client || (through.client == proxy && beside.client == six));
    return 0;
}
