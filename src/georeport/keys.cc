#include "keys.h"

#include <algorithm>

namespace georeport {
namespace {

constexpr std::size_t key_bytes = 20, tag_bytes = 15;

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
}

}  // namespace

std::string new_key() { return lower(kernel::base32(kernel::random_bytes(key_bytes))); }

kernel::Hash stored(kernel::View server_key, std::string_view key) {
    return kernel::hmac_sha256(server_key, kernel::view("huiyin open311 key v1\n" + std::string(key)));
}

std::string token(kernel::View server_key, voice::VoiceId id) {
    const std::string number = std::to_string(id.value());
    const kernel::Hash tag = kernel::hmac_sha256(server_key, kernel::view("huiyin open311 token v1\n" + number));
    return number + "-" + lower(kernel::base32(kernel::View(tag).first(tag_bytes)));
}

std::optional<voice::VoiceId> parse_token(kernel::View server_key, std::string_view text) {
    const std::optional<std::int64_t> id = kernel::parse_index(text.substr(0, text.find('-')));
    if (!id) return std::nullopt;
    const std::string right = token(server_key, voice::VoiceId(*id));
    if (!kernel::equal_in_constant_time(kernel::view(right), kernel::view(text))) return std::nullopt;
    return voice::VoiceId(*id);
}

}  // namespace georeport
