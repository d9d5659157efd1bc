#include "design.h"

#include "assets.h"
#include "chart.h"
#include "group_map.h"

namespace page {
namespace {

// All figures here are samples, and the page says so.
Html loops(Lang lang) {
    using S = Station::State;
    Html out =
        loop_bar(lang, Loop::matter, {{S::done, 0, "#loop"}, {S::done, 0, "#loop"}, {S::here, 0, "#loop"}, {}, {}});
    out = out +
          loop_bar(lang, Loop::kase, {{S::done, 0, ""}, {S::done, 0, ""}, {S::done, 0, ""}, {S::late, 3, "#loop"}, {}});
    return out + loop_bar(lang, Loop::matter,
                          {{S::done, 0, ""}, {S::done, 0, ""}, {S::done, 0, ""}, {S::done, 0, ""}, {S::done, 0, ""}});
}

kernel::Hash sample_leaf(int i) { return kernel::sha256(kernel::view("sample leaf " + std::to_string(i))); }

std::vector<Data> seals() {
    std::vector<Data> all;
    for (int i = 0; i < 6; ++i) {
        Data one;
        one.set("seal", seal(sample_leaf(i), 64)).set("name", seal_name(sample_leaf(i)));
        all.push_back(std::move(one));
    }
    return all;
}

kernel::Day sample_day() { return kernel::day({2026, 3, 2}); }
kernel::Instant sample_minute() { return {kernel::start_of(sample_day()).ms + 9 * 3'600'000 + 5 * 60'000}; }

Html sample_slip(Lang lang) {
    Slip one;
    one.index = 1417;
    one.minute = sample_minute();
    one.kind = say(lang, "page.design_kind");
    one.due = sample_day() + 15;
    one.check_address = "/receipts/1417";
    one.leaf = sample_leaf(0);
    one.code_fives = "31415 92653 58979 32384 62643";
    one.code_words = "abandon ability able about above absent absorb abstract";
    return slip(lang, one);
}

Html sample_verdicts(Lang lang) {
    const Verdict unit{say(lang, "page.design_unit_says"), say(lang, "page.design_unit_done"), 95};
    const Verdict people{say(lang, "page.design_people_say"), say(lang, "page.design_people_solved"), 61};
    return verdicts(lang, unit, people, say(lang, "page.design_gap"));
}

Html sample_timeline(Lang lang) {
    const std::int64_t day = 86'400'000;
    const kernel::Instant start = sample_minute();
    return timeline(
        lang, {{start, say(lang, "page.design_event_received"), "", 1417, Tone::neutral},
               {start + day, say(lang, "page.design_event_assigned"), say(lang, "page.design_post"), 1431, Tone::done},
               {start + 18 * day, say(lang, "page.design_event_late"), "", 1602, Tone::late},
               {start + 20 * day, say(lang, "page.design_event_due"), say(lang, "page.design_post"), 1644, Tone::due}});
}

Share sample_share(Lang lang, const char* key, std::int64_t part, std::int64_t whole) {
    const auto [low, high] = wilson(part, whole);
    return {say(lang, key), part, whole, low, high};
}

Html charts(Lang lang) {
    const std::string when = full_date(lang, sample_day());
    const auto words = [lang](const char* key) { return say(lang, key); };
    Html out = bars(lang, words("page.design_bars"),
                    {{words("page.design_web"), 1204, ""},
                     {words("page.design_phone"), 388, ""},
                     {words("page.design_paper"), 97, ""},
                     {words("page.design_visit"), 41, words("page.design_visit_note")}},
                    when);
    out = out + divergence(lang, words("page.design_divergence"),
                           {{words("page.design_group_a"), 310, 41, 60},
                            {words("page.design_group_b"), 88, 240, 35},
                            {words("page.design_group_c"), 12, 9, 70}},
                           when);
    out =
        out + whiskers(lang, words("page.design_whiskers"),
                       {sample_share(lang, "page.design_in_time", 214, 260),
                        sample_share(lang, "page.design_solved", 8, 10), sample_share(lang, "page.design_none", 0, 0)},
                       when);
    const std::vector<Point> points = {{sample_day(), 41.5},
                                       {sample_day() + 31, 38},
                                       {sample_day() + 61, 39.2},
                                       {sample_day() + 92, 31},
                                       {sample_day() + 122, 24.5}};
    out = out + indicator_line(lang, words("page.design_line"), points, 41.5, 20.0, words("page.design_unit"));
    out = out + indicator_line(lang, words("page.design_line_empty"), {}, 41.5, 20.0, words("page.design_unit"));
    SpotMap map{words("page.design_map"),
                words("page.design_map_is"),
                words("page.design_across"),
                words("page.design_up"),
                {words("page.design_level_0"), words("page.design_level_1"), words("page.design_level_2")},
                counted(lang, 7, when),
                {}};
    for (int n = 1; n <= 7; ++n)
        map.spots.push_back({words("page.design_matter"), "#funnel", std::to_string(n), n, n < 4 ? 12.0 : n * n,
                             n < 4 ? 2.0 : 8 - n, std::int64_t{n} * n * 3, n % 3});
    out = out + spot_map(lang, map) + trend(words("page.design_trend"), {0, 2, 5, 3, 9, 14, 8, 6, 6, 2, 0, 1});
    GroupMap people{words("page.design_alike"), words("page.design_alike_is"), counted(lang, 443, when)};
    people.groups = {words("page.design_group_a"), words("page.design_group_b")};
    people.columns = {words("page.column_group"), words("page.column_people")};
    people.rows = {{people.groups[0], number(lang, 371)}, {people.groups[1], number(lang, 72)}};
    for (int i = 0; i < 24; ++i)
        people.people.push_back(
            {{(i * 7 % 10) * 0.1 + (i % 4 == 0 ? 2.0 : 0.0), (i * 3 % 10) * 0.2}, 1 + i % 9, i % 4 == 0});
    people.me = OnMap{0.4, 0.9};
    people.me_words = words("page.design_me");
    out = out + group_map(lang, people);
    return out +
           sketch(lang, words("page.design_sketch"),
                  {{31.2304, 121.4737, words("page.design_matter")}, {31.2204, 121.4837, words("page.design_matter")}},
                  when);
}

Html sample_funnel(Lang lang) {
    const auto words = [lang](const char* key) { return say(lang, key); };
    return funnel(lang, words("page.design_funnel"),
                  {{words("page.design_people"), 1921, ""},
                   {words("page.design_statements"), 197, "#funnel"},
                   {words("page.design_set_aside"), 78, ""},
                   {words("page.design_issues"), 12, ""},
                   {words("page.design_decided"), 9, ""},
                   {words("page.design_kept"), 5, ""},
                   {words("page.design_late"), 2, ""},
                   {words("page.design_refused"), 2, ""}},
                  full_date(lang, sample_day()));
}

std::vector<Data> colours() {
    std::vector<Data> all;
    for (const char* name : {"paper", "surface", "ink", "muted", "line", "accent", "link", "done", "due", "late"})
        all.push_back(Data().set("name", name));
    return all;
}

std::vector<Data> groups() {
    std::vector<Data> all;
    for (int i = 0; i < 8; ++i) {
        Data one;
        one.set("name", std::string(1, static_cast<char>('A' + i))).set("mark", group_mark(i, 18));
        all.push_back(std::move(one));
    }
    return all;
}

Form sample_form(const http::Request& request, Lang lang) {
    using kernel::invalid;
    Form form =
        request.method == http::Method::get && !request.asked("errors")
            ? Form(request)
            : Form::again(request, {invalid("title", "page.design_error_title"),
                                    invalid("kind", "page.design_error_kind"), invalid("", "page.design_error_whole")});
    form.options("kind", {{"a", say(lang, "page.design_option_a"), say(lang, "page.design_option_hint")},
                          {"b", say(lang, "page.design_option_b"), ""}});
    form.options("topics",
                 {{"a", say(lang, "page.design_option_a"), ""}, {"b", say(lang, "page.design_option_b"), ""}});
    form.options("among", {{"n", say(lang, "page.design_option_a"), ""}, {"s", say(lang, "page.design_option_b"), ""}});
    form.options("place", {{"n", say(lang, "page.design_option_a"), ""}, {"s", say(lang, "page.design_option_b"), ""}});
    form.value("text", say(lang, "page.design_typed")).value("topics", "b").value("place", "s");
    return form;
}

Page design_page(const http::Request& request) {
    const Lang lang = lang_of(request);
    Data data;
    sample_form(request, lang)
        .fill(lang, data, {"title", "text", "kind", "topics", "sure", "place", "among", "day", "photo", "secret"});
    data.set("loops", loops(lang))
        .set("seals", seals())
        .set("slip", sample_slip(lang))
        .set("verdicts", sample_verdicts(lang));
    data.set("timeline", sample_timeline(lang)).set("charts", charts(lang)).set("funnel", sample_funnel(lang));
    data.set("state_neutral", state(lang, "page.design_state_neutral", Tone::neutral));
    data.set("state_done", state(lang, "page.design_state_done", Tone::done));
    data.set("state_due", state(lang, "page.design_state_due", Tone::due));
    data.set("state_late", state(lang, "page.design_state_late", Tone::late));
    data.set("pages", pagination(lang, {"/design?part=pages", "120", "96"}));
    data.set("turning", turning(request, {"/design", "history"}, "1644"));
    data.set("picture", asset_address("mark.svg"));
    data.set("code", qr_code(say(lang, "page.design_code"), "https://voices.example.org/receipts/1417"));
    data.set("words",
             own_words("Ride-hailing should be insured like a taxi.\nSo should the driver.\n\nThat is all.", "en"));
    data.set("colours", colours()).set("groups", groups());
    Page page;
    page.title = say(lang, "page.design");
    page.sample = page.private_matter = true;
    page.status = request.asked("errors") ? 422 : 200;
    page.main = render(lang, "page/design.html", data);
    return page;
}

}  // namespace

void add_design(http::Router& router) {
    router.get("/design", [](const http::Request& request) { return answer(request, design_page(request)); });
}

}  // namespace page
