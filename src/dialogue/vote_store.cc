// Votes and counts. A vote costs one row of its own; all else is written once for an entry: each statement's counts,
// the dialogue's figures, the voter's number of votes.
#include <algorithm>
#include <array>
#include <map>
#include <unordered_set>

#include "store.h"
#include "votes.h"

namespace dialogue {
namespace {

struct Delta {
    std::int64_t agree = 0, disagree = 0, pass = 0;
    void add(std::int64_t choice, std::int64_t n) { (choice > 0 ? agree : choice < 0 ? disagree : pass) += n; }
};

// What an entry changes beside the votes themselves.
struct Sum {
    std::map<std::int64_t, Delta> counts;  // by statement
    std::int64_t people = 0, imported_people = 0, cast = 0, votes = 0;
};

struct Given {
    std::int64_t statement = 0, choice = 0;
};

// The votes of this person on statements of this range that stand, by statement.
std::vector<Given> given(db::Connection& db, std::int64_t person, StatementId least, StatementId greatest) {
    std::vector<Given> all;
    db.each(
        "select statement, choice from dialogue_vote where participant = $1 and statement between $2 and $3 "
        "order by statement",
        [&](const db::Row& row) {
            all.push_back({row.integer(0), row.integer(1)});
        },
        person, least.value(), greatest.value());
    return all;
}

// Of each statement the last vote, by statement: rows are then written in the order in which they lie.
std::vector<Vote> last_of_each(std::vector<Vote> votes) {
    std::stable_sort(votes.begin(), votes.end(),
                     [](const Vote& a, const Vote& b) { return a.statement < b.statement; });
    std::size_t kept = 0;
    for (std::size_t i = 0; i < votes.size(); ++i) {
        if (kept > 0 && votes[kept - 1].statement == votes[i].statement) --kept;
        votes[kept++] = votes[i];
    }
    votes.resize(kept);
    return votes;
}

void put_vote(db::Connection& db, std::int64_t person, const Vote& vote) {
    if (vote.choice)
        db.run(
            "insert into dialogue_vote (participant, statement, choice) values ($1, $2, $3) "
            "on conflict (participant, statement) do update set choice = excluded.choice",
            person, vote.statement.value(), static_cast<std::int64_t>(*vote.choice));
    else
        db.run("delete from dialogue_vote where participant = $1 and statement = $2", person, vote.statement.value());
}

// Writes one person's votes; how many more stand than before.
std::int64_t put_votes(db::Connection& db, std::int64_t person, const std::vector<Vote>& all, bool newcomer, Sum& sum) {
    sum.cast += std::count_if(all.begin(), all.end(), [](const Vote& vote) { return vote.choice.has_value(); });
    const std::vector<Vote> votes = last_of_each(all);
    std::vector<Given> before;
    if (!newcomer) before = given(db, person, votes.front().statement, votes.back().statement);
    std::int64_t more = 0;
    auto old = before.begin();
    for (const Vote& vote : votes) {
        while (old != before.end() && old->statement < vote.statement.value()) ++old;
        const bool stood = old != before.end() && old->statement == vote.statement.value();
        if (!stood && !vote.choice) continue;
        Delta& delta = sum.counts[vote.statement.value()];
        if (stood) delta.add(old->choice, -1);
        if (vote.choice) delta.add(static_cast<std::int64_t>(*vote.choice), 1);
        more += (vote.choice ? 1 : 0) - (stood ? 1 : 0);
        put_vote(db, person, vote);
    }
    return more;
}

// One person's part of an entry; `people` is the counter they belong to.
void cast(db::Connection& db, DialogueId dialogue, std::int64_t person, const std::vector<Vote>& votes, bool newcomer,
          Sum& sum, std::int64_t& people) {
    if (votes.empty()) return;
    const std::int64_t more = put_votes(db, person, votes, newcomer, sum);
    std::int64_t before = 0;
    if (!newcomer) {
        const auto row = db.one("select votes from dialogue_voter where dialogue = $1 and participant = $2",
                                dialogue.value(), person);
        if (row) before = row->integer(0);
    }
    if (more == 0) return;
    db.run(
        "insert into dialogue_voter (dialogue, participant, votes) values ($1, $2, $3) "
        "on conflict (dialogue, participant) do update set votes = excluded.votes",
        dialogue.value(), person, before + more);
    people += (before + more > 0 ? 1 : 0) - (before > 0 ? 1 : 0);
    sum.votes += more;
}

void write(db::Connection& db, DialogueId dialogue, const Sum& sum) {
    for (const auto& [statement, delta] : sum.counts) {
        if (delta.agree == 0 && delta.disagree == 0 && delta.pass == 0) continue;
        db.run(
            "update dialogue_count set agree = agree + $2, disagree = disagree + $3, pass = pass + $4 where statement "
            "= $1",
            statement, delta.agree, delta.disagree, delta.pass);
    }
    db.run(
        "update dialogue_figures set people = people + $2, imported_people = imported_people + $3, "
        "votes_cast = votes_cast + $4, votes = votes + $5 where dialogue = $1",
        dialogue.value(), sum.people, sum.imported_people, sum.cast, sum.votes);
}

}  // namespace

std::int64_t imported_person(DialogueId dialogue, std::int64_t number) {
    return -(dialogue.value() * (max_person + 1) + number);
}

void apply_votes(db::Connection& db, const ledger::Entry& entry, const VotesCast& c) {
    const bool newcomer = !c.who;
    const people::ParticipantId who = newcomer ? people::ParticipantId(entry.index) : c.who;
    if (newcomer) people::enrol(db, who, c.cycle, c.key, std::nullopt);
    if (c.wrote) db.run("update dialogue_statement set author = $2 where id = $1", c.wrote->value(), who.value());
    Sum sum;
    cast(db, c.dialogue, who.value(), c.votes, newcomer, sum, sum.people);
    write(db, c.dialogue, sum);
}

void apply_votes(db::Connection& db, const ledger::Entry&, const VotesImported& c) {
    std::map<std::int64_t, std::vector<Vote>> by_person;
    for (const ImportedVote& vote : c.votes) by_person[vote.person].push_back({vote.statement, vote.choice});
    Sum sum;
    for (const auto& [number, votes] : by_person)
        cast(db, c.dialogue, imported_person(c.dialogue, number), votes, false, sum, sum.imported_people);
    write(db, c.dialogue, sum);
    db.run("update dialogue_import set votes = votes + $2 where dialogue = $1", c.dialogue.value(),
           static_cast<std::int64_t>(c.votes.size()));
    if (!c.first || !c.last) return;
    db.run("update dialogue set first_day = $2 where id = $1 and (first_day is null or first_day > $2)",
           c.dialogue.value(), c.first->days);
    db.run("update dialogue set last_day = $2 where id = $1 and (last_day is null or last_day < $2)",
           c.dialogue.value(), c.last->days);
}

void forget_key(db::Connection& db, std::int64_t index) { people::forget_keys(db, people::ParticipantId(index)); }

std::int64_t count_accepted(db::Connection& db, DialogueId dialogue, const std::vector<std::int64_t>& statements) {
    // One vote by itself is the commonest act there is: a statement that is prepared once, without a list.
    if (statements.size() == 1)
        return db
            .one("select count(*) from dialogue_statement where id = $1 and dialogue = $2 and state = 1",
                 statements.front(), dialogue.value())
            ->integer(0);
    constexpr std::size_t at_once = 500;
    std::int64_t count = 0;
    for (std::size_t from = 0; from < statements.size(); from += at_once) {
        const auto begin = statements.begin() + static_cast<std::ptrdiff_t>(from);
        const auto end = statements.begin() + static_cast<std::ptrdiff_t>(std::min(from + at_once, statements.size()));
        db::Query q("select count(*) from dialogue_statement");
        q.where_in("id", std::vector<std::int64_t>(begin, end)).where("dialogue = ?", dialogue.value());
        q.where("state = ?", static_cast<std::int64_t>(State::accepted));
        count += db.query(q).front().integer(0);
    }
    return count;
}

std::optional<Choice> vote_of(db::Connection& db, people::ParticipantId who, StatementId statement) {
    const auto row = db.one("select choice from dialogue_vote where participant = $1 and statement = $2", who.value(),
                            statement.value());
    return row ? std::optional(static_cast<Choice>(row->integer(0))) : std::nullopt;
}

std::int64_t votes_of(db::Connection& db, people::ParticipantId who, DialogueId dialogue) {
    const auto row = db.one("select votes from dialogue_voter where dialogue = $1 and participant = $2",
                            dialogue.value(), who.value());
    return row ? row->integer(0) : 0;
}

std::vector<Vote> standing_votes(db::Connection& db, DialogueId dialogue, people::ParticipantId who) {
    std::vector<Vote> all;
    db.each(
        "select v.statement, v.choice from dialogue_vote v join dialogue_statement s on s.id = v.statement "
        "where v.participant = $1 and s.dialogue = $2 order by v.statement",
        [&](const db::Row& row) {
            all.push_back({StatementId(row.integer(0)), static_cast<Choice>(row.integer(1))});
        },
        who.value(), dialogue.value());
    return all;
}

void each_vote(db::Connection& db, DialogueId dialogue,
               const std::function<void(std::int64_t, StatementId, Choice)>& each, const std::function<bool()>& go_on) {
    constexpr int people_at_once = 500;
    std::unordered_set<std::int64_t> of_dialogue;  // who votes in one dialogue of a round may vote in others
    for (const Standing& one : standings(db, dialogue)) of_dialogue.insert(one.id.value());
    const auto read = [&](std::vector<std::int64_t> people) {
        db::Query q("select v.participant, v.statement, v.choice from dialogue_vote v");
        q.where_in("v.participant", people);
        std::vector<std::array<std::int64_t, 3>> rows;
        db.each(q, [&](const db::Row& row) { rows.push_back({row.integer(0), row.integer(1), row.integer(2)}); });
        // People of an import by their own numbers, which are the larger the farther below zero they stand.
        std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
            if (a[0] != b[0]) return a[0] < 0 && b[0] < 0 ? a[0] > b[0] : a[0] < b[0];
            return a[1] < b[1];
        });
        for (const auto& [person, statement, choice] : rows)
            if (of_dialogue.contains(statement)) each(person, StatementId(statement), static_cast<Choice>(choice));
    };
    const auto walk = [&](db::Sql sql, std::int64_t from) {
        for (std::int64_t last = from; go_on();) {
            std::vector<std::int64_t> people;
            for (const db::Row& row : db.query(sql, dialogue.value(), last, people_at_once))
                people.push_back(row.integer(0));
            if (people.empty()) return;
            last = people.back();
            read(std::move(people));
        }
    };
    walk(
        "select participant from dialogue_voter where dialogue = $1 and participant < $2 and votes > 0 "
        "order by participant desc limit $3",
        0);
    walk(
        "select participant from dialogue_voter where dialogue = $1 and participant > $2 and votes > 0 "
        "order by participant limit $3",
        0);
}

std::vector<StatementId> unvoted(db::Connection& db, DialogueId dialogue, std::optional<people::ParticipantId> who,
                                 StatementId from, int at_most) {
    std::vector<StatementId> all;
    // Two walks along the index: from where the reader is to the end, then from the beginning to there.
    const auto walk = [&](std::int64_t after, std::int64_t until) {
        const auto rows = db.query(
            "select s.id from dialogue_statement s where s.dialogue = $1 and s.state = 1 and s.id > $2 and s.id <= $3 "
            "and not exists (select 1 from dialogue_vote v where v.participant = $4 and v.statement = s.id) "
            "order by s.id limit $5",
            dialogue.value(), after, until, who ? who->value() : std::int64_t{0},
            at_most - static_cast<int>(all.size()));
        for (const db::Row& row : rows) all.emplace_back(row.integer(0));
    };
    walk(from.value(), INT64_MAX);
    if (static_cast<int>(all.size()) < at_most) walk(0, from.value());
    return all;
}

}  // namespace dialogue
