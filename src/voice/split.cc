#include "acts.h"
#include "show_page.h"

namespace voice {
namespace {

// A part is public as its whole is; where no unit was named, the table says which one has it.
void enter_part(ledger::Writing& w, const Case& whole, const change::SplitOff& part, const routing::Table* table,
                ledger::Served served) {
    const VoiceId id(w.append(change::encode(part, served)));
    if (part.unit || !table) return;
    change::Received as_if;
    as_if.kind = part.kind;
    as_if.audience = whole.audience;
    as_if.category = part.category;
    as_if.district = part.district;
    if (const auto to = rules::routed(id, as_if, *table, part.day)) w.append(change::encode(*to));
}

}  // namespace

std::vector<Case> parts_in(db::Connection& db, VoiceId whole, bool& waited_for) {
    std::vector<Case> all;
    waited_for = false;
    for (VoiceId id : part_ids(db, whole)) {
        Case part = find_case(db, id).value();
        if (part.state == State::put_back) continue;
        waited_for = waited_for || has_joined(db, id);
        all.push_back(std::move(part));
    }
    return all;
}

kernel::Checked split(const people::Needs& needs, const people::Actor& actor, VoiceId id,
                      const std::vector<PartDraft>& parts, const Sent& sent) {
    const std::shared_ptr<const InForce> now = in_force(needs);
    return checked(needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const std::optional<Case> found = find_case(w.db(), id);
            if (!found) return kernel::refuse(kernel::Code::not_found, "voice.unknown");
            if (auto ok = unchanged(w.db(), id, sent); !ok) return ok.error();
            const rules::Who who = who_of(w.db(), actor, *found);
            std::vector<rules::PartAsked> asked;
            for (const PartDraft& part : parts) {
                rules::PartAsked one{part, {}, false};
                if (part.unit) one.unit = people::unit(w.db(), *part.unit);
                one.under_actor = one.unit && people::is_under(w.db(), *part.unit, who.unit);
                asked.push_back(std::move(one));
            }
            std::optional<std::string> text;
            if (const std::optional<change::Words> words = find_words(w.db(), id)) text = words->text;
            const Frozen frozen = now->frozen(w.db(), *found, w.now());
            const routing::Table* table = now->table ? &*now->table : nullptr;
            const std::optional<change::Counted> own = counted_of(w.db(), *found, steps(w.db(), id));
            const kernel::Result<rules::Splitting> made =
                rules::split(*found, who, asked, text, has_joined(w.db(), id), own.value_or(change::Counted{}), table,
                             frozen.today());
            if (!made) return made.error();
            const auto served = found->is_public() ? ledger::Served::open : ledger::Served::closed;
            const std::int64_t entry = w.append(change::encode(made->split, served));
            for (const change::SplitOff& part : made->parts) enter_part(w, *found, part, table, served);
            return entry;
        },
        sent.once));
}

kernel::Checked put_together(const people::Needs& needs, const people::Actor& actor, VoiceId id,
                             std::string_view reason, const Sent& sent) {
    return checked(act_on<change::PutTogether>(needs, actor, id, {}, sent, [&](const Scene& s) {
        bool waited_for = false;
        const std::vector<Case> parts = parts_in(s.db, id, waited_for);
        return rules::put_together(s.on, s.who, parts, waited_for, reason);
    }));
}

}  // namespace voice
