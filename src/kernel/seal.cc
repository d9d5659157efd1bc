#include "seal.h"

#include <memory>
#include <stdexcept>

#include "gcm.h"

namespace kernel {
namespace {

Hash key_for(View server_key, std::string_view purpose) {
    return hmac_sha256(server_key, view("huiyin seal v1 " + std::string(purpose)));
}

}  // namespace

struct Seal::Begun {
    Begun(Bytes fresh, View server_key, std::string_view purpose, std::string_view about)
        : nonce(std::move(fresh)), cipher(gcm::started(key_for(server_key, purpose), nonce, view(about), true)) {}
    Bytes nonce;
    gcm::Cipher cipher;
};

Seal::Seal(View server_key, std::string_view purpose, std::string_view about)
    : begun_(std::make_unique<Begun>(random_bytes(gcm::nonce_bytes), server_key, purpose, about)) {}
Seal::Seal(Seal&&) noexcept = default;
Seal& Seal::operator=(Seal&&) noexcept = default;
Seal::~Seal() = default;

Bytes Seal::close(View plain) && {
    const std::unique_ptr<Begun> begun = std::move(begun_);
    if (!begun) throw std::logic_error("a seal closes once: the nonce is used up");
    Bytes out = std::move(begun->nonce);
    out.resize(gcm::nonce_bytes + plain.size() + gcm::tag_bytes);
    gcm::close(begun->cipher.get(), plain, out.data() + gcm::nonce_bytes);
    return out;
}

Bytes seal(View server_key, std::string_view purpose, std::string_view about, View plain) {
    return Seal(server_key, purpose, about).close(plain);
}

std::optional<Bytes> unseal(View server_key, std::string_view purpose, std::string_view about, View sealed) {
    if (sealed.size() < gcm::nonce_bytes + gcm::tag_bytes) return std::nullopt;
    return gcm::open(key_for(server_key, purpose), sealed.first(gcm::nonce_bytes), view(about),
                     sealed.subspan(gcm::nonce_bytes));
}

}  // namespace kernel
