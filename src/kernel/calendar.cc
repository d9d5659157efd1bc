#include "calendar.h"

#include <algorithm>
#include <array>
#include <optional>
#include <stdexcept>

#include "text.h"

namespace kernel {
namespace {

constexpr std::array<std::string_view, 7> weekday_names = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};

// Longer than any row of closed days; beyond it a calendar has no working days at all.
constexpr int longest_closure = 3'660;

Day next_working_day(const Calendar& calendar, Day from) {
    for (int i = 0; i < longest_closure; ++i)
        if (calendar.works(from + i)) return from + i;
    throw std::logic_error("calendar '" + calendar.name + "' has no working day for ten years");
}

std::vector<std::string_view> words_of(std::string_view line) {
    std::vector<std::string_view> out;
    constexpr std::string_view blank = " \t\r";
    std::size_t at = line.find_first_not_of(blank);
    while (at != line.npos) {
        const std::size_t end = std::min(line.find_first_of(blank, at), line.size());
        out.push_back(line.substr(at, end - at));
        at = line.find_first_not_of(blank, end);
    }
    return out;
}

std::optional<std::set<int>> parse_weekend(const std::vector<std::string_view>& words) {
    std::set<int> out;
    for (std::size_t i = 1; i < words.size(); ++i) {
        int number = 0;
        while (number < 7 && weekday_names[number] != words[i]) ++number;
        if (number == 7 || !out.insert(number).second) return std::nullopt;
    }
    // A week without a weekend is possible, a week without a working day is not.
    if (words.size() < 2 || out.size() == 7) return std::nullopt;
    return out;
}

// The first day of more than `most_closed` closed ones in a row. Only holidays can make so many.
std::optional<Day> long_closure(const Calendar& calendar) {
    constexpr int most_closed = 60;
    for (Day holiday : calendar.holidays) {
        if (calendar.holidays.contains(holiday + -1)) continue;  // of the same row
        Day from = holiday;
        while (!calendar.works(from + -1)) from = from + -1;
        int closed = 0;
        for (Day day = from; closed <= most_closed && !calendar.works(day); day = day + 1) ++closed;
        if (closed > most_closed) return from;
    }
    return std::nullopt;
}

Error calendar_error(const char* key, std::size_t line, std::string_view text) {
    return invalid("calendar", key, {{"line", std::to_string(line)}, {"text", std::string(text)}});
}

}  // namespace

bool Calendar::works(Day day) const {
    if (holidays.contains(day)) return false;
    return makeup_days.contains(day) || !weekend.contains(weekday(day));
}

Day add_working_days(const Calendar& calendar, Day start, int n, FirstDay first) {
    if (n < 1) throw std::invalid_argument("add_working_days: n must be at least 1");
    Day at = next_working_day(calendar, first == FirstDay::next_day ? start + 1 : start);
    for (int i = 1; i < n; ++i) at = next_working_day(calendar, at + 1);
    return at;
}

int working_days_between(const Calendar& calendar, Day from, Day to) {
    if (to < from) return -working_days_between(calendar, to, from);
    int count = 0;
    for (Day at = from + 1; at <= to; at = at + 1) count += calendar.works(at) ? 1 : 0;
    return count;
}

Result<Calendar> parse_calendar(std::string_view name, std::string_view text) {
    Calendar out;
    out.name = name;
    bool weekend_given = false;
    std::size_t number = 0;
    for (std::string_view line : split(text, '\n')) {
        ++number;
        const std::vector<std::string_view> words = words_of(line.substr(0, line.find('#')));
        if (words.empty()) continue;
        if (words[0] == "weekend") {
            const std::optional<std::set<int>> weekend = parse_weekend(words);
            if (!weekend) return calendar_error("kernel.calendar_line", number, trim(line));
            if (weekend_given) return calendar_error("kernel.calendar_twice", number, words[0]);
            out.weekend = *weekend;
            weekend_given = true;
            continue;
        }
        if (words[0] == "covers") {
            const std::optional<Day> from = words.size() == 3 ? parse_day(words[1]) : std::nullopt;
            const std::optional<Day> to = words.size() == 3 ? parse_day(words[2]) : std::nullopt;
            if (!from || !to || *to < *from) return calendar_error("kernel.calendar_line", number, trim(line));
            if (out.covers_from) return calendar_error("kernel.calendar_twice", number, words[0]);
            out.covers_from = from;
            out.covers_to = to;
            continue;
        }
        const std::optional<Day> day = parse_day(words[0]);
        const bool holiday = words.size() == 2 && words[1] == "holiday";
        const bool works = words.size() == 2 && words[1] == "works";
        if (!day || (!holiday && !works)) return calendar_error("kernel.calendar_line", number, trim(line));
        if (out.holidays.contains(*day) || out.makeup_days.contains(*day))
            return calendar_error("kernel.calendar_twice", number, words[0]);
        (holiday ? out.holidays : out.makeup_days).insert(*day);
    }
    if (const std::optional<Day> from = long_closure(out))
        return invalid("calendar", "kernel.calendar_closed", {{"from", iso(*from)}});
    return out;
}

}  // namespace kernel
