// What features write into a Draft and read out of an Entry alike. Any thread. Where a member is missing or of another
// type, the readers throw as kernel::Json's need_… do; a member that is there and says nothing is unreadable().
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <kernel/json.h>
#include <kernel/time.h>

#include "ledger.h"

namespace ledger {

// A Draft of version 1, answering nothing, all of it served to everyone.
Draft draft(std::string_view kind, std::int64_t subject, kernel::Json facts, std::optional<kernel::Json> words = {});

// The log contradicts itself: throws std::runtime_error "entry INDEX, KIND: WHY".
[[noreturn]] void unreadable(const Entry&, std::string_view why);

// What a parser made of something in the entry; unreadable() where it made nothing of it.
template <class T>
T readable(const Entry& entry, std::optional<T> parsed, std::string_view why) {
    if (!parsed) unreadable(entry, why);
    return *std::move(parsed);
}

void need_version(const Entry&, int v);  // unreadable() when the entry has another

std::string word(const Entry&, std::string_view member);  // of the words; "" where there are none, or no more

// Of the facts; days are written as kernel::iso() writes them.
kernel::Day day_in(const Entry&, std::string_view member);
std::optional<kernel::Day> maybe_day(const Entry&, std::string_view member);  // none where the member is missing
std::optional<std::int64_t> maybe_integer(const Entry&, std::string_view member);
std::vector<std::int64_t> integers_in(const Entry&, std::string_view member);

}  // namespace ledger
