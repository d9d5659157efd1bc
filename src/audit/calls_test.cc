// What is entered of calls to authors who have no code, counted a second time.
#include "test_story.h"

namespace audit {
namespace {

std::string faults_of(const Log& log) {
    std::string all;
    for (const Fault& f : read(log).faults) all += std::to_string(f.entry.value_or(-1)) + " " + f.what + "\n";
    return all;
}

// Typed by staff, with unit 7, answered.
struct Called : Writer {
    std::int64_t voice = 0;
    Called() {
        on("2026-07-01");
        voice =
            add("voice.received", 0,
                R"({"accept_late":"2026-07-03","audience":"open","by_staff":false,"cycle":0,"kind":"question",)"
                R"("photos":0,"reply":)" +
                    term("2026-07-01", 5, "2026-07-08", "2026-07-09") +
                    R"(,"sample":false,"shown":"published","speaker":"x","terms":{},"typist":9,"way":"telephone"})");
        add("voice.assigned", voice, R"({"by":1,"day":"2026-07-01","unit":7,"voice":0})");
        answer();
    }
    void answer() { add("voice.answered", voice, R"({"answer":"done","by":31,"term":"2026-07-20","voice":0})"); }
    std::int64_t call(std::string_view rest) {
        return add("voice.called_back", voice, std::string(R"({"by":41,"voice":0,)") + std::string(rest) + "}");
    }
};

TEST(AuditCalls, RatedAndTakenUpAgain) {
    Called c;
    c.call(R"("nth":1,"outcome":"not_reached","unit":8)");
    c.call(R"("again":{"nth":1,"reply":)" + term("2026-07-01", 5, "2026-07-08", "2026-07-09") +
           R"(},"nth":2,"outcome":"rated","solved":false,"stars":1,"unit":8)");
    c.answer();
    c.call(R"("nth":1,"outcome":"rated","solved":true,"stars":4,"term":"2026-07-20","unit":8)");
    EXPECT_EQ(faults_of(c.log), "");
}

TEST(AuditCalls, WhatDoesNotAddUpIsAFault) {
    const struct {
        const char *call, *said;
    } all[] = {
        {R"("nth":2,"outcome":"not_reached","unit":8)", "counted as call 2, it is number 1"},
        {R"("nth":1,"outcome":"not_reached","unit":7)", "called back by the unit that has it"},
        {R"("nth":1,"outcome":"rated","solved":true,"stars":6,"term":"2026-07-20","unit":8)", "rated with 6"},
        {R"("again":{"nth":2,"reply":{"calendar":"weekdays","closed":[],"days":5,"due":"2026-07-08",)"
         R"("from":"2026-07-01","late":"2026-07-09","weekend":[0,6],"worked":[]}},"nth":1,"outcome":"rated",)"
         R"("solved":false,"stars":1,"unit":8)",
         "counted as reopening 2, it is number 1"},
    };
    for (const auto& one : all) {
        Called c;
        const std::int64_t entry = c.call(one.call);
        const std::string said = faults_of(c.log);
        EXPECT_NE(said.find(std::to_string(entry) + " "), std::string::npos) << said;
        EXPECT_NE(said.find(one.said), std::string::npos) << said;
    }
    Called c;
    for (int n = 1; n <= 3; ++n) c.call(R"("nth":)" + std::to_string(n) + R"(,"outcome":"not_reached","unit":8)");
    EXPECT_EQ(faults_of(c.log), "");
    c.call(R"("nth":4,"outcome":"not_reached","unit":8)");
    EXPECT_NE(faults_of(c.log), "") << "a fourth try";
    Called refused;
    refused.call(R"("nth":1,"outcome":"refused","unit":8)");
    refused.call(R"("nth":2,"outcome":"not_reached","unit":8)");
    EXPECT_NE(faults_of(refused.log), "") << "after they said that they do not want to";
}

}  // namespace
}  // namespace audit
