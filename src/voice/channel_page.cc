// By which way messages came, and out of which district: figures of participation, in which paper and telephone count
// as much as the web.
#include <algorithm>
#include <map>

#include "acts.h"
#include "routes.h"

namespace voice {
namespace {

using http::Request;
using http::Response;
using kernel::Json;
using page::Data;
using page::Lang;

std::string district_name(Lang lang, const std::optional<routing::Table>& table, const std::string& code) {
    if (code.empty()) return page::say(lang, "voice.channels_no_district");
    if (table)
        for (const routing::Listed& one : table->sheet->lists().districts)
            if (one.code == code) return std::string(routing::name_in(lang, one.names).text);
    return code;
}

Data row_of(const std::string& name, const std::vector<Way>& ways, const std::map<Way, std::int64_t>& counted,
            Lang lang) {
    std::vector<Data> cells;
    std::int64_t all = 0;
    for (const Way way : ways) {
        const auto at = counted.find(way);
        const std::int64_t n = at == counted.end() ? 0 : at->second;
        all += n;
        Data cell;
        cell.set("n", page::number(lang, n));
        cells.push_back(std::move(cell));
    }
    Data row;
    row.set("name", name).set("cells", std::move(cells)).set("all", page::number(lang, all));
    return row;
}

page::Page channel_page(const Request& r, db::Connection& db, const cycle::Cycle& c) {
    const Lang lang = page::lang_of(r);
    const std::optional<routing::Table> table = routing::in_force(db);
    std::vector<Way> ways;
    std::map<std::string, std::map<Way, std::int64_t>> by_district;
    std::map<Way, std::int64_t> whole;
    for (const Channel& one : channels(db, c.id)) {
        if (std::find(ways.begin(), ways.end(), one.way) == ways.end()) ways.push_back(one.way);
        by_district[one.district][one.way] += one.n;
        whole[one.way] += one.n;
    }
    std::vector<Data> heads, rows;
    for (const Way way : ways) {
        Data head;
        head.set("name", label(lang, "way", way));
        heads.push_back(std::move(head));
    }
    for (const auto& [code, counted] : by_district)
        if (!code.empty()) rows.push_back(row_of(district_name(lang, table, code), ways, counted, lang));
    if (const auto at = by_district.find(""); at != by_district.end())
        rows.push_back(row_of(district_name(lang, table, ""), ways, at->second, lang));
    rows.push_back(row_of(page::say(lang, "voice.channels_all"), ways, whole, lang));
    Data d;
    d.set("empty", ways.empty()).set("ways", std::move(heads)).set("rows", std::move(rows));
    d.set("json", "/api/v1/cycles/" + std::to_string(c.id.value()) + "/channels");
    d.set("voices", c.standing ? std::string("/voices") : "/voices?cycle=" + std::to_string(c.id.value()));
    if (!c.standing) {
        Data round;
        round.set("link", "/cycles/" + std::to_string(c.id.value())).set("name", c.name).set("lang", c.lang);
        d.set("round", std::move(round));
    }
    page::Page page;
    page.title = page::say(lang, "voice.channels");
    page.section = "voices";
    page.sample = c.sample;
    page.main = page::render(lang, "voice/channels.html", d);
    return page;
}

}  // namespace

Response show_channels(const Site& site, const Request& r) {
    std::optional<cycle::Cycle> c;
    {
        db::Database::Lease db = site.needs.database.read();
        c = cycle_of(*db, r);
    }
    if (!c) return people::refusal(r, kernel::refuse(kernel::Code::not_found, "cycle.unknown"));
    return page::cached(r, "", site.needs.ledger.size(),
                        [&] { return channel_page(r, *site.needs.database.read(), *c); });
}

Response channels_json(const Site& site, const Request& r) {
    db::Database::Lease db = site.needs.database.read();
    const std::optional<cycle::Cycle> c = cycle_of(*db, r);
    if (!c) return page::refusal(r, kernel::refuse(kernel::Code::not_found, "cycle.unknown"));
    Json::Array rows;
    for (const Channel& one : channels(*db, c->id)) {
        Json row;
        row.set("way", std::string(name(one.way))).set("district", one.district).set("n", one.n);
        rows.push_back(std::move(row));
    }
    Json json;
    json.set("cycle", c->id.value()).set("channels", std::move(rows));
    return http::json(200, kernel::canonical(json));
}

}  // namespace voice
