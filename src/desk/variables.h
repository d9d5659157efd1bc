// Variables of reply templates: {number}, {title} … A brace opens a variable and nothing else. What is filled in is
// never looked at again: a title with {due} in it stays as it was written.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <kernel/result.h>

namespace desk {

inline constexpr std::string_view variables[] = {"number", "title", "place", "kind", "received",
                                                 "due",    "unit",  "post",  "today"};

// desk.variable_unknown {name}, desk.brace_open; at the field "text".
kernel::Checked check_variables(std::string_view text);

struct Filled {
    std::string text;
    std::vector<std::string> missing;  // variables that are used and of which nothing is known: "…" stands there
};
using Values = std::map<std::string, std::string, std::less<>>;
Filled fill(std::string_view text, const Values&);

}  // namespace desk
