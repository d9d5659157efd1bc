#include <db/db.h>

#include "leaf.h"
#include "ledger.h"
#include "registry.h"
#include "store.h"

namespace ledger {
namespace {

std::int64_t record(Writing& writing, std::int64_t target, std::int64_t subject, std::string_view basis) {
    Draft draft;
    draft.kind = words_erased;
    draft.subject = subject;
    draft.parent = target;
    draft.facts = kernel::Json::Object{{"basis", basis}, {"target", target}};
    return writing.append(std::move(draft));
}

}  // namespace

kernel::Result<std::int64_t> erase_words(Writing& writing, std::int64_t target, std::string_view basis) {
    const kernel::Error nothing = kernel::refuse(kernel::Code::not_found, "ledger.nothing_to_erase");
    if (target < 0 || target >= writing.next_index() || !store::has_words(writing.db(), target)) return nothing;
    const auto bytes = leaf(writing.db(), target);
    if (!bytes) return nothing;
    return record(writing, target, read_leaf(*bytes, target).subject, basis);
}

kernel::Result<std::int64_t> record_lost_words(Writing& writing, std::int64_t target, std::string_view basis) {
    const kernel::Error nothing = kernel::refuse(kernel::Code::not_found, "ledger.nothing_to_erase");
    if (target < 0 || target >= writing.next_index() || store::has_words(writing.db(), target)) return nothing;
    const auto bytes = leaf(writing.db(), target);
    if (!bytes) return nothing;
    const Leaf left = read_leaf(*bytes, target);
    if (!left.words) return nothing;
    return record(writing, target, left.subject, basis);
}

}  // namespace ledger
