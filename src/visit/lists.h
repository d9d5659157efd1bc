// Lists of ids as numbers, in facts and in the API.
#pragma once
#include <vector>

#include <kernel/json.h>
#include <ledger/payload.h>

namespace visit {

template <class Id>
kernel::Json numbers(const std::vector<Id>& ids) {
    kernel::Json::Array all;
    for (const Id& id : ids) all.emplace_back(id.value());
    return all;
}

// Of the facts; none where the member is missing.
template <class Id>
std::vector<Id> ids_in(const ledger::Entry& entry, std::string_view member) {
    std::vector<Id> all;
    if (entry.facts[member].is_null()) return all;
    for (std::int64_t n : ledger::integers_in(entry, member)) all.emplace_back(n);
    return all;
}

}  // namespace visit
