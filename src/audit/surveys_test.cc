// Surveys: what is true has no fault, inside the house and from outside; each lie is found, at the close.
#include "test_story.h"
#include "world.h"

namespace audit {
namespace {

// One round, one survey on a roll of eight: 1 a choice of three · 2 asked of who chose the first: a number from 0 to 9
// · 3 several of two · 4 an order of two · 5 a text. Seven answered.
struct Asking : Writer {
    std::int64_t round = 0, survey = 0, opened = 0, closed = 0;

    explicit Asking(bool served) {
        add("people.installed", 0, R"({"organisation":"A"})");
        add("people.unit_made", -1, R"({"by":0,"name":"A","parent":null,"sample":false})");
        round = add("cycle.opened", -1, R"({"by":1,"lang":"en","organiser":1,"sample":false,"source":""})");
        survey = add(
            "survey.drafted", -1,
            R"({"by":1,"closes":"2026-07-08","cycle":2,"k":5,"lang":"en","mode":"roll","questions":[)"
            R"({"max":0,"min":0,"needed":false,"options":3,"page":1,"type":"single"},)"
            R"({"if":{"any":[1],"question":1},"max":9,"min":0,"needed":false,"options":0,"page":2,"type":"number"},)"
            R"({"max":0,"min":0,"needed":false,"options":2,"page":2,"type":"multiple"},)"
            R"({"max":0,"min":0,"needed":false,"options":2,"page":2,"type":"ranking"},)"
            R"({"max":0,"min":0,"needed":false,"options":0,"page":2,"type":"text"}],"roll":8,"sample":false})");
        opened = add("survey.opened", survey, R"({"by":1,"roll":["a1","a2","a3","a4","a5","a6","a7","a8"]})");
        for (int i = 0; i < 6; ++i) answered(i < 5 ? "1|3|1 2|1 2|1|" : "1|4|1|1 2||", served);
        answered("3||2|2 1||", served);
        closed =
            add("survey.closed", survey,
                R"({"answers":7,"by":0,"figures":[{"answered":7,"asked":7,"cells":[[null,0,null]]},null,)"
                R"({"answered":7,"asked":7,"cells":[[null,null]]},{"answered":7,"asked":7,"cells":[[null,null]]},)"
                R"({"answered":5,"asked":7,"cells":[]}],"lost":false,"spent":["a1","a2","a3","a5","a6","a7","a8"]})");
    }
    void answered(const char* picks, bool served) {
        const auto index =
            add("survey.answered", round,
                R"({"answers":")" + std::string(picks) + R"(","survey":)" + std::to_string(survey) + "}");
        log[static_cast<std::size_t>(index)].served = served;
    }
    kernel::Json& close() { return log[static_cast<std::size_t>(closed)].facts; }
};

std::string faults(const Log& log) {
    std::string out;
    for (const Fault& f : read(log).faults) out += text(f);
    return out;
}

TEST(AuditSurveys, WhatIsTrueHasNoFault) {
    for (bool served : {true, false}) {
        Asking story(served);
        const Report report = read(story.log);
        EXPECT_EQ(faults(story.log), "");
        EXPECT_TRUE(report.unknown.empty());
        EXPECT_EQ(report.hidden.size(), served ? 0u : 1u) << "what cannot be counted is said";
        for (const Matter& m : report.matters)
            if (m.name.kind == "survey") {
                EXPECT_EQ(m.says, "closed: 7 answers of a roll of 8");
                EXPECT_TRUE(m.claimed);
                EXPECT_EQ(m.figures["figures"], story.close()["figures"]);
            }
    }
}

TEST(AuditSurveys, EachLieIsFound) {
    struct Lie {
        const char *member, *value, *says;
        bool outside;  // found without the answers, too
    };
    const std::vector<Lie> lies = {
        {"answers", "8", "8 answers and 7 used codes", true},
        {"answers", "6", "6 answers and 7 used codes", true},
        {"spent", R"(["a1","a2","a3","a5","a6","a7","a7"])", "code a7 was used twice", true},
        {"spent", R"(["a1","a2","a3","a5","a6","a7","z9"])", "code z9 is not on its roll", true},
        {"figures", R"([{"answered":7,"asked":7,"cells":[[6,0,1]]},null,null,null,null])", "shows a cell of 1", true},
        {"figures", R"([{"answered":7,"asked":7,"cells":[[6,0,null]]},null,null,null,null])",
         "its cells are 6 of 7 who answered", true},
        {"figures", R"([{"answered":8,"asked":7,"cells":[[null,0,null]]},null,null,null,null])",
         "8 answered of 7 asked", true},
        {"figures", R"([{"answered":7,"asked":7,"cells":[[7,0,0]]},null,null,null,null])",
         "its answers give other figures", false},
        {"figures", R"([null,null,null,null,null])", "its answers give other figures", false},
        {"figures", "[]", "figures of other questions", true},
    };
    for (const Lie& lie : lies)
        for (bool served : {true, false}) {
            Asking story(served);
            story.close().set(lie.member, json_of(lie.value));
            const std::string found = faults(story.log);
            if (served || lie.outside)
                EXPECT_NE(found.find(lie.says), std::string::npos) << lie.value << "\n" << found;
            else
                EXPECT_EQ(found, "") << lie.value;
        }
}

TEST(AuditSurveys, AnswersThatWereAddedOrLeftOutAreMissed) {
    for (bool served : {true, false}) {
        Asking more(served);
        more.log.insert(more.log.begin() + more.opened + 1, more.log[static_cast<std::size_t>(more.opened + 1)]);
        EXPECT_NE(faults(more.log).find("7 answers; "), std::string::npos);
        Asking fewer(served);
        fewer.log.erase(fewer.log.begin() + fewer.opened + 1);
        EXPECT_NE(faults(fewer.log).find("7 answers; "), std::string::npos);
    }
    Asking other(true);
    other.log[static_cast<std::size_t>(other.opened + 1)].facts.set("answers", "2|3|1|1 2||");
    EXPECT_NE(faults(other.log).find("not asked"), std::string::npos);
    Asking early(true);
    std::swap(early.log[static_cast<std::size_t>(early.opened)], early.log[static_cast<std::size_t>(early.opened + 1)]);
    EXPECT_NE(faults(early.log).find("that is drafted"), std::string::npos);
    Asking roll(true);
    roll.log[static_cast<std::size_t>(roll.opened)].facts.set("roll", json_of(R"(["a1","a1"])"));
    EXPECT_NE(faults(roll.log).find("2 codes for a roll of 8"), std::string::npos);
    Asking low(true);
    low.log[static_cast<std::size_t>(low.survey)].facts.set("k", 2);
    EXPECT_NE(faults(low.log).find("shows figures from 2 on"), std::string::npos);
}

}  // namespace
}  // namespace audit
