// Readers of structured header values: media types, weighted lists, entity tags (RFC 9110
// sections 5.6, 8.3, 12.4, 13.1).
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace http {

std::string lower(std::string_view ascii);
bool equal_ignoring_case(std::string_view a, std::string_view b);  // ASCII
bool is_token(std::string_view);                                   // RFC 9110 section 5.6.2, not empty
// Fit to stand as a header's value: visible bytes, blanks and tabs.
bool is_field_value(std::string_view);

// "type/subtype; name=value; name=\"value\"". Names and the value before the first semicolon are lower case.
struct Parameterised {
    std::string value;
    std::vector<std::pair<std::string, std::string>> parameters;
    const std::string* parameter(std::string_view name) const;
};
// Nothing when it is malformed or a parameter comes twice. `backslash` tells whether "\x" in quotes means x for every x
// (RFC 9110) or only for the quotation mark (what browsers write into Content-Disposition).
enum class Backslash { escapes_all, escapes_quote };
std::optional<Parameterised> parse_parameterised(std::string_view, Backslash = Backslash::escapes_all);

// The weight 0..1000 of `item` in a list such as Accept or Accept-Encoding; -1 when neither it nor a wildcard ("*",
// "*/*", "text/*") stands there. The most specific entry counts.
int weight(std::string_view list, std::string_view item);

// Whether If-None-Match names one of the two tags (each with its quotation marks), by weak comparison, or is "*".
bool names_tag(std::string_view if_none_match, std::string_view tag, std::string_view other_tag);

}  // namespace http
