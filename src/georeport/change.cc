#include "change.h"

#include <algorithm>

#include <ledger/payload.h>

namespace georeport::change {
namespace {

using kernel::Json;

ledger::Draft draft_of(const ClientAdmitted& c, std::int64_t index) {
    return ledger::draft(admitted_kind, index,
                         Json::Object{{"by", c.by.value()},
                                      {"for_authors", c.for_authors},
                                      {"key", kernel::hex(c.key)},
                                      {"per_minute", c.per_minute}},
                         Json::Object{{"name", c.name}});
}

ledger::Draft draft_of(const ClientEnded& c, std::int64_t) {
    ledger::Draft d = ledger::draft(ended_kind, c.client.value(), Json::Object{{"by", c.by.value()}},
                                    Json::Object{{"reason", c.reason}});
    d.parent = c.client.value();
    return d;
}

std::optional<kernel::Hash> hash_of(const std::string& hex) {
    const std::optional<kernel::Bytes> bytes = kernel::parse_hex(hex);
    kernel::Hash out{};
    if (!bytes || bytes->size() != out.size()) return std::nullopt;
    std::copy(bytes->begin(), bytes->end(), out.begin());
    return out;
}

ClientAdmitted admitted(const ledger::Entry& entry) {
    ClientAdmitted c{ledger::word(entry, "name"),
                     ledger::readable(entry, hash_of(entry.facts.need_string("key")), "a key that is none"), 0,
                     entry.facts.need_boolean("for_authors"), people::OfficerId(entry.facts.need_integer("by"))};
    const std::int64_t rate = entry.facts.need_integer("per_minute");
    if (rate < 1 || rate > max_per_minute) ledger::unreadable(entry, "a rate that is none");
    c.per_minute = static_cast<int>(rate);
    return c;
}

ClientEnded ended(const ledger::Entry& entry) {
    return {ClientId(entry.subject), people::OfficerId(entry.facts.need_integer("by")), ledger::word(entry, "reason")};
}

}  // namespace

ledger::Draft encode(const Change& change, std::int64_t index) {
    return std::visit([&](const auto& c) { return draft_of(c, index); }, change);
}

Change decode(const ledger::Entry& entry) {
    ledger::need_version(entry, 1);
    if (entry.kind == admitted_kind) return admitted(entry);
    if (entry.kind == ended_kind) return ended(entry);
    ledger::unreadable(entry, "no kind of clients");
}

}  // namespace georeport::change
