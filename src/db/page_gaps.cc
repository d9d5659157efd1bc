#include "page_gaps.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace db {
namespace {

using Page = std::span<std::uint8_t>;
constexpr std::size_t file_header = 100, freeblock_header = 4;

std::size_t number(Page page, std::size_t at) { return std::size_t{page[at]} << 8 | page[at + 1]; }

std::size_t header_size(std::uint8_t kind) {
    if (kind == 2 || kind == 5) return 12;   // interior of an index, of a table
    if (kind == 10 || kind == 13) return 8;  // leaf
    return 0;
}

}  // namespace

bool clear_gaps(Page page, bool first) {
    const std::size_t at = first ? file_header : 0;
    if (page.size() < 512) return false;
    const std::size_t header = header_size(page[at]);
    if (header == 0) return false;
    const std::size_t pointers = at + header, cells = number(page, at + 3), gap = pointers + 2 * cells;
    std::size_t content = number(page, at + 5);
    if (content == 0) content = 65'536;
    if (gap > content || content > page.size()) return false;
    for (std::size_t i = pointers; i < gap; i += 2)
        if (const std::size_t cell = number(page, i); cell < content || cell + 4 > page.size()) return false;

    std::vector<std::pair<std::size_t, std::size_t>> free;
    for (std::size_t block = number(page, at + 1), before = content; block != 0;) {
        if (block < before || block + freeblock_header > page.size()) return false;
        const std::size_t next = number(page, block), size = number(page, block + 2);
        if (size < freeblock_header || block + size > page.size()) return false;
        free.emplace_back(block + freeblock_header, block + size);
        before = block + size;
        block = next;
    }
    const auto clear = [&](std::size_t from, std::size_t to) { std::fill(&page[0] + from, &page[0] + to, 0); };
    clear(gap, content);
    for (const auto& [from, to] : free) clear(from, to);
    return true;
}

}  // namespace db
