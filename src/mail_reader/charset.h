// Bytes of any charset to UTF-8, by the C library's iconv.
#pragma once
#include <string>
#include <string_view>

namespace mail_reader {

// `label`: what the mail says its charset is; "" when it says nothing. Mail often names a smaller charset than it uses
// (GB2312 for GBK) or none: then the likeliest in which every byte has a meaning is taken. Bytes without a meaning in
// any become U+FFFD.
std::string to_utf8(std::string_view bytes, std::string_view label);

// "zh-Hans" or "zh-Hant" by which characters stand in it, "en" for ASCII letters alone, "" when it cannot be told.
std::string language_of(std::string_view utf8);

}  // namespace mail_reader
