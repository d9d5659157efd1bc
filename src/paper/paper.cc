#include "paper.h"

#include <algorithm>

#include <db/database.h>
#include <ledger/ledger.h>
#include <people/recorded.h>

#include "change.h"
#include "rules.h"
#include "store.h"

namespace paper {
namespace {

using kernel::Code;

kernel::Error unknown_batch() { return kernel::refuse(Code::not_found, "paper.unknown"); }
kernel::Error unknown_sheet() { return kernel::refuse(Code::not_found, "paper.sheet_unknown"); }

// What would be sent on as a message, so that voice itself says what is wrong with it.
// A letter that came while a round was asking is not lost because it was typed after: the desk is always open.
people::CycleId goes_to(db::Connection& db, const Batch& b) {
    return cycle::accepts_voices(db, b.cycle) ? b.cycle : cycle::standing_desk(db).id;
}

voice::Draft as_message(const Batch& b, people::OfficerId typist, const Typed& t) {
    voice::Draft d;
    d.cycle = b.cycle;
    d.kind = t.kind;
    d.audience = t.audience;
    d.way = voice::Way::paper;
    d.title = t.title;
    d.text = t.text;
    d.place = t.place;
    d.lang = t.lang;
    d.category = t.category;
    d.district = t.district;
    d.typist = typist;
    d.arrived = b.day;
    return d;
}

struct Found {
    Batch batch;
    Sheet sheet;
    std::vector<people::OfficerId> typists;
};
kernel::Result<Found> find(db::Connection& db, SheetId id) {
    const auto s = sheet(db, id);
    if (!s) return unknown_sheet();
    return Found{batch(db, s->batch).value(), *s, typists(db, id)};
}

}  // namespace

std::string_view name(What what) {
    constexpr std::string_view names[] = {"message", "unreadable", "empty", "elsewhere"};
    return names[static_cast<std::size_t>(what)];
}
std::string_view name(SheetState state) {
    constexpr std::string_view names[] = {"waits", "returned", "taken", "aside"};
    return names[static_cast<std::size_t>(state)];
}
std::optional<What> parse_what(std::string_view text) {
    for (What one : all_whats)
        if (name(one) == text) return one;
    return std::nullopt;
}

kernel::Result<BatchId> open(const people::Needs& needs, const people::Actor& actor, const Opening& asked, Once once) {
    return people::recorded<BatchId>(
        needs, actor, once, [&](ledger::Writing& w, const people::Actor& who) -> kernel::Result<change::Opened> {
            auto made = rules::open(who, asked, kernel::local_day(w.now()));
            if (!made) return made.error();
            if (auto ok = cycle::accepts_voices(w.db(), asked.cycle); !ok) return ok.error();
            return made;
        });
}

kernel::Result<SheetId> type(const people::Needs& needs, const people::Actor& actor, BatchId id, int n,
                             const Typed& typed, Once once) {
    if (typed.what == What::message) {
        std::optional<Batch> b;
        {
            auto db = needs.database.read();
            b = batch(*db, id);
        }
        if (!b) return unknown_batch();
        if (auto ok = rules::may_work(actor, *b); !ok) return ok.error();
        if (auto ok = voice::check_draft(needs, actor, as_message(*b, actor.officer, typed)); !ok) return ok.error();
    }
    std::optional<SheetId> again;
    const auto made = people::recorded<SheetId>(
        needs, actor, once, [&](ledger::Writing& w, const people::Actor& who) -> kernel::Result<change::SheetTyped> {
            const auto b = batch(w.db(), id);
            if (!b) return unknown_batch();
            const auto there = sheet_number(w.db(), id, n);
            auto change = rules::type(who, *b, there, n, typed, kernel::local_day(w.now()));
            if (change) again = change->of;
            return change;
        });
    if (!made) return made.error();
    return again.value_or(*made);
}

kernel::Result<SheetId> check(const people::Needs& needs, const people::Actor& actor, SheetId id, const Compared& asked,
                              Once once, const voice::AlsoDone& also) {
    std::optional<change::SheetChecked> decided;
    const auto decide = [&](db::Connection& db, const people::Actor& who) -> kernel::Checked {
        const auto found = find(db, id);
        if (!found) return found.error();
        const auto newest = version(db, found->sheet.version);
        auto made = rules::check(who, found->batch, found->sheet, found->typists, newest.value(), asked);
        if (!made) return made.error();
        decided = *std::move(made);
        return {};
    };
    std::optional<Batch> b;
    std::optional<Sheet> s;
    people::OfficerId typist;
    {
        auto db = needs.database.read();
        s = sheet(*db, id);
        if (!s) return unknown_sheet();
        b = batch(*db, s->batch);
        const Version newest = version(*db, s->version).value();
        typist = newest.by;
        // Before voice looks at words that are none.
        if (auto ok = rules::may_work(actor, *b); !ok) return ok.error();
        if (newest.erased && s->state == SheetState::waits) return kernel::refuse(Code::conflict, "paper.words_gone");
    }
    if (s->what != What::message) {
        const auto done = people::recorded<SheetId>(
            needs, actor, once,
            [&](ledger::Writing& w, const people::Actor& who) -> kernel::Result<change::SheetChecked> {
                if (auto ok = decide(w.db(), who); !ok) return ok.error();
                return decided.value();
            });
        return done ? kernel::Result<SheetId>(id) : done.error();
    }
    // Decided first, in the act that takes the message: of two who check at once, one finds it decided.
    voice::Draft message = as_message(*b, typist, asked.typed);
    message.cycle = goes_to(*needs.database.read(), *b);
    const auto received = voice::receive(
        needs, actor, message, once, nullptr,
        [&](ledger::Writing& w, voice::VoiceId voice, const voice::Draft& draft) {
            change::SheetChecked made = decided.value();
            made.voice = voice;
            w.append(change::encode(made, w.next_index()));
            if (also) also(w, voice, draft);
        },
        [&](ledger::Writing& w) { return decide(w.db(), people::in_force(w.db(), actor)); });
    return received ? kernel::Result<SheetId>(id) : received.error();
}

kernel::Checked send_back(const people::Needs& needs, const people::Actor& actor, SheetId id, std::string_view remark,
                          Once once) {
    const auto done = people::recorded<SheetId>(
        needs, actor, once, [&](ledger::Writing& w, const people::Actor& who) -> kernel::Result<change::SentBack> {
            const auto found = find(w.db(), id);
            if (!found) return found.error();
            return rules::send_back(who, found->batch, found->sheet, found->typists, remark);
        });
    return done ? kernel::Checked() : done.error();
}

kernel::Checked recount(const people::Needs& needs, const people::Actor& actor, BatchId id, std::int64_t sheets,
                        std::string_view reason, Once once) {
    const auto done = people::recorded<BatchId>(
        needs, actor, once, [&](ledger::Writing& w, const people::Actor& who) -> kernel::Result<change::Recounted> {
            const auto b = batch(w.db(), id);
            if (!b) return unknown_batch();
            return rules::recount(who, *b, counted_by(w.db(), id), sheets, reason);
        });
    return done ? kernel::Checked() : done.error();
}

namespace {

bool may_code_one(db::Connection& db, const people::Actor& who, const Sheet& s) {
    if (!s.voice) return false;
    const auto v = voice::voice(db, *s.voice);
    const bool own = v && v->unit && people::own_unit(db, who, *v->unit);
    return v && v->state != voice::State::withdrawn && rules::may_code_this(who, s, typists(db, s.id), own);
}

// Of those without a code, in the order of their numbers.
std::vector<Sheet> to_code_now(db::Connection& db, const people::Actor& who, BatchId id, bool* others = nullptr) {
    std::vector<Sheet> mine;
    int after = 0;
    while (true) {
        const auto some = without_code(db, id, after, 50);
        for (const Sheet& s : some) {
            if (static_cast<int>(mine.size()) == slips_at_once) {
                if (others) *others = true;
                return mine;
            }
            if (may_code_one(db, who, s))
                mine.push_back(s);
            else if (others)
                *others = true;
        }
        if (some.size() < 50) return mine;
        after = some.back().n;
    }
}

}  // namespace

ToCode to_code(db::Connection& db, const people::Actor& actor, const Batch& b) {
    ToCode found;
    const people::Actor who = people::in_force(db, actor);
    if (!rules::may_code(who, b)) return {0, b.taken > b.codes};
    found.mine = static_cast<int>(to_code_now(db, who, b.id, &found.others).size());
    return found;
}

kernel::Result<Codes> make_codes(const people::Needs& needs, const people::Actor& actor, BatchId id, Once once) {
    std::vector<kernel::Code25> fresh;
    for (int i = 0; i < slips_at_once; ++i) fresh.push_back(kernel::Code25::random());
    Codes made;
    const auto done = needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            made.all.clear();
            const auto b = batch(w.db(), id);
            if (!b) return unknown_batch();
            const people::Actor who = people::in_force(w.db(), actor);
            if (auto ok = rules::may_code(who, *b); !ok) return ok.error();
            change::CodesMade change{id, who.officer, {}};
            for (const Sheet& s : to_code_now(w.db(), who, id)) {
                const kernel::Code25& code = fresh[made.all.size()];
                const auto author = voice::author_of(w.db(), *s.voice);
                const auto message = voice::voice(w.db(), *s.voice);
                if (!author || !message) continue;
                made.all.push_back({s.id, s.n, *s.voice, code});
                change.all.push_back({s.id, *author, people::code_key(needs.server_key, message->cycle, code)});
            }
            if (change.all.empty()) return kernel::refuse(Code::conflict, "paper.no_codes_left");
            return w.append(change::encode(change, w.next_index()));
        },
        once);
    if (!done) return done.error();
    made.repeated = done->repeated;
    if (made.repeated) made.all.clear();
    return made;
}

void add_kinds(std::vector<ledger::Kind>& kinds) {
    for (std::string_view kind :
         {change::opened_kind, change::typed_kind, change::sent_back_kind, change::recounted_kind})
        kinds.push_back({kind, apply, forget});
    for (std::string_view kind : {change::checked_kind, change::codes_kind}) kinds.push_back({kind, apply, {}});
}

}  // namespace paper
