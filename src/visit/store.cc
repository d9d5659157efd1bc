#include "store.h"

#include <kernel/text.h>

namespace visit {
namespace {

void count_at(db::Connection& db, issue::IssueId issue, std::int64_t visits, std::int64_t met, std::int64_t deciders) {
    db.run(
        "insert into visit_issue_count (issue, visits, met, by_deciders) values ($1, 0, 0, 0) on conflict (issue) do "
        "nothing",
        issue.value());
    db.run(
        "update visit_issue_count set visits = visits + $2, met = met + $3, by_deciders = by_deciders + $4 where issue "
        "= $1",
        issue.value(), visits, met, deciders);
}

// What is added to the counters of issue and round.
void count(db::Connection& db, const std::optional<issue::IssueId>& issue, people::CycleId cycle, std::int64_t visits,
           std::int64_t issues, std::int64_t met, std::int64_t deciders) {
    if (issue) count_at(db, *issue, visits, met, deciders);
    db.run(
        "insert into visit_cycle_count (cycle, visits, issues_seen, met, by_deciders) values ($1, 0, 0, 0, 0) on "
        "conflict (cycle) do nothing",
        cycle.value());
    db.run(
        "update visit_cycle_count set visits = visits + $2, issues_seen = issues_seen + $3, met = met + $4, "
        "by_deciders = by_deciders + $5 where cycle = $1",
        cycle.value(), visits, issues, met, deciders);
}

// "0=12 3=2": numbers of groups and of people.
std::string text_of(const std::vector<Met>& groups) {
    std::string text;
    for (const Met& met : groups) {
        if (!text.empty()) text += ' ';
        text += std::to_string(static_cast<int>(met.group)) + '=' + std::to_string(met.n);
    }
    return text;
}
std::vector<Met> groups_of(const std::string& text) {
    std::vector<Met> all;
    if (text.empty()) return all;
    for (std::string_view one : kernel::split(text, ' ')) {
        const std::size_t sign = one.find('=');
        all.push_back({static_cast<Group>(kernel::parse_index(one.substr(0, sign)).value()),
                       kernel::parse_index(one.substr(sign + 1)).value()});
    }
    return all;
}

// "v17 v23 m40": messages and measures.
std::string text_of(const Links& links) {
    std::string text;
    for (voice::VoiceId id : links.voices) text += "v" + std::to_string(id.value()) + " ";
    for (measure::MeasureId id : links.measures) text += "m" + std::to_string(id.value()) + " ";
    return text;
}
Links links_of(const std::string& text) {
    Links links;
    for (std::string_view one : kernel::split(text, ' ')) {
        if (one.empty()) continue;
        const std::int64_t n = kernel::parse_index(one.substr(1)).value();
        if (one.front() == 'v')
            links.voices.emplace_back(n);
        else
            links.measures.emplace_back(n);
    }
    return links;
}

void set_links(db::Connection& db, VisitId id, const Links& to) {
    db.run("delete from visit_voice where visit = $1", id.value());
    db.run("delete from visit_measure where visit = $1", id.value());
    for (voice::VoiceId voice : to.voices)
        db.run("insert into visit_voice (visit, voice) values ($1, $2)", id.value(), voice.value());
    for (measure::MeasureId measure : to.measures)
        db.run("insert into visit_measure (visit, measure) values ($1, $2)", id.value(), measure.value());
}

void apply_one(db::Connection& db, const ledger::Entry& entry, const change::Recorded& c) {
    const bool first = c.issue && counts(db, *c.issue).visits == 0;
    const std::optional<std::int64_t> planned = c.mode ? std::optional<std::int64_t>(c.plan ? 1 : 0) : std::nullopt;
    db.run(
        "insert into visit (id, issue, cycle, unit, posts, place, heard, promised, lang, may_decide, day, met, "
        "told_on, told, told_entry, sample, until_day, mode, planned, plan, met_groups) "
        "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, null, '', null, $13, $14, $15, $16, $17, $18)",
        entry.index, c.issue ? c.issue->value() : 0, c.cycle.value(), c.unit.value(), c.posts, c.where, c.heard,
        c.promised, c.lang, c.may_decide ? 1 : 0, c.day.days, c.met, c.sample ? 1 : 0,
        c.until ? std::optional(c.until->days) : std::nullopt,
        c.mode ? std::optional(static_cast<std::int64_t>(*c.mode)) : std::nullopt, planned,
        c.plan ? std::optional(c.plan->value()) : std::nullopt, text_of(c.groups));
    count(db, c.issue, c.cycle, 1, first ? 1 : 0, c.met, c.may_decide ? 1 : 0);
    const VisitId id(entry.index);
    count_visit(db, visit(db, id).value(), 1);
    set_links(db, id, {c.voices, c.measures});
    if (c.plan) keep_plan(db, *c.plan, id);
    if (c.origin) db.run("insert into visit_origin (origin, visit) values ($1, $2)", *c.origin, entry.index);
    db.run(
        "insert into visit_event (entry, visit, minute, what, officer, day, met, may_decide, from_day, from_met, "
        "from_may_decide, reason, links) "
        "values ($1, $1, $2, 0, $3, $4, $5, $6, null, null, null, '', '')",
        entry.index, entry.time.ms, c.by.value(), c.day.days, c.met, c.may_decide ? 1 : 0);
}

void apply_one(db::Connection& db, const ledger::Entry& entry, const change::Linked& c) {
    set_links(db, c.visit, c.to);
    db.run(
        "insert into visit_event (entry, visit, minute, what, officer, day, met, may_decide, from_day, from_met, "
        "from_may_decide, reason, links) "
        "values ($1, $2, $3, 3, $4, null, null, null, null, null, null, $5, $6)",
        entry.index, c.visit.value(), entry.time.ms, c.by.value(), c.reason, text_of(c.to));
}

void apply_one(db::Connection& db, const ledger::Entry& entry, const change::Planned& c) { apply_plan(db, entry, c); }
void apply_one(db::Connection& db, const ledger::Entry& entry, const change::CalledOff& c) { apply_plan(db, entry, c); }

void apply_one(db::Connection& db, const ledger::Entry& entry, const change::ReportedBack& c) {
    db.run("update visit set told_on = $2, told = $3, told_entry = $4 where id = $1", c.visit.value(), c.day.days,
           c.what, entry.index);
    db.run(
        "insert into visit_event (entry, visit, minute, what, officer, day, met, may_decide, from_day, from_met, "
        "from_may_decide, reason, links) "
        "values ($1, $2, $3, 1, $4, $5, null, null, null, null, null, '', '')",
        entry.index, c.visit.value(), entry.time.ms, c.by.value(), c.day.days);
}

void apply_one(db::Connection& db, const ledger::Entry& entry, const change::Corrected& c) {
    const Visit was = visit(db, c.visit).value();
    const std::int64_t decides = c.to.may_decide ? 1 : 0, decided = was.may_decide ? 1 : 0;
    count_visit(db, was, -1);
    db.run("update visit set day = $2, met = $3, may_decide = $4 where id = $1", c.visit.value(), c.to.day.days,
           c.to.met, decides);
    count(db, was.issue, was.cycle, 0, 0, c.to.met - was.met, decides - decided);
    count_visit(db, visit(db, c.visit).value(), 1);
    db.run(
        "insert into visit_event (entry, visit, minute, what, officer, day, met, may_decide, from_day, from_met, "
        "from_may_decide, reason, links) "
        "values ($1, $2, $3, 2, $4, $5, $6, $7, $8, $9, $10, $11, '')",
        entry.index, c.visit.value(), entry.time.ms, c.by.value(), c.to.day.days, c.to.met, decides, was.day.days,
        was.met, decided, c.reason);
}

Visit from_row(const db::Row& row) {
    Visit v;
    v.id = VisitId(row.integer(0));
    if (row.integer(1) != 0) v.issue = issue::IssueId(row.integer(1));
    v.cycle = people::CycleId(row.integer(2));
    v.unit = people::UnitId(row.integer(3));
    v.posts = row.text(4);
    v.where = row.text(5);
    v.heard = row.text(6);
    v.promised = row.text(7);
    v.lang = row.text(8);
    v.may_decide = row.integer(9) != 0;
    v.day = {row.integer(10)};
    v.met = row.integer(11);
    if (const auto day = row.integer_or_null(12)) v.reported_back = kernel::Day{*day};
    v.told = row.text(13);
    v.sample = row.integer(14) != 0;
    if (const auto day = row.integer_or_null(15)) v.until = kernel::Day{*day};
    if (const auto mode = row.integer_or_null(16)) v.mode = static_cast<Mode>(*mode);
    if (const auto planned = row.integer_or_null(17)) v.planned = *planned != 0;
    if (const auto plan = row.integer_or_null(18)) v.plan = PlanId(*plan);
    v.groups = groups_of(row.text(19));
    return v;
}

}  // namespace

void apply(db::Connection& db, const ledger::Entry& entry) {
    std::visit([&](const auto& c) { apply_one(db, entry, c); }, change::decode(entry));
}

void forget(db::Connection& db, std::int64_t index) {
    db.run("update visit set posts = '', place = '', heard = '', promised = '' where id = $1", index);
    const auto of = visit_of_entry(db, index);
    if (of) db.run("update visit set told = '' where id = $1 and told_entry = $2", of->value(), index);
    db.run("update visit_event set reason = '' where entry = $1", index);
    forget_plan(db, index);
}

// ---- reading -------------------------------------------------------------------------------------------------------

std::optional<Visit> visit(db::Connection& db, VisitId id) {
    const auto row = db.one(
        "select id, issue, cycle, unit, posts, place, heard, promised, lang, may_decide, day, met, told_on, told, "
        "sample, until_day, mode, planned, plan, met_groups from visit where id = $1",
        id.value());
    if (!row) return std::nullopt;
    Visit v = from_row(*row);
    db.each(
        "select voice from visit_voice where visit = $1 order by voice",
        [&](const db::Row& one) { v.voices.emplace_back(one.integer(0)); }, id.value());
    db.each(
        "select measure from visit_measure where visit = $1 order by measure",
        [&](const db::Row& one) { v.measures.emplace_back(one.integer(0)); }, id.value());
    return v;
}

std::vector<Visit> visits(db::Connection& db, const Filter& f) {
    db::Query q(
        "select id, issue, cycle, unit, posts, place, heard, promised, lang, may_decide, day, met, told_on, told, "
        "sample, until_day, mode, planned, plan, met_groups from visit");
    if (f.issue) q.where("issue = ?", f.issue->value());
    if (f.cycle) q.where("cycle = ?", f.cycle->value());
    if (f.unit) q.where("unit = ?", f.unit->value());
    if (f.before) q.where("id < ?", f.before->value());
    q.then("order by id desc limit ?", f.at_most);
    std::vector<Visit> all;
    for (const db::Row& row : db.query(q)) all.push_back(from_row(row));
    return all;
}

std::vector<Visit> visits(db::Connection& db, issue::IssueId issue) {
    Filter f;
    f.issue = issue;
    f.at_most = 100;
    return visits(db, f);
}

Counts counts(db::Connection& db, people::CycleId cycle) {
    const auto row =
        db.one("select visits, issues_seen, met, by_deciders from visit_cycle_count where cycle = $1", cycle.value());
    return row ? Counts{row->integer(0), row->integer(1), row->integer(2), row->integer(3)} : Counts{};
}

Counts counts(db::Connection& db, issue::IssueId issue) {
    const auto row = db.one("select visits, met, by_deciders from visit_issue_count where issue = $1", issue.value());
    return row ? Counts{row->integer(0), 1, row->integer(1), row->integer(2)} : Counts{};
}

std::vector<Happened> history(db::Connection& db, VisitId id) {
    std::vector<Happened> all;
    for (const db::Row& row :
         db.query("select entry, minute, what, officer, day, met, may_decide, from_day, from_met, from_may_decide, "
                  "reason, links from visit_event where visit = $1 order by entry",
                  id.value())) {
        Happened h;
        h.entry = row.integer(0);
        h.minute = {row.integer(1)};
        h.what = static_cast<What>(row.integer(2));
        if (const auto officer = row.integer_or_null(3)) h.by = people::OfficerId(*officer);
        h.day = {row.integer_or_null(4).value_or(0)};
        if (h.what == What::corrected) {
            h.now = Correction{h.day, row.integer(5), row.integer(6) != 0};
            h.was = Correction{{row.integer(7)}, row.integer(8), row.integer(9) != 0};
        }
        h.reason = row.text(10);
        if (h.what == What::linked) h.links = links_of(row.text(11));
        all.push_back(std::move(h));
    }
    return all;
}

std::vector<VisitId> visits_of(db::Connection& db, voice::VoiceId id) {
    std::vector<VisitId> all;
    db.each(
        "select visit from visit_voice where voice = $1 order by visit desc",
        [&](const db::Row& row) { all.emplace_back(row.integer(0)); }, id.value());
    return all;
}
std::vector<VisitId> visits_of(db::Connection& db, measure::MeasureId id) {
    std::vector<VisitId> all;
    db.each(
        "select visit from visit_measure where measure = $1 order by visit desc",
        [&](const db::Row& row) { all.emplace_back(row.integer(0)); }, id.value());
    return all;
}

std::optional<VisitId> visit_of_origin(db::Connection& db, const kernel::Hash& origin) {
    const auto row = db.one("select visit from visit_origin where origin = $1", origin);
    return row ? std::optional(VisitId(row->integer(0))) : std::nullopt;
}

std::optional<VisitId> visit_of_entry(db::Connection& db, std::int64_t entry) {
    const auto row = db.one("select visit from visit_event where entry = $1", entry);
    return row ? std::optional(VisitId(row->integer(0))) : std::nullopt;
}

std::int64_t seen_of(db::Connection& db, const std::vector<issue::IssueId>& issues) {
    std::vector<std::int64_t> ids;
    for (issue::IssueId each : issues) ids.push_back(each.value());
    db::Query query("select count(*) from visit_issue_count");
    return db.query(query.where_in("issue", ids).where("visits > 0")).at(0).integer(0);
}

}  // namespace visit
