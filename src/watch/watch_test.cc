#include "watch.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <thread>
#include <vector>

#include <kernel/json.h>
#include <kernel/text.h>

#include "line.h"

namespace watch {
namespace {

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> out;
    for (std::string_view line : kernel::split(text, '\n')) out.emplace_back(line);
    EXPECT_EQ(out.back(), "");  // each line is ended
    out.pop_back();
    return out;
}

std::string value_of(const std::string& series) {
    for (const std::string& line : lines_of(metrics()))
        if (line.starts_with(series + " ")) return line.substr(series.size() + 1);
    return "absent";
}

TEST(LogLine, StandsAsGiven) {
    const kernel::Instant at = *kernel::parse_instant("2026-11-23T08:05:00Z");
    EXPECT_EQ(log_line(at, "info", "started", {}), R"({"at":"2026-11-23T08:05:00Z","level":"info","event":"started"})");
    EXPECT_EQ(log_line(at, "warn", "slow",
                       {{"route", "/voices/{id}"},
                        {"ms", 1200},
                        {"least", std::int64_t{-9223372036854775807}},
                        {"size", std::size_t{3}},
                        {"kind", std::string("b\"\\\n\x01")}}),
              R"({"at":"2026-11-23T08:05:00Z","level":"warn","event":"slow","route":"/voices/{id}","ms":1200,)"
              R"("least":-9223372036854775807,"size":3,"kind":"b\"\\\n\u0001"})");
}

TEST(LogLine, AnyBytesMakeValidJson) {
    std::string all;
    for (int byte = 0; byte < 256; ++byte) all += static_cast<char>(byte);
    const std::string line = log_line({}, "error", all, {{all, all}});
    const auto read = kernel::parse_json(line);
    ASSERT_TRUE(read.has_value());
    EXPECT_EQ((*read)["event"], (*read)[*(*read)["event"].string()]);
    EXPECT_EQ(*log_line({}, "", "", {{"v", "a\xFF\u56de\xE5\x9B"}}).rbegin(), '}');
    EXPECT_NE(log_line({}, "", "", {{"v", "a\xFF\u56de\xE5\x9B"}}).find("\"a\uFFFD\u56de\uFFFD\uFFFD\""),
              std::string::npos);
}

TEST(Log, AFullPipeHoldsNobody) {
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    const int before = dup(STDERR_FILENO);
    dup2(ends[1], STDERR_FILENO);
    for (int i = 0; i < 5000; ++i) info("nobody_reads_this", {{"n", i}});
    dup2(before, STDERR_FILENO);
    EXPECT_GT(std::stoll(value_of("huiyin_log_lines_dropped_total")), 0);
    for (int fd : {before, ends[0], ends[1]}) close(fd);
}

TEST(Log, WritesWholeLinesToStderr) {
    testing::internal::CaptureStderr();
    info("first", {{"n", 1}});
    warn("second");
    error("third", {{"what", "line\nfeed {} %v"}});
    const std::vector<std::string> lines = lines_of(testing::internal::GetCapturedStderr());
    ASSERT_EQ(lines.size(), 3u);
    const std::vector<std::pair<const char*, const char*>> expected = {
        {"info", "first"}, {"warn", "second"}, {"error", "third"}};
    for (std::size_t i = 0; i < 3; ++i) {
        const auto line = kernel::parse_json(lines[i]);
        ASSERT_TRUE(line.has_value()) << lines[i];
        EXPECT_EQ(line->need_string("level"), expected[i].first);
        EXPECT_EQ(line->need_string("event"), expected[i].second);
        EXPECT_TRUE(kernel::parse_instant(line->need_string("at")));
    }
    EXPECT_EQ(kernel::parse_json(lines[2])->need_string("what"), "line\nfeed {} %v");
}

TEST(Log, QuietMeansNothing) {
    testing::internal::CaptureStderr();
    quiet(true);
    error("unheard");
    quiet(false);
    info("heard");
    const std::vector<std::string> lines = lines_of(testing::internal::GetCapturedStderr());
    ASSERT_EQ(lines.size(), 1u);
    EXPECT_NE(lines[0].find("\"heard\""), std::string::npos);
}

TEST(Log, LinesOfManyThreadsDoNotMix) {
    testing::internal::CaptureStderr();
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 4; ++t)
            threads.emplace_back([t] {
                for (int i = 0; i < 50; ++i) info("mixed", {{"thread", t}, {"long", std::string(300, 'x')}});
            });
    }
    const std::vector<std::string> lines = lines_of(testing::internal::GetCapturedStderr());
    EXPECT_EQ(lines.size(), 200u);
    for (const std::string& line : lines) EXPECT_TRUE(kernel::parse_json(line).has_value()) << line;
}

TEST(Metrics, Counters) {
    count("huiyin_test_apples_total");
    count("huiyin_test_apples_total", 4);
    count("test_apples_total", 2);  // the same one
    EXPECT_EQ(value_of("huiyin_test_apples_total"), "7");
    count("huiyin_test_pears_total", Label{"kind", "a"}, 0);
    EXPECT_EQ(value_of("huiyin_test_pears_total{kind=\"a\"}"), "0");
    EXPECT_THROW(count("huiyin_test_apples_total", -1), std::logic_error);
}

TEST(Metrics, LabelsAreEscaped) {
    count("huiyin_test_labels_total", Label{"kind", "b"});
    count("huiyin_test_labels_total", Label{"kind", "a\"\\\nz"}, 3);
    EXPECT_EQ(value_of("huiyin_test_labels_total{kind=\"a\\\"\\\\\\nz\"}"), "3");
    EXPECT_EQ(value_of("huiyin_test_labels_total{kind=\"b\"}"), "1");
}

TEST(Metrics, Gauges) {
    const std::vector<std::pair<double, const char*>> cases = {{3, "3"},
                                                               {-0.5, "-0.5"},
                                                               {1e300, "1e+300"},
                                                               {0.1, "0.1"},
                                                               {std::nan(""), "NaN"},
                                                               {std::numeric_limits<double>::infinity(), "+Inf"},
                                                               {-std::numeric_limits<double>::infinity(), "-Inf"}};
    for (const auto& [value, written] : cases) {
        gauge("huiyin_test_level", value);
        EXPECT_EQ(value_of("huiyin_test_level"), written);
    }
    gauge("huiyin_test_labelled_level", Label{"queue", "writer"}, 12);
    EXPECT_EQ(value_of("huiyin_test_labelled_level{queue=\"writer\"}"), "12");
}

TEST(Metrics, TheTextOfAFamily) {
    describe("huiyin_test_wait_seconds", "How long\na \\ wait is");
    for (double seconds : {0.0005, 0.001, 0.002, 0.7, 10.0, 11.0}) observe("huiyin_test_wait_seconds", seconds);
    const std::string all = metrics();
    const std::string expected =
        "# HELP huiyin_test_wait_seconds How long\\na \\\\ wait is\n"
        "# TYPE huiyin_test_wait_seconds histogram\n"
        "huiyin_test_wait_seconds_bucket{le=\"0.001\"} 2\n"
        "huiyin_test_wait_seconds_bucket{le=\"0.0025\"} 3\n"
        "huiyin_test_wait_seconds_bucket{le=\"0.005\"} 3\n"
        "huiyin_test_wait_seconds_bucket{le=\"0.01\"} 3\n"
        "huiyin_test_wait_seconds_bucket{le=\"0.025\"} 3\n"
        "huiyin_test_wait_seconds_bucket{le=\"0.05\"} 3\n"
        "huiyin_test_wait_seconds_bucket{le=\"0.1\"} 3\n"
        "huiyin_test_wait_seconds_bucket{le=\"0.25\"} 3\n"
        "huiyin_test_wait_seconds_bucket{le=\"0.5\"} 3\n"
        "huiyin_test_wait_seconds_bucket{le=\"1\"} 4\n"
        "huiyin_test_wait_seconds_bucket{le=\"2.5\"} 4\n"
        "huiyin_test_wait_seconds_bucket{le=\"5\"} 4\n"
        "huiyin_test_wait_seconds_bucket{le=\"10\"} 5\n"
        "huiyin_test_wait_seconds_bucket{le=\"+Inf\"} 6\n"
        "huiyin_test_wait_seconds_sum 21.7035\n"
        "huiyin_test_wait_seconds_count 6\n";
    EXPECT_NE(all.find(expected), std::string::npos) << all;
    observe("huiyin_test_labelled_seconds", Label{"job", "x"}, 0.02);
    EXPECT_EQ(value_of("huiyin_test_labelled_seconds_bucket{job=\"x\",le=\"0.01\"}"), "0");
    EXPECT_EQ(value_of("huiyin_test_labelled_seconds_bucket{job=\"x\",le=\"0.025\"}"), "1");
    EXPECT_EQ(value_of("huiyin_test_labelled_seconds_count{job=\"x\"}"), "1");
}

TEST(Metrics, EachFamilyHasItsHelpAndTypeOnceBeforeItsSeries) {
    count("huiyin_test_order_total", Label{"kind", "a"});
    count("huiyin_test_order_total", Label{"kind", "b"});
    count("huiyin_test_order");  // sorts before, is no part of it
    std::string family;
    std::vector<std::string> seen;
    const std::vector<std::string> lines = lines_of(metrics());
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (lines[i].starts_with("# HELP ")) {
            family = lines[i].substr(7, lines[i].find(' ', 7) - 7);
            EXPECT_EQ(std::count(seen.begin(), seen.end(), family), 0) << family;
            seen.push_back(family);
            ASSERT_LT(i + 1, lines.size());
            EXPECT_TRUE(lines[i + 1].starts_with("# TYPE " + family + " ")) << lines[i + 1];
        } else if (!lines[i].starts_with("# TYPE ")) {
            EXPECT_TRUE(lines[i].starts_with(family)) << lines[i];
        }
    }
    EXPECT_NE(metrics().find("# HELP huiyin_test_order_total test order total\n"
                             "# TYPE huiyin_test_order_total counter\n"),
              std::string::npos);
}

TEST(Metrics, ANameHasOneUse) {
    count("huiyin_test_one_use");
    EXPECT_THROW(gauge("huiyin_test_one_use", 1), std::logic_error);
    EXPECT_THROW(observe("test_one_use", 1), std::logic_error);
    EXPECT_THROW(count("huiyin_test_one_use", Label{"kind", "x"}), std::logic_error);
    EXPECT_EQ(value_of("huiyin_test_one_use"), "1");
    EXPECT_THROW(count("huiyin_Test"), std::logic_error);
    EXPECT_THROW(count("huiyin_with space"), std::logic_error);
    EXPECT_THROW(count("huiyin_test_bad_label", Label{"1st", "x"}), std::logic_error);
    EXPECT_THROW(count("huiyin_test_bad_label", Label{"le\"", "x"}), std::logic_error);
    EXPECT_EQ(value_of("huiyin_test_bad_label"), "absent");
}

TEST(Metrics, NothingIsLostBetweenThreads) {
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 4; ++t)
            threads.emplace_back([] {
                for (int i = 0; i < 500; ++i) {
                    count("huiyin_test_threads_total");
                    observe("huiyin_test_threads_seconds", 0.5);
                    if (i % 100 == 0) { EXPECT_FALSE(metrics().empty()); }
                }
            });
    }
    EXPECT_EQ(value_of("huiyin_test_threads_total"), "2000");
    EXPECT_EQ(value_of("huiyin_test_threads_seconds_sum"), "1000");
    EXPECT_EQ(value_of("huiyin_test_threads_seconds_bucket{le=\"0.5\"}"), "2000");
}

}  // namespace
}  // namespace watch
