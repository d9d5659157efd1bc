// libFuzzer target: what another authority's server answers, in each place where it is read. Whatever it is, what is
// kept of it passes our own door: text in its length, numbers in one line, codes of a few letters.
// needs: handover/wire.cc handover/names.cc -licui18n
#include <cstdint>
#include <cstdlib>
#include <string>

#include <kernel/text.h>

#include "../wire.h"

namespace {

void must(bool good) {
    if (!good) std::abort();
}
bool admitted(const std::string& text, std::size_t most) {
    const auto passed = kernel::admit(text, "x", most, kernel::Lines::many);
    return passed && *passed == text;
}

}  // namespace

// The first byte says the status, the second the type; the rest is the body.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace handover;
    constexpr int statuses[] = {200, 201, 0, 301, 400, 403, 404, 429, 500, 503};
    if (size < 2) return 0;
    http::Answered a;
    a.status = statuses[data[0] % std::size(statuses)];
    a.reached = data[0] >= 128;
    a.content_type = data[1] % 8 == 0 ? "text/xml" : "application/json; charset=utf-8";
    a.body.assign(reinterpret_cast<const char*>(data) + 2, size - 2);

    const wire::Services services = wire::read_services(a);
    must(services.all.size() <= wire::most_services && (services.fault.empty() || services.all.empty()));
    for (const Service& s : services.all) {
        must(!s.code.empty() && s.code.size() <= 100 && admitted(s.name, wire::most_service_name));
        must(admitted(s.group, wire::most_service_name));
    }
    wire::says_once(a);
    const wire::Sent sent = wire::read_sent(a);
    must(admitted(sent.notes, max_notes));
    must((sent.is == wire::Sent::Is::taken) == !sent.number.empty());
    must(sent.number.empty() || wire::good_number(sent.number));
    must(sent.token.empty() || wire::good_number(sent.token));
    const wire::Looked token = wire::read_token(a), looked = wire::read_request(a, "7");
    must(token.number.empty() || wire::good_number(token.number));
    must(admitted(looked.notes, max_notes) && (looked.fault.empty() || looked.notes.empty()));
    return 0;
}
