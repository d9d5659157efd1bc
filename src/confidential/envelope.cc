#include "envelope.h"

#include <algorithm>

#include <kernel/json.h>
#include <kernel/seal.h>

namespace confidential {
namespace {

using kernel::Json;

constexpr std::string_view purpose = "confidential words", use = "huiyin confidential v1";
constexpr std::size_t length_bytes = 4;

std::string place_of(const change::Facts& facts) { return facts.matter + " " + std::to_string(facts.n); }

template <class SomeId>
Json numbers_of(const std::vector<SomeId>& ids) {
    Json::Array all;
    for (const SomeId id : ids) all.emplace_back(id.value());
    return all;
}

template <class SomeId>
std::vector<SomeId> ids_in(const Json& json, std::string_view member) {
    std::vector<SomeId> all;
    for (const Json& one : json.need_array(member))
        if (const std::int64_t* number = one.integer()) all.emplace_back(*number);
    return all;
}

std::string written(const Content& c) {
    Json json;
    json.set("act", static_cast<std::int64_t>(c.act)).set("at", c.at.ms).set("by", c.by.value());
    json.set("text", c.text).set("place", c.place).set("lang", c.lang).set("kind", std::string(name(c.kind)));
    json.set("units", numbers_of(c.units)).set("struck", numbers_of(c.struck)).set("of", c.retaliation_of);
    json.set("to", c.to.value()).set("days", c.days).set("keys", kernel::base64(c.keys));
    return kernel::canonical(json);
}

Content read(std::string_view text) {
    const auto json = kernel::parse_json(text, kernel::Numbers::canonical);
    const auto kind = json ? parse_kind(json->need_string("kind")) : std::nullopt;
    const auto keys = json ? kernel::parse_base64(json->need_string("keys")) : std::nullopt;
    if (!kind || !keys) throw std::runtime_error("what was sealed is not as written");
    Content c;
    c.act = static_cast<Act>(json->need_integer("act"));
    c.at = {json->need_integer("at")};
    c.by = people::OfficerId(json->need_integer("by"));
    c.text = json->need_string("text");
    c.place = json->need_string("place");
    c.lang = json->need_string("lang");
    c.kind = *kind;
    c.units = ids_in<people::UnitId>(*json, "units");
    c.struck = ids_in<people::OfficerId>(*json, "struck");
    c.retaliation_of = json->need_string("of");
    c.to = people::OfficerId(json->need_integer("to"));
    c.days = static_cast<int>(json->need_integer("days"));
    c.keys = *keys;
    return c;
}

// Its length, the text, zeros.
std::optional<kernel::Bytes> padded(std::string text) {
    if (text.size() + length_bytes > change::plain_bytes) return std::nullopt;
    kernel::Bytes plain;
    plain.reserve(change::plain_bytes);
    for (std::size_t i = 0; i < length_bytes; ++i)
        plain.push_back(static_cast<std::uint8_t>(text.size() >> 8 * (length_bytes - 1 - i)));
    plain.insert(plain.end(), text.begin(), text.end());
    plain.resize(change::plain_bytes);
    kernel::wipe(text);
    return plain;
}

}  // namespace

kernel::BoxKey author_key(const kernel::Code25& code) {
    std::string secret = "huiyin confidential author v1 " + code.digits();
    kernel::BoxKey key = kernel::BoxKey::derived(kernel::view(secret));
    kernel::wipe(secret);
    return key;
}

std::string tag_of(kernel::View server_key, const kernel::Code25& code) {
    return kernel::hex(kernel::View(code.stored(server_key, "confidential matter")).first(16));
}

kernel::Result<Sealed> seal(const change::Facts& facts, const kernel::Hash& author, const std::vector<kernel::Hash>& to,
                            const Content& content) {
    auto plain = padded(written(content));
    if (!plain) return kernel::invalid("text", "confidential.text_bytes");
    Sealed made;
    made.key = kernel::random_hash();
    made.words.author = author;
    made.words.sealed = kernel::seal(made.key, purpose, place_of(facts), *plain);
    kernel::wipe(*plain);
    const auto boxed = [&](const kernel::Hash& public_key) {
        return kernel::box(public_key, use, place_of(facts), made.key);
    };
    made.words.boxes.push_back(boxed(author));
    for (const kernel::Hash& one : to) made.words.boxes.push_back(boxed(one));
    // Places that nobody has look like the others.
    while (made.words.boxes.size() < 1 + most_receivers)
        made.words.boxes.push_back(boxed(kernel::BoxKey::random().public_key()));
    return made;
}

std::optional<kernel::Hash> key_at(const change::Facts& facts, const change::Words& words, int place,
                                   const kernel::BoxKey& mine) {
    const auto plain = kernel::unbox(mine, use, place_of(facts), words.boxes.at(static_cast<std::size_t>(place)));
    kernel::Hash key{};
    if (!plain || plain->size() != key.size()) return std::nullopt;
    std::copy(plain->begin(), plain->end(), key.begin());
    return key;
}

std::optional<Content> unseal(const change::Facts& facts, const change::Words& words, const kernel::Hash& key) {
    auto plain = kernel::unseal(key, purpose, place_of(facts), words.sealed);
    if (!plain || plain->size() != change::plain_bytes) return std::nullopt;
    std::size_t size = 0;
    for (std::size_t i = 0; i < length_bytes; ++i) size = size << 8 | (*plain)[i];
    if (size + length_bytes > plain->size()) return std::nullopt;
    const Content content = read(kernel::text(kernel::View(*plain).subspan(length_bytes, size)));
    kernel::wipe(*plain);
    return content;
}

}  // namespace confidential
