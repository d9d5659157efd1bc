#include "store.h"

#include "change.h"
#include "seal.h"

namespace contact {
namespace {

void apply_one(db::Connection& db, const ledger::Entry& entry, const change::GivenTo& c) {
    // The columns in clear are of version 1. What is sealed is read where it stands: in the ledger.
    const Given given = c.in_clear.value_or(Given{});
    const std::int64_t gone = c.in_clear || c.sealed ? 0 : 1;
    db.run(
        "insert into contact (id, voice, until, gone, name, telephone, email, wish) values ($1, $2, $3, $4, $5, $6, "
        "$7, $8)",
        entry.index, c.voice.value(), c.until.days, gone, given.name, given.telephone, given.email, given.wish);
}

void apply_one(db::Connection& db, const ledger::Entry& entry, const change::Opened& c) {
    db.run("insert into contact_opened (entry, voice, officer, reason, at) values ($1, $2, $3, $4, $5)", entry.index,
           c.voice.value(), c.by.value(), name(c.reason), entry.time.ms);
}

}  // namespace

void apply(db::Connection& db, const ledger::Entry& entry) {
    std::visit([&](const auto& c) { apply_one(db, entry, c); }, change::decode(entry));
}

void forget(db::Connection& db, std::int64_t index) {
    db.run("update contact set gone = 1, name = '', telephone = '', email = '', wish = '' where id = $1", index);
}

std::optional<Contact> contact_of(db::Connection& db, kernel::View server_key, VoiceId voice) {
    const auto row =
        db.one("select id from contact where voice = $1 and gone = 0 order by id desc limit 1", voice.value());
    if (!row) {
        // Who handles a part of a message reaches its author as who had the whole.
        const auto part = voice::voice(db, voice);
        return part && part->part_of ? contact_of(db, server_key, *part->part_of) : std::nullopt;
    }
    const auto entry = ledger::entry(db, row->integer(0)).value();
    const auto c = std::get<change::GivenTo>(change::decode(entry));
    Contact found{entry.index, voice, c.until, c.in_clear.value_or(Given{})};
    if (c.sealed) {
        const auto given = unsealed(server_key, voice, *c.sealed);
        found.lost = !given;
        found.given = given.value_or(Given{});
    }
    return found.lost || found.given.any() ? std::optional(std::move(found)) : std::nullopt;
}

std::vector<std::int64_t> over(db::Connection& db, kernel::Day today, int at_most) {
    std::vector<std::int64_t> all;
    for (const db::Row& row : db.query(
             "select id from contact where gone = 0 and until < $1 order by until, id limit $2", today.days, at_most))
        all.push_back(row.integer(0));
    return all;
}

std::vector<Opening> openings(db::Connection& db, VoiceId voice, int at_most) {
    std::vector<Opening> all;
    for (const db::Row& row :
         db.query("select entry, officer, reason, at from contact_opened where voice = $1 order by entry desc limit $2",
                  voice.value(), at_most))
        all.push_back(
            {row.integer(0), people::OfficerId(row.integer(1)), parse_reason(row.text(2)).value(), {row.integer(3)}});
    return all;
}

std::int64_t times_opened(db::Connection& db, VoiceId voice) {
    return db.one("select count(*) from contact_opened where voice = $1", voice.value())->integer(0);
}

std::optional<VoiceId> voice_of(db::Connection& db, std::int64_t entry) {
    auto row = db.one("select voice from contact where id = $1", entry);
    if (!row) row = db.one("select voice from contact_opened where entry = $1", entry);
    return row ? std::optional(VoiceId(row->integer(0))) : std::nullopt;
}

std::vector<std::int64_t> of_author(db::Connection& db, VoiceId voice) {
    if (const auto part = voice::voice(db, voice); part && part->part_of) voice = *part->part_of;
    std::vector<std::int64_t> all;
    for (const db::Row& row :
         db.query("select id from contact where voice = $1 and gone = 0 order by id", voice.value()))
        all.push_back(row.integer(0));
    return all;
}

std::optional<Slip> slip(db::Connection& db, std::int64_t entry) {
    const auto row = db.one("select voice from contact_opened where entry = $1", entry);
    if (!row) return std::nullopt;
    return Slip{"contact.slip", "/voices/" + std::to_string(row->integer(0))};
}

}  // namespace contact
