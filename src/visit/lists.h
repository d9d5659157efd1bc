// Lists of ids as numbers, in facts and in the API.
#pragma once
#include <vector>

#include <kernel/json.h>

namespace visit {

template <class Id>
kernel::Json numbers(const std::vector<Id>& ids) {
    kernel::Json::Array all;
    for (const Id& id : ids) all.emplace_back(id.value());
    return all;
}

}  // namespace visit
