#include "overdue.h"

#include <algorithm>
#include <map>

#include <db/database.h>
#include <ledger/ledger.h>
#include <measure/measure.h>
#include <page/page.h>
#include <voice/voice.h>

namespace server {
namespace {

using http::Request;
using http::Response;
using kernel::Json;
using page::Data;
using page::Lang;
using page::say;

constexpr int on_a_page = 50;

struct Sums {
    std::int64_t voices = 0, voices_far = 0, measures = 0, measures_far = 0;
    kernel::Day oldest{};
    std::int64_t all() const { return voices + measures; }
};
// By unit, 0: none has it; whoever has most comes first.
std::vector<std::pair<std::int64_t, Sums>> by_unit(db::Connection& db) {
    std::map<std::int64_t, Sums> found;
    for (const voice::Overdue& one : voice::overdue(db))
        found[one.unit ? one.unit->value() : 0] = {one.n, one.far, 0, 0, one.oldest};
    for (const measure::Overdue& one : measure::overdue(db)) {
        Sums& s = found[one.unit.value()];
        s.oldest = s.voices > 0 ? std::min(s.oldest, one.oldest) : one.oldest;
        s.measures = one.n, s.measures_far = one.far;
    }
    std::vector<std::pair<std::int64_t, Sums>> all(found.begin(), found.end());
    std::stable_sort(all.begin(), all.end(),
                     [](const auto& a, const auto& b) { return a.second.all() > b.second.all(); });
    return all;
}

std::string unit_name(Lang lang, db::Connection& db, std::int64_t unit) {
    const auto found = unit != 0 ? people::unit(db, people::UnitId(unit)) : std::nullopt;
    return found ? found->name : say(lang, "server.overdue_no_unit");
}

std::string overdue_link(std::int64_t unit) { return "/overdue/units/" + std::to_string(unit); }

std::string with_far(Lang lang, std::int64_t n, std::int64_t far) {
    if (far == 0) return page::number(lang, n);
    return say(lang, "server.overdue_of_which", {{"n", page::number(lang, n)}, {"far", page::number(lang, far)}});
}

page::Page list_page(const Request& r, db::Connection& db, kernel::Instant now) {
    const Lang lang = page::lang_of(r);
    std::vector<Data> rows;
    std::vector<page::Bar> bars;
    Sums sum;
    for (const auto& [unit, s] : by_unit(db)) {
        Data row;
        row.set("link", overdue_link(unit)).set("name", unit_name(lang, db, unit));
        row.set("voices", with_far(lang, s.voices, s.voices_far))
            .set("measures", with_far(lang, s.measures, s.measures_far))
            .set("oldest", page::full_date(lang, s.oldest));
        rows.push_back(std::move(row));
        constexpr std::size_t most_bars = 20;
        if (bars.size() < most_bars) bars.push_back({unit_name(lang, db, unit), s.all(), ""});
        sum.voices += s.voices, sum.measures += s.measures;
    }
    Data data;
    data.set("sum", say(lang, "server.overdue_sum",
                        {{"voices", page::number(lang, sum.voices)}, {"measures", page::number(lang, sum.measures)}}));
    data.set("far", voice::far_overdue).set("nothing", rows.empty());
    if (!bars.empty())
        data.set("chart", page::bars(lang, say(lang, "server.overdue_chart"), bars, page::date_time(lang, now)));
    data.set("units", std::move(rows));
    page::Page page;
    page.title = say(lang, "server.overdue");
    page.section = "scorecards";
    page.main = page::render(lang, "server/overdue.html", data);
    return page;
}

// "20260930-17": where a page of a list ended.
template <class Place, class Id>
std::optional<Place> place_of(const Request& r, std::string_view list) {
    const std::string_view text = page::asked_after(r, list).value_or("");
    if (text.size() < 12 || text[10] != '_') return std::nullopt;
    const auto day = kernel::parse_day(text.substr(0, 10));
    const auto id = kernel::parse_index(text.substr(11));
    if (!day || !id) return std::nullopt;
    return Place{*day, Id(*id)};
}

std::string key_of(kernel::Day due, std::int64_t id) { return kernel::iso(due) + "_" + std::to_string(id); }

std::string late_words(Lang lang, const kernel::Calendar& calendar, kernel::Day due, kernel::Day today) {
    const int days = std::max(1, kernel::working_days_between(calendar, due, today));
    return say(lang, "server.overdue_since", {{"day", page::full_date(lang, due)}, {"n", std::to_string(days)}});
}

std::string voice_heading(Lang lang, const voice::Voice& v) {
    if (!v.title.empty()) return v.title;
    return say(lang, "server.overdue_voice",
               {{"kind", say(lang, "voice.kind_" + std::string(name(v.kind)))}, {"n", std::to_string(v.id.value())}});
}

std::string promised_words(Lang lang, const measure::Measure& m) {
    if (m.first_due == m.promised.due)
        return say(lang, "server.overdue_promised", {{"day", page::full_date(lang, m.promised.due)}});
    return say(lang, "server.overdue_moved",
               {{"first", page::full_date(lang, m.first_due)}, {"day", page::full_date(lang, m.promised.due)}});
}

struct OfUnit {
    std::vector<voice::Voice> voices;
    std::vector<measure::Measure> measures;
    page::Html voices_turning, measures_turning;
};
OfUnit of_unit(const Request& r, db::Connection& db, std::int64_t unit) {
    const std::optional<people::UnitId> id = unit != 0 ? std::optional(people::UnitId(unit)) : std::nullopt;
    OfUnit all;
    all.voices = voice::overdue_of(db, id, place_of<voice::Place, voice::VoiceId>(r, "messages"), on_a_page + 1);
    all.voices_turning = page::turning(r, {overdue_link(unit), "messages"}, all.voices, on_a_page,
                                       [](const voice::Voice& v) { return key_of(*v.due, v.id.value()); });
    if (!id) return all;
    all.measures =
        measure::overdue_of(db, *id, place_of<measure::Place, measure::MeasureId>(r, "measures"), on_a_page + 1);
    all.measures_turning =
        page::turning(r, {overdue_link(unit), "measures"}, all.measures, on_a_page,
                      [](const measure::Measure& m) { return key_of(m.promised.due, m.id.value()); });
    return all;
}

page::Page unit_page(const Request& r, db::Connection& db, std::int64_t unit, kernel::Day today) {
    const Lang lang = page::lang_of(r);
    const kernel::Calendar calendar = people::calendar(db);
    OfUnit all = of_unit(r, db, unit);
    std::vector<Data> voices, measures;
    for (const voice::Voice& v : all.voices) {
        Data row;
        row.set("link", "/voices/" + std::to_string(v.id.value())).set("title", voice_heading(lang, v));
        row.set("lang", v.title.empty() ? std::string(page::tag(lang)) : v.lang);
        row.set("late", late_words(lang, calendar, *v.due, today)).set("how", voice::how_due(r, db, v.id));
        row.set("stands", v.state == voice::State::asked_back);
        voices.push_back(std::move(row));
    }
    for (const measure::Measure& m : all.measures) {
        Data row;
        row.set("link", "/measures/" + std::to_string(m.id.value()))
            .set("title", measure::title_of(lang, m))
            .set("lang", m.promised.title.empty() ? std::string(page::tag(lang)) : m.promised.lang);
        row.set("late", late_words(lang, calendar, m.promised.due, today)).set("how", promised_words(lang, m));
        measures.push_back(std::move(row));
    }
    Data data;
    data.set("unit", unit_name(lang, db, unit)).set("unit_link", unit != 0 ? "/units/" + std::to_string(unit) : "");
    data.set("no_voices", voices.empty()).set("voices", std::move(voices)).set("voices_turning", all.voices_turning);
    data.set("no_measures", measures.empty())
        .set("measures", std::move(measures))
        .set("measures_turning", all.measures_turning);
    page::Page page;
    page.title = say(lang, "server.overdue_of", {{"unit", unit_name(lang, db, unit)}});
    page.section = "scorecards";
    page.main = page::render(lang, "server/overdue_unit.html", data);
    return page;
}

Json list_json(db::Connection& db) {
    Json::Array units;
    for (const auto& [unit, s] : by_unit(db)) {
        const auto found = unit != 0 ? people::unit(db, people::UnitId(unit)) : std::nullopt;
        units.push_back(Json::Object{{"unit", unit},
                                     {"name", found ? found->name : std::string()},
                                     {"voices", s.voices},
                                     {"voices_far", s.voices_far},
                                     {"measures", s.measures},
                                     {"measures_far", s.measures_far},
                                     {"oldest", kernel::iso(s.oldest)}});
    }
    return Json().set("far_from", voice::far_overdue).set("units", std::move(units));
}

Json unit_json(const Request& r, db::Connection& db, std::int64_t unit) {
    const OfUnit all = of_unit(r, db, unit);
    Json::Array voices, measures;
    for (const voice::Voice& v : all.voices)
        voices.push_back(Json::Object{{"id", v.id.value()},
                                      {"due", kernel::iso(*v.due)},
                                      {"late_days", v.late_days},
                                      {"state", std::string(name(v.state))}});
    for (const measure::Measure& m : all.measures)
        measures.push_back(Json::Object{{"id", m.id.value()},
                                        {"due", kernel::iso(m.promised.due)},
                                        {"first_due", kernel::iso(m.first_due)},
                                        {"late_days", m.late_days}});
    return Json().set("unit", unit).set("voices", std::move(voices)).set("measures", std::move(measures));
}

// A unit's number, also of one that is closed; 0 is what no unit has.
std::optional<std::int64_t> asked_unit(const Request& r, db::Connection& db) {
    const auto id = kernel::parse_index(r.param("id"));
    if (!id || (*id != 0 && !people::unit(db, people::UnitId(*id)))) return std::nullopt;
    return id;
}

Response unknown_unit(const Request& r) {
    return people::refusal(r, kernel::refuse(kernel::Code::not_found, "people.unit_unknown"));
}

}  // namespace

void add_overdue(http::Router& router, const people::Needs& needs) {
    router.get("/overdue", [&needs](const Request& r) {
        return page::cached(r, kernel::iso(kernel::local_day(needs.clock.now())), needs.ledger.size(),
                            [&] { return list_page(r, *needs.database.read(), needs.clock.now()); });
    });
    router.get("/overdue/units/{id}", [&needs](const Request& r) {
        const std::int64_t position = needs.ledger.size();
        const kernel::Day today = kernel::local_day(needs.clock.now());
        const auto unit = asked_unit(r, *needs.database.read());
        if (!unit) return unknown_unit(r);
        return page::cached(r, kernel::iso(today), position,
                            [&] { return unit_page(r, *needs.database.read(), *unit, today); });
    });
    router.get("/api/v1/overdue", [&needs](const Request&) {
        return http::json(200, kernel::canonical(list_json(*needs.database.read())));
    });
    router.get("/api/v1/overdue/units/{id}", [&needs](const Request& r) {
        auto db = needs.database.read();
        const auto unit = asked_unit(r, *db);
        if (!unit) return page::refusal(r, kernel::refuse(kernel::Code::not_found, "people.unit_unknown"));
        return http::json(200, kernel::canonical(unit_json(r, *db, *unit)));
    });
}

}  // namespace server
