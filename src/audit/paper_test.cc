// What became of the sheets is counted again; a sheet that one person typed and compared is named with its entry.
#include <algorithm>

#include "test_story.h"

namespace audit {
namespace {

struct Sheets : Story {
    std::int64_t batch = 0, first = 0, second = 0, third = 0, compared = 0;

    static std::string n(std::int64_t number) { return std::to_string(number); }
    std::int64_t typed(std::int64_t number, const char* what, std::int64_t by, std::int64_t again = 0) {
        return add("paper.typed", batch,
                   R"({"by":)" + n(by) + R"(,"n":)" + n(number) + (again ? R"(,"sheet":)" + n(again) : "") +
                       R"(,"what":")" + what + R"("})");
    }
    std::int64_t checked(std::int64_t sheet, const char* what, std::int64_t by, std::int64_t voice = 0) {
        return add("paper.checked", batch,
                   R"({"by":)" + n(by) + R"(,"corrected":)" + (voice ? "true" : "false") + R"(,"sheet":)" + n(sheet) +
                       (voice ? R"(,"voice":)" + n(voice) : "") + R"(,"what":")" + what + R"("})");
    }
    Sheets() {
        on("2026-07-02");
        const std::int64_t letter =
            add("voice.received", desk,
                R"({"accept_late":"2026-07-03","audience":"open","by_staff":false,"cycle":)" + n(desk) +
                    R"(,"kind":"question","photos":0,"reply":)" + term("2026-07-01", 5, "2026-07-08", "2026-07-09") +
                    R"(,"sample":false,"shown":"published","speaker":"x","terms":{},"way":"web"})");
        add("voice.withdrawn", desk, R"({"cycle":)" + n(desk) + R"(,"unit_asked":false,"voice":)" + n(letter) + "}");
        batch = static_cast<std::int64_t>(log.size());
        add("paper.opened", batch,
            R"({"by":31,"cycle":)" + n(desk) + R"(,"day":"2026-07-01","sheets":4,"unit":)" + n(unit) + "}");
        first = typed(1, "message", 31);
        second = typed(2, "unreadable", 31);
        third = typed(3, "message", 31);
        add("paper.sent_back", batch, R"({"by":32,"sheet":)" + n(third) + "}");
        typed(3, "empty", 33, third);
        compared = checked(first, "message", 32, letter);
        checked(second, "unreadable", 32);
        add("paper.recounted", batch, R"({"by":32,"sheets":5})");
    }
    std::string faults() const {
        std::string all;
        for (const Fault& f : read(log).faults) all += text(f);
        return all;
    }
};

TEST(AuditPaper, CountsWhatBecameOfTheSheets) {
    const Sheets s;
    EXPECT_EQ(s.faults(), "");
    const Report report = read(s.log);
    const auto found = std::find_if(report.matters.begin(), report.matters.end(),
                                    [&](const Matter& m) { return m.name.kind == "batch" && m.name.id == s.batch; });
    ASSERT_NE(found, report.matters.end());
    EXPECT_EQ(found->says, "5 sheets, 1 messages, 1 set aside");
    EXPECT_EQ(*found->figures["waiting"].integer(), 1);
    EXPECT_EQ(*found->figures["untyped"].integer(), 2);
    EXPECT_EQ(*found->figures["corrected"].integer(), 1);
    EXPECT_EQ(api_address(found->name), "api/v1/paper/" + Sheets::n(s.batch));
}

TEST(AuditPaper, FindsWhatTwoPeopleDidNotDo) {
    struct Lie {
        const char* says;
        void (*tell)(Sheets&);
    };
    const Lie lies[] = {
        {"sheet 3 was typed and compared by one person", [](Sheets& s) { s.checked(s.third, "empty", 31); }},
        {"typed and compared by one person", [](Sheets& s) { s.checked(s.third, "empty", 33); }},
        {"compared, and it does not wait", [](Sheets& s) { s.checked(s.second, "unreadable", 34); }},
        {"compared as something else", [](Sheets& s) { s.checked(s.third, "unreadable", 32); }},
        {"there is no message 99999", [](Sheets& s) { s.checked(s.typed(4, "message", 31), "message", 32, 99999); }},
        {"two sheets have the number 2", [](Sheets& s) { s.typed(2, "message", 31); }},
        {"sheet 6 of 5", [](Sheets& s) { s.typed(6, "message", 31); }},
        {"nobody had sent it back", [](Sheets& s) { s.typed(2, "message", 31, s.second); }},
        {"counted again by who counted",
         [](Sheets& s) { s.add("paper.recounted", s.batch, R"({"by":32,"sheets":6})"); }},
        {"there is no batch", [](Sheets& s) { s.add("paper.recounted", 3, R"({"by":31,"sheets":6})"); }},
    };
    for (const Lie& lie : lies) {
        Sheets s;
        lie.tell(s);
        EXPECT_NE(s.faults().find(lie.says), std::string::npos) << lie.says << "\n" << s.faults();
    }
}

}  // namespace
}  // namespace audit
