#include "seal.h"

#include <algorithm>
#include <stdexcept>

namespace voice {
namespace {

constexpr std::size_t nonce_size = 16, id_size = 8, key_size = 32;
constexpr std::size_t block_size = 1 + id_size + 2 * key_size;  // what is given, who, browser, code
constexpr std::size_t masked_size = nonce_size + block_size;
constexpr std::size_t sealed_size = 12 + block_size + 16;  // with GCM's nonce and tag
constexpr std::uint8_t gives_browser = 1, gives_code = 2;

kernel::Bytes mask(const kernel::Hash& key, kernel::View nonce) {
    kernel::Bytes out, counted(nonce.begin(), nonce.end());
    counted.push_back(0);
    while (out.size() < block_size) {
        const kernel::Hash piece = kernel::hmac_sha256(key, counted);
        out.insert(out.end(), piece.begin(), piece.end());
        ++counted.back();
    }
    return out;
}

void put_key(kernel::Bytes& block, const std::optional<kernel::Hash>& key) {
    if (key)
        block.insert(block.end(), key->begin(), key->end());
    else
        block.insert(block.end(), key_size, 0);
}

std::optional<kernel::Hash> take_key(const std::uint8_t* from, bool given) {
    if (!given) return std::nullopt;
    kernel::Hash key;
    std::copy_n(from, key_size, key.begin());
    return key;
}

int value_of(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    return c == '-' ? 62 : c == '_' ? 63 : -1;
}

// Every voice is opened once on the writer's thread: no copies here.
kernel::Bytes decoded(std::string_view base64url, std::size_t size) {
    kernel::Bytes bytes;
    bytes.reserve(size);
    std::uint32_t held = 0;
    int bits = 0;
    bool wrong = false;
    for (char c : base64url) {
        const int value = value_of(c);
        wrong |= value < 0;
        held = held << 6 | static_cast<std::uint32_t>(value & 63);
        bits += 6;
        if (bits < 8) continue;
        bits -= 8;
        bytes.push_back(static_cast<std::uint8_t>(held >> bits));
    }
    const std::uint32_t left_over = held & ((1U << bits) - 1);  // RFC 4648 section 3.5: one form only
    if (wrong || bits >= 6 || left_over != 0 || bytes.size() != size)
        throw std::runtime_error("a voice's speaker is not sealed as written");
    return bytes;
}

Speaker speaker_in(kernel::View block) {
    std::uint64_t who = 0;
    for (std::size_t i = 0; i < id_size; ++i) who = who << 8 | block[1 + i];
    if (block[0] > (gives_browser | gives_code) || who >> 53 != 0)
        throw std::runtime_error("a voice's speaker was sealed under another key");
    return {people::ParticipantId(static_cast<std::int64_t>(who)),
            take_key(&block[1 + id_size], block[0] & gives_browser),
            take_key(&block[1 + id_size + key_size], block[0] & gives_code)};
}

}  // namespace

kernel::Seal begin_seal(const kernel::Hash& key, people::CycleId cycle) {
    return {key, "voice speaker", std::to_string(cycle.value())};
}

std::string close(kernel::Seal begun, const Speaker& speaker) {
    kernel::Bytes block;
    block.reserve(block_size);
    block.push_back(static_cast<std::uint8_t>((speaker.browser ? gives_browser : 0) | (speaker.code ? gives_code : 0)));
    const auto who = static_cast<std::uint64_t>(speaker.who.value());
    for (std::size_t i = 0; i < id_size; ++i)
        block.push_back(static_cast<std::uint8_t>(who >> (8 * (id_size - 1 - i))));
    put_key(block, speaker.browser);
    put_key(block, speaker.code);
    return kernel::base64url(std::move(begun).close(block));
}

Speaker unseal(const kernel::Hash& key, people::CycleId cycle, std::string_view sealed) {
    const std::optional<kernel::Bytes> block =
        kernel::unseal(key, "voice speaker", std::to_string(cycle.value()), decoded(sealed, sealed_size));
    if (!block) throw std::runtime_error("a voice's speaker was sealed under another key, or for another round");
    return speaker_in(*block);
}

Speaker unmask(const kernel::Hash& key, std::string_view masked) {
    const kernel::Bytes bytes = decoded(masked, masked_size);
    kernel::Bytes block = mask(key, kernel::View(bytes).first(nonce_size));
    for (std::size_t i = 0; i < block_size; ++i) block[i] ^= bytes[nonce_size + i];
    return speaker_in(block);
}

}  // namespace voice
