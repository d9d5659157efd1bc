#include "batch.h"

#include <stdexcept>

#include <db/db.h>

#include "leaf.h"
#include "store.h"

namespace ledger {
namespace {

constexpr std::int64_t largest_number = (std::int64_t{1} << 53) - 1;  // what a leaf can hold

}  // namespace

Batch::Batch(db::Connection& db, const Registry& registry, Log& log, Salts& salts, kernel::Instant now)
    : db_(db),
      registry_(registry),
      log_(log),
      salts_(salts),
      now_(now),
      frontier_(log.frontier),
      first_(log.frontier.size()) {}

Batch::~Batch() { log_.nodes.truncate(log_.frontier.size()); }

std::int64_t Batch::append(Draft draft) {
    const std::int64_t index = frontier_.size();
    const Kind& kind = registry_.find(draft.kind, index);
    if (draft.words && !kind.forget) throw std::logic_error("ledger: words of a kind that cannot forget them");
    if (draft.subject < 0 || draft.subject > largest_number || draft.v < 1 ||
        (draft.parent && (*draft.parent < 0 || *draft.parent >= index)))
        throw std::logic_error("ledger: a draft's subject, version or parent makes no sense");

    Leaf leaf{log_.format, std::string(draft.kind), draft.v, draft.subject, draft.parent, now_, {}, std::nullopt};
    const std::string facts = payload_bytes(draft.facts);
    const kernel::Hash facts_salt = salts_.next();
    leaf.facts = commitment(facts_salt, facts);
    std::string words;
    kernel::Hash words_salt{};
    if (draft.words) {
        words = payload_bytes(*draft.words);
        words_salt = salts_.next();
        leaf.words = commitment(words_salt, words);
    }
    std::string bytes = write_leaf(leaf);  // of bounded parts, far below longest_leaf

    store::add_entry(db_, index, bytes, facts, facts_salt, draft.facts_served == Served::open);
    if (draft.words) store::add_words(db_, index, words, words_salt, draft.words_served == Served::open);
    Registry::apply(kind, db_,
                    Entry{index, now_, std::move(leaf.kind), draft.v, draft.subject, draft.parent,
                          std::move(draft.facts), std::move(draft.words)});

    frontier_.append(
        merkle::leaf_hash(kernel::view(bytes)),
        [this](int level, std::int64_t at, const merkle::Hash& hash) { log_.nodes.push(level, at, hash); });
    leaves_.push_back(std::move(bytes));
    return index;
}

void Batch::rewind(const merkle::Frontier& to) {
    frontier_ = to;
    leaves_.resize(static_cast<std::size_t>(to.size() - first_));
    log_.nodes.truncate(to.size());
}

const std::string& Batch::leaf(std::int64_t index) const {
    return leaves_.at(static_cast<std::size_t>(index - first_));
}

void Batch::seal(const merkle::SignerKey& signer) {
    checkpoint_ = leaves_.empty() ? log_.checkpoint : checkpoint_of(frontier_, signer);
    put_tiles(db_, log_.nodes, first_, frontier_.size());
    if (!store::move_head(db_, log_.epoch, first_, frontier_.size(), checkpoint_)) throw Moved{};
}

void Batch::accept() {
    if (!leaves_.empty()) log_.last = now_;
    log_.frontier = frontier_;
    log_.checkpoint = checkpoint_;
}

}  // namespace ledger
