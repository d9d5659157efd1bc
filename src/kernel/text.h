// Text at the door: what people type becomes valid UTF-8 in NFC, or is refused with a reason. Behind the door all text
// is std::string in that form.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "result.h"

namespace kernel {

// Strict UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF.
bool valid_utf8(std::string_view);
std::size_t valid_utf8_prefix(std::string_view);  // bytes of the longest valid beginning: where it goes wrong
std::size_t code_points(std::string_view valid_utf8);
// The first n code points (never cuts inside one).
std::string_view first_code_points(std::string_view valid_utf8, std::size_t n);
std::string nfc(std::string_view valid_utf8);  // Unicode Normalization Form C (ICU)

enum class Lines { one, many };

// The door for one field: checks UTF-8, turns CRLF and CR into LF, applies NFC, trims white space at both ends,
// refuses control characters (but LF and TAB in Lines::many), bidi overrides, unassigned noncharacters, and more than
// `max` code points after all that. Empty text passes: whether it may be empty is the form's rule.
// Refusals: kernel.text_not_utf8, kernel.text_control, kernel.text_too_long {max, got}; code invalid, at `field`.
Result<std::string> admit(std::string_view raw, std::string_view field, std::size_t max, Lines lines);

// A rule's own look at text behind the door, whichever way it came in. Refusals have code invalid and stand at `field`.
// More than `max` code points: kernel.text_too_long {max, got}.
Checked check_length(std::string_view text, std::string_view field, std::size_t max);
// The same, and empty text is refused as `missing`, a message key of the caller's.
Checked need_text(std::string_view text, std::string_view field, std::size_t max, std::string_view missing);

// BCP 47 in outline: 2 to 35 of A-Z, a-z, 0-9 and '-'. Whether any page knows the language is not the question here.
bool language_tag(std::string_view);

std::string trim(std::string_view ascii_white_space_at_both_ends);
// RFC 3986: unreserved characters stay, every other byte becomes %xx. For one value of a query or a path segment.
std::string percent_encoded(std::string_view text);
std::vector<std::string_view> split(std::string_view text, char separator);  // "" gives one empty piece

}  // namespace kernel
