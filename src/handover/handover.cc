#include "handover.h"

#include <db/database.h>
#include <http/client.h>
#include <jobs/jobs.h>
#include <kernel/text.h>
#include <ledger/ledger.h>
#include <people/recorded.h>
#include <voice/workbench.h>

#include "acts.h"
#include "change.h"
#include "rules.h"
#include "store.h"
#include "wire.h"

namespace handover {
namespace {

kernel::Error unknown_voice() { return kernel::refuse(kernel::Code::not_found, "voice.unknown"); }
kernel::Error unknown_handover() { return kernel::refuse(kernel::Code::not_found, "handover.unknown"); }

kernel::Checked checked(const kernel::Result<std::int64_t>& done) {
    return done ? kernel::Checked() : kernel::Checked(done.error());
}

// Of a handover that nobody knows to be taken: its errand, where the actor has a part in the case.
kernel::Result<Handover> theirs(db::Connection& db, const people::Actor& actor, HandoverId id) {
    auto found = handover(db, id);
    if (!found) return unknown_handover();
    const auto c = case_of(db, actor, found->voice);
    if (!c) return unknown_voice();
    if (auto ok = rules::has_part(*c); !ok) return ok.error();
    return *std::move(found);
}

kernel::Checked is_uncertain(db::Connection& db, const Handover& h) {
    const auto e = errand(db, h.id);
    // Without a row nothing is known: so it is after a rebuild.
    const bool unknown = h.state == State::waiting && (!e || e->state == Errand::State::uncertain);
    return unknown ? kernel::Checked() : kernel::refuse(kernel::Code::conflict, "handover.not_uncertain");
}

}  // namespace

const Means::Key* Means::of(std::string_view url) const {
    for (const Key& key : keys)
        if (rules::plain_url(key.url) == url) return &key;
    return nullptr;
}

std::optional<std::string> fault_of(const Means& means) {
    for (const Means::Key& key : means.keys) {
        if (!http::fetchable(key.url)) return "an authority's url is https://…, or http:// to this very machine";
        if (key.key.empty()) return "an authority's key_file holds no key";
        for (const char c : key.key.reveal())
            if (static_cast<unsigned char>(c) < ' ' || c == 0x7f) return "an authority's key holds control characters";
    }
    return std::nullopt;
}

std::optional<rules::Case> case_of(db::Connection& db, const people::Actor& actor, VoiceId id) {
    const auto public_voice = voice::voice(db, id);
    const auto part = voice::part_in(db, actor, id);
    if (!public_voice || !part) return std::nullopt;
    rules::Case c;
    c.actor = actor, c.part = *part, c.voice = *public_voice;
    if (const auto on_desk = voice::desk_case(db, actor, id))
        c.said = on_desk->voice.title + "\n" + on_desk->voice.text;
    c.going = going_count(db, id);
    return c;
}

bool for_everybody(db::Connection& db, VoiceId id) {
    const auto v = voice::voice(db, id);
    return v && v->audience == voice::Audience::open && v->shown == voice::Shown::published;
}

kernel::Result<AuthorityId> name_authority(const people::Needs& needs, const people::Actor& actor, const Naming& asked,
                                           Once once) {
    const bool fetchable = http::fetchable(asked.url);
    const auto done = people::recorded(needs, actor, once, [&](ledger::Writing& w, const people::Actor& who) {
        return rules::name_authority(who, asked, fetchable, others_than(w.db(), asked));
    });
    if (!done) return done.error();
    return AuthorityId(*done);
}

kernel::Checked end_authority(const people::Needs& needs, const people::Actor& actor, AuthorityId id,
                              std::string_view reason, Once once) {
    return checked(people::recorded(needs, actor, once, [&](ledger::Writing& w, const people::Actor& who) {
        return rules::end_authority(who, authority(w.db(), id), reason);
    }));
}

kernel::Result<HandoverId> hand(const people::Needs& needs, const Means& means, const people::Actor& actor, VoiceId id,
                                const Draft& draft, Once once) {
    std::optional<Service> asked;
    {
        auto db = needs.database.read();
        asked = service(*db, draft.authority, draft.service);
    }
    const auto done = needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            auto c = case_of(w.db(), people::in_force(w.db(), actor), id);
            if (!c) return unknown_voice();
            const auto to = authority(w.db(), draft.authority);
            c->agreed = agreed(w.db(), id, draft.authority);
            c->there = is_there(w.db(), id, draft.authority);
            c->has_key = to && means.of(to->url);
            const auto change = rules::hand(*c, to, asked, draft);
            if (!change) return change.error();
            const std::int64_t entry = w.append(change::encode(*change, w.next_index()));
            put_errand(w.db(), {HandoverId(entry), Errand::State::waiting, w.now(), 0, w.now()});
            return entry;
        },
        once);
    if (!done) return done.error();
    return HandoverId(done->index);
}

kernel::Checked agree(const people::Needs& needs, std::string_view visitor, std::string_view code, VoiceId id,
                      AuthorityId to, Once once) {
    {
        auto db = needs.database.read();
        if (!voice::voice(*db, id)) return unknown_voice();
        if (!voice::written_by_author(needs, *db, id, visitor, code))
            return kernel::Error{kernel::Code::forbidden, "voice.code_wrong", "code", {}};
    }
    const auto done = needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const auto v = voice::voice(w.db(), id);
            if (!v) return unknown_voice();
            const auto change = rules::agree(*v, authority(w.db(), to), agreed(w.db(), id, to));
            if (!change) return change.error();
            return w.append(change::encode(*change, w.next_index()));
        },
        once);
    return done ? kernel::Checked() : kernel::Checked(done.error());
}

kernel::Checked say_taken(const people::Needs& needs, const people::Actor& actor, HandoverId id,
                          std::string_view number, Once once) {
    const auto done = needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const people::Actor who = people::in_force(w.db(), actor);
            const auto h = theirs(w.db(), who, id);
            if (!h) return h.error();
            if (auto ok = is_uncertain(w.db(), *h); !ok) return ok.error();
            if (!wire::good_number(number)) return kernel::invalid("number", "handover.number_missing");
            if (number_known(w.db(), h->authority, id, number))
                return kernel::invalid("number", "handover.number_known");
            const std::int64_t entry = w.append(change::encode(
                change::Taken{id, who.officer, std::string(number), for_everybody(w.db(), h->voice)}, w.next_index()));
            put_errand(w.db(), {id, Errand::State::following, w.now(), 0, w.now()});
            return entry;
        },
        once);
    return done ? kernel::Checked() : kernel::Checked(done.error());
}

kernel::Checked send_again(const people::Needs& needs, const people::Actor& actor, HandoverId id, Once once) {
    const auto done = needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const auto h = theirs(w.db(), people::in_force(w.db(), actor), id);
            if (!h) return h.error();
            if (auto ok = is_uncertain(w.db(), *h); !ok) return ok.error();
            put_errand(w.db(), {id, Errand::State::waiting, w.now(), 0, w.now()});
            w.keep_local();
            return id.value();
        },
        once);
    return done ? kernel::Checked() : kernel::Checked(done.error());
}

kernel::Checked give_up(const people::Needs& needs, const people::Actor& actor, HandoverId id, std::string_view reason,
                        Once once) {
    const auto done = needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const people::Actor who = people::in_force(w.db(), actor);
            const auto h = theirs(w.db(), who, id);
            if (!h) return h.error();
            const auto e = errand(w.db(), id);
            const bool on_its_way = e && (e->state == Errand::State::sending || e->state == Errand::State::token);
            if (h->state != State::waiting || on_its_way)
                return kernel::refuse(kernel::Code::conflict, "handover.taken_already");
            if (auto ok = kernel::need_text(reason, "reason", max_reason, "people.reason_missing"); !ok)
                return ok.error();
            const std::int64_t entry = w.append(change::encode(
                change::LetGo{id, who.officer, Why::not_sent, std::string(reason), for_everybody(w.db(), h->voice)},
                w.next_index()));
            drop_errand(w.db(), id);
            return entry;
        },
        once);
    return done ? kernel::Checked() : kernel::Checked(done.error());
}

kernel::Checked look_soon(const people::Needs& needs, const people::Actor& actor, HandoverId id) {
    const auto done = needs.ledger.perform([&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
        const auto h = theirs(w.db(), people::in_force(w.db(), actor), id);
        if (!h) return h.error();
        auto e = errand(w.db(), id);
        const bool asks = e && e->state != Errand::State::sending && e->state != Errand::State::uncertain;
        if (!asks || w.now().ms - e->asked_at.ms < rules::minute)
            return kernel::refuse(kernel::Code::conflict, "handover.asked_just_now");
        e->next_at = w.now();
        put_errand(w.db(), *e);
        w.keep_local();
        return id.value();
    });
    return done ? kernel::Checked() : kernel::Checked(done.error());
}

bool withheld(db::Connection& db, std::int64_t entry) {
    const auto voice = voice_of(db, entry);
    return voice && !for_everybody(db, *voice);
}

bool concerns(db::Connection& db, const people::Actor& actor, std::int64_t entry) {
    const auto voice = voice_of(db, entry);
    return voice && voice::concerns(db, actor, voice->value());
}

void add_kinds(std::vector<ledger::Kind>& kinds) {
    for (std::string_view kind : {change::named_kind, change::agreed_kind}) kinds.push_back({kind, apply, {}});
    for (std::string_view kind :
         {change::ended_kind, change::handed_kind, change::taken_kind, change::followed_kind, change::let_go_kind})
        kinds.push_back({kind, apply, forget});
}

}  // namespace handover
