#include "live.h"

#include <mutex>

#include <survey/survey.h>

#include "store.h"

namespace discovery {
namespace {

constexpr int read_at_once = 500;
constexpr std::size_t added_at_once = 5'000;
constexpr int threads = 1;  // it has time, and those who speak need the processors

// Entries after which a message may be shown, hidden, split, put together, taken back or said again in other words.
bool may_touch(std::string_view kind) {
    return kind.starts_with("voice.") || kind.starts_with("dialogue.statement") || kind == "dialogue.seeded" ||
           kind == "dialogue.appeal_upheld";
}

}  // namespace

std::shared_ptr<Live> live() { return std::make_shared<Live>(); }

void Live::add(const Piece& piece) {
    const text::Number number = index_.add(piece.title, piece.text);
    if (items_.size() <= number) items_.resize(number + 1);
    items_[number] = piece.item;
    numbers_[piece.item] = number;
}

void Live::remove(Item item) {
    const auto found = numbers_.find(item);
    if (found == numbers_.end()) return;
    index_.remove(found->second);
    numbers_.erase(found);
}

void Live::add(const std::vector<Piece>& all, const std::function<bool()>& go_on) {
    for (std::size_t from = 0; from < all.size() && go_on(); from += added_at_once) {
        std::vector<text::Text> texts;
        const std::size_t to = std::min(all.size(), from + added_at_once);
        for (std::size_t i = from; i < to; ++i) texts.push_back({all[i].title, all[i].text});
        const std::unique_lock lock(mutex_);
        index_.add(texts, threads);
        for (std::size_t i = from; i < to; ++i) {
            numbers_[all[i].item] = static_cast<text::Number>(items_.size());
            items_.push_back(all[i].item);
        }
    }
}

void Live::load(db::Database& database, const std::function<bool()>& go_on) {
    const std::int64_t size = ledger::size(*database.read());
    const std::vector<cycle::Cycle> rounds = open_rounds(*database.read());
    add(corpus(database, rounds, most_pieces, go_on), go_on);
    if (!go_on()) return;
    for (const cycle::Cycle& c : rounds) rounds_.insert(c.id);
    const std::unique_lock lock(mutex_);
    index_.settle();
    settled_ = items_.size();
    next_ = size;
    changed_ = true;
}

// What stood in it before it asked comes in, what stands in it when it is closed goes.
void Live::follow_phase(db::Database& database, people::CycleId id, const std::function<bool()>& go_on) {
    changed_ = true;
    const auto round = cycle::cycle(*database.read(), id);
    if (!round || takes_part(*round) == rounds_.contains(id)) return;
    std::vector<Piece> all = corpus(database, {*round}, most_pieces, go_on);
    if (takes_part(*round)) {
        std::erase_if(all, [&](const Piece& p) { return numbers_.contains(p.item); });
        add(all, go_on);
        rounds_.insert(id);
        return;
    }
    rounds_.erase(id);
    const std::unique_lock lock(mutex_);
    for (const Piece& p : all) remove(p.item);
}

void Live::follow_survey(db::Connection& db, survey::SurveyId id) {
    changed_ = true;
    const auto closed = survey::survey(db, id);
    if (!closed || !rounds_.contains(closed->asked.cycle)) return;
    for (std::int64_t after = 0; after < closed->answers; after += read_at_once)
        for (const survey::Text& t : survey::texts(db, closed->id, after, read_at_once)) {
            const Item item = item_of(issue::AnswerId{t.entry, t.question});
            const std::unique_lock lock(mutex_);
            if (!numbers_.contains(item)) add({item, closed->asked.cycle, 0, 0, "", t.text, "", false});
        }
}

void Live::follow(db::Connection& db, const ledger::Entry& entry) {
    if (entry.kind == "survey.closed") return follow_survey(db, survey::SurveyId(entry.subject));
    if (entry.kind == "ledger.words_erased" || entry.kind == "issue.moved" || issue::placed(entry)) changed_ = true;
    if (!may_touch(entry.kind)) return;
    // The entry itself, what it is about, and what it answers: one of them is the thing that changed.
    for (const std::int64_t id : {entry.index, entry.subject, entry.parent.value_or(-1)}) {
        if (id < 0) continue;
        for (const Item item : {item_of(voice::VoiceId(id)), item_of(dialogue::StatementId(id))}) {
            const bool known = numbers_.contains(item);
            const auto now = piece(db, item);
            if (known == now.has_value()) continue;
            changed_ = true;
            if (now && !rounds_.contains(now->cycle)) continue;
            const std::unique_lock lock(mutex_);
            if (now)
                add(*now);
            else
                remove(item);
        }
    }
}

void Live::sync(db::Database& database, const std::function<bool()>& go_on) {
    if (next_ < 0) load(database, go_on);
    while (next_ >= 0 && go_on()) {
        const auto some = ledger::entries(*database.read(), next_, read_at_once);
        if (some.empty()) break;
        for (const ledger::Entry& entry : some)
            if (entry.kind == "cycle.phase_entered")
                follow_phase(database, people::CycleId(entry.subject), go_on);
            else
                follow(*database.read(), entry);
        next_ = some.back().index + 1;
    }
    if (!items_.empty() && items_.size() >= 2 * settled_) {
        const std::unique_lock lock(mutex_);
        index_.settle();
        settled_ = items_.size();
    }
}

std::vector<Live::Near> Live::near(std::string_view title, std::string_view text, std::size_t most, float least) const {
    const std::shared_lock lock(mutex_);
    std::vector<Near> all;
    for (const text::Neighbour& one : index_.neighbours(title, text, most, least))
        all.push_back({items_[one.number], one.likeness});
    return all;
}

std::size_t Live::size() const {
    const std::shared_lock lock(mutex_);
    return numbers_.size();
}

}  // namespace discovery
