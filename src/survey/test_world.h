// For this module's tests: an organisation with two units, staff, the standing desk and a round, and a survey with
// every type of question, on a fresh place of one engine. 2026-11-23, nine o'clock.
#pragma once
#include <string>
#include <vector>

#include <audit/audit.h>
#include <cycle/testing.h>
#include <jobs/testing.h>
#include <people/testing.h>

#include "acts.h"
#include "box.h"
#include "store.h"

namespace survey {

using kernel::on;

inline Question single(std::string text, std::vector<std::string> options, int page = 1) {
    Question q;
    q.text = std::move(text), q.options = std::move(options), q.page = page;
    return q;
}
inline Question asks(Type type, std::string text, int page = 1) {
    Question q;
    q.type = type, q.text = std::move(text), q.page = page;
    return q;
}
inline Answer picks(std::vector<std::int64_t> all) { return {std::move(all), {}}; }
inline Answer wrote(std::string text) { return {{1}, std::move(text)}; }

// 1 single · 2 multiple (1 to 2) · page 2, only after "Bus": 3 scale 1..5 · 4 matrix 2 x 2 · 5 ranking of 3 · page 3:
// 6 number 0..100 · 7 text · 8 place, written · 9 place, of two
inline std::vector<Question> every_type() {
    std::vector<Question> all = {single("How do you come?", {"Bus", "On foot", "By car"}),
                                 asks(Type::multiple, "When?"),
                                 asks(Type::scale, "How good is the bus?", 2),
                                 asks(Type::matrix, "How are they?", 2),
                                 asks(Type::ranking, "What first?", 2),
                                 asks(Type::number, "How old are you?", 3),
                                 asks(Type::text, "What else?", 3),
                                 asks(Type::place, "Where do you live?", 3),
                                 asks(Type::place, "Which quarter?", 3)};
    all[0].needed = true;
    all[1].options = {"Morning", "Noon", "Night"}, all[1].min = 1, all[1].max = 2;
    all[2].min = 1, all[2].max = 5, all[2].needed = true, all[2].when = Condition{1, {1}};
    all[3].options = {"Bad", "Good"}, all[3].rows = {"Seats", "Stops"};
    all[4].options = {"Lamps", "Seats", "Buses"};
    all[5].max = 100;
    all[8].options = {"East", "West"};
    return all;
}
inline Answers by_bus() {
    return {picks({1}),  picks({1, 3}),           picks({4}),           picks({2, 0}), picks({3, 1}),
            picks({37}), wrote("Buses at night"), wrote("East Street"), picks({2})};
}
inline Answers on_foot() { return {picks({2}), {}, {}, {}, {}, {}, {}, {}, {}}; }

struct World : people::TestOrganisation {
    explicit World(db::Engine engine) : TestOrganisation(engine, {cycle::add_kinds, add_kinds}) {
        cycle::set_gates({gate()});
        roads = unit(root, "Roads");
        using people::Role;
        officer(root, "chief", {Role::head});
        officer(root, "clerk", {Role::clerk});
        officer(roads, "engineer", {Role::officer});
        must(cycle::open_standing_desk(*needs, "Desk", "en"));
        round = cycle::asking_round(*needs, as("chief"), root);
    }
    ~World() { cycle::set_gates({}); }

    Draft draft_of(Mode mode = Mode::anonymous) {
        Draft d;
        d.cycle = round, d.title = "Buses", d.intro = "Who asks: the office", d.lang = "en";
        d.questions = every_type();
        d.mode = mode, d.roll = mode == Mode::roll ? 30 : 0;
        d.closes = today() + 7;
        return d;
    }
    SurveyId drafted(const Draft& d) { return must(draft(*needs, as("clerk"), d)); }
    SurveyId opened(const Draft& d) {
        const SurveyId id = drafted(d);
        codes = must(open(*needs, as("clerk"), id));
        return id;
    }
    kernel::Result<Answered> say(SurveyId id, std::int64_t who, const Answers& a, const std::string& code = {}) {
        return answer(*needs, visitor(who), id, a, code);
    }
    Survey get(SurveyId id) { return survey(*database->read(), id).value(); }
    std::vector<Figures> figures_of(SurveyId id) { return figures(*database->read(), get(id)); }
    // What the second count, which shares no line with this feature, says against the whole log; `inside`: with what
    // one person answered, or from outside.
    std::string faults_found(bool inside) {
        auto db = database->read();
        audit::Audit second;
        for (const ledger::Entry& e : ledger::entries(*db, 0, 100'000)) {
            const std::string facts = kernel::canonical(e.facts);
            audit::Entry one{e.index, e.kind, e.v, e.subject, e.parent, e.time, {}};
            if (inside || e.kind != "survey.answered") one.facts = facts;
            second.take(one);
        }
        std::string all;
        for (const audit::Fault& f : second.finish().faults) all += audit::text(f);
        return all;
    }
    void tick() { jobs::run_once(tasks(*needs)); }
    std::int64_t count(db::Sql sql) { return number(sql); }

    people::UnitId roads;
    people::CycleId round;
    std::vector<std::string> codes;  // of the survey opened last
};

}  // namespace survey
