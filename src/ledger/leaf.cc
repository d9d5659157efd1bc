#include "leaf.h"

#include <stdexcept>

namespace ledger {
namespace {

using kernel::Json;

[[noreturn]] void bad_leaf(std::int64_t index, const char* why) {
    throw std::runtime_error("ledger entry " + std::to_string(index) + ": the leaf " + why);
}

std::int64_t integer_of(const Json& leaf, std::string_view member, std::int64_t least, std::int64_t index) {
    const std::int64_t* value = leaf[member].integer();
    if (!value || *value < least) bad_leaf(index, "lacks a number");
    return *value;
}

std::string_view string_of(const Json& leaf, std::string_view member, std::int64_t index) {
    const std::string* value = leaf[member].string();
    if (!value) bad_leaf(index, "lacks a text");
    return *value;
}

kernel::Hash hash_of(const Json& leaf, std::string_view member, std::int64_t index) {
    const auto bytes = kernel::parse_base64(string_of(leaf, member, index));
    kernel::Hash out;
    if (!bytes || bytes->size() != out.size()) bad_leaf(index, "has a commitment of another length");
    std::copy(bytes->begin(), bytes->end(), out.begin());
    return out;
}

bool word(std::string_view part) {
    if (part.empty() || part.front() < 'a' || part.front() > 'z') return false;
    for (char c : part)
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_')) return false;
    return true;
}

bool holds_real(const Json& value) {
    if (value.real()) return true;
    if (const Json::Array* items = value.array())
        for (const Json& item : *items)
            if (holds_real(item)) return true;
    if (const Json::Object* members = value.object())
        for (const auto& [name, member] : *members)
            if (holds_real(member)) return true;
    return false;
}

}  // namespace

bool valid_kind(std::string_view name) {
    const std::size_t dot = name.find('.');
    return dot != name.npos && name.size() <= longest_kind && word(name.substr(0, dot)) && word(name.substr(dot + 1));
}

// Written by hand, in the order of RFC 8785: no member needs an escape, so this is canonical() at a tenth of the cost.
std::string write_leaf(const Leaf& leaf) {
    std::string out;
    out.reserve(320);
    out.append("{\"facts\":\"").append(kernel::base64(leaf.facts));
    out.append("\",\"format\":").append(std::to_string(leaf.format));
    out.append(",\"kind\":\"").append(leaf.kind).append("\"");
    if (leaf.parent) out.append(",\"parent\":").append(std::to_string(*leaf.parent));
    out.append(",\"subject\":").append(std::to_string(leaf.subject));
    out.append(",\"time\":\"").append(kernel::iso(leaf.time));
    out.append("\",\"v\":").append(std::to_string(leaf.v));
    if (leaf.words) out.append(",\"words\":\"").append(kernel::base64(*leaf.words)).append("\"");
    out.append("}");
    return out;
}

Leaf read_leaf(std::string_view bytes, std::int64_t index) {
    if (bytes.size() > longest_leaf) bad_leaf(index, "is too long");
    const auto json = kernel::parse_json(bytes, kernel::Numbers::canonical);
    if (!json || !json->object()) bad_leaf(index, "is not a JSON object");
    const std::int64_t format = integer_of(*json, "format", 0, index);
    if (format > newest_format) bad_leaf(index, "is of a format that this program does not know");
    Leaf leaf;
    leaf.format = static_cast<int>(format);
    leaf.kind = string_of(*json, "kind", index);
    leaf.v = static_cast<int>(integer_of(*json, "v", 1, index));
    leaf.subject = integer_of(*json, "subject", 0, index);
    if (!(*json)["parent"].is_null()) leaf.parent = integer_of(*json, "parent", 0, index);
    const auto time = kernel::parse_instant(string_of(*json, "time", index));
    if (!time || kernel::whole_minute(*time) != *time) bad_leaf(index, "has no time in whole minutes");
    leaf.time = *time;
    leaf.facts = hash_of(*json, "facts", index);
    if (!(*json)["words"].is_null()) leaf.words = hash_of(*json, "words", index);
    // Other members, another order, another spelling.
    if (!valid_kind(leaf.kind) || write_leaf(leaf) != bytes) bad_leaf(index, "is not in its canonical form");
    return leaf;
}

kernel::Hash commitment(kernel::View salt, std::string_view canonical_payload) {
    return kernel::hmac_sha256(salt, kernel::view(canonical_payload));
}

std::string payload_bytes(const Json& payload) {
    if (!payload.object()) throw std::logic_error("ledger: a payload is a JSON object");
    if (holds_real(payload)) throw std::logic_error("ledger: a payload holds no real numbers");
    return kernel::canonical(payload);
}

Json read_payload(std::string_view bytes, std::int64_t index) {
    auto json = kernel::parse_json(bytes, kernel::Numbers::canonical);
    // The reader takes members in any order, and any spelling of a text.
    if (!json || !json->object() || holds_real(*json) || kernel::canonical(*json) != bytes)
        throw std::runtime_error("ledger entry " + std::to_string(index) +
                                 ": a payload is not a canonical JSON object");
    return std::move(*json);
}

}  // namespace ledger
