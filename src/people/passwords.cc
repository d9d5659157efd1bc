#include "passwords.h"

#include <stdexcept>

#include <argon2.h>

namespace people {
namespace {

constexpr std::size_t salt_bytes = 16, hash_bytes = 32;
constexpr std::uint32_t lanes = 1;

void check(int code) {
    if (code != ARGON2_OK) throw std::runtime_error(std::string("argon2: ") + argon2_error_message(code));
}

// A hash of this cost that fits no password: salt and hash are zeros.
std::string nobodys_hash(const PasswordCost& cost) {
    return "$argon2id$v=19$m=" + std::to_string(cost.kibibytes) + ",t=" + std::to_string(cost.passes) +
           ",p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
}

}  // namespace

std::string hash_password(const kernel::Secret& password, const PasswordCost& cost) {
    const auto passes = static_cast<std::uint32_t>(cost.passes);
    const auto memory = static_cast<std::uint32_t>(cost.kibibytes);
    const kernel::Bytes salt = kernel::random_bytes(salt_bytes);
    std::string out(argon2_encodedlen(passes, memory, lanes, salt_bytes, hash_bytes, Argon2_id), '\0');
    const std::string& text = password.reveal();
    check(argon2id_hash_encoded(passes, memory, lanes, text.data(), text.size(), salt.data(), salt.size(), hash_bytes,
                                out.data(), out.size()));
    out.resize(out.find('\0'));
    return out;
}

bool password_fits(const kernel::Secret& password, const std::optional<std::string>& hash, const PasswordCost& cost) {
    const std::string against = hash ? *hash : nobodys_hash(cost);
    const std::string& text = password.reveal();
    const int code = argon2id_verify(against.c_str(), text.data(), text.size());
    if (code != ARGON2_VERIFY_MISMATCH) check(code);
    return code == ARGON2_OK && hash.has_value();
}

kernel::Hash passphrase_key(const kernel::Secret& passphrase, kernel::View salt, const PasswordCost& cost) {
    kernel::Hash key{};
    const std::string& text = passphrase.reveal();
    check(argon2id_hash_raw(static_cast<std::uint32_t>(cost.passes), static_cast<std::uint32_t>(cost.kibibytes), lanes,
                            text.data(), text.size(), salt.data(), salt.size(), key.data(), key.size()));
    return key;
}

kernel::Secret random_password() {
    constexpr std::string_view letters = "abcdefghjkmnpqrstuvwxyz23456789";  // 31: without l, o, i, 0, 1
    std::string out;
    for (int i = 0; i < 20; ++i) {
        if (i > 0 && i % 4 == 0) out += '-';
        out += letters[static_cast<std::size_t>(kernel::random_below(letters.size()))];
    }
    return kernel::Secret(std::move(out));
}

std::string random_login() {
    constexpr std::string_view consonants = "bdfghjkmnprstvwz", vowels = "aeou";
    const auto one_of = [](std::string_view letters) {
        return letters[static_cast<std::size_t>(kernel::random_below(static_cast<std::int64_t>(letters.size())))];
    };
    std::string out = "admin-";
    for (int i = 0; i < 4; ++i) {
        out += one_of(consonants);
        out += one_of(vowels);
    }
    return out;
}

kernel::Result<Gate::Pass> Gate::enter() {
    std::unique_lock lock(mutex_);
    if (free_ == 0) {
        if (waiting_ == places_) return kernel::refuse(kernel::Code::too_many, "people.sign_in_busy");
        ++waiting_;
        turn_.wait(lock, [this] { return free_ > 0; });
        --waiting_;
    }
    --free_;
    return Pass(*this);
}

int Gate::waiting() const {
    const std::lock_guard lock(mutex_);
    return waiting_;
}

void Gate::leave() {
    {
        const std::lock_guard lock(mutex_);
        ++free_;
    }
    turn_.notify_one();
}

}  // namespace people
