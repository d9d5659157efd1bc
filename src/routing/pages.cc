#include "pages.h"

#include <db/database.h>

namespace routing {
namespace {

using http::Request;
using page::Data;
using page::Lang;
using page::say;

constexpr int rows_on_a_page = 200, versions_on_a_page = 20, versions_to_choose = 100;

std::string post_of(Lang lang, db::Connection& db, people::OfficerId id) {
    const auto officer = id ? people::officer(db, id) : std::nullopt;
    return officer ? officer->post : say(lang, "people.console");
}

// What is said of a code: its name in the list, in its own language where the reader's is missing.
Data named(Lang lang, const std::vector<Listed>& list, const std::string& code) {
    Data d;
    d.set("code", code).set("text", code.empty() ? say(lang, "routing.any") : code);
    for (const Listed& one : list) {
        if (one.code != code) continue;
        const Named name = name_in(lang, one.names);
        d.set("text", name.text);
        if (name.lang != lang) d.set("lang", page::tag(name.lang));
    }
    return d;
}

std::string yes_no(Lang lang, bool yes) { return say(lang, yes ? "routing.returnable_yes" : "routing.returnable_no"); }

class Words {
public:
    Words(Lang lang, db::Connection& db, const Hooks& hooks) : lang_(lang), hooks_(hooks), units_(people::units(db)) {}

    Data row(const Lists& lists, const Row& row, std::size_t n) const {
        Data d;
        d.set("n", static_cast<std::int64_t>(n));
        d.set("category", named(lang_, lists.categories, row.category));
        d.set("district", named(lang_, lists.districts, row.district));
        d.set("kind", row.kind.empty() ? say(lang_, "routing.any") : kind_words(lang_, hooks_, row.kind));
        d.set("unit", unit(row.unit)).set("unit_link", "/units/" + std::to_string(row.unit.value()));
        return d.set("returnable", yes_no(lang_, row.returnable));
    }

    // One line of a difference: what it is about, and what became of it.
    std::vector<Data> differences(const Lists& before, const Lists& after) const {
        const Difference d = difference(before, after);
        std::vector<Data> all;
        for (const auto& one : d.categories) all.push_back(listed(one, "routing.category"));
        for (const auto& one : d.districts) all.push_back(listed(one, "routing.district"));
        for (const auto& one : d.rows) {
            const Lists& lists = one.after ? after : before;
            Data line = row(lists, one.after ? *one.after : *one.before, 0);
            line.set("is_row", true).set("before", one.before ? result(*one.before) : "");
            line.set("after", one.after ? result(*one.after) : "");
            all.push_back(std::move(line));
        }
        return all;
    }

private:
    std::string unit(people::UnitId id) const {
        for (const people::Unit& one : units_)
            if (one.id == id) return one.name;
        return std::to_string(id.value());
    }
    std::string result(const Row& row) const {
        return row.returnable ? unit(row.unit) : say(lang_, "routing.unit_keeps", {{"unit", unit(row.unit)}});
    }
    // Every name that was given: one may have been added.
    static std::string names(const Names& names) {
        std::string all;
        for (const std::string& one : {names.zh_hans, names.zh_hant, names.en})
            if (!one.empty()) all += (all.empty() ? "" : " · ") + one;
        return all;
    }
    Data listed(const Altered<Listed>& one, std::string_view what) const {
        Data d;
        d.set("what", say(lang_, what)).set("code", one.after ? one.after->code : one.before->code);
        return d.set("before", one.before ? names(one.before->names) : "")
            .set("after", one.after ? names(one.after->names) : "");
    }

    Lang lang_;
    const Hooks& hooks_;
    std::vector<people::Unit> units_;
};

std::vector<Data> list_data(Lang lang, const std::vector<Listed>& list) {
    std::vector<Data> all;
    for (const Listed& one : list) all.push_back(named(lang, list, one.code));
    return all;
}

Data version_data(Lang lang, db::Connection& db, const Version& v) {
    Data d;
    d.set("link", address(v.id)).set("edit", "/admin/routing/" + std::to_string(v.id.value()));
    d.set("entry", v.id.value()).set("title", say(lang, "routing.version", {{"n", page::number(lang, v.version)}}));
    d.set("since", page::date_time(lang, v.since)).set("by", post_of(lang, db, v.by));
    return d.set("reason", v.reason);
}

// With the one before each, for its difference; turned by entry.
void set_versions(const Request& r, db::Connection& db, Data& d, const std::string& path) {
    const Lang lang = page::lang_of(r);
    std::optional<TableId> before;
    if (const auto after = page::index_after(r, "versions")) before = TableId(*after);
    std::vector<Version> all = versions(db, before, versions_on_a_page + 1);
    std::vector<Data> rows;
    for (std::size_t i = 0; i < all.size() && i < versions_on_a_page; ++i) {
        Data row = version_data(lang, db, all[i]);
        if (i + 1 < all.size())
            row.set("difference",
                    address(all[i].id) + "?with=" + std::to_string(all[i + 1].id.value()) + "#difference");
        rows.push_back(std::move(row));
    }
    d.set("turning_versions", page::turning(r, {path, "versions"}, all, versions_on_a_page,
                                            [](const Version& v) { return std::to_string(v.id.value()); }));
    d.set("versions", std::move(rows));
}

page::Page framed(std::string title, std::string section, page::Html main) {
    page::Page p;
    p.title = std::move(title);
    p.section = std::move(section);
    p.main = std::move(main);
    return p;
}

}  // namespace

std::string address(TableId id) { return "/routing/" + std::to_string(id.value()); }

std::string kind_words(Lang lang, const Hooks& hooks, std::string_view code) {
    for (const Kind& kind : hooks.kinds)
        if (kind.code == code) return say(lang, kind.message_key);
    return std::string(code);
}

page::Page table_page(const Request& r, db::Connection& db, const Hooks& hooks, const std::optional<Table>& shown,
                      const std::optional<Table>& with) {
    const Lang lang = page::lang_of(r);
    Data d;
    d.set("none", !shown);
    if (shown) {
        const Lists& lists = shown->sheet->lists();
        const Words words(lang, db, hooks);
        Data t = version_data(lang, db, version(db, shown->id).value());
        t.set("old", in_force(db)->id != shown->id);
        std::vector<std::pair<std::int64_t, Data>> all;
        for (const Row& row : lists.rows) {
            const std::size_t n = all.size() + 1;
            all.emplace_back(static_cast<std::int64_t>(n), words.row(lists, row, n));
        }
        t.set("turning_rows", page::turning_all(r, {address(shown->id), "rows"}, all, rows_on_a_page,
                                                [](const auto& each) { return each.first; }));
        std::vector<Data> rows, choices;
        for (auto& [n, row] : all) rows.push_back(std::move(row));
        t.set("in_all", page::number(lang, static_cast<std::int64_t>(lists.rows.size()))).set("rows", std::move(rows));
        t.set("categories", list_data(lang, lists.categories)).set("districts", list_data(lang, lists.districts));
        t.set("no_districts", lists.districts.empty());
        for (const Version& v : versions(db, {}, versions_to_choose)) {
            if (v.id == shown->id) continue;
            Data choice = version_data(lang, db, v);
            choices.push_back(std::move(choice.set("chosen", with && with->id == v.id)));
        }
        t.set("has_choices", !choices.empty()).set("choices", std::move(choices));
        if (with) {
            Data difference = version_data(lang, db, version(db, with->id).value());
            auto lines = words.differences(with->sheet->lists(), lists);
            difference.set("same", lines.empty()).set("lines", std::move(lines));
            t.set("difference", std::move(difference));
        }
        const std::int64_t entry[] = {shown->id.value()};
        if (hooks.words) t.set("about_words", hooks.words(r, db, entry));
        d.set("table", std::move(t));
        set_versions(r, db, d, address(shown->id));
    }
    return framed(say(lang, "routing.title"), "proof", page::render(lang, "routing/table.html", d));
}

page::Page versions_page(const Request& r, db::Connection& db) {
    const Lang lang = page::lang_of(r);
    const auto now = in_force(db);
    Data d;
    d.set("none", !now).set("edit", now ? "/admin/routing/" + std::to_string(now->id.value()) : "/admin/routing/new");
    set_versions(r, db, d, "/admin/routing");
    return framed(say(lang, "routing.admin"), "work", page::render(lang, "routing/versions.html", d));
}

// ---- for machines --------------------------------------------------------------------------------------------------

kernel::Json as_json(db::Connection& db, const Version& v) {
    const auto officer = v.by ? people::officer(db, v.by) : std::nullopt;
    return kernel::Json::Object{{"by", officer ? officer->post : ""},
                                {"id", v.id.value()},
                                {"reason", v.reason},
                                {"since", kernel::iso(v.since)},
                                {"version", v.version}};
}

kernel::Json as_json(db::Connection& db, const Version& v, const Lists& lists) {
    kernel::Json json = as_json(db, v);
    const kernel::Json content = change::json_of(lists);
    for (const char* member : {"categories", "districts", "rows"}) json.set(member, content[member]);
    return json;
}

}  // namespace routing
