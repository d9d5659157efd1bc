#include "page_check.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>

namespace db {
namespace {

std::uint64_t check_of(std::span<const std::uint8_t> page, std::int64_t number) {
    return XXH3_64bits_withSeed(page.data(), page.size() - check_size, static_cast<XXH64_hash_t>(number));
}

}  // namespace

void set_check(std::span<std::uint8_t> page, std::int64_t number) {
    const std::uint64_t check = check_of(page, number);
    for (int i = 0; i < check_size; ++i)
        page[page.size() - check_size + static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(check >> (8 * i));
}

bool intact(std::span<const std::uint8_t> page, std::int64_t number) {
    std::uint64_t stored = 0;
    for (int i = check_size; i-- > 0;)
        stored = stored << 8 | page[page.size() - check_size + static_cast<std::size_t>(i)];
    if (stored == check_of(page, number)) return true;
    return stored == 0 && std::ranges::all_of(page, [](std::uint8_t byte) { return byte == 0; });
}

}  // namespace db
