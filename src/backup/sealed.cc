#include "sealed.h"

#include <openssl/evp.h>

#include <memory>
#include <stdexcept>

namespace backup {
namespace {

constexpr std::size_t tag_size = 16;
struct FreeCipher {
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using Cipher = std::unique_ptr<EVP_CIPHER_CTX, FreeCipher>;
constexpr std::uint8_t nonce[12] = {};

[[noreturn]] void broken() { throw std::runtime_error("backup: AES-256-GCM failed"); }

}  // namespace

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
