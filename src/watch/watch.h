// Structured log lines (one JSON object a line, to stderr) and counters for /metrics. No personal data: a line is made
// of an event name and named numbers or short words that the caller vouches for; addresses, cookies, codes, texts and
// parameters never go in.
#pragma once
#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace watch {

struct Field {
    std::string_view name;  // a literal; "at", "level" and "event" are taken
    std::string value;
    template <std::integral T>
    Field(std::string_view n, T v) : name(n), value(std::to_string(v)), number(true) {}
    Field(std::string_view n, std::string_view v) : name(n), value(v) {}
    Field(std::string_view n, const char* v) : name(n), value(v) {}
    bool number = false;
};

// {"at":"2026-11-23T08:05:00Z","level":"info","event":"server_started","port":8080}. Whole lines, whatever threads do;
// written when the call returns, or dropped and counted (huiyin_log_lines_dropped_total) when stderr is a full pipe.
// Never throws; bytes that are not UTF-8 are written as U+FFFD.
void info(std::string_view event, std::initializer_list<Field> = {});
void warn(std::string_view event, std::initializer_list<Field> = {});
void error(std::string_view event, std::initializer_list<Field> = {});
void quiet(bool);  // tests

// A label's values come from a small closed set (names of jobs, kinds of answer): each value is a series kept for ever.
struct Label {
    std::string_view name, value;
};

// Counters, gauges and histograms in the Prometheus text format 0.0.4. `name` is a literal such as
// "huiyin_job_failures_total" ("huiyin_" is put before a name that lacks it); any thread. A name belongs to one kind
// for good, with one label name or none: std::logic_error otherwise, also for a name that Prometheus does not know and
// for by < 0.
void count(const char* name, std::int64_t by = 1);
void count(const char* name, Label label, std::int64_t by = 1);
void gauge(const char* name, double value);
void gauge(const char* name, Label label, double value);
void observe(const char* name, double seconds);  // histogram with fixed buckets 1 ms … 10 s
void observe(const char* name, Label label, double seconds);
// The text of the HELP line; without it the name's own words stand there.
void describe(const char* name, std::string_view help);
// Sorted by name, then by label.
std::string metrics();

}  // namespace watch
