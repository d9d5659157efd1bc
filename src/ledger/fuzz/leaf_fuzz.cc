// libFuzzer target: leaves and payloads as a stranger's log could hold them. What is read is written again byte for
// byte; everything else throws std::runtime_error.
// needs: ledger/leaf.cc
#include <cstdint>
#include <cstdlib>
#include <stdexcept>
#include <string_view>

#include "../leaf.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    try {
        const ledger::Leaf leaf = ledger::read_leaf(bytes, 7);
        if (ledger::write_leaf(leaf) != bytes || !ledger::valid_kind(leaf.kind)) std::abort();
    } catch (const std::runtime_error&) {}
    try {
        if (ledger::payload_bytes(ledger::read_payload(bytes, 7)) != bytes) std::abort();
    } catch (const std::runtime_error&) {}
    return 0;
}
