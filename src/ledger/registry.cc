#include "registry.h"

#include <stdexcept>
#include <string>

#include <db/db.h>

#include "leaf.h"
#include "store.h"

namespace ledger {

Registry::Registry(Kinds kinds) {
    for (Kind& kind : kinds) {
        const std::string_view name = kind.name;
        if (!valid_kind(name) || name.starts_with("ledger.") || !kind.apply ||
            !kinds_.emplace(name, std::move(kind)).second)
            throw std::invalid_argument("ledger: not a kind, or there twice: " + std::string(name));
    }
    kinds_.emplace(words_erased,
                   Kind{words_erased, [this](db::Connection& db, const Entry& entry) { erase(db, entry); }, {}});
}

const Kind& Registry::find(std::string_view name, std::int64_t index) const {
    const auto found = kinds_.find(name);
    if (found == kinds_.end())
        throw std::runtime_error("ledger entry " + std::to_string(index) + ": the kind " + std::string(name) +
                                 " is not known");
    return found->second;
}

void Registry::apply(const Kind& kind, db::Connection& db, const Entry& entry) {
    const db::WordsOf words(db, entry.index);
    kind.apply(db, entry);
}

void Registry::erase(db::Connection& db, const Entry& entry) const {
    const std::int64_t target = entry.facts.need_integer("target");
    const auto leaf_of_target = ledger::leaf(db, target);
    if (!leaf_of_target || target >= entry.index)
        throw std::runtime_error("ledger entry " + std::to_string(entry.index) + " erases an entry that is not there");
    const Kind& kind = find(read_leaf(*leaf_of_target, target).kind, target);
    if (!kind.forget) throw std::runtime_error("ledger: the kind " + std::string(kind.name) + " cannot forget words");
    store::destroy_words(db, target);
    kind.forget(db, target);
}

}  // namespace ledger
