#include <algorithm>
#include <utility>

#include <page/page.h>

#include "acts.h"
#include "personal.h"
#include "seal.h"

namespace voice {
namespace {

struct Sender {
    std::optional<kernel::Hash> browser;  // none for a caller, and where no browser sends
    std::optional<kernel::Hash> code_key;
    std::string code;
};

Sender sender_of(const people::Needs& needs, const people::Actor& actor, const Draft& draft) {
    Sender sender;
    if (by_hand(draft.way)) return sender;
    if (!actor.visitor.empty()) sender.browser = people::browser_key(needs.server_key, draft.cycle, actor.visitor);
    const kernel::Code25 code = draft.code ? *draft.code : kernel::Code25::random();
    sender.code = code.digits();
    sender.code_key = code_key(needs, draft.cycle, code);
    return sender;
}

// Who speaks, as the state knows them; `code` is left only where this entry gives it.
Speaker speaker_of(db::Connection& db, people::CycleId cycle, const Sender& sender) {
    Speaker speaker{{}, sender.browser, sender.code_key};
    if (!sender.browser) return speaker;
    const std::optional<people::Participant> known = people::by_browser(db, cycle, *sender.browser);
    if (!known) return speaker;
    speaker.who = known->id;
    speaker.browser.reset();
    if (known->has_code) speaker.code.reset();
    return speaker;
}

rules::Incoming incoming(const people::Needs& needs, const people::Actor& actor, const Draft& draft,
                         const InForce& now) {
    rules::Incoming in{now.today(needs.clock.now()), now.terms[static_cast<std::size_t>(draft.kind)]};
    in.preset = now.preset.entry;
    if (now.table) in.table = &*now.table;
    in.hold_days = now.hold_days;
    in.contact = now.contact;
    in.personal_numbers = !find_personal(draft.text).empty() || !find_personal(draft.title).empty();
    if (!actor.staff() && !(now.places && !draft.place.empty())) return in;
    db::Database::Lease db = needs.database.read();
    in.who = who_of(*db, actor);
    if (now.places && !draft.place.empty()) in.place_known = place_known(*db, draft.place);
    return in;
}

// What a channel calls a message must not be seen in public: a mail's id names its sender's machine.
std::optional<kernel::Hash> origin_key(const people::Needs& needs, Way way, std::string_view client,
                                       std::string_view origin) {
    if (origin.empty()) return std::nullopt;
    std::string text = "huiyin voice origin v1";
    for (const std::string_view part : {name(way), client, origin}) {
        text += '\0';
        text += part;
    }
    return kernel::hmac_sha256(needs.server_key, kernel::view(text));
}

kernel::Result<Received> take_over(const people::Needs& needs, const Draft& draft, Once once,
                                   ledger::Receipt* receipt) {
    const kernel::Result<change::Imported> change = rules::import(draft);
    if (!change) return change.error();
    const ledger::Draft entry = change::encode(*change);
    auto recorded = needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            if (!cycle::cycle(w.db(), draft.cycle)) return kernel::refuse(kernel::Code::not_found, "cycle.unknown");
            return w.append(entry);
        },
        once);
    if (!recorded) return recorded.error();
    const VoiceId id(recorded->index);
    if (receipt) *receipt = *std::move(recorded);
    return Received{id, {}, {}};
}

}  // namespace

kernel::Result<Received> receive(const people::Needs& needs, const people::Actor& actor, const Draft& draft, Once once,
                                 ledger::Receipt* receipt, const AlsoDone& also,
                                 const std::function<kernel::Checked(ledger::Writing&)>& before) {
    if (draft.way == Way::imported) return take_over(needs, draft, once, receipt);
    const std::shared_ptr<const InForce> now = in_force(needs);
    kernel::Result<change::Received> change = rules::receive(draft, incoming(needs, actor, draft, *now));
    if (!change) return change.error();
    change->origin = origin_key(needs, draft.way, draft.client, draft.origin);
    const Sender sender = sender_of(needs, actor, draft);
    const kernel::Result<kernel::Hash> seal = sealing_key(needs, *now);
    if (!seal) return seal.error();
    std::optional<kernel::Seal> begun = begin_seal(*seal, draft.cycle);
    // Encoded and sealed here as far as can be, so that the act only adds the speaker; anew where it is run a second
    // time.
    std::optional<ledger::Draft> prepared = change::encode(*change);
    const std::optional<kernel::Hash> origin = change->origin;
    bool code_given = false;
    auto recorded = needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            if (before)
                if (auto ok = before(w); !ok) return ok.error();
            // The standing desk is always open; a round may have been closed since its page was shown.
            if (draft.cycle != now->desk)
                if (auto open = cycle::accepts_voices(w.db(), draft.cycle); !open) return open.error();
            if (origin)
                if (const auto known = of_origin(w.db(), *origin))
                    return kernel::refuse(kernel::Code::conflict, "voice.origin_known",
                                          {{"voice", std::to_string(known->value())}});
            const Speaker speaker = speaker_of(w.db(), draft.cycle, sender);
            code_given = speaker.code.has_value();
            ledger::Draft entry = prepared ? *std::move(prepared) : change::encode(*change);
            prepared.reset();
            if (!begun) begun = begin_seal(*seal, draft.cycle);
            entry.facts.set("speaker", close(*std::exchange(begun, std::nullopt), speaker));
            const std::int64_t index = w.append(std::move(entry));
            if (now->table)
                if (const auto to = rules::routed(VoiceId(index), *change, *now->table, kernel::local_day(w.now())))
                    w.append(change::encode(*to));
            if (also) also(w, VoiceId(index), draft);
            return index;
        },
        once);
    if (!recorded) return recorded.error();
    Received received{VoiceId(recorded->index), change->reply.due, {}};
    if (recorded->repeated) {
        db::Database::Lease db = needs.database.read();
        if (const std::optional<Case> first = find_case(*db, received.id)) received.due = first->due;
    } else if (code_given) {
        received.code = sender.code;
    }
    if (receipt) *receipt = *std::move(recorded);
    return received;
}

std::optional<VoiceId> came_before(const people::Needs& needs, db::Connection& db, Way way, std::string_view client,
                                   std::string_view origin) {
    const std::optional<kernel::Hash> key = origin_key(needs, way, client, origin);
    return key ? of_origin(db, *key) : std::nullopt;
}

kernel::Checked check_draft(const people::Needs& needs, const people::Actor& actor, const Draft& draft) {
    const auto would = rules::receive(draft, incoming(needs, actor, draft, *in_force(needs)));
    return would ? kernel::Checked() : would.error();
}

std::string slip_key(What what) {
    const std::string short_key = "voice.slip_" + std::string(name(what));
    return page::has_message(short_key) ? short_key : "voice.step_" + std::string(name(what));
}

std::optional<Slip> slip(db::Connection& db, std::int64_t entry) {
    VoiceId id(entry);
    const std::optional<Case> made = find_case(db, id);
    if (const std::optional<Step> step = made ? std::nullopt : voice::step(db, entry, &id))
        return Slip{slip_key(step->what), {}, "/voices/" + std::to_string(id.value())};
    if (!made) return std::nullopt;
    return Slip{"voice.kind_" + std::string(name(made->kind)), made->due, "/voices/" + std::to_string(entry)};
}

kernel::Checked may_close(db::Connection& db, people::UnitId unit) {
    if (waiting(db, {.unit = unit, .officer = {}, .after = {}}, 1).empty()) return {};
    return kernel::refuse(kernel::Code::conflict, "voice.unit_has_cases");
}

bool withheld(db::Connection& db, std::int64_t entry) {
    VoiceId id(entry);
    const std::optional<Step> step = voice::step(db, entry, &id);
    const std::optional<Case> found = find_case(db, id);
    if (!found || found->is_public()) return false;
    // What moderators say stands in place of what they hid.
    constexpr What remarks[] = {What::held,           What::hidden,      What::shown_again,
                                What::appeal_refused, What::report_kept, What::report_hidden};
    return !step || std::find(std::begin(remarks), std::end(remarks), step->what) == std::end(remarks);
}

}  // namespace voice
