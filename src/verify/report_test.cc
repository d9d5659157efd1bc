// What is found, as people and programs read it.
#include "report.h"

#include <gtest/gtest.h>

#include <kernel/json.h>

namespace {

using verify::Fault;
using verify::Report;

Report report_of_five() {
    Report out;
    out.checkpoint = {"log.example", 5, kernel::Hash{}};
    out.key = "log.example+00000000+AQ==";
    out.own_key = true;
    out.figures.entries = 5;
    out.figures.tiles = 1;
    out.figures.bundles = 1;
    out.figures.facts = 4;
    out.figures.facts_kept = 1;
    out.figures.words = 2;
    out.figures.words_kept = 1;
    out.figures.words_erased = 1;
    out.figures.kept = 3;
    out.figures.receipts = 2;
    out.figures.first = *kernel::parse_instant("2026-11-23T08:00:00Z");
    out.figures.last = *kernel::parse_instant("2026-11-23T09:30:00Z");
    return out;
}

TEST(ReportText, says_what_was_checked_and_what_nobody_could_check) {
    Report report = report_of_five();
    report.beside = {"check.html"};
    EXPECT_EQ(text(report, 2.0),
              "log             log.example\n"
              "key             log.example+00000000+AQ== (shown by the log itself: compare it with what was published "
              "elsewhere)\n"
              "entries         5, from 2026-11-23T08:00:00Z to 2026-11-23T09:30:00Z\n"
              "format          1\n"
              "root            AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"
              "tree            1 tiles and 1 bundles\n"
              "facts           4 as committed to, 1 not served\n"
              "words           2 as committed to, 1 not served, 1 erased, each by an entry\n"
              "history         3 older checkpoints and 2 receipts fit\n"
              "witnesses       none asked for: the operator could show others another log\n"
              "not checked     check.html, which is no part of the log\n"
              "time            2000 ms, 2 entries a second\n"
              "nothing is wrong\n");
}

TEST(ReportText, of_a_key_from_elsewhere_and_a_quorum) {
    Report report = report_of_five();
    report.own_key = false;
    report.witnessed = true;
    std::string out = text(report, 1.0);
    EXPECT_NE(out.find("\nkey             log.example+00000000+AQ==\n"), out.npos) << out;
    EXPECT_NE(out.find("\nwitnesses       a quorum has seen this log\n"), out.npos) << out;
    report.seen = *kernel::parse_instant("2026-11-23T09:31:00Z");
    out = text(report, 1.0);
    EXPECT_NE(out.find("\nwitnesses       a quorum has seen this log, at 2026-11-23T09:31:00Z\n"), out.npos) << out;
}

TEST(ReportText, of_a_trial) {
    Report report = report_of_five();
    report.figures.format = 0;
    EXPECT_NE(text(report, 1.0).find("\nformat          0, a trial\n"), std::string::npos);
}

// A log without entries has no first and no last one, and what took no time has no speed.
TEST(ReportText, of_nothing_at_all) {
    Report report;
    report.checkpoint.origin = "log.example";
    const std::string out = text(report, 0.0);
    EXPECT_NE(out.find("\nentries         0\n"), out.npos) << out;
    EXPECT_NE(out.find("\ntime            0 ms, 0 entries a second\n"), out.npos) << out;
    const auto json_of = kernel::parse_json(json(report, 0.0));
    ASSERT_TRUE(json_of);
    EXPECT_TRUE((*json_of)["first"].is_null() && (*json_of)["last"].is_null());
    EXPECT_EQ(json_of->need_integer("entries"), 0);
}

TEST(ReportJson, has_a_member_for_each_figure) {
    Report report = report_of_five();
    report.beside = {"check.html"};
    report.witnessed = true;
    report.seen = *kernel::parse_instant("2026-11-23T09:31:00Z");
    EXPECT_EQ(json(report, 0.25),
              R"({"bundles":1,"entries":5,"facts":4,"facts_not_served":1,"first":"2026-11-23T08:00:00Z",)"
              R"("format":1,)"
              R"("key":"log.example+00000000+AQ==","key_shown_by_the_log":true,"last":"2026-11-23T09:30:00Z",)"
              R"("milliseconds":250,"not_checked":["check.html"],"ok":true,"older_checkpoints":3,)"
              R"("origin":"log.example","receipts":2,"root":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",)"
              R"("seen":"2026-11-23T09:31:00Z","tiles":1,"witnessed":true,"words":2,"words_erased":1,)"
              R"("words_not_served":1})"
              "\n");
}

TEST(ReportFault, names_the_place_as_far_as_it_is_known) {
    EXPECT_EQ(text(Fault("checkpoint", {}, {}, "it is torn")), "fault: checkpoint: it is torn\n");
    EXPECT_EQ(text(Fault("tile/0/000", 7, {}, "it is torn")), "fault: tile/0/000, index 7: it is torn\n");
    EXPECT_EQ(text(Fault("tile/0/000", 7, 224, "it is torn")), "fault: tile/0/000, index 7, byte 224: it is torn\n");
    EXPECT_EQ(json(Fault("checkpoint", {}, {}, "it is torn")),
              R"({"ok":false,"what":"it is torn","where":"checkpoint"})"
              "\n");
    EXPECT_EQ(json(Fault("tile/0/000", 7, 224, "it is torn")),
              R"({"byte":224,"index":7,"ok":false,"what":"it is torn","where":"tile/0/000"})"
              "\n");
}

}  // namespace
