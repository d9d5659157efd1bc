// What is admitted is valid, composed, within its length, and admitted again as it is.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include <kernel/text.h>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view raw(reinterpret_cast<const char*>(data), size);
    for (kernel::Lines lines : {kernel::Lines::one, kernel::Lines::many}) {
        const auto admitted = kernel::admit(raw, "text", 1'000, lines);
        if (!admitted) continue;
        const auto again = kernel::admit(*admitted, "text", 1'000, lines);
        if (!kernel::valid_utf8(*admitted) || kernel::nfc(*admitted) != *admitted) std::abort();
        if (kernel::code_points(*admitted) > 1'000 || !again || *again != *admitted) std::abort();
    }
    return 0;
}
