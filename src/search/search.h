// Search (搜索): what everybody may read, found by its words. It keeps an index of its own in derived.db and changes
// nothing. What is found, and how: README.md.
#pragma once
#include <optional>
#include <vector>

#include <people/people.h>

namespace jobs {
struct Task;
}

namespace search {

void add_routes(http::Router&, const people::Needs&);
std::vector<jobs::Task> tasks(const people::Needs&);
// A field that looks for words: in everything, or, on the page of a list, in what is listed there, in one round where
// it is one round's list.
enum class Among { all, voices, issues };
page::Html field(page::Lang, Among, std::optional<people::CycleId> round = {});
// Brings the index up to date now, before files are wiped of what was erased.
void catch_up(const people::Needs&);

}  // namespace search
