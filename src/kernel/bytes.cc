#include "bytes.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sys/random.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <stdexcept>
#include <system_error>

namespace kernel {
namespace {

struct FreeDigest {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

[[noreturn]] void openssl_failed(const char* what) { throw std::runtime_error(std::string("OpenSSL: ") + what); }

// Fetching an algorithm costs more than hashing a short payload: it is done once, and each thread keeps its context.
EVP_MD_CTX* digest_context() {
    static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    thread_local const std::unique_ptr<EVP_MD_CTX, FreeDigest> context(EVP_MD_CTX_new());
    if (!algorithm || !context || EVP_DigestInit_ex(context.get(), algorithm, nullptr) != 1) openssl_failed("SHA256");
    return context.get();
}

constexpr char base64_alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr char base64url_alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::string encode64(View bytes, const char* alphabet, bool pad) {
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::size_t left = bytes.size() - i;
        const std::uint32_t group = std::uint32_t{bytes[i]} << 16 | (left > 1 ? std::uint32_t{bytes[i + 1]} << 8 : 0) |
                                    (left > 2 ? std::uint32_t{bytes[i + 2]} : 0);
        out += alphabet[group >> 18];
        out += alphabet[group >> 12 & 63];
        if (left > 1) out += alphabet[group >> 6 & 63];
        if (left > 2) out += alphabet[group & 63];
    }
    if (pad) out.append((4 - out.size() % 4) % 4, '=');
    return out;
}

int value64(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    if (c == '+') return 62;
    if (c == '/') return 63;
    return -1;
}

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

void fill_random(std::uint8_t* out, std::size_t n) {
    while (n > 0) {
        const ssize_t got = getrandom(out, n, 0);
        if (got < 0) {
            if (errno == EINTR) continue;
            throw std::system_error(errno, std::generic_category(), "getrandom");
        }
        out += got;
        n -= static_cast<std::size_t>(got);
    }
}

}  // namespace

Hash sha256(View data) { return sha256({data}); }

Hash sha256(std::initializer_list<View> parts) {
    EVP_MD_CTX* context = digest_context();
    for (View part : parts)
        if (EVP_DigestUpdate(context, part.data(), part.size()) != 1) openssl_failed("SHA256");
    Hash out;
    if (EVP_DigestFinal_ex(context, out.data(), nullptr) != 1) openssl_failed("SHA256");
    return out;
}

// RFC 2104 over the library's SHA-256: the library's own HMAC takes twice as long for a key used once.
Hash hmac_sha256(View key, View data) {
    constexpr std::size_t block = 64;
    std::array<std::uint8_t, block> inner{}, outer{};
    if (key.size() > block) {
        const Hash shorter = sha256(key);
        std::copy(shorter.begin(), shorter.end(), inner.begin());
    } else {
        std::copy(key.begin(), key.end(), inner.begin());
    }
    for (std::size_t i = 0; i < block; ++i) {
        outer[i] = inner[i] ^ 0x5c;
        inner[i] ^= 0x36;
    }
    const Hash mac = sha256({outer, sha256({inner, data})});
    OPENSSL_cleanse(inner.data(), inner.size());
    OPENSSL_cleanse(outer.data(), outer.size());
    return mac;
}

std::array<std::uint8_t, 20> hmac_sha1(View key, View data) {
    std::array<std::uint8_t, 20> out{};
    unsigned int written = 0;
    if (!HMAC(EVP_sha1(), key.data(), static_cast<int>(key.size()), data.data(), data.size(), out.data(), &written))
        openssl_failed("HMAC-SHA1");
    return out;
}

bool equal_in_constant_time(View a, View b) {
    return a.size() == b.size() && (a.empty() || CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0);
}

std::string hex(View bytes) {
    constexpr char digits[] = "0123456789abcdef";
    std::string out;
    out.reserve(bytes.size() * 2);
    for (std::uint8_t byte : bytes) {
        out += digits[byte >> 4];
        out += digits[byte & 15];
    }
    return out;
}

std::optional<Bytes> parse_hex(std::string_view lower_or_upper) {
    if (lower_or_upper.size() % 2 != 0) return std::nullopt;
    Bytes out;
    out.reserve(lower_or_upper.size() / 2);
    for (std::size_t i = 0; i < lower_or_upper.size(); i += 2) {
        const int high = hex_value(lower_or_upper[i]), low = hex_value(lower_or_upper[i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        out.push_back(static_cast<std::uint8_t>(high << 4 | low));
    }
    return out;
}

std::string base64(View bytes) { return encode64(bytes, base64_alphabet, true); }
std::string base32(View bytes) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::string out;
    std::uint32_t held = 0;
    int bits = 0;
    for (std::uint8_t byte : bytes) {
        held = held << 8 | byte;
        for (bits += 8; bits >= 5; bits -= 5) out += alphabet[held >> (bits - 5) & 31];
        held &= (1u << bits) - 1;
    }
    if (bits > 0) out += alphabet[held << (5 - bits) & 31];
    return out;
}

std::string base64url(View bytes) { return encode64(bytes, base64url_alphabet, false); }

std::optional<Bytes> parse_base64(std::string_view padded) {
    if (padded.size() % 4 != 0) return std::nullopt;
    std::size_t padding = 0;
    while (padding < 2 && padded.size() > padding && padded[padded.size() - 1 - padding] == '=') ++padding;
    const std::string_view digits = padded.substr(0, padded.size() - padding);
    Bytes out;
    out.reserve(padded.size() / 4 * 3);
    std::uint32_t pending = 0;
    int bits = 0;
    for (char c : digits) {
        const int value = value64(c);
        if (value < 0) return std::nullopt;
        pending = pending << 6 | static_cast<std::uint32_t>(value);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            out.push_back(static_cast<std::uint8_t>(pending >> bits));
            pending &= (1u << bits) - 1;
        }
    }
    if (pending != 0) return std::nullopt;
    return out;
}

Bytes random_bytes(std::size_t n) {
    Bytes out(n);
    fill_random(out.data(), n);
    return out;
}

Hash random_hash() {
    Hash out;
    fill_random(out.data(), out.size());
    return out;
}

std::int64_t random_below(std::int64_t bound) {
    if (bound < 1) throw std::invalid_argument("random_below: the bound must be at least 1");
    const std::uint64_t range = static_cast<std::uint64_t>(bound);
    // Draws below 2^64 mod range would favour small results.
    const std::uint64_t unfair = (0 - range) % range;
    std::uint64_t draw = 0;
    do {
        std::array<std::uint8_t, 8> bytes;
        fill_random(bytes.data(), bytes.size());
        draw = 0;
        for (std::uint8_t byte : bytes) draw = draw << 8 | byte;
    } while (draw < unfair);
    return static_cast<std::int64_t>(draw % range);
}

}  // namespace kernel
