// The second count against the first, and against a slow one: the rules of motions and reviews as the features compute
// them, and the figures of units by going through every event of every case again.
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>

#include <decision/decision.h>
#include <review/review.h>

#include "test_story.h"
#include "world.h"

namespace audit {
namespace {

using kernel::Json;

template <class T>
T pick(const std::vector<T>& all) {
    return all[*rc::gen::inRange<std::size_t>(0, all.size())];
}
std::int64_t up_to(std::int64_t most) { return *rc::gen::inRange<std::int64_t>(0, most + 1); }

decision::Fraction any_fraction(bool may_be_none) {
    decision::Fraction f;
    f.denominator = 1 + up_to(12);
    f.numerator = may_be_none ? up_to(f.denominator) : 1 + up_to(f.denominator - 1);
    f.strict = f.numerator < f.denominator && up_to(1) == 1;
    return f;
}
Json fraction_json(const decision::Fraction& f) {
    return Json::Object{{"base", decision::name(f.base)},
                        {"denominator", f.denominator},
                        {"numerator", f.numerator},
                        {"strict", f.strict}};
}

RC_GTEST_PROP(SecondCount, MotionsComeOutAsByTheFeaturesRules, ()) {
    for (int each = 0; each < 5; ++each) {
        using decision::Base;
        decision::Rules r;
        r.quorum = any_fraction(true), r.majority = any_fraction(false);
        r.quorum.base = pick<Base>({Base::seats, Base::filled});
        r.majority.base = pick<Base>({Base::seats, Base::filled, Base::present, Base::cast});
        r.tie = up_to(1) ? decision::Tie::fails : decision::Tie::chair_casts;
        const std::int64_t seats = 1 + up_to(30), filled = up_to(seats), present = up_to(filled);
        // Ties are the rare case where the chair decides: half of all.
        const bool tie = up_to(1) == 1;
        const std::int64_t yes = up_to(tie ? present / 2 : present), no = tie ? yes : up_to(present - yes);
        const std::int64_t abstain = up_to(present - yes - no);
        const auto chair = pick<std::optional<bool>>({std::nullopt, true, false});
        const Json mine = Json::Object{{"chair_casts", r.tie == decision::Tie::chair_casts},
                                       {"majority", fraction_json(r.majority)},
                                       {"quorum", fraction_json(r.quorum)}};
        const Outcome ours = outcome(mine, seats, filled, present, {yes, no, abstain}, chair);
        const decision::Outcome theirs = decision::outcome(r, seats, filled, present, {yes, no, abstain}, chair);
        RC_ASSERT(ours.quorum == theirs.quorum);
        RC_ASSERT(ours.carried == theirs.carried);
        RC_ASSERT(ours.base == theirs.base);
        RC_ASSERT(ours.needed == theirs.needed);
    }
}

TEST(SecondCount, TheChairDecidesATieWhereTheRulesSaySo) {
    const auto rules = [](bool chair_casts, decision::Base base) {
        return Json::Object{{"chair_casts", chair_casts},
                            {"majority", fraction_json({1, 2, true, base})},
                            {"quorum", fraction_json({1, 2, false, decision::Base::filled})}};
    };
    EXPECT_TRUE(outcome(rules(true, decision::Base::cast), 9, 8, 7, {3, 3, 1}, true).carried);
    EXPECT_FALSE(outcome(rules(true, decision::Base::cast), 9, 8, 7, {3, 3, 1}, false).carried);
    EXPECT_FALSE(outcome(rules(true, decision::Base::cast), 9, 8, 7, {3, 3, 1}, std::nullopt).carried);
    EXPECT_FALSE(outcome(rules(false, decision::Base::cast), 9, 8, 7, {3, 3, 1}, true).carried);
    EXPECT_FALSE(outcome(rules(true, decision::Base::cast), 9, 8, 7, {3, 4, 0}, true).carried);
    EXPECT_FALSE(outcome(rules(true, decision::Base::cast), 9, 8, 3, {1, 1, 1}, true).carried) << "no quorum";
    EXPECT_TRUE(outcome(rules(true, decision::Base::present), 9, 8, 6, {3, 3, 0}, true).carried);
    EXPECT_FALSE(outcome(rules(true, decision::Base::seats), 9, 8, 6, {3, 3, 0}, true).carried);
}

TEST(SecondCount, PanelsThatCountNeedHalfOfAllWeightAndSomebodyConcerned) {
    const auto enough = [](const char* group, std::int64_t weight, bool counted) {
        Review r;
        r.accept_percent = 60;
        r.panels.resize(2);
        r.panels[0].group = group, r.panels[0].weight = weight, r.panels[0].counted = counted;
        r.panels[0].good = 3, r.panels[0].marks_given = 5;
        r.panels[1].group = "media", r.panels[1].weight = 100 - weight;
        return verdict(r);
    };
    EXPECT_TRUE(enough("recipients", 50, true).enough);
    EXPECT_TRUE(enough("people", 50, true).enough);
    EXPECT_FALSE(enough("recipients", 49, true).enough);
    EXPECT_FALSE(enough("delegates", 100, true).enough);
    EXPECT_FALSE(enough("recipients", 100, false).enough);
    EXPECT_TRUE(enough("people", 50, true).accepted) << "60 per cent of those that count, exactly";
    EXPECT_EQ(enough("people", 50, true).percent, 60);
}

// Made-up ballots go to the feature's count as ballots, and to ours as the columns and texts of a closing entry.
RC_GTEST_PROP(SecondCount, ReviewsComeOutAsByTheFeaturesRules, ()) {
    using review::Group, review::Secrecy;
    review::Draft d;
    d.k = 2 + up_to(4), d.accept_percent = static_cast<int>(50 + up_to(50));
    const std::int64_t questions = 1 + up_to(2), panels = 1 + up_to(3);
    d.questions.resize(static_cast<std::size_t>(questions));
    std::vector<std::vector<std::vector<int>>> ballots;
    Json::Array drafted, roll, closed;
    int left = 100;
    for (std::int64_t p = 0; p < panels; ++p) {
        review::PanelDraft panel;
        panel.group = pick(std::vector<Group>(std::begin(review::all_groups), std::end(review::all_groups)));
        panel.secrecy = !review::always_secret(panel.group) && up_to(1) ? Secrecy::named : Secrecy::secret;
        panel.weight = p + 1 == panels ? left : static_cast<int>(1 + up_to(left - (panels - p)));
        if (panels == 2 && up_to(1)) panel.weight = 50;  // just half of all weight, where the others do not count
        if (p + 1 == panels) panel.weight = left;
        left -= panel.weight;
        panel.roll = up_to(12);
        d.panels.push_back(panel);
        std::vector<std::vector<int>> cast(static_cast<std::size_t>(panel.roll));
        Json::Array marks, named;
        std::vector<std::string> columns(static_cast<std::size_t>(questions));
        for (std::size_t b = 0; b < cast.size(); ++b) {
            std::string ballot;
            for (std::int64_t q = 0; q < questions; ++q) {
                cast[b].push_back(static_cast<int>(up_to(5)));
                ballot += static_cast<char>('0' + cast[b].back());
                columns[static_cast<std::size_t>(q)] += ballot.back();
            }
            marks.emplace_back(std::to_string(p) + "-" + std::to_string(100 + b));
            named.emplace_back(ballot);
        }
        ballots.push_back(cast);
        drafted.emplace_back(Json::Object{{"group", review::name(panel.group)},
                                          {"roll", panel.roll},
                                          {"secrecy", review::name(panel.secrecy)},
                                          {"weight", panel.weight}});
        Json entry = Json::Object{{"cast", panel.roll}, {"spent", marks}};
        if (panel.secrecy == Secrecy::named && !named.empty()) entry.set("ballots", named);
        if (panel.secrecy == Secrecy::secret && panel.roll >= d.k)
            entry.set("answers", Json::Array(columns.begin(), columns.end()));
        roll.emplace_back(std::move(marks));
        closed.push_back(std::move(entry));
    }
    const review::Result theirs = review::tally(d, ballots);

    Story s;
    s.log.resize(static_cast<std::size_t>(s.review));
    Written& card = s.log.emplace_back(Written{"review.drafted", s.review, {}});
    card.facts = Json::Object{{"accept_percent", d.accept_percent},
                              {"closes", "2026-09-04"},
                              {"k", d.k},
                              {"measure", s.measure},
                              {"panels", drafted},
                              {"criteria", Json::Array(d.questions.size(), Json(0))}};
    s.log.push_back({"review.opened", s.review, Json::Object{{"roll", roll}}});
    Json facts = Json::Object{{"accepted", theirs.accepted}, {"applied", false}, {"by", 0},       {"day", "2026-09-05"},
                              {"enough", theirs.enough},     {"panels", closed}, {"unit", s.unit}};
    if (theirs.percent) facts.set("percent", *theirs.percent);
    s.log.push_back({"review.closed", s.review, facts});
    Audit audit;
    read(audit, s.log);
    const Json mine = *audit.figures({"review", s.review, {}, {}});
    RC_ASSERT(*mine["result"]["enough"].boolean() == theirs.enough);
    RC_ASSERT(*mine["result"]["accepted"].boolean() == theirs.accepted);
    RC_ASSERT((mine["result"]["percent"] == (theirs.percent ? Json(*theirs.percent) : Json())));
    for (std::size_t p = 0; p < theirs.panels.size(); ++p) {
        const Json& panel = (*mine["panels"].array())[p];
        RC_ASSERT(panel.need_boolean("counted") == theirs.panels[p].counted);
        RC_ASSERT(panel.need_integer("good") == theirs.panels[p].good);
        RC_ASSERT(panel.need_integer("marks") == theirs.panels[p].marks);
        RC_ASSERT(panel["counts"].array()->size() == theirs.panels[p].counts.size());
        if (!theirs.panels[p].counted) continue;
        const auto [low, high] = wilson(theirs.panels[p].good, theirs.panels[p].marks);
        RC_ASSERT(std::abs(low - theirs.panels[p].low) < 1e-12);
        RC_ASSERT(std::abs(high - theirs.panels[p].high) < 1e-12);
    }
    for (const Fault& f : audit.finish().faults) RC_ASSERT(f.what.find("the ballots give") == std::string::npos);
}

// ---- figures of units: a slow twin ----------------------------------------------------------------------------------
// The twin keeps every event, and answers for one unit and month by telling each case again from its beginning.
struct Twin {
    struct Told {
        std::string what;
        std::int64_t unit = 0;
        int stars = 0;
        bool solved = false, past = false;  // past: a day and more after it was late
    };
    std::map<std::int64_t, std::vector<Told>> cases;

    struct Ends {
        std::int64_t received = 0, in_time = 0, late = 0, withdrawn = 0, solved = 0, unsolved = 0, satisfied = 0,
                     rated = 0, hidden = 0;
        friend bool operator==(const Ends&, const Ends&) = default;
    };
    Ends of(std::int64_t unit) const {
        Ends all;
        for (const auto& [id, told] : cases) {
            std::int64_t has = 0;
            std::string came;
            const Told* judged = nullptr;
            bool hidden = false;
            for (const Told& t : told) {
                const bool open = came.empty();
                if (t.what == "assigned" && open) has = t.unit;
                if (t.what == "bounced" && open) has = 0;
                if (t.what == "reopened") judged = nullptr;
                if (t.what == "late" && open) came = "late";
                if (t.what == "answered" && open) came = t.past ? "late" : "in_time";
                if (t.what == "withdrawn" && open) came = "withdrawn";
                if (t.what == "rated") judged = &t;
                if (t.what == "hidden") hidden = true;
                if (t.what == "shown_again") hidden = false;
            }
            if (has != unit) continue;
            ++all.received, all.in_time += came == "in_time", all.late += came == "late";
            all.withdrawn += came == "withdrawn", all.hidden += hidden;
            if (!judged) continue;
            ++all.rated, all.satisfied += judged->stars >= 4;
            ++(judged->solved ? all.solved : all.unsolved);
        }
        return all;
    }
};

std::string about(std::int64_t id, const std::string& more = "") {
    return R"({"by":1,"cycle":5,"voice":)" + std::to_string(id) + more + "}";
}

RC_GTEST_PROP(SecondCount, FiguresOfUnitsAreThoseOfATwinThatTellsEveryCaseAgain, ()) {
    Story s;
    s.log.resize(static_cast<std::size_t>(s.issue));
    Writer& w = s;
    Twin twin;
    std::map<std::int64_t, std::string> states;
    const std::string reply = term("2026-07-01", 5, "2026-07-08", "2026-07-09");
    for (std::int64_t steps = up_to(60); steps > 0; --steps) {
        if (states.empty() || up_to(4) == 0) {
            const auto id =
                w.add("voice.received", 5,
                      R"({"by_staff":false,"cycle":5,"reply":)" + reply + R"(,"sample":false,"shown":"published"})");
            states[id] = "received", twin.cases[id];
            continue;
        }
        auto at = states.begin();
        std::advance(at, up_to(static_cast<std::int64_t>(states.size()) - 1));
        auto& [id, state] = *at;
        const std::string what = pick<std::string>(
            {"assigned", "bounced", "answered", "rated", "reopened", "late", "withdrawn", "hidden", "shown_again"});
        Twin::Told told{what};
        std::string more;
        if (state == "withdrawn" && what != "hidden" && what != "shown_again") continue;
        w.on(up_to(1) ? "2026-07-03" : "2026-07-20");
        told.past = w.time > "2026-07-10T00:00:00Z";
        if (what == "assigned")
            told.unit = pick<std::int64_t>({s.unit, s.other}), more = R"(,"unit":)" + std::to_string(told.unit);
        if (what == "answered") more = R"(,"answer":"done")", state = what;
        if (what == "rated") {
            if (state != "answered") continue;
            told.stars = static_cast<int>(1 + up_to(4)), told.solved = up_to(1) == 1;
            more = R"(,"solved":)" + std::string(told.solved ? "true" : "false") + R"(,"stars":)" +
                   std::to_string(told.stars);
        }
        if (what == "reopened") {
            if (state != "answered") continue;
            more = R"(,"nth":1,"reply":)" + reply;
        }
        if (what == "late") more = R"(,"days":1,"duty":"reply")";
        if (what == "hidden") more = R"(,"ground":"empty")";
        if (what == "withdrawn") state = what;
        w.add("voice." + what, 5, about(id, more));
        twin.cases[id].push_back(told);
    }
    Audit audit;
    read(audit, s.log);
    for (std::int64_t unit : {std::int64_t{0}, s.unit, s.other}) {
        const Json card = *audit.figures({"scorecard", unit, "2026-07-01", "2026-07-31"});
        const auto n = [&](std::size_t figure) { return (*card["figures"].array())[figure].need_integer("n"); };
        const auto beside = [&](std::size_t figure, const char* side, std::size_t i) {
            return (*(*card["figures"].array())[figure][side].array())[i].need_integer("n");
        };
        const Twin::Ends e = twin.of(unit);
        const std::int64_t settled = e.in_time + e.late + e.withdrawn;
        RC_ASSERT(n(0) == settled);
        RC_ASSERT(beside(0, "inside", 0) == e.late);
        RC_ASSERT(beside(0, "inside", 1) == e.withdrawn);
        RC_ASSERT(beside(0, "outside", 0) == e.received - settled);
        RC_ASSERT(beside(1, "inside", 0) == e.unsolved);
        RC_ASSERT(beside(1, "inside", 1) == settled - e.solved - e.unsolved);
        RC_ASSERT(n(2) == e.rated);
        RC_ASSERT(n(5) == e.received);
        const Json shares[] = {e.in_time, e.solved, e.satisfied, Json(), Json(), e.hidden};
        for (std::size_t f : {0u, 1u, 2u, 5u}) {
            const Json& figure = (*card["figures"].array())[f];
            RC_ASSERT((figure["part"] == (n(f) >= 5 ? shares[f] : Json())));
        }
        RC_ASSERT((*card["hidden_by"].array()).size() == (e.hidden ? 1u : 0u));
    }
}

// ---- measures: what each course adds to which unit and month -------------------------------------------------------
// R reported in time, r late, L said to be late by the clock; c confirmed, n not; a accepted, b sent back; x extended
// into October, u given to the other unit.
struct Course {
    const char* happened;
    bool other_unit;
    int month, in_time, late, judged, returned;
};
constexpr Course courses[] = {
    {"", false, 8, 0, 0, 0, 0},      {"R", false, 8, 1, 0, 0, 0},      {"r", false, 8, 0, 1, 0, 0},
    {"L", false, 8, 0, 1, 0, 0},     {"LR", false, 8, 0, 1, 0, 0},     {"Rc", false, 8, 1, 0, 0, 0},
    {"Rn", false, 8, 0, 0, 0, 0},    {"Rnr", false, 8, 0, 1, 0, 0},    {"RnR", false, 8, 1, 0, 0, 0},
    {"Rca", false, 8, 1, 0, 1, 0},   {"Rcb", false, 8, 1, 0, 1, 1},    {"RcbRn", false, 8, 1, 0, 1, 1},
    {"RcbL", false, 8, 1, 0, 1, 1},  {"rcbRca", false, 8, 0, 1, 1, 1}, {"x", false, 10, 0, 0, 0, 0},
    {"xR", false, 10, 1, 0, 0, 0},   {"Lx", false, 8, 0, 1, 0, 0},     {"u", true, 8, 0, 0, 0, 0},
    {"uR", true, 8, 1, 0, 0, 0},     {"Ru", false, 8, 1, 0, 0, 0},     {"RnuR", true, 8, 1, 0, 0, 0},
    {"RnxR", false, 10, 1, 0, 0, 0}, {"xuL", true, 10, 0, 1, 0, 0},
};

void go(Story& s, std::int64_t id, char step) {
    const std::string unit = std::to_string(s.unit), other = std::to_string(s.other);
    switch (step) {
        case 'R':
        case 'r':
            s.add("measure.reported", id,
                  std::string(R"({"by":1,"day":)") + (step == 'R' ? R"("2026-07-02")" : R"("2026-10-30")") +
                      R"(,"done":true,"late":0,"nobody":false,"percent":100})");
            return;
        case 'L':
            s.add("measure.late", id, R"({"days":1,"due":"2026-08-31","next":"2026-09-07"})");
            return;
        case 'c':
        case 'n':
            s.add("measure.verified", id,
                  step == 'c' ? R"({"by":1,"confirmed":true})" : R"({"by":1,"confirmed":false})");
            return;
        case 'a':
            s.add("measure.judged", id, R"({"accepted":true,"nobody":false,"review":1})");
            return;
        case 'b':
            s.add("measure.judged", id, R"({"accepted":false,"due":"2026-08-31","nobody":false,"review":1})");
            return;
        case 'x':
            s.add("measure.extended", id, R"({"by":1,"due":"2026-10-15","from":"2026-08-31"})");
            return;
        case 'u':
            s.add("measure.reassigned", id,
                  R"({"by":1,"from_owner":31,"from_unit":)" + unit + R"(,"owner":32,"unit":)" + other + "}");
            return;
    }
}

TEST(SecondCount, MeasuresCountWhereAndAsTheyCameOut) {
    for (const Course& course : courses) {
        Story s;
        s.log.resize(static_cast<std::size_t>(s.issue));
        const auto id = s.add("measure.adopted", -1,
                              R"({"baseline":"0","by":1,"criterion":0,"cycle":5,"due":"2026-08-31","kind":"pledge",)"
                              R"("lang":"en","owner":31,"sample":false,"target":"1","unit":)" +
                                  std::to_string(s.unit) + "}");
        for (const char* step = course.happened; *step; ++step) go(s, id, *step);
        Audit audit;
        read(audit, s.log);
        for (const auto& [unit, counts] : {std::pair{s.unit, !course.other_unit}, {s.other, course.other_unit}})
            for (int month : {8, 10}) {
                const std::string m = month == 8 ? "2026-08" : "2026-10";
                const Json card = *audit.figures({"scorecard", unit, m + "-01", m + "-31"});
                const int here = counts && month == course.month;
                const Json& on_time = (*card["figures"].array())[3];
                const Json& returned = (*card["figures"].array())[4];
                const auto beside = [](const Json& figure, const char* side) {
                    return (*figure[side].array())[0].need_integer("n");
                };
                SCOPED_TRACE(std::string(course.happened) + " unit " + std::to_string(unit) + " " + m);
                EXPECT_EQ(on_time.need_integer("n"), here * (course.in_time + course.late));
                EXPECT_EQ(beside(on_time, "inside"), here * course.late);
                EXPECT_EQ(beside(on_time, "outside"), here * (1 - course.in_time - course.late));
                EXPECT_EQ(returned.need_integer("n"), here * course.judged);
                EXPECT_EQ(beside(returned, "outside"), here * (1 - course.judged));
            }
    }
}

}  // namespace
}  // namespace audit
