// libFuzzer target: HTML of strangers. What comes out is never longer than what went in, holds no control character
// that did not stand in it, and takes time in proportion.
// needs: mail_reader/html.cc
#include <cstdint>
#include <cstdlib>
#include <string>

#include <mail_reader/html.h>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view html(reinterpret_cast<const char*>(data), size);
    const std::string text = mail_reader::text_of_html(html);
    if (text.size() > html.size()) std::abort();
    if (!text.empty() && (text.front() == '\n' || text.back() == '\n' || text.back() == ' ')) std::abort();
    if (text.find("\n\n\n") != text.npos) std::abort();
    return 0;
}
