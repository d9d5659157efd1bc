// The calendars that come with the program: *.calendar in this folder. Which one is in force is recorded with all of
// its days, so that nobody ever has to ask the file again.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <kernel/calendar.h>

namespace people {

struct BuiltIn {
    std::string id;         // the file's name: "cn"
    std::string name;       // its first comment: "中国 2025–2027"
    std::string_view text;  // as kernel::parse_calendar reads it
};
std::vector<BuiltIn> built_in_calendars();  // by id
std::optional<BuiltIn> built_in_calendar(std::string_view id);

bool same(const kernel::Calendar&, const kernel::Calendar&);
// As kernel::parse_calendar reads it again.
std::string text_of(const kernel::Calendar&);

// What one calendar says of a day and the next does not, by day.
enum class Named { nothing, holiday, worked };
struct DayChange {
    kernel::Day day;
    Named before = Named::nothing, after = Named::nothing;
    friend bool operator==(const DayChange&, const DayChange&) = default;
};
std::vector<DayChange> changes(const kernel::Calendar& before, const kernel::Calendar& after);

// The form in which the days lie in a row: numbers parted by spaces. Every deadline reads it, inside the writer's act,
// and parsing dates would cost it ten times as much.
std::string numbers_of(const std::set<kernel::Day>&);
std::string numbers_of(const std::set<int>&);
std::set<kernel::Day> days_of(std::string_view numbers);
std::set<int> weekdays_of(std::string_view numbers);

}  // namespace people
