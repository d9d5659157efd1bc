#include "live.h"

#include <algorithm>

#include <db/database.h>
#include <ledger/ledger.h>

#include "matrix.h"
#include "store.h"

namespace opinion_map {
namespace {

using Steady = std::chrono::steady_clock;

constexpr int read_at_once = 500;
constexpr std::size_t most_matrices = 16, most_maps = 128;
constexpr std::size_t votes_for_two_threads = 2'000'000;
constexpr std::chrono::milliseconds shortest_pause{250};

opinion::Vote vote_of(dialogue::Choice choice) { return static_cast<opinion::Vote>(static_cast<int>(choice)); }

// Entries after which a statement may be open to votes that was not, or no more.
bool moves_statement(std::string_view kind) {
    return kind.starts_with("dialogue.statement") || kind == "dialogue.seeded" || kind == "dialogue.appeal_refused";
}

int threads_for(const opinion::Votes& votes) { return votes.votes() > votes_for_two_threads ? 2 : 1; }

std::shared_ptr<Map> map_of(DialogueId id, const opinion::Votes& votes, std::vector<StatementId> statements) {
    auto out = std::make_shared<Map>();
    out->dialogue = id;
    for (opinion::Statement s = 0; s < votes.statements(); ++s) {
        out->counts.push_back(votes.counts(s));
        out->hidden.push_back(votes.hidden(s));
        out->columns.emplace(statements[s].value(), s);
    }
    for (opinion::Person p = 0; p < votes.people(); ++p) out->people += votes.row(p).empty() ? 0 : 1;
    out->statements = std::move(statements);
    out->votes = votes.votes();
    out->hidden_columns = votes.hidden_columns();
    out->shown_columns = votes.columns() - votes.hidden_columns();
    return out;
}

}  // namespace

std::shared_ptr<Live> live() { return std::make_shared<Live>(); }

std::shared_ptr<const Sure> sure_of(const opinion::Votes& votes, const opinion::Picture& picture, std::int64_t at) {
    const int threads = threads_for(votes);
    auto out = std::make_shared<Sure>();
    out->at = at;
    out->placed = opinion::placements(votes, picture, threads).counts;
    out->stability = opinion::stability(votes, picture, threads);
    for (const opinion::Bloc& bloc :
         opinion::blocs(votes, picture.grouping.group_of, picture.grouping.groups.size(), threads))
        out->blocs.push_back(std::ssize(bloc.members));
    return out;
}

Final final_of(const PublicMatrix& matrix, DialogueId id, std::int64_t entry) {
    const opinion::Votes votes = votes_of(matrix);
    auto map = map_of(id, votes, matrix.columns);
    map->picture = opinion::picture(votes, threads_for(votes));
    map->at = entry + 1;
    map->frozen = entry;
    return {map, sure_of(votes, map->picture, entry + 1)};
}

void Live::put(std::shared_ptr<const Map> map, std::shared_ptr<const Sure> sure) {
    const std::lock_guard lock(mutex_);
    const DialogueId id = map->dialogue;
    maps_[id] = std::move(map);
    sure_[id] = std::move(sure);
    drawn_.notify_all();
}

std::shared_ptr<const Sure> Live::sure(DialogueId id) {
    const std::lock_guard lock(mutex_);
    const auto found = sure_.find(id);
    return found == sure_.end() ? nullptr : found->second;
}

std::shared_ptr<const Map> Live::map(DialogueId id, std::chrono::milliseconds wait) {
    constexpr int most_waiting = 8;  // each holds a thread that answers
    std::unique_lock lock(mutex_);
    if (const auto found = maps_.find(id); found != maps_.end()) return found->second;
    wanted_.insert(id);
    if (wait.count() <= 0 || waiting_ >= most_waiting) return nullptr;
    ++waiting_;
    drawn_.wait_for(lock, wait, [&] { return maps_.contains(id); });
    --waiting_;
    const auto found = maps_.find(id);
    return found == maps_.end() ? nullptr : found->second;
}

void Live::read_states(db::Connection& db, DialogueId id, Matrix& m) {
    for (const dialogue::Standing& one : dialogue::standings(db, id)) {
        const auto [at, fresh] =
            m.columns.emplace(one.id.value(), static_cast<opinion::Statement>(m.statements.size()));
        if (fresh) {
            m.statements.push_back(one.id);
            m.votes.grow(m.votes.people(), m.statements.size());
        }
        m.votes.hide(at->second, one.state != dialogue::State::accepted);
    }
    m.states_changed = false;
}

void Live::load(db::Database& database, DialogueId id, const std::function<bool()>& go_on) {
    if (matrices_.size() >= most_matrices) {
        const auto oldest = std::min_element(matrices_.begin(), matrices_.end(), [](const auto& a, const auto& b) {
            return a.second.touched < b.second.touched;
        });
        matrices_.erase(oldest);
    }
    Matrix m;
    auto db = database.read();
    read_states(*db, id, m);
    dialogue::each_vote(
        *db, id,
        [&](std::int64_t person, StatementId statement, dialogue::Choice choice) {
            const auto column = m.columns.find(statement.value());
            if (column == m.columns.end()) return;  // made a moment ago: its votes come with the entries
            const auto [row, fresh] = m.rows.emplace(person, static_cast<opinion::Person>(m.rows.size()));
            if (fresh) m.votes.grow(m.rows.size(), m.statements.size());
            m.votes.set(row->second, column->second, vote_of(choice));
        },
        go_on);
    m.touched = Steady::now();
    if (go_on()) matrices_.insert_or_assign(id, std::move(m));
}

void Live::take(db::Connection& db, const dialogue::Cast& cast) {
    const auto found = matrices_.find(cast.dialogue);
    if (found == matrices_.end()) return;
    Matrix& m = found->second;
    const auto [row, fresh] = m.rows.emplace(cast.person, static_cast<opinion::Person>(m.rows.size()));
    if (fresh) m.votes.grow(m.rows.size(), m.statements.size());
    for (const dialogue::Vote& vote : cast.votes) {
        auto column = m.columns.find(vote.statement.value());
        if (column == m.columns.end()) {
            read_states(db, cast.dialogue, m);
            column = m.columns.find(vote.statement.value());
            if (column == m.columns.end()) continue;
        }
        std::optional<opinion::Vote> choice;
        if (vote.choice) choice = vote_of(*vote.choice);
        m.votes.set(row->second, column->second, choice);
    }
    m.dirty = true;
    m.touched = Steady::now();
}

void Live::follow(db::Database& database, const std::function<bool()>& go_on) {
    while (go_on()) {
        auto db = database.read();
        const auto some = ledger::entries(*db, next_, read_at_once);
        if (some.empty()) return;
        for (const ledger::Entry& entry : some) {
            if (moves_statement(entry.kind))
                for (auto& [id, m] : matrices_) m.states_changed = true;
            for (const dialogue::Cast& cast : dialogue::casts(entry)) {
                // The first vote since it was last looked at: it has a map from now on.
                if (!matrices_.contains(cast.dialogue)) seen_.insert(cast.dialogue);
                take(*db, cast);
            }
        }
        next_ = some.back().index + 1;
    }
}

void Live::draw(db::Database& database, DialogueId id, Matrix& m) {
    const auto began = Steady::now();
    if (m.states_changed) read_states(*database.read(), id, m);
    std::shared_ptr<const Map> map;
    if (m.votes.votes() > 0) {
        auto made = map_of(id, m.votes, m.statements);
        made->picture = opinion::picture(m.votes, threads_for(m.votes), m.drawn ? &m.drawn->picture : nullptr);
        made->at = next_;
        map = std::move(made);
    }
    m.drawn = map;
    m.dirty = false;
    m.unjudged = true;
    const auto took = Steady::now() - began;
    if (rests_) m.rests_until = Steady::now() + std::max<Steady::duration>(shortest_pause, 2 * took);
    const std::lock_guard lock(mutex_);
    const auto shown = maps_.find(id);
    if (shown != maps_.end() && shown->second && shown->second->frozen) return;
    maps_[id] = std::move(map);
    drawn_.notify_all();
}

// Seldom: it takes some thirty times as long as a map.
void Live::judge(DialogueId id, Matrix& m) {
    constexpr std::chrono::seconds seldom{20};
    constexpr int share_of_time = 10;
    if (!m.drawn || (rests_ && Steady::now() < m.judged)) return;
    const auto began = Steady::now();
    auto sure = sure_of(m.votes, m.drawn->picture, m.drawn->at);
    m.judged = Steady::now() + std::max<Steady::duration>(seldom, share_of_time * (Steady::now() - began));
    m.unjudged = false;
    const std::lock_guard lock(mutex_);
    const auto shown = maps_.find(id);
    if (shown == maps_.end() || !shown->second || !shown->second->frozen) sure_[id] = std::move(sure);
}

void Live::sync(db::Database& database, const std::function<bool()>& go_on) {
    if (next_ < 0) next_ = ledger::size(*database.read());
    follow(database, go_on);
    std::set<DialogueId> wanted = std::exchange(seen_, {});
    {
        const std::lock_guard lock(mutex_);
        wanted.merge(std::exchange(wanted_, {}));
        // Whoever asks for one that was dropped waits a moment; nobody keeps them all.
        for (auto at = maps_.begin(); maps_.size() > most_maps && at != maps_.end();)
            at = matrices_.contains(at->first) ? std::next(at) : maps_.erase(at);
        std::erase_if(sure_, [&](const auto& one) { return !maps_.contains(one.first); });
        std::erase_if(matrices_, [&](const auto& one) {
            const auto shown = maps_.find(one.first);
            return shown != maps_.end() && shown->second && shown->second->frozen;
        });
    }
    for (const DialogueId id : wanted) {
        if (!go_on()) return;
        if (matrices_.contains(id)) continue;
        if (auto frozen = frozen_map(database, id))
            put(std::move(frozen->map), std::move(frozen->sure));
        else
            load(database, id, go_on);
    }
    for (auto& [id, m] : matrices_)
        if (go_on() && (m.dirty || m.states_changed) && Steady::now() >= m.rests_until) draw(database, id, m);
    for (auto& [id, m] : matrices_)
        if (go_on() && m.unjudged) judge(id, m);
}

}  // namespace opinion_map
