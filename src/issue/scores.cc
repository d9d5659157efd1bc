#include <support/support.h>

#include "scores.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <set>

#include <db/database.h>
#include <kernel/clock.h>
#include <opinion/division.h>
#include <text/copies.h>
#include <text/scores.h>

#include "change.h"
#include "store.h"

namespace issue {
namespace {

// A matter that is over weighs nothing for anybody who decides: its heat need not be of today.
constexpr std::int64_t days_between_counts_of_ended = 7;
constexpr std::size_t messages_at_once = 2'000, messages_in_memory = 20'000;
// Of an issue with more messages the newest are compared; the others count as words of their own.
constexpr std::size_t most_compared = 50'000;

std::int64_t thousandths(double value) { return std::llround(value * 1000); }

bool ended(State state) {
    return state == State::dismissed || state == State::refused || state == State::resolved ||
           state == State::carried_over;
}

text::Heat heat_of(const Counted& of, kernel::Day today) {
    std::map<voice::VoiceId, std::int64_t> inside;  // of those that others here say the same as: how many
    for (const voice::Weighed& m : of.messages)
        if (m.joined_to) ++inside[*m.joined_to];
    std::vector<text::Said> said;
    for (const voice::Weighed& m : of.messages) {
        const auto here = inside.find(m.id);
        said.push_back({m.author ? m.author->value() : 0, m.received,
                        m.joined - (here == inside.end() ? 0 : here->second),
                        std::binary_search(of.copies.begin(), of.copies.end(), m.id)});
    }
    return text::heat(said, kernel::start_of(today + 1));
}

text::Hardships hardships_of(const Counted& of) {
    text::Hardships h;
    const bool owed = std::any_of(of.messages.begin(), of.messages.end(), [](const auto& m) { return m.owed; });
    std::set<people::UnitId> units;
    for (const voice::Weighed& m : of.messages) {
        if (m.owed || !owed) h.days = std::max(h.days, m.days);
        h.reopened += m.reopened, h.extended += m.extended;
        units.insert(m.units.begin(), m.units.end());
    }
    h.handed_over = std::ssize(units);
    h.earlier_cycles = of.earlier_rounds;
    return h;
}

text::Frictions frictions_of(const Counted& of) {
    text::Frictions f;
    f.messages = std::ssize(of.messages);
    for (const voice::Weighed& m : of.messages) {
        f.answers += m.answered, f.refused += m.refused, f.reopened += m.reopened;
        f.appeals += m.appealed, f.dissatisfied += m.dissatisfied;
    }
    return f;
}

std::vector<Week> weeks_of(const Counted& of, kernel::Day today) {
    std::map<std::int64_t, Week> all;
    std::map<std::int64_t, std::set<people::ParticipantId>> who;
    const std::int64_t first = week_of(today) - weeks_shown + 1;
    for (const voice::Weighed& m : of.messages) {
        const std::int64_t week = week_of(kernel::local_day(m.received));
        if (week < first) continue;
        Week& one = all[week];
        one.week = week;
        ++one.messages;
        if (!m.author || who[week].insert(*m.author).second) ++one.people;
    }
    std::vector<Week> out;
    for (const auto& [week, one] : all) out.push_back(one);
    return out;
}

std::vector<District> districts_of(const Counted& of) {
    std::map<std::string, std::int64_t> all;
    for (const voice::Weighed& m : of.messages) ++all[m.open ? m.district : std::string()];
    std::vector<District> out;
    for (const auto& [code, n] : all) out.push_back({code, n});
    return out;
}

}  // namespace

// 1 January 1970 was a Thursday.
std::int64_t week_of(kernel::Day day) {
    const std::int64_t from_monday = day.days + 3;
    return from_monday >= 0 ? from_monday / 7 : -((6 - from_monday) / 7);
}
kernel::Day first_day_of_week(std::int64_t week) { return kernel::Day{week * 7 - 3}; }

Weight weigh(const Counted& of, kernel::Day today) {
    Weight out;
    Score& s = out.score;
    s.issue = of.issue.id, s.day = today;
    s.next_day = today + (ended(of.issue.state) ? days_between_counts_of_ended : 1);
    s.people = of.issue.people, s.messages = std::ssize(of.messages);
    for (const voice::Weighed& m : of.messages) {
        const kernel::Day day = kernel::local_day(m.received);
        if (!s.first_day || day < *s.first_day) s.first_day = day;
    }
    const text::Heat heat = heat_of(of, today);
    s.heat = thousandths(heat.heat), s.heat_plain = thousandths(heat.without_discount);
    s.growth = thousandths(heat.growth), s.heat_people = heat.people, s.copying = heat.copying;
    const text::Hardships hard = hardships_of(of);
    s.difficulty = thousandths(text::difficulty(hard).difficulty);
    s.oldest_days = hard.days, s.reopened = hard.reopened, s.extended = hard.extended;
    s.units = hard.handed_over, s.rounds = hard.earlier_cycles;
    const text::Frictions friction = frictions_of(of);
    s.focus = thousandths(text::focus(friction));
    s.answers = friction.answers, s.refused = friction.refused;
    s.appeals = friction.appeals, s.dissatisfied = friction.dissatisfied;
    std::vector<opinion::Opinions> opinions;
    for (const auto& statement : of.opinions) {
        opinion::Opinions& groups = opinions.emplace_back();
        for (const Opinion& o : statement) groups.push_back({o.agree, o.disagree, o.pass});
    }
    if (const auto divided = opinion::division(opinions)) {
        s.division = thousandths(divided->division);
        s.divided_statements = divided->statements, s.divided_votes = divided->votes;
    }
    out.weeks = weeks_of(of, today);
    out.districts = districts_of(of);
    return out;
}

std::vector<voice::VoiceId> copies_among(const std::vector<voice::Weighed>& messages,
                                         const std::vector<voice::OpenWords>& texts) {
    std::map<voice::VoiceId, std::optional<people::ParticipantId>> author;
    for (const voice::Weighed& m : messages) author[m.id] = m.author;
    std::vector<text::Text> all;
    for (const voice::OpenWords& w : texts) all.push_back({w.title, w.text});
    const std::vector<text::Number> first = text::first_of_copies(all, 1);
    std::vector<voice::VoiceId> out;
    for (std::size_t i = 0; i < first.size(); ++i) {
        const auto &mine = author[texts[i].id], &theirs = author[texts[first[i]].id];
        if (first[i] != i && (!mine || mine != theirs)) out.push_back(texts[i].id);
    }
    return out;
}

std::string_view name(Sort sort) {
    switch (sort) {
        case Sort::newest:
            return "newest";
        case Sort::people:
            return "people";
        case Sort::heat:
            return "heat";
        case Sort::difficulty:
            return "difficulty";
        case Sort::focus:
            return "focus";
        case Sort::division:
            return "division";
    }
    return {};
}

std::optional<Sort> parse_sort(std::string_view text) {
    for (Sort sort : all_sorts)
        if (name(sort) == text) return sort;
    return std::nullopt;
}

// ---- the job -------------------------------------------------------------------------------------------------------

namespace {

// Words may be there, or public, that were not before, or the other way round.
bool touches_texts(std::string_view kind) {
    return kind == "voice.hidden" || kind == "voice.held" || kind == "voice.published" || kind == "voice.shown_again" ||
           kind == "voice.report_decided";
}

void follow_voice(db::Connection& derived, std::int64_t entry, bool texts) {
    const auto id = voice::voice_of_entry(derived, entry);
    const auto said = id ? voice::voice(derived, *id) : std::nullopt;
    if (!said) return;
    mark_of_voice(derived, *id, texts);
    if (said->part_of) mark_of_voice(derived, *said->part_of, texts);
    if (said->joined_to) mark_of_voice(derived, *said->joined_to, false);
}

void follow(db::Connection& derived, const ledger::Entry& e) {
    if (e.kind.starts_with("issue.")) {
        if (e.kind == change::rest_listed_kind || e.kind == change::advised_kind) return;
        if (e.kind == change::suggested_kind) return mark(derived, IssueId(e.index), false);
        mark(derived, IssueId(e.subject), e.kind != change::moved_kind);
    } else if (e.kind.starts_with("voice.")) {
        // What was just said is in no issue yet.
        if (e.kind == "voice.received" || e.kind == "voice.imported") return;
        follow_voice(derived, e.index, touches_texts(e.kind));
    } else if (const auto joined = support::about(e)) {
        mark_of_voice(derived, *joined, false);
    } else if (e.kind == "ledger.words_erased") {
        follow_voice(derived, e.facts.need_integer("target"), true);
    }
}

std::vector<voice::Weighed> messages_of(db::Connection& db, IssueId id, kernel::Day today) {
    std::vector<voice::Weighed> all;
    std::optional<voice::VoiceId> before;
    for (;;) {
        const auto some = voices_of(db, id, before, static_cast<int>(messages_at_once));
        const auto read = voice::weighed(db, some, today);
        all.insert(all.end(), read.begin(), read.end());
        if (some.size() < messages_at_once) break;
        before = some.back();
    }
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
    std::vector<voice::VoiceId> ids;
    for (const voice::Weighed& m : all) ids.push_back(m.id);
    const std::vector<std::int64_t> joined = support::counts(db, ids);
    for (std::size_t i = 0; i < all.size(); ++i) all[i].joined += joined[i];
    return all;
}

std::vector<voice::VoiceId> copies_anew(db::Connection& db, const std::vector<voice::Weighed>& messages) {
    std::vector<voice::OpenWords> texts;
    const std::size_t skipped = messages.size() > most_compared ? messages.size() - most_compared : 0;
    for (std::size_t from = skipped; from < messages.size(); from += messages_at_once) {
        std::vector<voice::VoiceId> some;
        for (std::size_t i = from; i < std::min(messages.size(), from + messages_at_once); ++i)
            if (messages[i].open) some.push_back(messages[i].id);
        auto read = voice::words_of(db, some);
        std::move(read.begin(), read.end(), std::back_inserter(texts));
    }
    return copies_among(messages, texts);
}

struct Done {
    Issue issue;
    std::vector<Carried> carried;
    Weight weight;
    std::optional<std::vector<voice::VoiceId>> copies;  // where they were looked for anew
};

std::optional<Done> count_one(const people::Needs& needs, const OpinionGroups& groups, Marked marked,
                              kernel::Day today) {
    auto db = needs.database.read();
    const auto found = issue(*db, marked.issue);
    if (!found) return std::nullopt;
    Done done{*found, carried(*db, marked.issue), {}, {}};
    const auto messages = messages_of(*db, marked.issue, today);
    if (marked.texts) done.copies = copies_anew(*db, messages);
    const auto copies = done.copies ? *done.copies : copies_of(*db, marked.issue);
    Counted counted{done.issue, messages, copies, std::ssize(done.carried), {}};
    if (groups) {
        constexpr int at_once = 500;
        for (auto some = statements_of(*db, found->id, {}, at_once); !some.empty();
             some = statements_of(*db, found->id, some.back(), at_once))
            for (const dialogue::StatementId id : some) counted.opinions.push_back(groups(*db, id));
    }
    done.weight = weigh(counted, today);
    return done;
}

void keep(const people::Needs& needs, std::vector<Marked>& over, std::vector<Done>& all) {
    if (over.empty()) return;
    db::Database::Lease derived = needs.database.derived();
    db::Transaction transaction(*derived);
    for (const Done& one : all) {
        put(*derived, one.issue, one.carried, one.weight);
        if (one.copies) put_copies(*derived, one.issue.id, *one.copies);
    }
    for (const Marked& one : over) unmark(*derived, one.issue);
    counted_once_more(*derived);
    transaction.commit();
    over.clear();
    all.clear();
}

}  // namespace

ledger::Follower follower() { return {"issue.scores", follow}; }

int count_some(const people::Needs& needs, const OpinionGroups& groups, int at_most,
               const std::function<bool()>& stopping) {
    const kernel::Day today = kernel::local_day(needs.clock.now());
    const std::vector<Marked> todo = to_count(*needs.database.read(), today, at_most);
    std::vector<Marked> over;
    std::vector<Done> all;
    std::size_t messages = 0;
    int counted = 0;
    for (const Marked& one : todo) {
        if (stopping()) break;
        auto done = count_one(needs, groups, one, today);
        over.push_back(one);
        ++counted;
        if (!done) continue;
        messages += static_cast<std::size_t>(done->weight.score.messages) + 1;
        all.push_back(*std::move(done));
        if (messages >= messages_in_memory) keep(needs, over, all), messages = 0;
    }
    keep(needs, over, all);
    return counted;
}

}  // namespace issue
