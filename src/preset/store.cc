#include "store.h"

#include <stdexcept>

#include <kernel/text.h>

#include "change.h"
#include "params.h"

namespace preset {
namespace {

constexpr db::Sql select =
    "select entry, id, version, applies, tag, jurisdiction, source, article, retrieved, stated, changed, based_on, "
    "based_version, params, at, by_officer, reason from preset";

// Paths have neither spaces nor commas.
std::string joined(const std::vector<std::string>& paths) {
    std::string text;
    for (const std::string& path : paths) text += (text.empty() ? "" : " ") + path;
    return text;
}

std::vector<std::string> paths_in(const std::string& text) {
    std::vector<std::string> paths;
    if (text.empty()) return paths;
    for (std::string_view path : kernel::split(text, ' ')) paths.emplace_back(path);
    return paths;
}

Params params_in(Applies applies, const std::string& text) {
    const kernel::Result<kernel::Json> json = kernel::parse_json(text, kernel::Numbers::canonical);
    if (!json) throw std::runtime_error("preset: figures that are no JSON");
    kernel::Result<Params> params = parse_params(applies, *json);
    if (!params) throw std::runtime_error("preset: figures that are none: " + params.error().field);
    return *std::move(params);
}

Preset from_row(const db::Row& row) {
    Preset p;
    p.entry = row.integer(0);
    p.id = row.text(1);
    p.version = static_cast<int>(row.integer(2));
    p.applies = parse_applies(row.text(3)).value();
    p.tag = parse_tag(row.text(4)).value();
    p.jurisdiction = row.text(5);
    p.source = row.text(6);
    p.article = row.text(7);
    if (const auto day = row.integer_or_null(8)) p.retrieved = kernel::Day{*day};
    p.stated = paths_in(row.text(9));
    p.changed = paths_in(row.text(10));
    if (const auto id = row.text_or_null(11)) p.based_on = Based{*id, static_cast<int>(row.integer(12))};
    p.params = params_in(p.applies, row.text(13));
    p.at = {row.integer(14)};
    p.by = people::OfficerId(row.integer(15));
    p.reason = row.text(16);
    return p;
}

std::optional<Preset> one_of(db::Connection& db, const db::Query& q) {
    const std::vector<db::Row> rows = db.query(q);
    return rows.empty() ? std::nullopt : std::optional(from_row(rows.front()));
}

}  // namespace

void apply(db::Connection& db, const ledger::Entry& entry) {
    const Preset p = change::decode(entry).adopted;
    std::optional<std::int64_t> retrieved, based_version;
    std::optional<std::string> based_on;
    if (p.retrieved) retrieved = p.retrieved->days;
    if (p.based_on) {
        based_on = p.based_on->id;
        based_version = p.based_on->version;
    }
    db.run(
        "insert into preset (entry, id, version, applies, tag, jurisdiction, source, article, retrieved, stated, "
        "changed, based_on, based_version, params, at, by_officer, reason) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, "
        "$10, $11, $12, $13, $14, $15, $16, $17)",
        p.entry, p.id, std::int64_t{p.version}, name(p.applies), name(p.tag), p.jurisdiction, p.source, p.article,
        retrieved, joined(p.stated), joined(p.changed), based_on, based_version, kernel::canonical(as_json(p.params)),
        p.at.ms, p.by.value(), p.reason);
}

void forget(db::Connection& db, std::int64_t entry) { db.run("update preset set reason = '' where entry = $1", entry); }

std::optional<Preset> in_force(db::Connection& db, Applies applies) {
    db::Query q(select);
    q.where("applies = ?", name(applies));
    return one_of(db, q.then("order by entry desc limit 1"));
}

std::optional<Preset> preset(db::Connection& db, std::int64_t entry) {
    db::Query q(select);
    q.where("entry = ?", entry);
    return one_of(db, q);
}

std::vector<Preset> adopted(db::Connection& db, std::optional<std::int64_t> before, int at_most) {
    db::Query q(select);
    if (before) q.where("entry < ?", *before);
    std::vector<Preset> all;
    for (const db::Row& row : db.query(q.then("order by entry desc limit ?", at_most))) all.push_back(from_row(row));
    return all;
}

std::int64_t own_count(db::Connection& db, Applies applies) {
    return db.one("select count(*) from preset where applies = $1 and id = 'own'", name(applies))->integer(0);
}

std::int64_t position(db::Connection& db) {
    return db.one("select coalesce((select max(entry) from preset), -1)")->integer(0);
}

std::optional<Slip> slip(db::Connection& db, std::int64_t entry) {
    if (!preset(db, entry)) return std::nullopt;
    return Slip{"preset.slip", "/rules/presets/" + std::to_string(entry)};
}

}  // namespace preset
