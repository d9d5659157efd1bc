// Messages that hold several matters, counted a second time.
#include "test_story.h"

namespace audit {
namespace {

std::string faults_with_parts(const Log& log) {
    std::string all;
    for (const Fault& f : read(log).faults) all += std::to_string(f.entry.value_or(-1)) + " " + f.what + "\n";
    return all;
}

// A message of unit 7, split into a part for unit 7 and one for unit 8.
struct Parted : Writer {
    std::int64_t voice = 0, first = 0, second = 0;
    explicit Parted(bool late = false) {
        on("2026-07-01");
        voice = add("voice.received", 0,
                    R"({"accept_late":"2026-07-03","audience":"open","by_staff":false,"cycle":0,"kind":"question",)"
                    R"("photos":0,"reply":)" +
                        reply() + R"(,"sample":false,"shown":"published","speaker":"x","terms":{},"way":"web"})");
        add("voice.assigned", voice, R"({"by":1,"day":"2026-07-01","unit":7,"voice":0})");
        if (late) {
            on("2026-07-09");
            add("voice.late", voice, R"({"days":1,"duty":"reply","next":"2026-07-15","voice":0})");
        }
        split();
    }
    static std::string reply() { return term("2026-07-01", 5, "2026-07-08", "2026-07-09"); }
    void split() {
        add("voice.split", voice, R"({"by":1,"parts":2,"voice":0})");
        first = part(1, 7);
        second = part(2, 8);
    }
    std::int64_t part(int nth, int unit, const std::string& due = reply()) {
        return add("voice.split_off", voice,
                   R"({"by":1,"day":"2026-07-09","kind":"question","nth":)" + std::to_string(nth) +
                       R"(,"overdue":0,"passages":[[0,4]],"reply":)" + due + R"(,"unit":)" + std::to_string(unit) +
                       R"(,"voice":0})");
    }
    void answer(std::int64_t id) {
        add("voice.answered", id,
            R"({"answer":"done","by":31,"term":"2026-07-20","voice":)" + std::to_string(id) + "}");
    }
    // Received, late, and settled of a unit in July.
    std::array<std::int64_t, 3> of(std::int64_t unit) {
        Audit audit;
        read(audit, log);
        const auto card = audit.figures({"scorecard", unit, "2026-07-01", "2026-07-31"});
        if (!card) return {};
        const Json& figures = *(*card)["figures"].array();
        const Json& time = figures[0];
        const std::int64_t settled = time.need_integer("n");
        return {settled + (*time["outside"].array())[0].need_integer("n"),
                (*time["inside"].array())[0].need_integer("n"), settled};
    }
};

TEST(AuditParts, EachCountsAsACaseWhereItIs) {
    Parted p;
    EXPECT_EQ(faults_with_parts(p.log), "");
    using N = std::array<std::int64_t, 3>;
    EXPECT_EQ(p.of(7), (N{1, 0, 0}));
    EXPECT_EQ(p.of(8), (N{1, 0, 0}));
    p.answer(p.second);
    EXPECT_EQ(p.of(8), (N{1, 0, 1}));
    EXPECT_EQ(faults_with_parts(p.log), "");
}

TEST(AuditParts, WhatWasLateIsLateForEachAndForWhoHadIt) {
    Parted p(true);
    using N = std::array<std::int64_t, 3>;
    EXPECT_EQ(p.of(7), (N{2, 2, 2}));
    EXPECT_EQ(p.of(8), (N{0, 0, 0}));
    p.add("voice.put_together", p.voice, R"({"by":1,"voice":0})");
    EXPECT_EQ(p.of(7), (N{1, 1, 1}));
    p.split();
    EXPECT_EQ(p.of(7), (N{2, 2, 2}));
    EXPECT_EQ(faults_with_parts(p.log), "");
}

TEST(AuditParts, WhatDoesNotAddUpIsAFault) {
    Parted third;
    third.part(4, 7);
    EXPECT_NE(faults_with_parts(third.log).find("counted as part 4"), std::string::npos);
    Parted later;
    later.part(3, 7, term("2026-07-01", 6, "2026-07-09", "2026-07-10"));
    EXPECT_NE(faults_with_parts(later.log).find("due later than its whole"), std::string::npos);
    Parted answered;
    answered.answer(answered.first);
    answered.add("voice.kept_whole", 0, R"({"cycle":0,"voice":0})");
    EXPECT_NE(faults_with_parts(answered.log).find("is answered"), std::string::npos);
    Parted twice;
    twice.add("voice.split", twice.voice, R"({"by":1,"parts":2,"voice":0})");
    EXPECT_NE(faults_with_parts(twice.log).find("split, and it was split"), std::string::npos);
}

}  // namespace
}  // namespace audit
