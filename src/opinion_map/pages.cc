#include "pages.h"

#include <page/group_map.h>

#include <algorithm>

#include "store.h"

namespace opinion_map {
namespace {

using page::Data;
using page::Lang;

std::int64_t least_shown(db::Connection& db) { return people::setting_number(db, "figures.min_cell"); }

std::string group_name(Lang lang, std::size_t group) {
    return page::say(lang, "opinion_map.group_" + std::to_string(group + 1));
}

std::string counted(Lang lang, const Map& map) {
    return page::say(lang, "dialogue.counted_at", {{"n", page::number(lang, map.at)}});
}

page::OnMap on_map(const opinion::Point& at) { return {at.x, at.y}; }

page::Html drawing_of(Lang lang, const Map& map, const View& v, const std::optional<Me>& who) {
    page::GroupMap chart;
    chart.title = page::say(lang, "opinion_map.chart");
    chart.columns = {page::say(lang, "opinion_map.column_group"), page::say(lang, "opinion_map.column_people"),
                     page::say(lang, "opinion_map.column_share"), page::say(lang, "opinion_map.column_surely")};
    for (std::size_t g = 0; g < v.groups.size(); ++g) {
        chart.groups.push_back(group_name(lang, g));
        chart.rows.push_back({group_name(lang, g), page::number(lang, v.groups[g].people),
                              page::percent(lang, v.groups[g].people, v.placed),
                              v.groups[g].surely ? page::number(lang, *v.groups[g].surely) : "–"});
    }
    chart.description = page::say(lang, "opinion_map.chart_is",
                                  {{"n", page::number(lang, v.placed)}, {"groups", std::to_string(v.groups.size())}});
    chart.counted =
        page::say(lang, "page.counted", {{"n", page::number(lang, v.placed)}, {"when", counted(lang, map)}});
    const opinion::Grouping& grouping = map.picture.grouping;
    for (std::size_t g = 0; g < grouping.groups.size(); ++g)
        for (const std::uint32_t base : grouping.groups[g].bases)
            chart.people.push_back(
                {on_map(grouping.bases[base].centre), grouping.bases[base].people, static_cast<int>(g)});
    if (who && who->votes > 0) chart.me = on_map(who->at);
    chart.me_words = page::say(lang, "opinion_map.you");
    return page::group_map(lang, chart);
}

// A statement as its readers may see it; what was set aside since is named, without its words.
void set_statement(Data& row, Lang lang, db::Connection& db, StatementId id) {
    const auto found = dialogue::statement(db, id);
    const bool shown = found && found->state == dialogue::State::accepted && !found->text.empty();
    row.set("link", "/statements/" + std::to_string(id.value()));
    const dialogue::Line line = shown ? dialogue::line_for(lang, db, *found) : dialogue::Line();
    row.set("text", shown ? line.text : page::say(lang, "opinion_map.not_shown", {{"n", std::to_string(id.value())}}));
    row.set("lang", shown ? line.lang : std::string(page::tag(lang))).set("translated", line.translated);
}

std::string percent_of(Lang lang, const Share& share) { return page::percent(lang, share.part, share.whole); }

std::vector<Data> group_rows(Lang lang, db::Connection& db, const View& v) {
    std::vector<Data> rows;
    for (std::size_t g = 0; g < v.groups.size(); ++g) {
        const GroupView& group = v.groups[g];
        Data row;
        row.set("name", group_name(lang, g)).set("id", static_cast<std::int64_t>(g + 1));
        row.set("mark", page::group_mark(static_cast<int>(g), 22)).set("small", group.small);
        row.set("size", page::say(lang, "opinion_map.group_size",
                                  {{"n", page::number(lang, group.people)},
                                   {"share", page::percent(lang, group.people, v.placed)}}));
        std::vector<Data> telling;
        for (const Told& one : group.telling) {
            Data t;
            set_statement(t, lang, db, one.statement);
            t.set("says", page::say(lang, one.agree ? "opinion_map.group_agrees" : "opinion_map.group_disagrees",
                                    {{"share", percent_of(lang, one.group)},
                                     {"part", page::number(lang, one.group.part)},
                                     {"whole", page::number(lang, one.group.whole)},
                                     {"others", percent_of(lang, one.others)}}));
            telling.push_back(std::move(t));
        }
        row.set("nothing", telling.empty() && !group.small).set("telling", std::move(telling));
        rows.push_back(std::move(row));
    }
    return rows;
}

// For whom: a reader, and what staff are offered.
struct For {
    const http::Request& request;
    db::Connection& db;
    Lang lang;
    decltype(Hooks::offer) offer;
    void put(Data& row, StatementId id, const std::string& words) const {
        if (offer && request.who.officer != 0) row.set("offer", offer(request, db, id, words));
    }
};

std::string source_of(Lang lang, const Map& map) {
    return page::say(lang, "opinion_map.by_map",
                     {{"address", address(map.dialogue)}, {"n", page::number(lang, map.at)}});
}

// "A 80 %, B 12 %": share(n) of the n-th group that is shown.
template <class ShareOf>
std::string shares_of(Lang lang, const View& v, const ShareOf& share) {
    std::string all;
    std::size_t shown = 0;
    for (std::size_t g = 0; g < v.groups.size(); ++g) {
        if (v.groups[g].small) continue;
        std::string one = page::say(lang, "opinion_map.share_of_group",
                                    {{"group", group_name(lang, g)}, {"share", percent_of(lang, share(shown++))}});
        all = all.empty() ? std::move(one) : page::say(lang, "opinion_map.and_so_on", {{"one", all}, {"next", one}});
    }
    return all;
}

std::vector<Data> shared_rows(const For& reader, const View& v, const Map& map) {
    const Lang lang = reader.lang;
    std::vector<Data> rows;
    for (const SharedView& one : v.shared) {
        Data row;
        set_statement(row, lang, reader.db, one.statement);
        const std::string shares = shares_of(lang, v, [&](std::size_t n) { return one.groups[n]; });
        const std::string says =
            page::say(lang, one.agree ? "opinion_map.all_agree" : "opinion_map.all_disagree", {{"shares", shares}});
        row.set("says", says);
        reader.put(row, one.statement, says + " " + source_of(lang, map));
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<Data> divided_rows(const For& reader, const Map& map, const View& v) {
    const Lang lang = reader.lang;
    std::vector<Data> rows;
    for (const DividedView& one : v.divided) {
        Data row;
        set_statement(row, lang, reader.db, one.statement);
        std::vector<page::Split> splits;
        std::size_t shown = 0;
        for (std::size_t g = 0; g < v.groups.size(); ++g) {
            if (v.groups[g].small) continue;
            const opinion::Counts& counts = one.groups[shown++];
            splits.push_back({group_name(lang, g), counts.agree, counts.disagree, counts.pass});
        }
        row.set("chart", page::divergence(lang, page::say(lang, "opinion_map.by_group"), splits, counted(lang, map)));
        const std::string shares = shares_of(lang, v, [&](std::size_t n) {
            return Share{one.groups[n].agree, one.groups[n].seen()};
        });
        reader.put(row, one.statement,
                   page::say(lang, "opinion_map.groups_divided", {{"shares", shares}}) + " " + source_of(lang, map));
        rows.push_back(std::move(row));
    }
    return rows;
}

// How far to trust it, in words and figures.
std::vector<Data> sure_rows(Lang lang, db::Connection& db, const dialogue::Dialogue& d, const View& v) {
    std::vector<Data> rows;
    const auto add = [&](std::string_view key, std::string value) {
        Data row;
        row.set("name", page::say(lang, key)).set("value", std::move(value));
        rows.push_back(std::move(row));
    };
    const auto thousandths = [&](double x) {
        return page::percent(lang, static_cast<std::int64_t>(std::max(0.0, x) * 1000 + 0.5), 1000);
    };
    add("opinion_map.sure_people", people::people_words(lang, v.people, people::turnout(db, d.cycle)));
    add("opinion_map.sure_placed",
        page::say(lang, "opinion_map.sure_placed_of",
                  {{"n", page::number(lang, v.placed)}, {"share", page::percent(lang, v.placed, v.people)}}));
    add("opinion_map.sure_votes",
        page::say(lang, "opinion_map.sure_votes_on",
                  {{"n", page::number(lang, v.votes)}, {"statements", page::number(lang, v.statements)}}));
    if (!v.drawn) return rows;
    constexpr double well = 0.5, somewhat = 0.25;  // of silhouettes (Kaufman & Rousseeuw 1990, table 2)
    const char* apart = v.silhouette >= well       ? "opinion_map.apart_well"
                        : v.silhouette >= somewhat ? "opinion_map.apart_somewhat"
                                                   : "opinion_map.apart_hardly";
    add("opinion_map.sure_apart", page::say(lang, apart, {{"share", thousandths(v.silhouette)}}));
    add("opinion_map.sure_drawn", thousandths(v.share_drawn));
    std::int64_t surely = 0;
    bool known = true;
    for (const GroupView& group : v.groups) known = known && group.surely, surely += group.surely.value_or(0);
    if (known) add("opinion_map.sure_surely", page::percent(lang, surely, v.placed));
    if (v.stability) {
        constexpr double trusted = 0.75, doubtful = 0.6;  // Hennig 2007
        const char* again = *v.stability >= trusted    ? "opinion_map.stable"
                            : *v.stability >= doubtful ? "opinion_map.rather_stable"
                                                       : "opinion_map.not_stable";
        add("opinion_map.sure_stable", page::say(lang, again, {{"share", thousandths(*v.stability)}}));
    }
    if (!v.blocs.empty()) {
        std::int64_t people = 0;
        for (const std::int64_t one : v.blocs) people += one;
        add("opinion_map.sure_blocs",
            page::say(lang, "opinion_map.blocs",
                      {{"n", std::to_string(v.blocs.size())}, {"people", page::number(lang, people)}}));
    }
    return rows;
}

std::string me_words(Lang lang, const std::optional<Me>& who) {
    if (!who || who->votes == 0) return {};
    if (!who->group)
        return page::say(lang, "opinion_map.you_need",
                         {{"n", std::to_string(who->needed)}, {"votes", std::to_string(who->votes)}});
    return page::say(
        lang, "opinion_map.you_stand",
        {{"group", group_name(lang, static_cast<std::size_t>(*who->group))}, {"votes", std::to_string(who->votes)}});
}

void set_frozen(Data& data, Lang lang, db::Connection& db, const dialogue::Dialogue& d, const Map& map) {
    if (!map.frozen) return;
    const auto frozen = opinion_map::frozen(db, *map.frozen);
    if (!frozen) return;
    Data f;
    f.set("entry", "/receipts/" + std::to_string(*map.frozen)).set("n", page::number(lang, *map.frozen));
    f.set("matrix", kernel::hex(frozen->matrix)).set("map", kernel::hex(frozen->map));
    f.set("rows", page::number(lang, frozen->rows)).set("left_out", page::number(lang, frozen->left_out));
    f.set("some_left_out", frozen->left_out > 0);
    const std::string at = address(d.id) + "/polis/";
    f.set("comments", at + "comments.csv")
        .set("matrix_file", at + "participants-votes.csv")
        .set("votes", at + "votes.csv")
        .set("summary", at + "summary.csv");
    data.set("frozen", std::move(f));
}

std::string lead_of(Lang lang, const View& v) {
    return page::say(lang, "opinion_map.lead",
                     {{"people", page::number(lang, v.placed)},
                      {"groups", std::to_string(v.groups.size())},
                      {"shared", std::to_string(v.shared.size())}});
}

void fill(Data& data, const For& reader, const dialogue::Dialogue& d, const Shown& shown,
          const std::optional<Me>& who) {
    const Lang lang = reader.lang;
    db::Connection& db = reader.db;
    if (!shown.map) return;
    const Map& map = *shown.map;
    const View v = view(map, least_shown(db), shown.sure.get());
    data.set("too_few", !v.drawn);
    data.set("drawn", v.drawn).set("at", map.at);
    data.set("sure", sure_rows(lang, db, d, v)).set("counted", counted(lang, map));
    if (!v.drawn) return;
    data.set("lead", lead_of(lang, v)).set("map", drawing_of(lang, map, v, who));
    data.set("groups", group_rows(lang, db, v)).set("me", me_words(lang, who));
    auto shared = shared_rows(reader, v, map);
    data.set("nothing_shared", shared.empty()).set("shared", std::move(shared));
    auto divided = divided_rows(reader, map, v);
    data.set("nothing_divided", divided.empty()).set("divided", std::move(divided));
    set_frozen(data, lang, db, d, map);
}

Data about(Lang lang, const dialogue::Dialogue& d) {
    Data data;
    data.set("dialogue", "/dialogues/" + std::to_string(d.id.value())).set("address", address(d.id));
    data.set("question", dialogue::title_of(lang, d)).set("lang", d.lang).set("source", d.source);
    return data;
}

}  // namespace

std::string address(DialogueId id) { return "/dialogues/" + std::to_string(id.value()) + "/map"; }

page::Page map_page(const http::Request& r, db::Connection& db, const dialogue::Dialogue& d, const Shown& shown,
                    const std::optional<Me>& who, const Hooks& hooks) {
    const Lang lang = page::lang_of(r);
    Data data = about(lang, d);
    const bool open = dialogue::accepts_votes(db, d).has_value();
    data.set("drawing", shown.drawing).set("nobody", !shown.map && !shown.drawing).set("open", open);
    data.set("json", "/api/v1" + address(d.id)).set("frame", address(d.id) + "/frame");
    fill(data, {r, db, lang, hooks.offer}, d, shown, who);
    data.set("least", std::to_string(opinion::least_votes)).set("live", open ? address(d.id) + "/events" : "");
    page::Page p =
        dialogue::in_round(d, page::say(lang, "opinion_map.title"), page::render(lang, "opinion_map/show.html", data));
    if (open) p.scripts = {"opinion_map_live"};
    return p;
}

page::Page frame_page(const http::Request& r, db::Connection& db, const dialogue::Dialogue& d, const Shown& shown) {
    const Lang lang = page::lang_of(r);
    Data data = about(lang, d);
    fill(data, {r, db, lang, {}}, d, shown, {});
    data.set("whole", page::public_address() + address(d.id));
    page::Page p =
        dialogue::in_round(d, page::say(lang, "opinion_map.title"), page::render(lang, "opinion_map/frame.html", data));
    p.framed = true;
    return p;
}

page::Html small_map(Lang lang, db::Connection& db, const dialogue::Dialogue& d, const Shown& shown,
                     const std::optional<Me>& who) {
    const View v = view(*shown.map, least_shown(db), shown.sure.get());
    Data data;
    data.set("address", address(d.id)).set("drawn", v.drawn);
    if (v.drawn)
        data.set("lead", lead_of(lang, v))
            .set("map", drawing_of(lang, *shown.map, v, who))
            .set("me", me_words(lang, who));
    return page::render(lang, "opinion_map/part.html", data);
}

}  // namespace opinion_map
