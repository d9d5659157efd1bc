#include "calendar.h"

#include <gtest/gtest.h>

#include <kernel/testing.h>
#include <kernel/text.h>

#include "posting.h"

namespace notice {
namespace {

TEST(Calendar, LinesAreFoldedAtSeventyFiveBytesAndNeverWithinACharacter) {
    for (std::size_t before = 0; before < 80; ++before) {
        std::string text(before, 'x');
        for (int i = 0; i < 60; ++i) text += i % 3 ? "会" : "a";
        const std::string line = content_line("SUMMARY", text);
        std::string whole;
        std::size_t at = 0;
        while (at < line.size()) {
            const std::size_t end = line.find("\r\n", at);
            ASSERT_NE(end, line.npos);
            const std::string piece = line.substr(at, end - at);
            EXPECT_LE(piece.size(), 75U);
            EXPECT_TRUE(kernel::valid_utf8(piece)) << before;
            whole += at == 0 ? piece : piece.substr(1);
            at = end + 2;
        }
        EXPECT_EQ(whole, "SUMMARY:" + text);
    }
}

TEST(Calendar, TextIsEscapedAndADayIsADay) {
    EXPECT_EQ(calendar_text("a,b;c\\d\ne\r\x01"), "a\\,b\\;c\\\\d\\ne");
    const std::string text = icalendar(
        {"Office",
         "en",
         {{"52-due@voices.example.org", kernel::on("2026-12-31"), "Measure 52 is due",
           "https://voices.example.org/measures/52", 2, false, kernel::parse_instant("2026-11-28T22:05:00Z").value()},
          {"60-sitting@voices.example.org", kernel::on("2027-01-05"), "x\r\nBEGIN:VALARM", "", 0, true, {}}}});
    for (const char* part : {"UID:52-due@voices.example.org\r\n", "DTSTAMP:20261128T220500Z\r\n",
                             "DTSTART;VALUE=DATE:20261231\r\n", "DTEND;VALUE=DATE:20270101\r\n", "SEQUENCE:2\r\n",
                             "STATUS:CANCELLED\r\n", "SUMMARY;LANGUAGE=en:x\\nBEGIN:VALARM\r\n"})
        EXPECT_NE(text.find(part), text.npos) << part;
    EXPECT_EQ(text.find("\nBEGIN:VALARM"), text.npos) << "a title opens nothing";
}

// The example of the Standard Webhooks specification, version 1.0.0, cannot be repeated here: our ids are made of
// entries. test/notice/sms_gateway.mjs checks what is signed, with another library; here, that all of it counts.
TEST(Webhook, TheSignatureCoversIdTimeAndBody) {
    const Webhook hook{"https://x.example/", kernel::Bytes(32, 1), {}};
    const auto signature = [&](std::int64_t entry, std::int64_t ms, const std::string& body) {
        return post_headers(hook, entry, {ms}, body)[2].second;
    };
    const std::string one = signature(17, 1'000, "{}");
    EXPECT_TRUE(one.starts_with("v1,"));
    EXPECT_EQ(one, signature(17, 1'999, "{}"));
    EXPECT_NE(one, signature(18, 1'000, "{}"));
    EXPECT_NE(one, signature(17, 2'000, "{}"));
    EXPECT_NE(one, signature(17, 1'000, "{ }"));
    EXPECT_EQ(post_headers(hook, 17, {1'000}, "{}")[0].second, "entry_17");
}

}  // namespace
}  // namespace notice
