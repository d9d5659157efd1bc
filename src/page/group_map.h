// The opinion map: people on a plane, those who vote alike near each other, in groups.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "page.h"

namespace page {

struct OnMap {
    double x = 0, y = 0;
};
// People who stand at about the same place: a mark of their group's form and hue, larger the more they are.
struct Standing {
    OnMap at;
    std::int64_t people = 0;
    int group = 0;
};
struct GroupMap {
    std::string title, description, counted;
    std::vector<std::string> groups;  // names in words, of 0, 1, 2 …
    std::vector<Standing> people;
    std::optional<OnMap> me;  // drawn as a ring
    std::string me_words;
    // The table behind: the first column's cells are headings.
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> rows;
};
// Both scales are equal; what they mean is what people differ in, so no axis has a name.
Html group_map(Lang, const GroupMap&);

}  // namespace page
