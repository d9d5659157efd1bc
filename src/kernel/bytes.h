// Bytes, text encodings of bytes, and the hashes everything else rests on (OpenSSL's, none of our own).
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kernel {

using Bytes = std::vector<std::uint8_t>;
using View = std::span<const std::uint8_t>;
using Hash = std::array<std::uint8_t, 32>;

inline View view(std::string_view text) { return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}; }
inline std::string_view text(View bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

Hash sha256(View data);
Hash sha256(std::initializer_list<View> parts);               // of the concatenation
Hash hmac_sha256(View key, View data);                        // RFC 2104
std::array<std::uint8_t, 20> hmac_sha1(View key, View data);  // for RFC 6238 alone, as authenticator apps compute it
bool equal_in_constant_time(View a, View b);

std::string hex(View bytes);  // lower case
std::optional<Bytes> parse_hex(std::string_view lower_or_upper);
std::string base64(View bytes);                              // RFC 4648 section 4, padded
std::optional<Bytes> parse_base64(std::string_view padded);  // canonical only: no white space, unused bits zero
std::string base64url(View bytes);                           // section 5, unpadded
std::string base32(View bytes);                              // section 6, unpadded

// From the operating system's generator; throws if it fails. Any thread.
Bytes random_bytes(std::size_t n);
Hash random_hash();
std::int64_t random_below(std::int64_t bound);  // uniform, bound >= 1

// A secret never prints: it has no stream operator and no conversion to text but this one.
class Secret {
public:
    Secret() = default;
    explicit Secret(std::string value) : value_(std::move(value)) {}
    const std::string& reveal() const { return value_; }
    bool empty() const { return value_.empty(); }

private:
    std::string value_;
};

}  // namespace kernel
