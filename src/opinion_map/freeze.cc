#include "freeze.h"

#include <memory>
#include <set>

#include <db/database.h>
#include <dialogue/votes.h>
#include <jobs/jobs.h>
#include <ledger/ledger.h>

#include "live.h"
#include "store.h"

namespace opinion_map {
namespace {

struct Collected {
    opinion::Votes votes;
    std::vector<StatementId> statements;
    std::vector<bool> secret;
    std::int64_t people = 0, left_out = 0;
};

bool may_freeze(db::Connection& db, DialogueId id) {
    const auto d = dialogue::dialogue(db, id);
    if (!d || !dialogue::over(db, *d) || frozen_by(db, id)) return false;
    const dialogue::Figures f = dialogue::figures(db, id);
    return f.votes > 0 && f.pending == 0;
}

// What a participant wrote here and too few voted on is left out: its author, who agrees, would stand out among them.
Collected collect(db::Connection& db, DialogueId id, const std::function<bool()>& go_on) {
    Collected out;
    std::unordered_map<std::int64_t, opinion::Statement> columns;
    std::vector<bool> written_here;
    for (const dialogue::Standing& one : dialogue::standings(db, id)) {
        const auto column = static_cast<opinion::Statement>(out.statements.size());
        columns.emplace(one.id.value(), column);
        out.statements.push_back(one.id);
        written_here.push_back(one.origin == dialogue::Origin::participant);
        out.votes.grow(0, out.statements.size());
        out.votes.hide(column, one.state != dialogue::State::accepted);
    }
    std::unordered_map<std::int64_t, opinion::Person> rows;
    const auto put = [&](std::int64_t person, StatementId statement, dialogue::Choice choice) {
        const auto [row, fresh] = rows.emplace(person, static_cast<opinion::Person>(rows.size()));
        if (fresh) out.votes.grow(rows.size(), out.statements.size());
        out.votes.set(row->second, columns.at(statement.value()), static_cast<opinion::Vote>(static_cast<int>(choice)));
    };
    dialogue::each_vote(db, id, put, go_on);
    out.people = static_cast<std::int64_t>(rows.size());
    const auto least = static_cast<std::uint32_t>(people::setting_number(db, "figures.min_cell"));
    for (opinion::Statement s = 0; s < out.statements.size(); ++s) {
        const std::uint32_t seen = out.votes.counts(s).seen();
        out.secret.push_back(written_here[s] && seen < least);
        out.left_out += out.secret.back() && seen > 0 ? 1 : 0;
    }
    return out;
}

// The entries of the rows; nothing when it was cut short.
std::optional<std::vector<std::int64_t>> publish(const people::Needs& needs, DialogueId id, const PublicMatrix& matrix,
                                                 const std::function<bool()>& go_on) {
    std::vector<std::int64_t> parts;
    for (std::size_t at = 0; at < matrix.rows.size();) {
        change::Rows part{id, {}};
        for (std::size_t bytes = 0; at < matrix.rows.size() && bytes < change::rows_bytes; ++at) {
            bytes += matrix.rows[at].size() + 3;
            part.rows.push_back(matrix.rows[at]);
        }
        const auto done = needs.ledger.perform([&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            if (!may_freeze(w.db(), id)) return kernel::refuse(kernel::Code::conflict, "opinion_map.not_over");
            return w.append(change::encode(part));
        });
        if (!done || !go_on()) return std::nullopt;
        parts.push_back(done->index);
    }
    return parts;
}

}  // namespace

bool freeze(const people::Needs& needs, Live& live, DialogueId id, const std::function<bool()>& go_on) {
    PublicMatrix matrix;
    change::Frozen change;
    {
        auto db = needs.database.read();
        if (!may_freeze(*db, id)) return false;
        const Collected all = collect(*db, id, go_on);
        if (!go_on()) return false;
        matrix = shuffled(all.votes, all.statements, all.secret);
        change.people = all.people, change.left_out = all.left_out;
    }
    if (matrix.rows.empty()) return false;
    auto [map, sure] = final_of(matrix, id, 0);
    change.dialogue = id;
    change.method = method;
    change.columns = matrix.columns;
    for (std::size_t s = 0; s < matrix.columns.size(); ++s)
        if (matrix.hidden[s]) change.hidden.push_back(matrix.columns[s]);
    change.rows = static_cast<std::int64_t>(matrix.rows.size());
    change.votes = static_cast<std::int64_t>(map->votes);
    change.matrix = digest(matrix);
    change.map = digest(map->picture);
    for (const opinion::Group& group : map->picture.grouping.groups) change.groups.push_back(group.people);
    auto parts = publish(needs, id, matrix, go_on);
    if (!parts) return false;
    change.parts = *std::move(parts);
    const auto done = needs.ledger.perform([&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
        if (!may_freeze(w.db(), id)) return kernel::refuse(kernel::Code::conflict, "opinion_map.not_over");
        return w.append(change::encode(change));
    });
    if (!done) return false;
    map->frozen = done->index;
    map->at = done->index + 1;
    live.put(std::move(map), std::move(sure));
    return true;
}

namespace {

void follow(const people::Needs& needs, Live& live, jobs::Run& run) {
    constexpr int wait_ms = 250;
    jobs::stand_back();
    live.sync(needs.database, [&] { return !run.stopping(); });
    if (!run.stopping()) needs.ledger.wait(needs.ledger.size(), wait_ms);
}

// The dialogues that were not found frozen yet: a frozen one stays so.
struct Unfrozen {
    DialogueId seen;
    std::set<DialogueId> all;
};

void freeze_all(const people::Needs& needs, Live& live, Unfrozen& unfrozen, jobs::Run& run) {
    constexpr int at_once = 200;
    jobs::stand_back();
    for (;;) {
        const auto some = dialogue::all_dialogues(*needs.database.read(), unfrozen.seen, at_once);
        if (some.empty()) break;
        unfrozen.all.insert(some.begin(), some.end());
        unfrozen.seen = some.back();
    }
    std::int64_t done = 0;
    const auto of = static_cast<std::int64_t>(unfrozen.all.size());
    for (auto one = unfrozen.all.begin(); one != unfrozen.all.end() && !run.stopping();) {
        freeze(needs, live, *one, [&] { return !run.stopping(); });
        run.progress(++done, of);
        one = frozen_by(*needs.database.read(), *one) ? unfrozen.all.erase(one) : std::next(one);
    }
}

}  // namespace

std::vector<jobs::Task> tasks(const people::Needs& needs, std::shared_ptr<Live> live) {
    return {{"opinion_map.draw", 0, [&needs, live](jobs::Run& run) { follow(needs, *live, run); }},
            {"opinion_map.freeze", 10, [&needs, live, unfrozen = std::make_shared<Unfrozen>()](jobs::Run& run) {
                 freeze_all(needs, *live, *unfrozen, run);
             }}};
}

void add_kinds(std::vector<ledger::Kind>& kinds) {
    kinds.push_back({change::rows_kind, apply, {}});
    kinds.push_back({change::frozen_kind, apply, {}});
}

}  // namespace opinion_map
