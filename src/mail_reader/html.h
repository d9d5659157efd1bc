// What can be read of a mail that is HTML alone.
#pragma once
#include <string>
#include <string_view>

namespace mail_reader {

// Text of HTML, in lines. It understands no layout: tags go, scripts and styles go with what they hold, blocks begin a
// line, white space is one space, the commonest character references are what they stand for, and what only looks like
// a tag stays. Time is linear in the size. Bytes that are no UTF-8 pass as they are. Never fails.
std::string text_of_html(std::string_view html);

}  // namespace mail_reader
