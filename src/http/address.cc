#include "address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include <kernel/text.h>

#include "header_value.h"

namespace http {
namespace {

constexpr std::size_t mapped_size = 12;
constexpr std::array<std::uint8_t, mapped_size> mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

std::string_view without_port(std::string_view text) {
    if (text.starts_with('[')) return text.substr(1, std::min(text.find(']'), text.size()) - 1);
    const bool one_colon = std::count(text.begin(), text.end(), ':') == 1;
    return one_colon ? text.substr(0, text.find(':')) : text;
}

std::string_view last_of(std::string_view list) {
    const std::size_t comma = list.rfind(',');
    return comma == list.npos ? list : list.substr(comma + 1);
}

}  // namespace

bool Address::is_v4() const { return std::equal(mapped.begin(), mapped.end(), bytes.begin()); }
kernel::View Address::network() const { return kernel::View(bytes).first(is_v4() ? mapped_size + 3 : 8); }

std::optional<Address> parse_address(std::string_view text, Port port) {
    if (port == Port::passed_over) text = without_port(text);
    const std::string owned(text);
    Address out;
    if (inet_pton(AF_INET6, owned.c_str(), out.bytes.data()) == 1) return out;
    if (inet_pton(AF_INET, owned.c_str(), out.bytes.data() + mapped_size) != 1) return std::nullopt;
    std::copy(mapped.begin(), mapped.end(), out.bytes.begin());
    return out;
}

Proxies::Proxies(const std::vector<std::string>& trusted) {
    for (const std::string& entry : trusted) {
        const std::size_t slash = std::min(entry.find('/'), entry.size());
        const std::optional<Address> address = parse_address(std::string_view(entry).substr(0, slash));
        if (!address) throw std::invalid_argument("trusted proxy: no address: " + entry);
        int bits = 128;
        if (slash < entry.size()) {
            const char* end = entry.data() + entry.size();
            const auto [stop, error] = std::from_chars(entry.data() + slash + 1, end, bits);
            if (address->is_v4()) bits += 96;
            if (error != std::errc() || stop != end || bits < 0 || bits > 128)
                throw std::invalid_argument("trusted proxy: no prefix: " + entry);
        }
        prefixes_.push_back({*address, bits});
    }
}

bool Proxies::trusts(const Address& address) const {
    return std::any_of(prefixes_.begin(), prefixes_.end(), [&](const Prefix& prefix) {
        const auto whole = static_cast<std::size_t>(prefix.bits / 8);
        if (!std::equal(address.bytes.begin(), address.bytes.begin() + whole, prefix.address.bytes.begin()))
            return false;
        const int rest = prefix.bits % 8;
        return rest == 0 || (address.bytes[whole] ^ prefix.address.bytes[whole]) >> (8 - rest) == 0;
    });
}

Origin Proxies::by_forwarded(const Address& peer, std::string_view forwarded) const {
    Origin out{peer, false};
    std::vector<std::string_view> hops = kernel::split(forwarded, ',');
    for (auto hop = hops.rbegin(); hop != hops.rend(); ++hop) {
        // parse_parameterised() wants something before the first semicolon.
        const auto pairs = parse_parameterised("x;" + std::string(*hop));
        const std::string* from = pairs ? pairs->parameter("for") : nullptr;
        const std::optional<Address> address = from ? parse_address(*from, Port::passed_over) : std::nullopt;
        if (hop == hops.rbegin() && pairs)
            if (const std::string* proto = pairs->parameter("proto")) out.secure = equal_ignoring_case(*proto, "https");
        if (!address) return out;
        out.client = *address;
        if (!trusts(*address)) return out;
    }
    return out;
}

Origin Proxies::by_x_headers(const Address& peer, std::string_view forwarded_for, std::string_view proto) const {
    Origin out{peer, equal_ignoring_case(kernel::trim(last_of(proto)), "https")};
    std::vector<std::string_view> hops = kernel::split(forwarded_for, ',');
    for (auto hop = hops.rbegin(); hop != hops.rend(); ++hop) {
        const std::optional<Address> address = parse_address(kernel::trim(*hop), Port::passed_over);
        if (!address) return out;
        out.client = *address;
        if (!trusts(*address)) return out;
    }
    return out;
}

Origin Proxies::origin(const Address& peer, const Claims& claims) const {
    if (prefixes_.empty() || !trusts(peer)) return {peer, false};
    const bool x_headers = !claims.forwarded_for.empty() || !claims.forwarded_proto.empty();
    if (claims.forwarded.empty()) return by_x_headers(peer, claims.forwarded_for, claims.forwarded_proto);
    const Origin forwarded = by_forwarded(peer, claims.forwarded);
    if (!x_headers) return forwarded;
    // A proxy sets one kind and passes the other on as the client wrote it; which one, cannot be seen from here.
    const Origin other = by_x_headers(peer, claims.forwarded_for, claims.forwarded_proto);
    return forwarded.client == other.client && forwarded.secure == other.secure ? forwarded : Origin{peer, false};
}

}  // namespace http
