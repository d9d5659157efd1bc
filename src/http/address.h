// Network addresses as far as rate limits need them: who asks, seen through trusted proxies. Nothing is stored or
// logged.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <kernel/bytes.h>

namespace http {

// IPv6, or IPv4 mapped into it (RFC 4291 section 2.5.5.2).
struct Address {
    std::array<std::uint8_t, 16> bytes{};
    bool is_v4() const;
    // What the rate limit counts as one client: the first 24 bits of IPv4, the first 64 of IPv6.
    kernel::View network() const;
    friend bool operator==(const Address&, const Address&) = default;
};
// "192.0.2.1", "2001:db8::1"; with `port` also "192.0.2.1:80", "[2001:db8::1]", "[2001:db8::1]:80".
enum class Port { refused, passed_over };
std::optional<Address> parse_address(std::string_view, Port = Port::refused);

// Who asked, and whether over TLS.
struct Origin {
    Address client;
    bool secure = false;
};

class Proxies {
public:
    // Addresses or prefixes; throws std::invalid_argument for what is neither.
    explicit Proxies(const std::vector<std::string>& trusted);
    bool trusts(const Address&) const;

    struct Claims {
        std::string_view forwarded, forwarded_for, forwarded_proto;  // the headers' values
    };
    // The nearest address that is no trusted proxy, read from the right; the peer itself when it is none, and when the
    // claims contradict each other. Where something unreadable comes first: the trusted proxy that wrote it.
    Origin origin(const Address& peer, const Claims&) const;

private:
    struct Prefix {
        Address address;
        int bits;
    };
    Origin by_forwarded(const Address& peer, std::string_view forwarded) const;
    Origin by_x_headers(const Address& peer, std::string_view forwarded_for, std::string_view proto) const;
    std::vector<Prefix> prefixes_;
};

}  // namespace http
