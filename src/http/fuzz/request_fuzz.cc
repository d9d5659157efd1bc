// libFuzzer target: what arrives on a socket, up to the last byte of one request's body. Byte by byte and at once it
// must come to the same judgement.
// needs: http/head.cc http/header_value.cc http/parser.cc http/target.cc http/form.cc http/unwrap.cc http/request.cc
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "../exchange.h"
#include "../head.h"
#include "../parser.h"
#include "../target.h"
#include "../unwrap.h"

namespace {

// "status", or the target, headers and body of what was understood.
std::string judged(std::string_view bytes, std::size_t piece) {
    http::HeadWatch watch({http::longest_target, 4096, 20});
    std::size_t given = 0;
    while (true) {
        given = std::min(given + piece, bytes.size());
        const http::HeadWatch::Step step = watch.look(bytes.substr(0, given));
        if (step == http::HeadWatch::Step::refused) return std::to_string(watch.status());
        if (step == http::HeadWatch::Step::done) break;
        if (given == bytes.size()) return "more";
    }
    http::Request request;
    http::Framing framing;
    const std::string_view header = bytes.substr(watch.begin(), watch.end() - watch.begin());
    if (!http::parse_header(header, request, framing)) return "400";
    std::string out = request.target;
    for (const auto& [name, value] : request.headers) out += '\n' + name + ": " + value;
    if (const auto target = http::parse_target(request.target, request.header("host"))) out += '\n' + target->path;
    if (!framing.has_body()) return out;
    http::Unwrap unwrap = framing.chunked ? http::Unwrap::by_chunks() : http::Unwrap::by_length(*framing.length);
    unwrap.limit(1000);
    for (std::size_t at = watch.end(); at < bytes.size();) {
        std::size_t used = 0;
        const http::Unwrap::Step step = unwrap.take(bytes.substr(at, piece), used, out);
        at += used;
        if (step == http::Unwrap::Step::done) return out + '|' + std::to_string(at);
        if (step != http::Unwrap::Step::more) return "refused";
    }
    return "more";
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    if (judged(bytes, size + 1) != judged(bytes, 1)) std::abort();
    return 0;
}
