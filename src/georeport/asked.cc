#include "asked.h"

#include <algorithm>

#include <kernel/text.h>

namespace georeport {
namespace {

using kernel::Instant;
using kernel::invalid;

constexpr std::int64_t day_ms = 86'400'000, minute_ms = 60'000;

// All values of a parameter, which may come several times or parted by commas; empty ones are as if not sent.
std::vector<std::string> list(const http::Request& r, std::string_view name) {
    std::vector<std::string> all;
    for (const auto& [key, value] : r.query)
        if (key == name)
            for (const std::string_view part : kernel::split(value, ','))
                if (std::string one = kernel::trim(part); !one.empty()) all.push_back(std::move(one));
    return all;
}

std::optional<int> two_digits(std::string_view text) {
    if (text.size() != 2 || text[0] < '0' || text[0] > '9' || text[1] < '0' || text[1] > '9') return std::nullopt;
    return (text[0] - '0') * 10 + text[1] - '0';
}

// "+08:00", "-05:00", " 08:00": how far local time is before UTC, in minutes.
std::optional<int> offset(std::string_view text) {
    if (text.size() != 6 || text[3] != ':') return std::nullopt;
    const bool east = text[0] == '+' || text[0] == ' ';
    const std::optional<int> hours = two_digits(text.substr(1, 2)), minutes = two_digits(text.substr(4));
    if ((!east && text[0] != '-') || !hours || !minutes || *hours > 14 || *minutes > 59) return std::nullopt;
    return (east ? 1 : -1) * (*hours * 60 + *minutes);
}

kernel::Result<std::optional<Instant>> date(const http::Request& r, std::string_view name) {
    const std::optional<std::string_view> text = r.asked(name);
    if (!text || text->empty()) return std::optional<Instant>();
    if (const std::optional<Instant> at = parse_w3c(*text)) return at;
    return invalid(std::string(name), "georeport.date");
}

kernel::Checked read_span(const http::Request& r, Instant now, Asked& asked) {
    const auto from = date(r, "start_date"), to = date(r, "end_date");
    if (!from) return from.error();
    if (!to) return to.error();
    constexpr std::int64_t span = span_days * day_ms;
    asked.from = *from;
    asked.to = *to;
    if (!asked.from) asked.from = Instant{(asked.to ? *asked.to : now).ms - span};
    if (!asked.to) asked.to = std::min(now, Instant{asked.from->ms + span});
    if (*from && *to && (*asked.to < *asked.from || *asked.to - *asked.from > span))
        return invalid("end_date", "georeport.span", {{"days", std::to_string(span_days)}});
    return {};
}

kernel::Checked read_status(const http::Request& r, Asked& asked) {
    const std::vector<std::string> all = list(r, "status");
    if (all.empty()) return {};
    asked.open = asked.closed = false;
    for (const std::string& one : all) {
        if (one != "open" && one != "closed") return invalid("status", "georeport.status");
        (one == "open" ? asked.open : asked.closed) = true;
    }
    return {};
}

kernel::Checked read_page(const http::Request& r, Asked& asked) {
    if (const auto text = r.asked("page_size"); text && !text->empty()) {
        const auto n = kernel::parse_index(*text);
        if (!n || *n < 1 || *n > most_requests)
            return invalid("page_size", "georeport.page_size", {{"max", std::to_string(most_requests)}});
        asked.at_most = static_cast<int>(*n);
    }
    // Pages by number would have to be counted off from the start each time.
    if (const auto text = r.asked("page"); text && !text->empty() && *text != "1")
        return invalid("page", "georeport.page");
    if (const auto text = r.asked("before"); text && !text->empty()) {
        const auto n = kernel::parse_index(*text);
        if (!n) return invalid("before", "georeport.before");
        asked.before = voice::VoiceId(*n);
    }
    return {};
}

}  // namespace

std::optional<Instant> parse_w3c(std::string_view text) {
    if (text.ends_with('Z')) return kernel::parse_instant(text);
    constexpr std::size_t zone = 6;
    if (text.size() <= zone) return std::nullopt;
    const std::optional<int> minutes = offset(text.substr(text.size() - zone));
    if (!minutes) return std::nullopt;
    const auto there = kernel::parse_instant(std::string(text.substr(0, text.size() - zone)) + "Z");
    if (!there) return std::nullopt;
    return Instant{there->ms - *minutes * minute_ms};
}

kernel::Result<Asked> read_asked(const http::Request& r, Instant now) {
    Asked asked;
    const std::vector<std::string> ids = list(r, "service_request_id");
    asked.by_ids = !ids.empty();
    for (const std::string& one : ids)
        if (const auto id = kernel::parse_index(one)) asked.ids.emplace_back(*id);
    if (asked.ids.size() > most_requests)
        return invalid("service_request_id", "georeport.too_many_ids", {{"max", std::to_string(most_requests)}});
    if (asked.by_ids) return asked;
    asked.codes = list(r, "service_code");
    if (auto ok = read_span(r, now, asked); !ok) return ok.error();
    if (auto ok = read_status(r, asked); !ok) return ok.error();
    if (auto ok = read_page(r, asked); !ok) return ok.error();
    return asked;
}

}  // namespace georeport
