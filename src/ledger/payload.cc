#include "payload.h"

#include <stdexcept>

namespace ledger {

Draft draft(std::string_view kind, std::int64_t subject, kernel::Json facts, std::optional<kernel::Json> words) {
    Draft d;
    d.kind = kind;
    d.subject = subject;
    d.facts = std::move(facts);
    d.words = std::move(words);
    return d;
}

void unreadable(const Entry& entry, std::string_view why) {
    throw std::runtime_error("entry " + std::to_string(entry.index) + ", " + entry.kind + ": " + std::string(why));
}

void need_version(const Entry& entry, int v) {
    if (entry.v != v) unreadable(entry, "unknown version " + std::to_string(entry.v));
}

std::string word(const Entry& entry, std::string_view member) {
    return entry.words ? entry.words->need_string(member) : std::string();
}

kernel::Day day_in(const Entry& entry, std::string_view member) {
    return readable(entry, kernel::parse_day(entry.facts.need_string(member)), std::string(member) + " is no day");
}

std::optional<kernel::Day> maybe_day(const Entry& entry, std::string_view member) {
    if (entry.facts[member].is_null()) return std::nullopt;
    return day_in(entry, member);
}

std::optional<std::int64_t> maybe_integer(const Entry& entry, std::string_view member) {
    if (entry.facts[member].is_null()) return std::nullopt;
    return entry.facts.need_integer(member);
}

std::vector<std::int64_t> integers_in(const Entry& entry, std::string_view member) {
    std::vector<std::int64_t> all;
    for (const kernel::Json& one : entry.facts.need_array(member)) {
        if (!one.integer()) unreadable(entry, "no integer in " + std::string(member));
        all.push_back(*one.integer());
    }
    return all;
}

}  // namespace ledger
