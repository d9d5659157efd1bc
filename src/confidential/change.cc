#include "change.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>

#include <ledger/payload.h>

namespace confidential::change {
namespace {

using kernel::Json;
using ledger::readable;
using ledger::unreadable;
using people::OfficerId;

constexpr std::size_t tag_digits = 32, id_digits = 16, n_digits = 3;
constexpr std::string_view no_day = "0000-00-00";

// Numbers of one length: no payload tells by its size how many there are, or how high.
std::string digits(std::int64_t number, std::size_t length) {
    std::string text = std::to_string(number);
    if (number < 0 || text.size() > length) throw std::logic_error("confidential: a number too long for its place");
    return std::string(length - text.size(), '0') + text;
}

[[noreturn]] void not_written(const char* what) {
    throw std::runtime_error(std::string("a confidential act's ") + what + " is not as written");
}

std::int64_t number_in(const std::string& text, std::size_t length) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.size() != length || error != std::errc() || end != text.data() + text.size() || number < 0)
        not_written("number");
    return number;
}

kernel::Bytes bytes_in(const std::string& text, std::size_t size, const char* what) {
    auto bytes = kernel::parse_base64(text);
    if (!bytes || bytes->size() != size) not_written(what);
    return *std::move(bytes);
}

kernel::Hash key_in(const std::string& text) {
    const kernel::Bytes bytes = bytes_in(text, 32, "key");
    kernel::Hash key;
    std::copy_n(bytes.begin(), key.size(), key.begin());
    return key;
}

bool is_tag(const std::string& text) {
    return text.size() == tag_digits && kernel::parse_hex(text) &&
           std::none_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'F'; });
}

ledger::Draft draft_of(const Named& c, std::int64_t) {
    return ledger::draft(named_kind, 0, Json::Object{{"by", c.by.value()}, {"officer", c.officer.value()}},
                         Json::Object{{"reason", c.reason}});
}

ledger::Draft draft_of(const Ready& c, std::int64_t) {
    return ledger::draft(ready_kind, 0, Json::Object{{"key", kernel::base64(c.key)}, {"officer", c.officer.value()}});
}

ledger::Draft draft_of(const Left& c, std::int64_t) {
    return ledger::draft(left_kind, 0, Json::Object{{"by", c.by.value()}, {"officer", c.officer.value()}},
                         Json::Object{{"reason", c.reason}});
}

ledger::Draft draft_of(const Entered& c, std::int64_t) {
    if (!c.words) throw std::logic_error("confidential: an act without its words");
    ledger::Draft d = ledger::draft(entered_kind, c.desk.value(), facts_of(c.facts), words_of(*c.words));
    d.facts_served = d.words_served = ledger::Served::closed;
    return d;
}

Facts facts_in(const Json& json) {
    Facts facts;
    const std::int64_t act = json.need_integer("act");
    if (act < 1 || act > static_cast<std::int64_t>(Act::late)) not_written("act");
    facts.act = static_cast<Act>(act);
    facts.matter = json.need_string("matter");
    if (!is_tag(facts.matter)) not_written("matter");
    facts.n = static_cast<int>(number_in(json.need_string("n"), n_digits));
    const std::string& due = json.need_string("due");
    if (due != no_day) {
        facts.due = kernel::parse_day(due);
        if (!facts.due) not_written("day");
    }
    const Json::Array& receivers = json.need_array("receivers");
    if (receivers.size() != most_receivers) not_written("list of receivers");
    for (const Json& one : receivers) {
        const std::string* text = one.string();
        if (!text) not_written("list of receivers");
        if (const std::int64_t id = number_in(*text, id_digits)) facts.receivers.emplace_back(id);
    }
    facts.holder = static_cast<int>(json.need_integer("holder"));
    if (facts.receivers.empty() || facts.holder < 0 || facts.holder >= std::ssize(facts.receivers))
        not_written("holder");
    facts.year = static_cast<int>(number_in(json.need_string("year"), 4));
    return facts;
}

Words words_in(const Json& json) {
    Words words;
    words.author = key_in(json.need_string("author"));
    const Json::Array& boxes = json.need_array("boxes");
    if (boxes.size() != most_receivers + 1) not_written("boxes");
    for (const Json& one : boxes) {
        const std::string* text = one.string();
        if (!text) not_written("boxes");
        words.boxes.push_back(bytes_in(*text, box_bytes, "boxes"));
    }
    words.sealed = bytes_in(json.need_string("sealed"), sealed_bytes, "words");
    return words;
}

}  // namespace

Json facts_of(const Facts& facts) {
    Json::Array receivers;
    for (std::size_t i = 0; i < most_receivers; ++i)
        receivers.emplace_back(digits(i < facts.receivers.size() ? facts.receivers[i].value() : 0, id_digits));
    Json json;
    json.set("act", static_cast<std::int64_t>(facts.act)).set("matter", facts.matter);
    json.set("n", digits(facts.n, n_digits)).set("due", facts.due ? kernel::iso(*facts.due) : std::string(no_day));
    json.set("holder", facts.holder).set("receivers", std::move(receivers)).set("year", digits(facts.year, 4));
    return json;
}

Json words_of(const Words& words) {
    Json::Array boxes;
    for (const kernel::Bytes& box : words.boxes) boxes.emplace_back(kernel::base64(box));
    Json json;
    json.set("author", kernel::base64(words.author)).set("boxes", std::move(boxes));
    json.set("sealed", kernel::base64(words.sealed));
    return json;
}

Entered entered(people::CycleId desk, const Json& facts, const std::optional<Json>& words) {
    Entered c{desk, facts_in(facts), {}};
    if (words) c.words = words_in(*words);
    return c;
}

ledger::Draft encode(const Change& change, std::int64_t index) {
    return std::visit([&](const auto& c) { return draft_of(c, index); }, change);
}

Change decode(const ledger::Entry& entry) {
    ledger::need_version(entry, 1);
    if (entry.kind == entered_kind) return entered(people::CycleId(entry.subject), entry.facts, entry.words);
    const bool named = entry.kind == named_kind;
    if (!named && entry.kind != left_kind && entry.kind != ready_kind)
        unreadable(entry, "no kind of confidential messages");
    const OfficerId officer(entry.facts.need_integer("officer"));
    if (entry.kind == ready_kind) return Ready{officer, key_in(entry.facts.need_string("key"))};
    const OfficerId by(entry.facts.need_integer("by"));
    if (named) return Named{officer, by, ledger::word(entry, "reason")};
    return Left{officer, by, ledger::word(entry, "reason")};
}

}  // namespace confidential::change
