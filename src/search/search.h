// Search (搜索): what everybody may read, found by its words. It keeps an index of its own in derived.db and changes
// nothing. What is found, and how: README.md.
#pragma once
#include <vector>

#include <people/people.h>

namespace jobs {
struct Task;
}

namespace search {

void add_routes(http::Router&, const people::Needs&);
std::vector<jobs::Task> tasks(const people::Needs&);
// Brings the index up to date now, before files are wiped of what was erased.
void catch_up(const people::Needs&);

}  // namespace search
