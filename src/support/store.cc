#include "store.h"

#include <algorithm>
#include <unordered_map>

#include "change.h"

namespace support {
namespace {

void apply_one(db::Connection& db, const ledger::Entry& entry, const change::Given& c) {
    const people::ParticipantId who = c.who ? c.who : people::ParticipantId(entry.index);
    if (!c.who) people::enrol(db, who, c.cycle, c.key, std::nullopt);
    db.run("insert into support (voice, participant) values ($1, $2)", c.voice.value(), who.value());
    db.run(
        "insert into support_count (voice, people) values ($1, 1) "
        "on conflict (voice) do update set people = support_count.people + 1",
        c.voice.value());
}

void apply_one(db::Connection& db, const ledger::Entry&, const change::TakenBack& c) {
    db.run("delete from support where voice = $1 and participant = $2", c.voice.value(), c.who.value());
    db.run("update support_count set people = people - 1 where voice = $1", c.voice.value());
}

}  // namespace

void apply(db::Connection& db, const ledger::Entry& entry) {
    std::visit([&](const auto& c) { apply_one(db, entry, c); }, change::decode(entry));
}

void forget(db::Connection& db, std::int64_t index) { people::forget_keys(db, people::ParticipantId(index)); }

bool stands(db::Connection& db, VoiceId voice, people::ParticipantId who) {
    return db.one("select 1 from support where voice = $1 and participant = $2", voice.value(), who.value())
        .has_value();
}

std::int64_t count(db::Connection& db, VoiceId voice) {
    const auto row = db.one("select people from support_count where voice = $1", voice.value());
    return row ? row->integer(0) : 0;
}

std::vector<std::int64_t> counts(db::Connection& db, const std::vector<VoiceId>& voices) {
    constexpr std::size_t at_once = 500;
    std::unordered_map<std::int64_t, std::int64_t> found;
    for (std::size_t from = 0; from < voices.size(); from += at_once) {
        std::vector<std::int64_t> some;
        for (std::size_t i = from; i < std::min(from + at_once, voices.size()); ++i) some.push_back(voices[i].value());
        db::Query q("select voice, people from support_count");
        q.where_in("voice", some);
        for (const db::Row& row : db.query(q)) found.emplace(row.integer(0), row.integer(1));
    }
    std::vector<std::int64_t> all;
    for (const VoiceId voice : voices) {
        const auto at = found.find(voice.value());
        all.push_back(at == found.end() ? 0 : at->second);
    }
    return all;
}

std::optional<Slip> slip(db::Connection& db, std::int64_t index) {
    const auto entry = ledger::entry(db, index);
    if (!entry) return std::nullopt;
    const std::string link = "/cycles/" + std::to_string(entry->subject);
    if (entry->kind == change::given_kind) return Slip{"support.slip_given", link};
    if (entry->kind == change::taken_back_kind) return Slip{"support.slip_taken_back", link};
    return std::nullopt;
}

std::optional<VoiceId> about(const ledger::Entry& entry) {
    if (entry.kind != change::given_kind && entry.kind != change::taken_back_kind) return std::nullopt;
    return std::visit([](const auto& c) { return c.voice; }, change::decode(entry));
}

}  // namespace support
