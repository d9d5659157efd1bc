#include "calendars.h"

#include <charconv>
#include <map>
#include <stdexcept>

#include <kernel/embedded.h>
#include <kernel/text.h>

namespace people {

std::vector<BuiltIn> built_in_calendars() {
    constexpr std::string_view before = "people/", after = ".calendar";
    std::vector<BuiltIn> all;
    for (const kernel::EmbeddedFile& file : kernel::embedded_files()) {
        if (!file.path.starts_with(before) || !file.path.ends_with(after)) continue;
        const std::string_view id = file.path.substr(before.size(), file.path.size() - before.size() - after.size());
        const std::string_view first_line = file.content.substr(0, file.content.find('\n'));
        all.push_back({std::string(id), kernel::trim(first_line.substr(1)), file.content});
    }
    return all;
}

std::optional<BuiltIn> built_in_calendar(std::string_view id) {
    for (BuiltIn& calendar : built_in_calendars())
        if (calendar.id == id) return std::move(calendar);
    return std::nullopt;
}

bool same(const kernel::Calendar& a, const kernel::Calendar& b) {
    return a.name == b.name && a.holidays == b.holidays && a.makeup_days == b.makeup_days && a.weekend == b.weekend &&
           a.covers_from == b.covers_from && a.covers_to == b.covers_to;
}

std::string text_of(const kernel::Calendar& calendar) {
    constexpr std::string_view names[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    std::string text = "weekend";
    for (int weekday : calendar.weekend) text += ' ' + std::string(names[weekday]);
    text += '\n';
    if (calendar.covers_from && calendar.covers_to)
        text += "covers " + kernel::iso(*calendar.covers_from) + ' ' + kernel::iso(*calendar.covers_to) + '\n';
    std::map<kernel::Day, std::string_view> days;
    for (kernel::Day day : calendar.holidays) days.emplace(day, " holiday\n");
    for (kernel::Day day : calendar.makeup_days) days.emplace(day, " works\n");
    for (const auto& [day, what] : days) text += kernel::iso(day) + std::string(what);
    return text;
}

std::vector<DayChange> changes(const kernel::Calendar& before, const kernel::Calendar& after) {
    std::set<kernel::Day> named = before.holidays;
    for (const std::set<kernel::Day>* more : {&before.makeup_days, &after.holidays, &after.makeup_days})
        named.insert(more->begin(), more->end());
    const auto on = [](const kernel::Calendar& calendar, kernel::Day day) {
        if (calendar.holidays.contains(day)) return Named::holiday;
        return calendar.makeup_days.contains(day) ? Named::worked : Named::nothing;
    };
    std::vector<DayChange> all;
    for (kernel::Day day : named)
        if (on(before, day) != on(after, day)) all.push_back({day, on(before, day), on(after, day)});
    return all;
}

std::string numbers_of(const std::set<kernel::Day>& days) {
    std::string text;
    for (kernel::Day day : days) text += (text.empty() ? "" : " ") + std::to_string(day.days);
    return text;
}

std::string numbers_of(const std::set<int>& weekdays) {
    std::string text;
    for (int weekday : weekdays) text += (text.empty() ? "" : " ") + std::to_string(weekday);
    return text;
}

namespace {

template <class Each>
void each_number(std::string_view text, Each each) {
    const char* at = text.data();
    const char* const end = at + text.size();
    while (at != end) {
        std::int64_t number = 0;
        const auto [next, error] = std::from_chars(at, end, number);
        if (error != std::errc()) throw std::runtime_error("calendar: not a list of numbers");
        each(number);
        at = next == end ? end : next + 1;
    }
}

}  // namespace

std::set<kernel::Day> days_of(std::string_view numbers) {
    std::set<kernel::Day> days;
    each_number(numbers, [&](std::int64_t n) { days.insert(days.end(), kernel::Day{n}); });
    return days;
}

std::set<int> weekdays_of(std::string_view numbers) {
    std::set<int> weekdays;
    each_number(numbers, [&](std::int64_t n) { weekdays.insert(static_cast<int>(n)); });
    return weekdays;
}

}  // namespace people
