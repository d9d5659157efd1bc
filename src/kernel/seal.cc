#include "seal.h"

#include <openssl/evp.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

namespace kernel {
namespace {

constexpr std::size_t nonce_bytes = 12, tag_bytes = 16;

using Cipher = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

void need(bool done) {
    if (!done) throw std::runtime_error("OpenSSL: AES-256-GCM");
}

Hash key_for(View server_key, std::string_view purpose) {
    return hmac_sha256(server_key, view("huiyin seal v1 " + std::string(purpose)));
}

Cipher started(const Hash& key, View nonce, std::string_view about, bool sealing) {
    Cipher cipher(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
    need(cipher &&
         EVP_CipherInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, key.data(), nonce.data(), sealing ? 1 : 0) == 1);
    int written = 0;
    const View bound = view(about);
    need(EVP_CipherUpdate(cipher.get(), nullptr, &written, bound.data(), static_cast<int>(bound.size())) == 1);
    return cipher;
}

}  // namespace

struct Seal::Begun {
    Begun(Bytes fresh, View server_key, std::string_view purpose, std::string_view about)
        : nonce(std::move(fresh)), cipher(started(key_for(server_key, purpose), nonce, about, true)) {}
    Bytes nonce;
    Cipher cipher;
};

Seal::Seal(View server_key, std::string_view purpose, std::string_view about)
    : begun_(std::make_unique<Begun>(random_bytes(nonce_bytes), server_key, purpose, about)) {}
Seal::Seal(Seal&&) noexcept = default;
Seal& Seal::operator=(Seal&&) noexcept = default;
Seal::~Seal() = default;

Bytes Seal::close(View plain) && {
    const std::unique_ptr<Begun> begun = std::move(begun_);
    if (!begun) throw std::logic_error("a seal closes once: the nonce is used up");
    EVP_CIPHER_CTX* const cipher = begun->cipher.get();
    Bytes out = std::move(begun->nonce);
    out.resize(nonce_bytes + plain.size() + tag_bytes);
    std::uint8_t* const text = out.data() + nonce_bytes;
    int written = 0;
    need(EVP_CipherUpdate(cipher, text, &written, plain.data(), static_cast<int>(plain.size())) == 1);
    need(EVP_CipherFinal_ex(cipher, text + written, &written) == 1);
    need(EVP_CIPHER_CTX_ctrl(cipher, EVP_CTRL_GCM_GET_TAG, tag_bytes, text + plain.size()) == 1);
    return out;
}

Bytes seal(View server_key, std::string_view purpose, std::string_view about, View plain) {
    return Seal(server_key, purpose, about).close(plain);
}

std::optional<Bytes> unseal(View server_key, std::string_view purpose, std::string_view about, View sealed) {
    if (sealed.size() < nonce_bytes + tag_bytes) return std::nullopt;
    const View text = sealed.subspan(nonce_bytes, sealed.size() - nonce_bytes - tag_bytes);
    Bytes tag(sealed.end() - tag_bytes, sealed.end());
    const Cipher cipher = started(key_for(server_key, purpose), sealed.first(nonce_bytes), about, false);
    Bytes plain(text.size() + tag_bytes);
    int written = 0;
    need(EVP_CipherUpdate(cipher.get(), plain.data(), &written, text.data(), static_cast<int>(text.size())) == 1);
    need(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, tag_bytes, tag.data()) == 1);
    if (EVP_CipherFinal_ex(cipher.get(), plain.data() + written, &written) != 1) return std::nullopt;
    plain.resize(text.size());
    return plain;
}

}  // namespace kernel
