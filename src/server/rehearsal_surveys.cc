// Two surveys of the rehearsal: one that is closed and counted, one that is open for whoever visits.
#include <memory>

#include <survey/survey.h>

#include "rehearsal_stage.h"

namespace server {
namespace {

survey::Question choice(const char* text, std::vector<std::string> options) {
    survey::Question q;
    q.text = text;
    q.options = std::move(options);
    q.needed = true;
    return q;
}
survey::Question scale(const char* text, const char* low, const char* high) {
    survey::Question q;
    q.type = survey::Type::scale;
    q.text = text;
    q.options = {low, high};
    q.min = 1, q.max = 5;
    return q;
}
survey::Question of_type(survey::Type type, const char* text, std::vector<std::string> options = {}) {
    survey::Question q;
    q.type = type;
    q.text = text;
    q.options = std::move(options);
    return q;
}

}  // namespace

void plan_survey(Stage& s, people::CycleId round) {
    const auto id = std::make_shared<survey::SurveyId>();
    s.on(75, 9, [&s, id, round] {
        survey::Draft d;
        d.cycle = round;
        d.title = "How do you get across town?";
        d.intro = "Asked by the road works section before the lights are timed.";
        d.lang = "en";
        d.questions = {choice("How do you go most often?", {"On foot", "By bicycle", "By car", "By bus or taxi"}),
                       scale("How long do you wait at the lights?", "hardly at all", "far too long"),
                       of_type(survey::Type::ranking, "What should come first?",
                               {"Green for people on foot", "Traffic that flows", "Quiet at night"}),
                       of_type(survey::Type::text, "Which crossing do you mean?")};
        d.closes = s.day(60);
        d.sample = true;
        *id = must(survey::draft(s.needs(), s.as("sample-clerk"), d), d.title);
        must(survey::open(s.needs(), s.as("sample-clerk"), *id), d.title);
    });
    for (int n = 0; n < 18; ++n)
        s.on(74 - n / 2, 10 + n % 8, [&s, id, n] {
            const std::int64_t first = n % 3 + 1;
            survey::Answers a(4);
            a[0].picks = {n % 5 == 4 ? 4 : n % 3 + 1};
            a[1].picks = {n % 4 == 0 ? 2 : 3 + n % 3};
            a[2].picks = {first, first % 3 + 1, (first + 1) % 3 + 1};
            if (n % 6 == 0) a[3] = {{1}, n == 0 ? "The one by the school." : "Scottsville Road, at the bypass."};
            must(survey::answer(s.needs(), Stage::visitor("survey-" + std::to_string(n)), *id, a, ""), "an answer");
        });
}

void open_survey(Stage& s, people::CycleId round) {
    survey::Draft d;
    d.cycle = round;
    d.title = "坐网约车，您最在意什么？";
    d.intro = "三个问题，一分钟。由营运许可科发问，用来安排下一步先办哪一件。";
    d.lang = "zh-Hans";
    d.questions = {choice("您多久坐一次？", {"每周", "每月", "更少", "从不"}),
                   of_type(survey::Type::ranking, "先办哪一件？", {"事先看得见总价", "司机复审", "争端记录公开"}),
                   of_type(survey::Type::text, "还想说什么？")};
    d.closes = s.day(-20);
    d.sample = true;
    const auto id = must(survey::draft(s.needs(), s.as("sample-clerk"), d), d.title);
    must(survey::open(s.needs(), s.as("sample-clerk"), id), d.title);
}

}  // namespace server
