// What people say against what is shown, and against what is hidden: reports and appeals.
#include <algorithm>

#include <db/database.h>
#include <ledger/ledger.h>

#include "pages.h"
#include "rules.h"
#include "store.h"

namespace dialogue {
namespace {

kernel::Error unknown_statement() { return kernel::refuse(kernel::Code::not_found, "dialogue.statement_unknown"); }

cycle::Cycle round_of(db::Connection& db, const Statement& s) {
    return cycle::cycle(db, dialogue(db, s.dialogue).value().cycle).value();
}

template <class Decide>
kernel::Result<std::int64_t> decided(const people::Needs& needs, StatementId id, Once once, Decide decide) {
    const auto receipt = needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const auto found = statement(w.db(), id);
            if (!found) return unknown_statement();
            const auto change = decide(w.db(), *found, round_of(w.db(), *found));
            if (!change) return change.error();
            return w.append(encode(*change, w.next_index()));
        },
        once);
    if (!receipt) return receipt.error();
    return receipt->index;
}

kernel::Checked checked(const kernel::Result<std::int64_t>& done) {
    if (!done) return done.error();
    return {};
}

}  // namespace

bool is_author(db::Connection& db, const people::Needs& needs, const Statement& s, std::string_view browser,
               std::string_view code) {
    const auto author = author_of(db, s.id);
    const CycleId cycle = dialogue(db, s.dialogue).value().cycle;
    // As much work for a wrong code as for a right one.
    const auto typed = kernel::Code25::parse(code);
    const auto by_code = people::by_code(
        db, cycle, people::code_key(needs.server_key, cycle, typed ? *typed : kernel::Code25::random()));
    const auto by_browser = rules::key(browser)
                                ? people::by_browser(db, cycle, people::browser_key(needs.server_key, cycle, browser))
                                : std::nullopt;
    if (!author) return false;
    return (typed && by_code && by_code->id == *author) || (by_browser && by_browser->id == *author);
}

kernel::Result<std::int64_t> report(const people::Needs& needs, const people::Actor&, StatementId id, Ground ground,
                                    std::string_view remark, Once once) {
    return decided(needs, id, once, [&](db::Connection&, const Statement& s, const cycle::Cycle& round) {
        return rules::report(round, s, ground, remark);
    });
}

kernel::Checked decide_report(const people::Needs& needs, const people::Actor& actor, std::int64_t entry, bool hide,
                              std::string_view remark, Once once) {
    const auto receipt = needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const auto reported = find_report(w.db(), entry);
            if (!reported) return kernel::refuse(kernel::Code::not_found, "dialogue.report_unknown");
            const auto found = statement(w.db(), reported->statement);
            if (!found) return unknown_statement();
            const cycle::Cycle round = round_of(w.db(), *found);
            const people::Actor who = cycle::in_force(w.db(), actor);
            const auto change = rules::decide_report(who, round, *reported, hide, remark);
            if (!change) return change.error();
            std::optional<SetAside> aside;
            if (hide) {
                const auto then = rules::set_aside(who, round, *found, reported->ground, remark);
                if (!then) return then.error();
                aside = *then;
            }
            const std::int64_t index = w.append(encode(*change, w.next_index()));
            if (aside) w.append(encode(*aside, w.next_index()));
            return index;
        },
        once);
    if (!receipt) return receipt.error();
    return {};
}

kernel::Checked appeal(const people::Needs& needs, const people::Actor& actor, StatementId id, std::string_view code,
                       std::string_view reason, Once once) {
    return checked(decided(needs, id, once, [&](db::Connection& db, const Statement& s, const cycle::Cycle& round) {
        return rules::appeal(is_author(db, needs, s, actor.visitor, code), round, s, removal(db, s.id), reason);
    }));
}

kernel::Checked refuse_appeal(const people::Needs& needs, const people::Actor& actor, StatementId id,
                              std::string_view remark, Once once) {
    return checked(decided(needs, id, once, [&](db::Connection& db, const Statement& s, const cycle::Cycle& round) {
        return rules::refuse_appeal(cycle::in_force(db, actor), round, s, removal(db, s.id), remark);
    }));
}

}  // namespace dialogue
