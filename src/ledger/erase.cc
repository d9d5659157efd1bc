#include <db/db.h>

#include "leaf.h"
#include "ledger.h"
#include "registry.h"
#include "store.h"

namespace ledger {

kernel::Result<std::int64_t> erase_words(Writing& writing, std::int64_t target, std::string_view basis) {
    const kernel::Error nothing = kernel::refuse(kernel::Code::not_found, "ledger.nothing_to_erase");
    if (target < 0 || target >= writing.next_index() || !store::has_words(writing.db(), target)) return nothing;
    const auto bytes = leaf(writing.db(), target);
    if (!bytes) return nothing;
    Draft draft;
    draft.kind = words_erased;
    draft.subject = read_leaf(*bytes, target).subject;
    draft.parent = target;
    draft.facts = kernel::Json::Object{{"basis", basis}, {"target", target}};
    return writing.append(std::move(draft));
}

}  // namespace ledger
