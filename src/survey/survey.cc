#include "survey.h"

#include <db/database.h>
#include <kernel/clock.h>
#include <kernel/code.h>
#include <ledger/ledger.h>

#include "acts.h"
#include "box.h"
#include "store.h"

namespace survey {
namespace {

using Index = kernel::Result<std::int64_t>;

constexpr std::size_t shortest_key = 16, longest_key = 200;

kernel::Error at_code(std::string key) { return kernel::invalid("code", std::move(key)); }

kernel::Day today_of(const ledger::Writing& w) { return kernel::local_day(w.now()); }

rules::Ground ground_of(db::Connection& db, CycleId id) {
    return {cycle::cycle(db, id), people::setting_number(db, "figures.min_cell")};
}

// Anonymous: by the browser's key, which is another one in each survey.
kernel::Hash key_of_browser(const people::Needs& needs, SurveyId id, std::string_view visitor) {
    return kernel::hmac_sha256(
        needs.server_key, kernel::view("huiyin survey v1 " + std::to_string(id.value()) + " " + std::string(visitor)));
}

Index give(ledger::Writing& w, SurveyId id, const Answers& answers, const kernel::Hash& key) {
    const auto now = structure(w.db(), id);
    if (!now) return no_such_survey();
    if (auto ok = rules::takes_answers(*now, today_of(w)); !ok) return ok.error();
    if (seen(w.db(), id, key)) return kernel::refuse(kernel::Code::conflict, "survey.answered_already");
    return w.append(change::encode(change::Given{now->asked.cycle, id, answers, key}, w.next_index()));
}

Index put_in(ledger::Writing& w, SurveyId id, const Answers& answers, const kernel::Code25& code, std::string& mark) {
    const auto now = structure(w.db(), id);
    if (!now) return no_such_survey();
    if (auto ok = rules::takes_answers(*now, today_of(w)); !ok) return ok.error();
    const auto key = key_of(w.db(), id);
    if (!key) return kernel::refuse(kernel::Code::conflict, "survey.box_lost");
    mark = ballot_box::mark_of(*key, id.value(), code.digits());
    if (!on_roll(w.db(), id, mark)) return at_code("survey.code_unknown");
    if (spent(w.db(), id, mark)) return at_code("survey.code_spent");
    put_ballot(w.db(), id, mark, answers);
    w.keep_local();
    return id.value();
}

}  // namespace

kernel::Error no_such_survey() { return kernel::refuse(kernel::Code::not_found, "survey.unknown"); }

kernel::Result<SurveyId> draft(const people::Needs& needs, const people::Actor& actor, const Draft& asked, Once once) {
    const auto receipt = needs.ledger.perform(
        [&](ledger::Writing& w) -> Index {
            const people::Actor who = people::in_force(w.db(), actor);
            const auto change = rules::draft(asked, ground_of(w.db(), asked.cycle), who, today_of(w));
            if (!change) return change.error();
            return w.append(change::encode(*change, w.next_index()));
        },
        once);
    if (!receipt) return receipt.error();
    return SurveyId(receipt->index);
}

kernel::Checked redraft(const people::Needs& needs, const people::Actor& actor, SurveyId id, const Draft& asked,
                        Once once) {
    const auto receipt = needs.ledger.perform(
        [&](ledger::Writing& w) -> Index {
            const auto now = survey(w.db(), id);
            if (!now) return no_such_survey();
            const people::Actor who = people::in_force(w.db(), actor);
            const auto change = rules::redraft(*now, asked, ground_of(w.db(), now->asked.cycle), who, today_of(w));
            if (!change) return change.error();
            return w.append(change::encode(*change, w.next_index()));
        },
        once);
    return receipt ? kernel::Checked() : receipt.error();
}

kernel::Result<std::vector<std::string>> open(const people::Needs& needs, const people::Actor& actor, SurveyId id,
                                              Once once) {
    const auto drafted = survey(*needs.database.read(), id);
    if (!drafted) return no_such_survey();
    const kernel::Hash key = kernel::random_hash();
    ballot_box::Slips slips = ballot_box::make_slips(key, id.value(), drafted->asked.roll);
    const auto receipt = needs.ledger.perform(
        [&](ledger::Writing& w) -> Index {
            const Survey now = survey(w.db(), id).value();
            const people::Actor who = people::in_force(w.db(), actor);
            if (auto ok = rules::open(now, ground_of(w.db(), now.asked.cycle), who, today_of(w)); !ok)
                return ok.error();
            // Changed since the codes were made: nobody has seen what would be opened.
            if (!(now.asked == drafted->asked))
                return kernel::refuse(kernel::Code::conflict, "survey.changed_meanwhile");
            const std::int64_t entry =
                w.append(change::encode(change::Opened{id, who.officer, slips.marks}, w.next_index()));
            if (now.asked.mode == Mode::roll) put_key(w.db(), id, key);
            return entry;
        },
        once);
    if (!receipt) return receipt.error();
    if (receipt->repeated && drafted->asked.mode == Mode::roll)
        return kernel::refuse(kernel::Code::conflict, "survey.codes_shown");
    return std::move(slips.in_fives);
}

Index end(ledger::Writing& w, SurveyId id, people::OfficerId by, std::string_view reason) {
    const Survey before = structure(w.db(), id).value();
    const bool on_roll = before.asked.mode == Mode::roll;
    change::Closed closed{id, by, std::string(reason), on_roll && !key_of(w.db(), id), 0, {}, {}};
    if (on_roll) {
        std::vector<Answers> ballots = ballots_in(w.db(), before);
        ballot_box::shuffle(ballots);
        for (const Answers& answers : ballots)
            w.append(change::encode(change::Given{before.asked.cycle, id, answers, {}}, w.next_index()));
        closed.spent = spent_in(w.db(), id);
    }
    const Survey after = structure(w.db(), id).value();
    closed.answers = after.answers;
    closed.figures = shown(after.asked.questions, counts(w.db(), after), after.answers, after.asked.k);
    const std::int64_t entry = w.append(change::encode(closed, w.next_index()));
    if (on_roll) empty_box(w.db(), id);
    return entry;
}

kernel::Checked close(const people::Needs& needs, const people::Actor& actor, SurveyId id, std::string_view reason,
                      Once once) {
    const auto receipt = needs.ledger.perform(
        [&](ledger::Writing& w) -> Index {
            const auto now = survey(w.db(), id);
            if (!now) return no_such_survey();
            const people::Actor who = people::in_force(w.db(), actor);
            if (auto ok = rules::close(*now, ground_of(w.db(), now->asked.cycle), who, reason, today_of(w)); !ok)
                return ok.error();
            return end(w, id, who.officer, reason);
        },
        once);
    return receipt ? kernel::Checked() : receipt.error();
}

kernel::Result<Answered> answer(const people::Needs& needs, const people::Actor& actor, SurveyId id,
                                const Answers& answers, std::string_view typed, Once once) {
    // An open survey never changes: what is asked is looked at before the writer's turn.
    const auto found = structure(*needs.database.read(), id);
    if (!found) return no_such_survey();
    if (auto ok = rules::takes_answers(*found, kernel::local_day(needs.clock.now())); !ok) return ok.error();
    if (auto ok = check_all(found->asked.questions, answers); !ok) return ok.error();
    Answered done;
    if (found->asked.mode == Mode::anonymous) {
        if (actor.visitor.size() < shortest_key || actor.visitor.size() > longest_key)
            return kernel::invalid("participant", "survey.key_length",
                                   {{"least", std::to_string(shortest_key)}, {"most", std::to_string(longest_key)}});
        const kernel::Hash key = key_of_browser(needs, id, actor.visitor);
        const auto receipt = needs.ledger.perform([&](ledger::Writing& w) { return give(w, id, answers, key); }, once);
        if (!receipt) return receipt.error();
        done.entry = receipt->index;
        return done;
    }
    if (typed.empty()) return at_code("survey.code_missing");
    const auto code = kernel::Code25::parse(typed);
    if (!code) return at_code("survey.code_malformed");
    const auto receipt =
        needs.ledger.perform([&](ledger::Writing& w) { return put_in(w, id, answers, *code, done.mark); });
    if (!receipt) return receipt.error();
    return done;
}

bool has_answered(const people::Needs& needs, SurveyId id, std::string_view visitor) {
    return visitor.size() >= shortest_key && seen(*needs.database.read(), id, key_of_browser(needs, id, visitor));
}

// ---- wiring --------------------------------------------------------------------------------------------------------

void add_kinds(std::vector<ledger::Kind>& kinds) {
    kinds.push_back({change::drafted_kind, apply, forget});
    kinds.push_back({change::changed_kind, apply, forget});
    kinds.push_back({change::opened_kind, apply, {}});
    kinds.push_back({change::answered_kind, apply, forget_given});
    kinds.push_back({change::closed_kind, apply, forget_closed});
}

}  // namespace survey
