// The list of messages as a table, in pieces that are read only as the reader takes them.
#include <array>
#include <unordered_map>

#include <files/csv.h>

#include "acts.h"
#include "reading.h"
#include "show_page.h"

namespace voice {
namespace {

using http::Request;
using http::Response;

constexpr int rows_at_once = 1000;

constexpr std::array<std::string_view, 29> csv_columns = {
    "number", "cycle",     "kind",   "audience",     "shown",     "state",    "way",      "day",
    "unit",   "unit_name", "due",    "late_days",    "overdue",   "reopened", "rating",   "solved",
    "answer", "agreement", "ground", "duplicate_of", "joined_to", "part_of",  "by_staff", "photos",
    "source", "before",    "title",  "text",         "place"};

struct CsvTable {
    const people::Needs& needs;
    Filter filter;
    std::optional<people::Actor> reader;  // of the desk: words also as far as they may read them
    bool bom = true, begun = false;
    std::unordered_map<std::int64_t, std::string> units = {};  // names, each asked for once

    const std::string& unit_called(db::Connection& db, std::optional<people::UnitId> unit) {
        static const std::string none;
        if (!unit) return none;
        const auto found = units.find(unit->value());
        return found != units.end() ? found->second : units.emplace(unit->value(), unit_name(db, unit)).first->second;
    }
    // What is not for everybody is asked for case by case: who may read it is not this table's to say.
    void open_words(db::Connection& db, Voice& v) const {
        if (v.shown == Shown::published) return;
        const std::optional<Case> c = find_case(db, v.id);
        if (c && may_read(db, *reader, *c)) return;
        v.title.clear(), v.text.clear(), v.place.clear();
    }
    void add(db::Connection& db, const Voice& v, std::string& piece) {
        const auto said = [](const auto& id) { return id ? std::to_string(id->value()) : std::string(); };
        const auto named = [](const auto& one) { return one ? name(*one) : std::string_view(); };
        const std::string number = std::to_string(v.id.value()), round = std::to_string(v.cycle.value());
        const std::string day = kernel::iso(kernel::local_day(v.received)), unit = said(v.unit);
        const std::string due = v.due ? kernel::iso(*v.due) : "", late = std::to_string(v.late_days);
        const std::string reopened = std::to_string(v.reopened), rating = v.rating ? std::to_string(*v.rating) : "";
        const std::string copy = said(v.master), joined = said(v.joined_to), part = said(v.part_of),
                          photos = std::to_string(v.photos);
        const std::string_view yes = "yes", no = "no";
        const std::string_view ground = v.ground ? people::name(*v.ground) : std::string_view();
        files::add_csv_row(piece, {number,
                                   round,
                                   name(v.kind),
                                   name(v.audience),
                                   name(v.shown),
                                   name(v.state),
                                   name(v.way),
                                   day,
                                   unit,
                                   unit_called(db, v.unit),
                                   due,
                                   late,
                                   v.overdue > 0 ? yes : no,
                                   reopened,
                                   rating,
                                   v.solved ? (*v.solved ? yes : no) : std::string_view(),
                                   named(v.answered),
                                   named(v.agreement),
                                   ground,
                                   copy,
                                   joined,
                                   part,
                                   v.by_staff ? yes : no,
                                   photos,
                                   v.source,
                                   named(v.before),
                                   v.title,
                                   v.text,
                                   v.place});
    }
    bool next(std::string& piece) {
        if (!begun) {
            if (bom) piece += files::csv_bom;
            files::add_csv_row(piece, csv_columns);
            begun = true;
        }
        db::Database::Lease db = needs.database.read();
        std::vector<Voice> some = voices(*db, filter);
        for (Voice& v : some) {
            if (reader) open_words(*db, v);
            add(*db, v, piece);
        }
        if (std::ssize(some) < rows_at_once) return false;
        filter.before = some.back().id;
        return true;
    }
};

Response as_csv(const Site& site, const Request& r, std::optional<people::Actor> reader, const char* file) {
    Filter f = filter_of(r, rows_at_once);
    f.after.reset();
    f.for_public = !reader;
    Response response;
    response.content_type = "text/csv; charset=utf-8";
    response.set("Content-Disposition", std::string("attachment; filename=\"") + file + "\"");
    response.set("Cache-Control", "no-store");
    const auto table = std::make_shared<CsvTable>(
        CsvTable{site.needs, std::move(f), std::move(reader), r.asked("bom").value_or("yes") != "no"});
    response.stream = [table](std::string& piece) { return table->next(piece); };
    return response;
}

}  // namespace

Response voices_csv(const Site& site, const Request& r) { return as_csv(site, r, std::nullopt, "voices.csv"); }

Response desk_csv(const Site& site, const Request& r) {
    const people::Actor actor = people::actor(r);
    if (auto ok = people::need_staff(actor); !ok) return people::refusal(r, ok.error());
    return as_csv(site, r, actor, "desk-voices.csv");
}

}  // namespace voice
