// All SQL of the cosigned checkpoints, on a connection that Database::local() lends.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace db {
class Connection;
}

namespace witnesses::store {

// Keeps this one, and of the others only the one of size `and_keep`.
void keep(db::Connection&, std::int64_t size, std::string_view note, std::int64_t and_keep);
std::vector<std::string> notes(db::Connection&);  // in the order of their sizes

}  // namespace witnesses::store
