#include "ring.h"

#include <openssl/evp.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

#include <kernel/id.h>
#include <kernel/text.h>

namespace backup {
namespace {

constexpr int deepest = 64;
constexpr std::size_t tag_size = 16;

kernel::Hash below(const kernel::Hash& seed, bool right) {
    return kernel::hmac_sha256(seed, kernel::view(right ? "huiyin ring right" : "huiyin ring left"));
}

Name first_bits(Name name, int n) { return n == 0 ? 0 : name & (~Name{0} << (deepest - n)); }
bool bit(Name name, int depth) { return (name >> (deepest - 1 - depth)) & 1; }

kernel::Hash hash_of(std::string_view hex) {
    const auto bytes = kernel::parse_hex(hex);
    kernel::Hash hash{};
    if (!bytes || bytes->size() != hash.size()) throw std::runtime_error("backup: the ring of keys is damaged");
    std::copy(bytes->begin(), bytes->end(), hash.begin());
    return hash;
}

struct FreeCipher {
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using Cipher = std::unique_ptr<EVP_CIPHER_CTX, FreeCipher>;
constexpr std::uint8_t nonce[12] = {};

[[noreturn]] void broken() { throw std::runtime_error("backup: AES-256-GCM failed"); }

}  // namespace

Name name_of_entry(std::int64_t index) { return static_cast<Name>(index); }

Name name_of_blob(const kernel::Hash& blob) {
    Name name = 0;
    for (std::size_t i = 0; i < 8; ++i) name = name << 8 | blob[i];
    return name | Name{1} << 63;
}

Ring Ring::make() {
    Ring ring;
    ring.seeds_[{0, 0}] = kernel::random_hash();
    return ring;
}

Ring Ring::parse(std::string_view text) {
    Ring ring;
    for (std::string_view line : kernel::split(text, '\n')) {
        if (line.empty()) continue;
        const auto parts = kernel::split(line, ' ');
        const auto number = parts.size() > 2 ? kernel::parse_index(parts[1]) : std::nullopt;
        if (parts.size() == 4 && parts[0] == "seed" && number && *number <= deepest && parts[2].size() == 16) {
            Name prefix = 0;
            const auto bytes = kernel::parse_hex(parts[2]);
            if (!bytes) throw std::runtime_error("backup: the ring of keys is damaged");
            for (std::uint8_t byte : *bytes) prefix = prefix << 8 | byte;
            ring.seeds_[{prefix, static_cast<int>(*number)}] = hash_of(parts[3]);
        } else if (parts.size() == 3 && parts[0] == "erased" && number) {
            ring.erased_[*number] = std::string(parts[2]);
        } else {
            throw std::runtime_error("backup: the ring of keys is damaged");
        }
    }
    return ring;
}

std::string Ring::text() const {
    std::string out;
    for (const auto& [place, seed] : seeds_) {
        kernel::Bytes prefix(8);
        for (std::size_t i = 0; i < 8; ++i) prefix[i] = static_cast<std::uint8_t>(place.first >> (56 - 8 * i));
        out += "seed " + std::to_string(place.second) + ' ' + kernel::hex(prefix) + ' ' + kernel::hex(seed) + '\n';
    }
    for (const auto& [index, basis] : erased_) out += "erased " + std::to_string(index) + ' ' + basis + '\n';
    return out;
}

// The subtrees do not overlap and are in the order of their prefixes: only the last that begins at or before the name
// can hold it.
std::optional<std::map<Ring::Place, kernel::Hash>::const_iterator> Ring::above(Name name) const {
    auto after = seeds_.upper_bound({name, deepest});
    if (after == seeds_.begin()) return std::nullopt;
    const auto found = std::prev(after);
    if (first_bits(name, found->first.second) != found->first.first) return std::nullopt;
    return found;
}

std::optional<kernel::Hash> Ring::key(Name name) const {
    const auto found = above(name);
    if (!found) return std::nullopt;
    while (!path_.empty() && (first_bits(name, path_.back().first.second) != path_.back().first.first ||
                              path_.back().first.second < (*found)->first.second))
        path_.pop_back();
    if (path_.empty() || path_.front().first != (*found)->first) path_.assign(1, **found);
    while (path_.back().first.second < deepest) {
        const int depth = path_.back().first.second;
        const kernel::Hash next = below(path_.back().second, bit(name, depth));
        path_.push_back({{first_bits(name, depth + 1), depth + 1}, next});
    }
    return kernel::hmac_sha256(path_.back().second, kernel::view("huiyin ring key"));
}

bool Ring::destroy(Name name) {
    const auto found = above(name);
    if (!found) return false;
    auto [place, seed] = **found;
    path_.clear();
    seeds_.erase(*found);
    for (int depth = place.second; depth < deepest; ++depth) {
        const bool right = bit(name, depth);
        const Name beside = first_bits(name, depth) | (right ? Name{0} : Name{1} << (deepest - 1 - depth));
        seeds_[{beside, depth + 1}] = below(seed, !right);
        seed = below(seed, right);
    }
    return true;
}

kernel::Bytes seal(const kernel::Hash& key, kernel::View content) {
    const Cipher cipher(EVP_CIPHER_CTX_new());
    kernel::Bytes out(content.size() + tag_size);
    int n = 0, last = 0;
    if (!cipher || EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, key.data(), nonce) != 1 ||
        EVP_EncryptUpdate(cipher.get(), out.data(), &n, content.data(), static_cast<int>(content.size())) != 1 ||
        EVP_EncryptFinal_ex(cipher.get(), out.data() + n, &last) != 1 ||
        EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, tag_size, out.data() + content.size()) != 1)
        broken();
    return out;
}

std::optional<kernel::Bytes> open(const kernel::Hash& key, kernel::View sealed) {
    if (sealed.size() < tag_size) return std::nullopt;
    const Cipher cipher(EVP_CIPHER_CTX_new());
    kernel::Bytes out(sealed.size() - tag_size), tag(sealed.end() - tag_size, sealed.end());
    int n = 0, last = 0;
    if (!cipher || EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, key.data(), nonce) != 1 ||
        EVP_DecryptUpdate(cipher.get(), out.data(), &n, sealed.data(), static_cast<int>(out.size())) != 1 ||
        EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, tag_size, tag.data()) != 1)
        broken();
    std::uint8_t rest[tag_size];
    if (EVP_DecryptFinal_ex(cipher.get(), rest, &last) != 1) return std::nullopt;
    return out;
}

}  // namespace backup
