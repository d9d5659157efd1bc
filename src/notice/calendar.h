// Calendars (RFC 5545) of days that bind: sittings, ends of phases, days on which measures are due. Whole days alone,
// so that no time zone is said.
#pragma once
#include <string>
#include <vector>

#include <kernel/time.h>

namespace notice {

struct CalendarDay {
    std::string uid;  // the same for good: "52-due@voices.example.org"
    kernel::Day day;
    std::string title, link;  // link: absolute, or "" where the installation's address is not known
    std::int64_t changes = 0;
    bool cancelled = false;
    kernel::Instant at;  // when it was last said
};
struct CalendarOf {
    std::string title, lang;
    std::vector<CalendarDay> days;
};
std::string icalendar(const CalendarOf&);

// One content line: escaped text after its name, folded at 75 bytes and never within a character, CRLF at the end.
std::string content_line(std::string_view name, std::string_view value);
std::string calendar_text(std::string_view);  // TEXT of section 3.3.11

}  // namespace notice
