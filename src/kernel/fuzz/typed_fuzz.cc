// What people type and files say: days, codes, calendars, base64 and hex. What is read is written and read again as the
// same.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include <kernel/bytes.h>
#include <kernel/calendar.h>
#include <kernel/code.h>
#include <kernel/time.h>

namespace {

void need(bool holds) {
    if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto day = kernel::parse_day(text)) need(kernel::iso(*day) == text);
    if (const auto code = kernel::Code25::parse(text)) {
        need(code->digits().size() == 25);
        need(kernel::Code25::parse(code->in_fives())->digits() == code->digits());
        need(kernel::Code25::parse(code->words())->digits() == code->digits());
    }
    if (const auto bytes = kernel::parse_base64(text)) need(kernel::base64(*bytes) == text);
    if (const auto bytes = kernel::parse_hex(text)) need(bytes->size() * 2 == size);
    if (const auto calendar = kernel::parse_calendar("fuzz", text)) {
        need(!calendar->weekend.empty() && calendar->weekend.size() < 7);
        for (kernel::Day day : calendar->holidays) need(!calendar->works(day));
        for (kernel::Day day : calendar->makeup_days) need(calendar->works(day));
    }
    return 0;
}
