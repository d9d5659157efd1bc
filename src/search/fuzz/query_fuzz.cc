// Queries, and texts that they are held against: neither may do more than find or not find.
// needs: search/query.cc search/words.cc search/excerpt.cc text/fold.cc text/tokens.cc text/simplified.cc
// needs: -lstemmer -licui18n
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include <kernel/text.h>

#include "../excerpt.h"
#include "../query.h"
#include "../words.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static text::Tokenizer tokenizer;
    const std::string_view all(reinterpret_cast<const char*>(data), size);
    const std::size_t cut = all.find('\n');
    const auto query = search::parse_query(all.substr(0, cut), tokenizer);
    if (!query) {
        if (query.error().field != "q" || query.error().key.empty()) std::abort();
        return 0;
    }
    if (query->all.empty() || query->all.size() + query->none.size() > search::max_sought) std::abort();
    for (const auto* side : {&query->all, &query->none})
        for (const search::Sought& sought : *side) {
            if (sought.elements.empty() || sought.length == 0) std::abort();
            for (const search::Element& element : sought.elements)
                if (element.any.empty() || element.offset >= sought.length) std::abort();
        }
    const std::string text(cut == all.npos ? std::string_view() : all.substr(cut + 1));
    if (!kernel::valid_utf8(text)) return 0;
    const search::Words words({"", "", text, ""}, *query, tokenizer);
    const bool there = words.match();
    if (there && words.score() < static_cast<int>(query->all.size())) std::abort();
    std::size_t shown = 0;
    const auto marks = words.marks(search::Part::text);
    for (const search::Shown& one : search::excerpt(text, marks, 160)) {
        if (!kernel::valid_utf8(one.text)) std::abort();
        shown += kernel::code_points(one.text);
    }
    if (shown > 162) std::abort();
    return 0;
}
