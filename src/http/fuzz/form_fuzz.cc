// libFuzzer target: forms, cookies and request targets. What was decoded is UTF-8, and written and read again it is the
// same; a path never leads above its root.
// needs: http/form.cc http/header_value.cc http/target.cc http/request.cc
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include <kernel/text.h>

#include "../form.h"
#include "../target.h"

namespace {

void need(bool holds) {
    if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    if (const auto pairs = http::parse_urlencoded(bytes, 50)) {
        std::string again;
        for (const auto& [name, value] : *pairs) {
            need(kernel::valid_utf8(name) && kernel::valid_utf8(value));
            again +=
                (again.empty() ? "" : "&") + http::percent_encode(name, "") + '=' + http::percent_encode(value, "");
        }
        need(pairs->size() <= 50);
        const auto second = http::parse_urlencoded(again, 50);
        need(second && *second == *pairs);
    }
    for (const bool secure : {false, true})
        for (const auto& [name, value] : http::parse_cookies(bytes, secure))
            need(!name.empty() || value.size() <= size);
    if (const auto strict = http::percent_decode_strictly(bytes)) need(*strict == http::percent_decode(bytes));
    if (const auto target = http::parse_target(bytes, "a.example")) {
        const std::string& path = target->path;
        need(path == "*" || path.starts_with('/'));
        need(kernel::valid_utf8(path) && path.find("/../") == path.npos && path.find('\\') == path.npos);
        for (char c : path) need(static_cast<unsigned char>(c) >= 0x20 && c != 0x7f);
        const auto again = http::parse_target(target->origin, "a.example");
        need(again && again->path == path && again->query == target->query);
    }
    return 0;
}
