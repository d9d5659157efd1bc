// Messages that hold several matters, counted a second time.
#include "test_story.h"

namespace audit {
namespace {

std::string digits(std::int64_t number) { return std::to_string(number); }

// A message of one unit, split into a part for it and one for the other.
struct Parted : Story {
    std::int64_t first = 0, second = 0;
    explicit Parted(bool is_late = false) {
        log.resize(static_cast<std::size_t>(issue));
        on("2026-07-01");
        voice = add("voice.received", desk,
                    R"({"accept_late":"2026-07-03","audience":"open","by_staff":false,"cycle":)" + digits(desk) +
                        R"(,"kind":"question","photos":0,"reply":)" + reply() +
                        R"(,"sample":false,"shown":"published","speaker":"x","terms":{},"way":"web"})");
        add("voice.assigned", voice, about(R"("by":1,"day":"2026-07-01","unit":)" + digits(unit)));
        if (is_late) {
            on("2026-07-09");
            add("voice.late", voice, about(R"("days":1,"duty":"reply","next":"2026-07-15")"));
        }
        split();
    }
    static std::string reply() { return term("2026-07-01", 5, "2026-07-08", "2026-07-09"); }
    void split() {
        add("voice.split", voice, about(R"("by":1,"parts":2)"));
        first = part(1, unit);
        second = part(2, other);
    }
    std::string about(const std::string& facts) { return "{" + facts + R"(,"voice":)" + digits(voice) + "}"; }
    std::int64_t part(int nth, std::int64_t of, const std::string& due = reply()) {
        return add("voice.split_off", voice,
                   about(R"("by":1,"day":"2026-07-09","kind":"question","nth":)" + digits(nth) +
                         R"(,"overdue":0,"passages":[[0,4]],"reply":)" + due + R"(,"unit":)" + digits(of)));
    }
    // From the message on.
    std::string faults() {
        std::string all;
        for (const Fault& f : audit::read(log).faults)
            if (f.entry.value_or(0) >= voice) all += digits(*f.entry) + " " + f.what + "\n";
        return all;
    }
    void answer(std::int64_t id) {
        add("voice.answered", id, R"({"answer":"done","by":31,"term":"2026-07-20","voice":)" + digits(id) + "}");
    }
    // Received, late, and settled of a unit in July.
    std::array<std::int64_t, 3> of(std::int64_t whose) {
        Audit again;
        audit::read(again, log);
        const auto card = again.figures({"scorecard", whose, "2026-07-01", "2026-07-31"});
        if (!card) return {};
        const Json::Array& figures = *(*card)["figures"].array();
        const Json& time = figures[0];
        const std::int64_t settled = time.need_integer("n");
        return {settled + (*time["outside"].array())[0].need_integer("n"),
                (*time["inside"].array())[0].need_integer("n"), settled};
    }
};

TEST(AuditParts, EachCountsAsACaseWhereItIs) {
    Parted p;
    EXPECT_EQ(p.faults(), "");
    using N = std::array<std::int64_t, 3>;
    EXPECT_EQ(p.of(p.unit), (N{1, 0, 0}));
    EXPECT_EQ(p.of(p.other), (N{1, 0, 0}));
    p.answer(p.second);
    EXPECT_EQ(p.of(p.other), (N{1, 0, 1}));
    EXPECT_EQ(p.faults(), "");
}

TEST(AuditParts, WhatWasLateIsLateForEachAndForWhoHadIt) {
    Parted p(true);
    using N = std::array<std::int64_t, 3>;
    EXPECT_EQ(p.of(p.unit), (N{2, 2, 2}));
    EXPECT_EQ(p.of(p.other), (N{0, 0, 0}));
    p.add("voice.put_together", p.voice, p.about(R"("by":1)"));
    EXPECT_EQ(p.of(p.unit), (N{1, 1, 1}));
    p.split();
    EXPECT_EQ(p.of(p.unit), (N{2, 2, 2}));
    EXPECT_EQ(p.faults(), "");
}

TEST(AuditParts, WhatDoesNotAddUpIsAFault) {
    Parted third;
    third.part(4, third.unit);
    EXPECT_NE(third.faults().find("counted as part 4"), std::string::npos);
    Parted later;
    later.part(3, later.unit, term("2026-07-01", 6, "2026-07-09", "2026-07-10"));
    EXPECT_NE(later.faults().find("due later than its whole"), std::string::npos);
    Parted answered;
    answered.answer(answered.first);
    answered.add("voice.kept_whole", answered.desk, answered.about(R"("cycle":)" + digits(answered.desk)));
    EXPECT_NE(answered.faults().find("is answered"), std::string::npos);
    Parted twice;
    twice.add("voice.split", twice.voice, twice.about(R"("by":1,"parts":2)"));
    EXPECT_NE(twice.faults().find("split, and it was split"), std::string::npos);
}

}  // namespace
}  // namespace audit
