// Plain text as mail writes it.
#pragma once
#include <string>
#include <string_view>

namespace mail_reader {

// RFC 3676: lines that end in a blank go on in the next; `delsp`: without that blank. Quoted lines stay as they are.
std::string unflowed(std::string_view text, bool delsp);

// The charset that HTML names for itself at its beginning; "".
std::string charset_within(std::string_view html);

}  // namespace mail_reader
