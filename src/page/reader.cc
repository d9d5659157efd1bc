#include "reader.h"

#include <algorithm>

#include <kernel/id.h>

namespace page {

std::string Reader::text(std::string_view field, std::size_t max, kernel::Lines lines) {
    auto admitted = kernel::admit(request_.field(field).value_or(""), field, max, lines);
    if (admitted) return *std::move(admitted);
    errors_.push_back(admitted.error());
    return {};
}

std::string Reader::need_text(std::string_view field, std::size_t max, std::string_view missing_key,
                              kernel::Lines lines) {
    std::string admitted = text(field, max, lines);
    if (admitted.empty() && !refused(field)) refuse(kernel::invalid(std::string(field), std::string(missing_key)));
    return admitted;
}

bool Reader::refused(std::string_view field) const {
    return std::any_of(errors_.begin(), errors_.end(),
                       [&](const kernel::Error& error) { return error.field == field; });
}

std::optional<std::int64_t> Reader::number(std::string_view field, std::string_view key) {
    const std::string typed = kernel::trim(request_.field(field).value_or(""));
    if (typed.empty()) return std::nullopt;
    const auto value = kernel::parse_index(typed);
    if (!value) errors_.push_back(kernel::invalid(std::string(field), std::string(key)));
    return value;
}

std::vector<std::int64_t> Reader::numbers(std::string_view field, std::string_view key) {
    std::vector<std::int64_t> all;
    for (std::string_view sent : request_.fields(field)) {
        std::size_t at = 0;
        while (at < sent.size()) {
            const std::size_t from = sent.find_first_not_of(" ,\t\r\n", at);
            if (from == std::string_view::npos) break;
            at = std::min(sent.size(), sent.find_first_of(" ,\t\r\n", from));
            const auto value = kernel::parse_index(sent.substr(from, at - from));
            if (!value) {
                errors_.push_back(kernel::invalid(std::string(field), std::string(key)));
                return {};
            }
            all.push_back(*value);
        }
    }
    return all;
}

std::optional<kernel::Day> Reader::day(std::string_view field, std::string_view key) {
    const std::string typed = kernel::trim(request_.field(field).value_or(""));
    if (typed.empty()) return std::nullopt;
    const auto day = kernel::parse_day(typed);
    if (!day) errors_.push_back(kernel::invalid(std::string(field), std::string(key)));
    return day;
}

}  // namespace page
