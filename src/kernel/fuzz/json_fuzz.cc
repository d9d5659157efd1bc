// What the reader accepts, the writer writes, and that reads back as the same value and is written as the same bytes.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include <kernel/json.h>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto any = kernel::parse_json(text, kernel::Numbers::any);
    const auto strict = kernel::parse_json(text, kernel::Numbers::canonical);
    if (strict && (!any || !(*any == *strict))) std::abort();
    if (!any) return 0;
    const std::string written = kernel::canonical(*any);
    const auto again = kernel::parse_json(written, kernel::Numbers::canonical);
    if (!again || !(*again == *any) || kernel::canonical(*again) != written) std::abort();
    return 0;
}
