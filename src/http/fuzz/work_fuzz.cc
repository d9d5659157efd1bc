// libFuzzer target: proofs of work. Once their network has sent what anybody may send unasked, a stranger's bytes open
// nothing, in a form or in the header.
// needs: http/work.cc http/rate.cc http/request.cc http/form.cc http/address.cc http/header_value.cc
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "../work.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    static http::Work work(1);
    for (int i = 0; i < 8; ++i) work.ask(http::Request(), "/say", 1000);
    http::Request by_form, by_header;
    const std::size_t line = std::min(bytes.find('\n'), size);
    by_form.form = {{"work", std::string(bytes.substr(0, line))},
                    {"work_proof", std::string(bytes.substr(std::min(line + 1, size)))}};
    by_header.headers["x-work"] = std::string(bytes);
    if (!work.ask(by_form, "/say", 1000) || !work.ask(by_header, "/say", 1000)) std::abort();
    http::solves(bytes.substr(0, line), 12, bytes);
    return 0;
}
