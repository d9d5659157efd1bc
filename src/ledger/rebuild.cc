#include <map>
#include <set>
#include <stdexcept>

#include <db/database.h>

#include "entry.h"
#include "leaf.h"
#include "log.h"
#include "registry.h"
#include "store.h"

namespace ledger {
namespace {

constexpr int entries_at_once = 500;

[[noreturn]] void fault(std::int64_t index, const std::string& what) {
    throw std::runtime_error("ledger entry " + std::to_string(index) + ": " + what);
}

bool lacks(const Leaf& leaf, const store::Stored& stored) {
    if (commitment(stored.facts_salt, stored.facts) != leaf.facts)
        fault(stored.index, "its facts are not those that the leaf commits to");
    if (!stored.words) return leaf.words.has_value();
    if (!leaf.words) fault(stored.index, "it has words that the leaf does not commit to");
    if (commitment(stored.words->salt, stored.words->bytes) != *leaf.words)
        fault(stored.index, "its words are not those that the leaf commits to");
    return false;
}

// Goes through the log in order, checks every entry and applies it.
class Replay {
public:
    explicit Replay(db::Connection& target, const Kinds& kinds) : target_(target), registry_(kinds) {}

    // From an entry that lies in `target` already.
    void take(const store::Stored& stored) {
        take(stored, [] {});
    }

    void copy(const std::vector<store::Stored>& entries) {
        const std::int64_t from = log_.frontier.size();
        db::Transaction transaction(target_);
        for (const store::Stored& entry : entries) take(entry, [&] { add(entry); });
        put_tiles(target_, log_.nodes, from, log_.frontier.size());
        transaction.commit();
        forget_nodes();
    }

    void forget_nodes() { log_.nodes.trim(log_.frontier.size()); }

    void expect_end(const store::Head& head, const std::set<std::int64_t>& lost = {}) const {
        for (std::int64_t index : wordless_)
            if (!lost.contains(index)) fault(index, "its words are gone, and no entry says that they were erased");
        const auto note = merkle::Note::parse(head.checkpoint);
        const auto checkpoint = note ? merkle::Checkpoint::parse(note->body) : std::nullopt;
        if (!checkpoint || checkpoint->size != head.size || checkpoint->root != log_.frontier.root())
            fault(head.size - 1, "the tree up to here does not have the root of the newest checkpoint");
    }

private:
    template <class Store>
    void take(const store::Stored& stored, Store store) {
        const std::int64_t index = log_.frontier.size();
        if (stored.index != index) fault(index, "it is missing");
        const Leaf leaf = read_leaf(stored.leaf, index);
        if (index == 0) log_.format = leaf.format;
        if (leaf.format != log_.format) fault(index, "it is of another format than the entries before it");
        if (leaf.time < log_.last) fault(index, "it is older than the entry before it");
        if (leaf.parent && *leaf.parent >= index) fault(index, "its parent comes after it");
        if (lacks(leaf, stored)) wordless_.insert(index);
        const Entry entry = entry_of(stored);
        if (leaf.kind == words_erased) note_erasure(entry);

        store();
        apply(entry);
        log_.last = leaf.time;
        log_.frontier.append(
            merkle::leaf_hash(kernel::view(stored.leaf)),
            [this](int level, std::int64_t at, const merkle::Hash& hash) { log_.nodes.push(level, at, hash); });
    }

    void add(const store::Stored& stored) {
        store::add_entry(target_, stored.index, stored.leaf, stored.facts, stored.facts_salt, stored.facts_open);
        if (stored.words)
            store::add_words(target_, stored.index, stored.words->bytes, stored.words->salt, stored.words->open);
    }

    void note_erasure(const Entry& erasure) {
        const std::int64_t target = erasure.facts.need_integer("target");
        if (wordless_.erase(target) == 0)
            fault(target, "its words are still there, or were never there, but entry " + std::to_string(erasure.index) +
                              " erased them");
    }

    void apply(const Entry& entry) {
        const Kind& kind = registry_.find(entry.kind, entry.index);
        try {
            Registry::apply(kind, target_, entry);
        } catch (const std::exception& e) { fault(entry.index, entry.kind + ": " + e.what()); }
    }

    db::Connection& target_;
    const Registry registry_;
    Log log_;
    std::set<std::int64_t> wordless_;  // entries without the words they once had, until their erasure comes
};

// Hands on all entries of the log, some hundreds at a time.
template <class Each>
void each_part(db::Connection& source, const store::Head& head, const Progress& progress, Each each) {
    for (std::int64_t done = 0; done < head.size;) {
        const std::vector<store::Stored> entries = store::entries(source, done, head.size, entries_at_once);
        if (entries.empty()) fault(done, "it is missing");
        each(entries);
        done += static_cast<std::int64_t>(entries.size());
        if (progress) progress(done, head.size);
    }
}

}  // namespace

void rebuild(db::Connection& source, db::Database& target, const Kinds& kinds, const Progress& progress) {
    db::Connection& writer = target.writer();
    if (store::head(writer) || store::entry_count(writer) != 0)
        throw std::runtime_error("a rebuild goes into an empty place; this one has a log");
    // One snapshot: an erasure in the middle would look like lost words.
    std::optional<db::Transaction> snapshot;
    if (!source.in_transaction()) snapshot.emplace(source);
    const auto head = store::head(source);
    if (!head) throw std::runtime_error("there is no log to rebuild from");
    Replay work(writer, kinds);
    each_part(source, *head, progress, [&](const auto& entries) { work.copy(entries); });
    work.expect_end(*head);
    db::Transaction transaction(writer);
    store::add_head(writer, {head->epoch, head->size, head->checkpoint, ""});
    db::replayed(writer);
    transaction.commit();
}

bool lacks_words(const WholeEntry& entry) { return lacks(read_leaf(entry.leaf, entry.index), entry); }

void restore(const std::string& checkpoint, const std::function<std::vector<WholeEntry>(std::int64_t)>& read,
             const std::set<std::int64_t>& lost, db::Database& target, const Kinds& kinds, const Progress& progress) {
    db::Connection& writer = target.writer();
    if (store::head(writer) || store::entry_count(writer) != 0)
        throw std::runtime_error("a restore goes into an empty place; this one has a log");
    const auto note = merkle::Note::parse(checkpoint);
    const auto parsed = note ? merkle::Checkpoint::parse(note->body) : std::nullopt;
    if (!parsed) throw std::runtime_error("the backup's checkpoint cannot be read");
    Replay work(writer, kinds);
    for (std::int64_t done = 0; done < parsed->size;) {
        const std::vector<WholeEntry> entries = read(done);
        if (entries.empty()) fault(done, "it is missing");
        work.copy(entries);
        done += static_cast<std::int64_t>(entries.size());
        if (progress) progress(done, parsed->size);
    }
    const store::Head head{1, parsed->size, checkpoint, ""};
    work.expect_end(head, lost);
    db::Transaction transaction(writer);
    store::add_head(writer, head);
    db::replayed(writer);
    transaction.commit();
}

bool replay_if_due(db::Database& database, const Kinds& kinds, const Progress& progress) {
    db::Connection& writer = database.writer();
    if (!db::replay_due(writer)) return false;
    db::Transaction transaction(writer);
    const auto head = store::head(writer);
    if (head) {
        db::empty_state(writer, database.classes());
        Replay work(writer, kinds);
        each_part(writer, *head, progress, [&](const auto& entries) {
            for (const store::Stored& entry : entries) work.take(entry);
            work.forget_nodes();
        });
        work.expect_end(*head);
        store::seal_words(writer);
    }
    db::replayed(writer);
    transaction.commit();
    // What was written before the words were sealed is let go of; a new place has nothing of it.
    if (head && database.engine() == db::Engine::postgres) database.checkpoint(db::Wal::empty);
    return head.has_value();
}

}  // namespace ledger
