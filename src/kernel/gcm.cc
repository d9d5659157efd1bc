#include "gcm.h"

#include <stdexcept>

namespace kernel::gcm {
namespace {

void need(bool done) {
    if (!done) throw std::runtime_error("OpenSSL: AES-GCM");
}

}  // namespace

Cipher started(View key, View nonce, View bound, bool sealing) {
    const EVP_CIPHER* const algorithm = key.size() == 32 ? EVP_aes_256_gcm() : EVP_aes_128_gcm();
    need((key.size() == 32 || key.size() == 16) && nonce.size() == nonce_bytes);
    Cipher cipher(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
    need(cipher && EVP_CipherInit_ex(cipher.get(), algorithm, nullptr, key.data(), nonce.data(), sealing ? 1 : 0) == 1);
    int written = 0;
    need(EVP_CipherUpdate(cipher.get(), nullptr, &written, bound.data(), static_cast<int>(bound.size())) == 1);
    return cipher;
}

void close(EVP_CIPHER_CTX* cipher, View plain, std::uint8_t* out) {
    int written = 0;
    need(EVP_CipherUpdate(cipher, out, &written, plain.data(), static_cast<int>(plain.size())) == 1);
    need(EVP_CipherFinal_ex(cipher, out + written, &written) == 1);
    need(EVP_CIPHER_CTX_ctrl(cipher, EVP_CTRL_GCM_GET_TAG, tag_bytes, out + plain.size()) == 1);
}

std::optional<Bytes> open(View key, View nonce, View bound, View text_and_tag) {
    if (text_and_tag.size() < tag_bytes) return std::nullopt;
    const View text = text_and_tag.first(text_and_tag.size() - tag_bytes);
    Bytes tag(text_and_tag.end() - tag_bytes, text_and_tag.end());
    const Cipher cipher = started(key, nonce, bound, false);
    Bytes plain(text.size() + tag_bytes);
    int written = 0;
    need(EVP_CipherUpdate(cipher.get(), plain.data(), &written, text.data(), static_cast<int>(text.size())) == 1);
    need(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, tag_bytes, tag.data()) == 1);
    if (EVP_CipherFinal_ex(cipher.get(), plain.data() + written, &written) != 1) return std::nullopt;
    plain.resize(text.size());
    return plain;
}

}  // namespace kernel::gcm
