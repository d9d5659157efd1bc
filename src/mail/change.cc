#include "change.h"

#include <algorithm>

#include <ledger/payload.h>

namespace mail::change {
namespace {

std::optional<kernel::Hash> hash_of(const std::string& hex) {
    const std::optional<kernel::Bytes> bytes = kernel::parse_hex(hex);
    kernel::Hash out{};
    if (!bytes || bytes->size() != out.size()) return std::nullopt;
    std::copy(bytes->begin(), bytes->end(), out.begin());
    return out;
}

}  // namespace

ledger::Draft encode(const ReplyTaken& c) {
    ledger::Draft d =
        ledger::draft(reply_kind, c.cycle.value(), kernel::Json::Object{{"key", kernel::hex(c.key)}, {"word", c.word}});
    d.parent = c.word;
    return d;
}

ReplyTaken decode(const ledger::Entry& entry) {
    ledger::need_version(entry, 1);
    if (entry.kind != reply_kind) ledger::unreadable(entry, "no kind of mails");
    return {people::CycleId(entry.subject), entry.facts.need_integer("word"),
            ledger::readable(entry, hash_of(entry.facts.need_string("key")), "a key that is none")};
}

}  // namespace mail::change
