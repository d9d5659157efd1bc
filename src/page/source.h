// What happens to a template's text before mustache sees it: other templates put in, words put in, and the refusals.
#pragma once
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace page {

using Parameters = std::map<std::string, std::string, std::less<>>;
// The text of a template by its embedded path ("page/field_text.html"); throws when there is none.
using Fetch = std::function<std::string_view(std::string_view path)>;
// The message of a key in the language being loaded; throws for an unknown one.
using Lookup = std::function<std::string(std::string_view key)>;

// Puts in what {{> path name=value name="two words"}} names, to a depth of 8. All throw std::runtime_error naming
// `file`.
std::string include(std::string_view file, std::string_view text, const Parameters&, const Fetch&);
// Puts in what [[key]] and [[key argument=value]] name, escaped.
std::string put_words(std::string_view file, std::string_view text, const Lookup&);
// Refuses {{{, {{&, {{=, style and on… attributes, script and style elements, javascript: addresses.
void refuse_unsafe(std::string_view file, std::string_view text);
// White space with a line break in it becomes one line break, outside <pre> and <textarea>.
std::string squeeze(std::string_view text);

// Every key that a template mentions, with the arguments it gives.
struct Mention {
    std::string key;
    std::vector<std::string> arguments;
    bool for_script = false;  // the value of a data-… attribute: an island fills in what is missing
};
std::vector<Mention> mentions(std::string_view text);

}  // namespace page
