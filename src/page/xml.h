// Text in XML 1.0, for feeds and interfaces of others. Nothing here reads XML.
#pragma once
#include <string>
#include <string_view>

namespace page {

// Character data, also between double quotes: markup is escaped, and what XML 1.0 cannot hold (control characters but
// TAB and LF, U+FFFE and U+FFFF) is left out. The text is valid UTF-8.
std::string xml_text(std::string_view);

}  // namespace page
