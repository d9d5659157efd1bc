// Sending: what it is, which units it concerns, who may read it, the words, the code.
#include <algorithm>

#include <db/database.h>
#include <kernel/text.h>
#include <page/reader.h>

#include "pages.h"

namespace confidential {
namespace {

using http::Request;
using http::Response;
using page::Data;
using page::Lang;

constexpr std::string_view unit_fields[] = {"unit1", "unit2", "unit3"};
constexpr std::size_t least_receivers = 2;  // a single one may be lost, or be the one concerned

std::vector<page::Option> unit_options(db::Connection& db) {
    std::vector<page::Option> all;
    for (const people::Unit& unit : people::units(db)) {
        if (!unit.open) continue;
        const auto parent = unit.parent ? people::unit(db, *unit.parent) : std::nullopt;
        all.push_back({std::to_string(unit.id.value()), parent ? unit.name + " – " + parent->name : unit.name, ""});
    }
    return all;
}

std::vector<people::UnitId> units_of(const Request& r, db::Connection& db, std::vector<kernel::Error>& errors) {
    page::Reader reader(r);
    std::vector<people::UnitId> all;
    for (const std::string_view field : unit_fields) {
        const auto number = reader.number(field, "people.unit_unknown");
        if (!number) continue;
        const people::UnitId id(*number);
        if (!people::unit(db, id))
            reader.refuse(kernel::invalid(std::string(field), "people.unit_unknown"));
        else if (std::find(all.begin(), all.end(), id) == all.end())
            all.push_back(id);
    }
    errors.insert(errors.end(), reader.errors().begin(), reader.errors().end());
    return all;
}

std::vector<Data> year_rows(Lang lang, db::Connection& db, kernel::Day today) {
    std::vector<Data> rows;
    for (const Year& year : years_before(db, kernel::date(today).year)) {
        Data row;
        row.set("year", std::to_string(year.year));
        row.set("n", year.shown ? page::number(lang, year.matters)
                                : page::say(lang, "confidential.fewer_than",
                                            {{"n", std::to_string(people::setting_number(db, "figures.min_cell"))}}));
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<Data> receiver_rows(Lang lang, db::Connection& db, const std::vector<Receiver>& all) {
    std::vector<Data> rows;
    for (const Receiver& r : all) {
        const auto unit = people::unit(db, r.unit);
        Data row;
        row.set("post", post_of(lang, db, r.officer)).set("unit", unit ? unit->name : std::string());
        rows.push_back(std::move(row));
    }
    return rows;
}

Response intro(const Site& site, const Request& r, const std::vector<kernel::Error>& errors) {
    const Lang lang = page::lang_of(r);
    auto db = site.needs.database.read();
    const std::vector<Receiver> ready = outside(*db, {});
    Data data;
    page::Form form = page::Form::of(r, errors);
    for (const std::string_view field : unit_fields) form.options(std::string(field), unit_options(*db));
    form.fill(lang, data, unit_fields);
    data.set("open", ready.size() >= least_receivers);
    data.set("receivers", receiver_rows(lang, *db, ready));
    data.set("elsewhere", people::setting(*db, "complaint.about_persons"));
    std::vector<Data> years = year_rows(lang, *db, kernel::local_day(site.needs.clock.now()));
    data.set("has_years", !years.empty()).set("years", std::move(years));
    return leaving_nothing(r,
                           private_page(lang, "confidential.title", page::render(lang, "confidential/intro.html", data),
                                        page::status_of(errors)));
}

}  // namespace

Response show_intro(const Site& site, const Request& r) { return intro(site, r, {}); }

Response show_guess(const Site&, const Request& r) {
    const Lang lang = page::lang_of(r);
    return leaving_nothing(
        r, private_page(lang, "confidential.guess_title", page::render(lang, "confidential/guess.html", Data())));
}

Response write_page(const Site& site, const Request& r, const std::vector<people::UnitId>& units,
                    const std::vector<Receiver>& offered, std::string_view code,
                    const std::vector<kernel::Error>& errors) {
    const Lang lang = page::lang_of(r);
    auto db = site.needs.database.read();
    page::Form form = page::Form::of(r, errors);
    std::vector<page::Option> kinds;
    for (const Kind kind : all_kinds) kinds.push_back({std::string(name(kind)), label(lang, "kind", name(kind)), ""});
    form.options("kind", std::move(kinds)).options("receivers", receiver_options(*db, offered));
    for (const Receiver& one : offered) form.value("receivers", std::to_string(one.officer.value()));
    if (!code.empty()) form.value("kind", "complaint");
    Data data;
    form.fill(lang, data, {"receivers", "kind", "text", "place"});
    std::vector<Data> concerned;
    for (std::size_t i = 0; i < units.size() && i < std::size(unit_fields); ++i) {
        const auto unit = people::unit(*db, units[i]);
        Data row;
        row.set("field", unit_fields[i]).set("id", units[i].value()).set("name", unit ? unit->name : std::string());
        concerned.push_back(std::move(row));
    }
    data.set("has_units", !concerned.empty()).set("units", std::move(concerned)).set("code", code);
    data.set("retaliation", !code.empty()).set("offered", !offered.empty());
    data.set("action", code.empty() ? "/confidential/send" : "/confidential/thread/retaliation/send");
    data.set("elsewhere", people::setting(*db, "complaint.about_persons"));
    const std::string days = people::setting(*db, "confidential.reply_days");
    data.set("answer", page::say(lang, "confidential.answer_days", {{"n", days}}));
    return leaving_nothing(
        r, private_page(lang, code.empty() ? "confidential.write_title" : "confidential.retaliation_title",
                        page::render(lang, "confidential/write.html", data), page::status_of(errors)));
}

Response post_units(const Site& site, const Request& r) {
    std::vector<kernel::Error> errors;
    std::vector<people::UnitId> units;
    std::vector<Receiver> offered;
    {
        auto db = site.needs.database.read();
        units = units_of(r, *db, errors);
        if (errors.empty() && outside(*db, {}).size() < least_receivers)
            return people::refusal(r, kernel::refuse(kernel::Code::conflict, "confidential.not_open"));
        offered = outside(*db, units);
    }
    return errors.empty() ? write_page(site, r, units, offered, "", {}) : intro(site, r, errors);
}

Response sent_page(const Request& r, const Sent& sent) {
    const Lang lang = page::lang_of(r);
    Data data;
    data.set("fives", sent.code_fives).set("words", sent.code_words).set("promise", sent.promise);
    return leaving_nothing(
        r, private_page(lang, "confidential.sent_title", page::render(lang, "confidential/sent.html", data)), true);
}

Response post_send(const Site& site, const Request& r) {
    std::vector<kernel::Error> errors;
    Draft draft = draft_of(r, errors);
    std::vector<Receiver> offered;
    {
        auto db = site.needs.database.read();
        draft.units = units_of(r, *db, errors);
        offered = outside(*db, draft.units);
    }
    const auto token = form_token(r);
    if (!token) return people::refusal(r, kernel::refuse(kernel::Code::malformed, "confidential.no_token"));
    if (errors.empty()) {
        const auto sent = send(site.needs, draft, *token);
        if (sent) return sent_page(r, *sent);
        if (sent.error().field.empty()) return people::refusal(r, sent.error());
        errors.push_back(sent.error());
    }
    return write_page(site, r, draft.units, offered, "", errors);
}

}  // namespace confidential
