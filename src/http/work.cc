#include "work.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>

#include <kernel/text.h>

namespace http {
namespace {

constexpr std::size_t most_used = 1 << 18;
constexpr std::size_t longest_challenge = 160, longest_proof = 200;
constexpr int part_bits = std::bit_width(static_cast<unsigned>(work_parts)) - 1;

template <class Number>
std::optional<Number> number(std::string_view text, int base = 10) {
    Number value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

int zero_bits(const kernel::Hash& hash) {
    int bits = 0;
    for (std::uint8_t byte : hash) {
        bits += std::countl_zero(byte);
        if (byte != 0) break;
    }
    return bits;
}

// Seconds to wait instead of working: longer than the work takes anybody.
int wait_for(int bits) { return std::min(60, 15 + 8 * std::max(0, bits - least_work)); }

std::string tag_of(std::string_view pattern) {
    return kernel::hex(kernel::View(kernel::sha256(kernel::view(pattern))).first(4));
}

struct Read {
    std::uint64_t salt = 0;
    std::string_view tag, signed_part, mac;
    double made = 0;
    int bits = 0;
};

std::optional<Read> read(std::string_view text) {
    if (text.size() > longest_challenge) return std::nullopt;
    const std::vector<std::string_view> part = kernel::split(text, '.');
    if (part.size() != 6 || part[0] != "v1" || part[1].size() != 16) return std::nullopt;
    const auto salt = number<std::uint64_t>(part[1], 16);
    const auto made = number<std::int64_t>(part[3]);
    const auto bits = number<int>(part[4]);
    if (!salt || !made || !bits || *bits < part_bits || *bits > most_work) return std::nullopt;
    return Read{*salt, part[2], text.substr(0, text.rfind('.')), part[5], static_cast<double>(*made) / 1000, *bits};
}

std::string mac_of(const kernel::Hash& key, std::string_view signed_part) {
    return kernel::hex(kernel::View(kernel::hmac_sha256(key, kernel::view(signed_part))).first(16));
}

// "CHALLENGE:PROOF" of the header, or the two fields of a form.
std::pair<std::string_view, std::string_view> sent(const Request& request) {
    if (const std::string_view header = request.header("x-work"); !header.empty()) {
        const std::size_t colon = std::min(header.find(':'), header.size());
        return {header.substr(0, colon), header.substr(std::min(colon + 1, header.size()))};
    }
    return {request.field("work").value_or(""), request.field("work_proof").value_or("")};
}

}  // namespace

int work_bits(double per_minute, int from) {
    if (from <= 0 || per_minute <= from) return 0;
    return std::min(most_work, least_work + static_cast<int>(2 * std::log2(per_minute / from)));
}

bool solves(std::string_view challenge, int bits, std::string_view proof) {
    if (proof.size() > longest_proof) return false;
    const std::vector<std::string_view> numbers = kernel::split(proof, '.');
    if (numbers.size() != work_parts) return false;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        if (!number<std::uint64_t>(numbers[i])) return false;
        std::string text(challenge);
        text.append(":").append(std::to_string(i)).append(":").append(numbers[i]);
        if (zero_bits(kernel::sha256(kernel::view(text))) < bits - part_bits) return false;
    }
    return true;
}

double Work::rate(double now) const { return per_minute_ * std::exp(-std::max(0.0, now - counted_) / 60); }

// Decays by itself: what comes evenly stands at its number a minute.
void Work::count(double now) {
    per_minute_ = rate(now) + 1;
    counted_ = std::max(counted_, now);
}

bool Work::used(std::uint64_t salt) {
    const std::lock_guard lock(mutex_);
    return used_.contains(salt);
}

bool Work::first_use(std::uint64_t salt, double now) {
    if (now - swept_ > 10) {
        std::erase_if(used_, [&](const auto& each) { return each.second < now; });
        swept_ = now;
    }
    if (used_.size() >= most_used) return false;
    return used_.emplace(salt, now + work_lasts).second;
}

WorkAsked Work::fresh(std::string_view pattern, int bits, double now) const {
    const std::string signed_part = "v1." + kernel::hex(kernel::random_bytes(8)) + "." + tag_of(pattern) + "." +
                                    std::to_string(static_cast<std::int64_t>(now * 1000)) + "." + std::to_string(bits);
    return {signed_part + "." + mac_of(key_, signed_part), work_parts, bits - part_bits, wait_for(bits)};
}

bool Work::good(std::string_view challenge, std::string_view proof, std::string_view pattern,
                const kernel::Hash& client, double now) {
    const std::optional<Read> asked = read(challenge);
    if (!asked ||
        !kernel::equal_in_constant_time(kernel::view(mac_of(key_, asked->signed_part)), kernel::view(asked->mac)))
        return false;
    if (asked->tag != tag_of(pattern) || now - asked->made > work_lasts) return false;
    const bool worked = solves(challenge, asked->bits, proof);
    if (!worked && (!proof.empty() || now - asked->made < wait_for(asked->bits))) return false;
    // Before it is noted as used: what costs nothing must not fill the room for what was worked for.
    if (!worked && (used(asked->salt) || waits_.take(client, {}, waits_per_minute, now) != 0)) return false;
    const std::lock_guard lock(mutex_);
    return first_use(asked->salt, now);
}

std::optional<WorkAsked> Work::ask(const Request& request, std::string_view pattern, double now) {
    if (from_ <= 0 || request.who.officer != 0) return std::nullopt;
    int bits = 0;
    bool many = false;
    {
        const std::lock_guard lock(mutex_);
        many = rate(now) > static_cast<double>(firsts_up_to) * from_;
        bits = work_bits(rate(now), from_);
        if (bits == 0) {
            count(now);
            return std::nullopt;
        }
    }
    const auto [challenge, proof] = sent(request);
    const bool paid = !challenge.empty() && good(challenge, proof, pattern, request.client, now);
    // A few networks that send much must not make work for all who send once.
    const bool through = paid || (!many && firsts_.take(request.client, {}, firsts_per_minute, now) == 0);
    if (!through) return fresh(pattern, bits, now);
    const std::lock_guard lock(mutex_);
    count(now);
    return std::nullopt;
}

}  // namespace http
