#include <openssl/evp.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

#include <kernel/text.h>

#include "note.h"

namespace merkle {
namespace {

constexpr std::string_view private_prefix = "PRIVATE+KEY+";
constexpr std::size_t key_bytes = 32, signature_bytes = 64;

struct FreeKey {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
struct FreeContext {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using Key = std::unique_ptr<EVP_PKEY, FreeKey>;
using Context = std::unique_ptr<EVP_MD_CTX, FreeContext>;

[[noreturn]] void openssl_failed(const char* what) { throw std::runtime_error(std::string("OpenSSL: ") + what); }

std::uint32_t big_endian(const std::uint8_t* four) {
    return std::uint32_t{four[0]} << 24 | std::uint32_t{four[1]} << 16 | std::uint32_t{four[2]} << 8 | four[3];
}

std::uint32_t key_id(std::string_view name, std::uint8_t type, kernel::View key) {
    const std::uint8_t between[] = {'\n', type};
    return big_endian(kernel::sha256({kernel::view(name), between, key}).data());
}

bool known_type(std::uint8_t type) { return type == log_key || type == witness_key; }

kernel::Bytes typed_key(const VerifierKey& verifier) {
    kernel::Bytes out = {verifier.type};
    out.insert(out.end(), verifier.key.begin(), verifier.key.end());
    return out;
}

std::string hex_id(std::uint32_t id) {
    const std::uint8_t bytes[] = {static_cast<std::uint8_t>(id >> 24), static_cast<std::uint8_t>(id >> 16),
                                  static_cast<std::uint8_t>(id >> 8), static_cast<std::uint8_t>(id)};
    return kernel::hex(bytes);
}

}  // namespace

bool valid_key_name(std::string_view name) {
    // White_Space of Unicode beyond ASCII: U+0085, U+00A0, U+1680, U+2000..200A, U+2028, U+2029, U+202F, U+205F,
    // U+3000.
    static constexpr std::string_view spaces[] = {"\u0085", "\u00a0", "\u1680", "\u2000", "\u2001", "\u2002", "\u2003",
                                                  "\u2004", "\u2005", "\u2006", "\u2007", "\u2008", "\u2009", "\u200a",
                                                  "\u2028", "\u2029", "\u202f", "\u205f", "\u3000"};
    if (name.empty() || !kernel::valid_utf8(name)) return false;
    for (char c : name)
        if (static_cast<unsigned char>(c) <= ' ' || c == '+') return false;
    return std::none_of(std::begin(spaces), std::end(spaces),
                        [name](std::string_view space) { return name.find(space) != name.npos; });
}

std::string VerifierKey::text() const { return name + "+" + hex_id(id) + "+" + kernel::base64(typed_key(*this)); }

std::optional<VerifierKey> VerifierKey::parse(std::string_view text) {
    const std::size_t first = text.find('+');
    if (first == text.npos) return std::nullopt;
    const std::size_t second = text.find('+', first + 1);
    if (second != first + 9) return std::nullopt;
    const auto typed = kernel::parse_base64(text.substr(second + 1));
    if (!typed || typed->size() != 1 + key_bytes) return std::nullopt;
    VerifierKey out;
    out.name = text.substr(0, first);
    out.type = typed->front();
    out.key.assign(typed->begin() + 1, typed->end());
    if (!valid_key_name(out.name) || !known_type(out.type)) return std::nullopt;
    out.id = key_id(out.name, out.type, out.key);
    if (hex_id(out.id) != text.substr(first + 1, 8)) return std::nullopt;
    return out;
}

SignerKey SignerKey::generate(std::string name, std::uint8_t type) {
    return from_seed(std::move(name), kernel::random_bytes(key_bytes), type);
}

SignerKey SignerKey::from_seed(std::string name, kernel::View seed32, std::uint8_t type) {
    if (!valid_key_name(name)) throw std::invalid_argument("a key's name has no space and no '+', and is not empty");
    if (!known_type(type)) throw std::invalid_argument("a key's type is 1 or 4");
    if (seed32.size() != key_bytes) throw std::invalid_argument("an Ed25519 seed has 32 bytes");
    Key key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed32.data(), seed32.size()));
    SignerKey out;
    out.verifier_.key.resize(key_bytes);
    std::size_t length = key_bytes;
    if (!key || EVP_PKEY_get_raw_public_key(key.get(), out.verifier_.key.data(), &length) != 1 || length != key_bytes)
        openssl_failed("Ed25519 key");
    out.verifier_.id = key_id(name, type, out.verifier_.key);
    out.verifier_.type = type;
    out.verifier_.name = std::move(name);
    out.seed_.assign(seed32.begin(), seed32.end());
    out.key_ = std::shared_ptr<EVP_PKEY>(std::move(key));
    return out;
}

std::string SignerKey::private_text() const {
    VerifierKey shape = verifier_;  // the seed stands in the public key's place; the id stays the public key's
    shape.key = seed_;
    return std::string(private_prefix) + shape.text() + "\n";
}

std::optional<SignerKey> SignerKey::parse_private(std::string_view text) {
    if (!text.starts_with(private_prefix)) return std::nullopt;
    const std::string_view rest = text.substr(private_prefix.size());
    const std::size_t name_end = rest.find('+');
    const std::size_t id_end = name_end == rest.npos ? rest.npos : rest.find('+', name_end + 1);
    if (id_end == rest.npos || !rest.ends_with('\n')) return std::nullopt;
    const auto typed = kernel::parse_base64(rest.substr(id_end + 1, rest.size() - id_end - 2));
    if (!typed || typed->size() != 1 + key_bytes || !known_type(typed->front())) return std::nullopt;
    std::string name(rest.substr(0, name_end));
    if (!valid_key_name(name)) return std::nullopt;
    auto key = from_seed(std::move(name), kernel::View(*typed).subspan(1), typed->front());
    if (key.private_text() != text) return std::nullopt;
    return key;
}

kernel::Bytes SignerKey::sign(std::string_view message) const {
    const Context context(EVP_MD_CTX_new());
    kernel::Bytes signature(signature_bytes);
    std::size_t length = signature.size();
    const kernel::View bytes = kernel::view(message);
    if (!context ||
        EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, static_cast<EVP_PKEY*>(key_.get())) != 1 ||
        EVP_DigestSign(context.get(), signature.data(), &length, bytes.data(), bytes.size()) != 1 ||
        length != signature_bytes)
        openssl_failed("Ed25519 signature");
    return signature;
}

bool verify_ed25519(kernel::View key32, std::string_view message, kernel::View signature64) {
    if (key32.size() != key_bytes || signature64.size() != signature_bytes) return false;
    const Key key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key32.data(), key32.size()));
    const Context context(EVP_MD_CTX_new());
    if (!key || !context || EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) != 1)
        openssl_failed("Ed25519 verification");
    const kernel::View bytes = kernel::view(message);
    return EVP_DigestVerify(context.get(), signature64.data(), signature64.size(), bytes.data(), bytes.size()) == 1;
}

}  // namespace merkle
