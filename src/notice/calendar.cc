#include "calendar.h"

#include <algorithm>

namespace notice {
namespace {

constexpr std::size_t longest = 75;  // bytes of a line, without its end

std::string digits_of(std::string iso) {
    std::erase_if(iso, [](char c) { return c == '-' || c == ':'; });
    return iso;
}

}  // namespace

std::string calendar_text(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\n')
            out += "\\n";
        else if (static_cast<unsigned char>(c) >= ' ' && c != 0x7f)
            (c == '\\' || c == ';' || c == ',' ? out += '\\' : out) += c;
    }
    return out;
}

std::string content_line(std::string_view name, std::string_view value) {
    const std::string line = std::string(name) + ":" + std::string(value);
    std::string out;
    std::size_t at = 0;
    while (at < line.size()) {
        const std::size_t room = at == 0 ? longest : longest - 1;  // what goes on begins with a blank
        std::size_t n = std::min(room, line.size() - at);
        while (at + n < line.size() && (static_cast<unsigned char>(line[at + n]) & 0xC0) == 0x80) --n;
        out.append(at == 0 ? "" : "\r\n ").append(line, at, n);
        at += n;
    }
    return out + "\r\n";
}

std::string icalendar(const CalendarOf& calendar) {
    std::string out =
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Huiyin//Huiyin//EN\r\nCALSCALE:GREGORIAN\r\n"
        "METHOD:PUBLISH\r\n";
    out += content_line("X-WR-CALNAME", calendar_text(calendar.title));
    for (const CalendarDay& d : calendar.days) {
        out += "BEGIN:VEVENT\r\n" + content_line("UID", calendar_text(d.uid));
        out += content_line("DTSTAMP", digits_of(kernel::iso(d.at)));
        out += content_line("DTSTART;VALUE=DATE", digits_of(kernel::iso(d.day)));
        out += content_line("DTEND;VALUE=DATE", digits_of(kernel::iso(d.day + 1)));
        out += content_line("SEQUENCE", std::to_string(d.changes));
        out += content_line("STATUS", d.cancelled ? "CANCELLED" : "CONFIRMED");
        out += content_line("SUMMARY;LANGUAGE=" + calendar.lang, calendar_text(d.title));
        if (!d.link.empty()) out += content_line("URL", d.link);
        out += "TRANSP:TRANSPARENT\r\nEND:VEVENT\r\n";
    }
    return out + "END:VCALENDAR\r\n";
}

}  // namespace notice
