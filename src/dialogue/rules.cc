#include "rules.h"

#include <algorithm>

#include <kernel/text.h>
#include <text/tokens.h>

#include "translation.h"

namespace dialogue::rules {
namespace {

using kernel::check_length;
using kernel::Checked;
using kernel::Code;
using kernel::invalid;
using kernel::refuse;

// Before the round is asking, or while it is: later nothing may be put to people.
Checked still_asking(const cycle::Cycle& cycle) {
    if (cycle.standing || cycle.phase == cycle::Phase::prepare || cycle.phase == cycle::Phase::consult) return {};
    return refuse(Code::conflict, "dialogue.round_past_asking");
}

Checked moderator(const people::Actor& actor) { return people::need_role(actor, people::Role::moderator); }

}  // namespace

kernel::Result<Opened> open(const people::Actor& actor, const cycle::Cycle& cycle, const Draft& draft) {
    if (Checked ok = cycle::may_run(actor, cycle); !ok) return ok.error();
    if (Checked ok = still_asking(cycle); !ok) return ok.error();
    if (draft.question.empty()) return invalid("question", "dialogue.question_missing");
    if (Checked ok = check_length(draft.question, "question", max_question); !ok) return ok.error();
    if (Checked ok = check_length(draft.about, "about", max_about); !ok) return ok.error();
    if (!kernel::language_tag(draft.lang)) return invalid("lang", "dialogue.lang_unknown");
    Opened change;
    change.cycle = cycle.id;
    change.question = draft.question;
    change.about = draft.about;
    change.lang = draft.lang;
    change.admission = draft.admission;
    change.sample = draft.sample;
    change.by = actor.officer;
    return change;
}

kernel::Result<Closed> close(const people::Actor& actor, const cycle::Cycle& cycle, const Dialogue& dialogue,
                             std::string_view remark) {
    if (Checked ok = cycle::may_run(actor, cycle); !ok) return ok.error();
    if (dialogue.closed) return refuse(Code::conflict, "dialogue.closed_already");
    if (remark.empty()) return invalid("remark", "dialogue.reason_missing");
    if (Checked ok = check_length(remark, "remark", max_remark); !ok) return ok.error();
    return Closed{dialogue.id, std::string(remark), actor.officer};
}

kernel::Result<std::vector<Seeded>> seed(const people::Actor& actor, const cycle::Cycle& cycle,
                                         const Dialogue& dialogue, const std::vector<std::string>& texts,
                                         std::string_view lang, kernel::Day today) {
    if (Checked ok = cycle::may_run(actor, cycle); !ok) return ok.error();
    return seeds(cycle, dialogue, texts, lang, today, actor.officer);
}

kernel::Result<std::vector<Seeded>> seeds(const cycle::Cycle& cycle, const Dialogue& dialogue,
                                          const std::vector<std::string>& texts, std::string_view lang,
                                          kernel::Day today, people::OfficerId by) {
    if (dialogue.closed) return refuse(Code::conflict, "dialogue.closed");
    if (Checked ok = still_asking(cycle); !ok) return ok.error();
    if (texts.empty()) return invalid("text", "dialogue.text_missing");
    if (texts.size() > max_seeds)
        return invalid("text", "dialogue.seeds_too_many", {{"max", std::to_string(max_seeds)}});
    std::vector<Seeded> all;
    for (const std::string& text : texts) {
        if (Checked ok = statement_text(text, lang); !ok) {
            if (texts.size() == 1 || ok.error().field != "text") return ok.error();
            const bool wordless = ok.error().key == "dialogue.text_no_words";
            return invalid("text", wordless ? "dialogue.seed_line_no_words" : "dialogue.seed_line",
                           {{"n", std::to_string(all.size() + 1)}, {"max", std::to_string(max_statement)}});
        }
        all.push_back({dialogue.id, text, std::string(lang), today, by});
    }
    return all;
}

kernel::Result<Accepted> accept(const people::Actor& actor, const Statement& statement, std::string_view remark) {
    if (Checked ok = moderator(actor); !ok) return ok.error();
    if (statement.state == State::accepted) return refuse(Code::conflict, "dialogue.accepted_already");
    if (statement.state == State::set_aside && remark.empty()) return invalid("remark", "dialogue.reason_missing");
    if (Checked ok = check_length(remark, "remark", max_remark); !ok) return ok.error();
    return Accepted{statement.id, std::string(remark), actor.officer};
}

kernel::Result<SetAside> set_aside(const people::Actor& actor, const cycle::Cycle& cycle, const Statement& statement,
                                   Ground ground, std::string_view remark) {
    if (Checked ok = moderator(actor); !ok) return ok.error();
    if (actor.unit == cycle.organiser) return refuse(Code::forbidden, "dialogue.own_unit");
    if (statement.state == State::set_aside) return refuse(Code::conflict, "dialogue.set_aside_already");
    if (ground == Ground::not_recorded) return invalid("ground", "dialogue.ground_missing");
    if (Checked ok = check_length(remark, "remark", max_remark); !ok) return ok.error();
    return SetAside{statement.id, ground, std::string(remark), actor.officer};
}

namespace {

// The round's own unit neither sets aside nor decides.
Checked other_unit(const people::Actor& actor, const cycle::Cycle& cycle) {
    if (Checked ok = moderator(actor); !ok) return ok;
    return actor.unit == cycle.organiser ? Checked(refuse(Code::forbidden, "dialogue.own_unit")) : Checked();
}

Checked needed_remark(std::string_view remark) {
    if (remark.empty()) return invalid("remark", "dialogue.reason_missing");
    return check_length(remark, "remark", max_remark);
}

}  // namespace

kernel::Result<Reported> report(const cycle::Cycle& cycle, const Statement& statement, Ground ground,
                                std::string_view remark) {
    if (statement.state != State::accepted) return refuse(Code::conflict, "dialogue.not_shown");
    if (ground == Ground::not_recorded) return invalid("ground", "people.ground_missing");
    if (Checked ok = check_length(remark, "remark", max_remark); !ok) return ok.error();
    return Reported{cycle.id, statement.id, ground, std::string(remark)};
}

kernel::Result<ReportDecided> decide_report(const people::Actor& actor, const cycle::Cycle& cycle, const Report& report,
                                            bool hide, std::string_view remark) {
    if (Checked ok = other_unit(actor, cycle); !ok) return ok.error();
    if (report.decided) return refuse(Code::conflict, "dialogue.report_decided_already");
    if (Checked ok = needed_remark(remark); !ok) return ok.error();
    return ReportDecided{report.statement, report.entry, hide, std::string(remark), actor.officer};
}

kernel::Result<Appealed> appeal(bool author, const cycle::Cycle& cycle, const Statement& statement,
                                const std::optional<Removal>& removal, std::string_view reason) {
    if (!author) return kernel::Error{Code::forbidden, "people.not_the_author", "code", {}};
    if (statement.state != State::set_aside || !removal) return refuse(Code::conflict, "dialogue.not_set_aside");
    if (removal->appeal) return refuse(Code::conflict, "dialogue.appealed_before");
    if (reason.empty()) return invalid("reason", "dialogue.reason_missing");
    if (Checked ok = check_length(reason, "reason", max_reason); !ok) return ok.error();
    return Appealed{cycle.id, statement.id, removal->entry, std::string(reason)};
}

kernel::Result<AppealRefused> refuse_appeal(const people::Actor& actor, const cycle::Cycle& cycle,
                                            const Statement& statement, const std::optional<Removal>& removal,
                                            std::string_view remark) {
    if (Checked ok = moderator(actor); !ok) return ok.error();
    if (!removal || !removal->waiting) return refuse(Code::conflict, "dialogue.no_appeal");
    if (Checked ok = uphold(actor, cycle, removal); !ok) return ok.error();
    if (Checked ok = needed_remark(remark); !ok) return ok.error();
    return AppealRefused{statement.id, *removal->appeal, std::string(remark), actor.officer};
}

Checked uphold(const people::Actor& actor, const cycle::Cycle& cycle, const std::optional<Removal>& removal) {
    if (!removal || !removal->waiting) return {};
    if (Checked ok = other_unit(actor, cycle); !ok) return ok;
    if (actor.officer == removal->by) return refuse(Code::forbidden, "dialogue.same_person");
    return {};
}

kernel::Result<Translated> translate(const people::Actor& actor, const cycle::Cycle& cycle, const Statement& statement,
                                     std::string_view lang, std::string_view text, std::int64_t times) {
    if (Checked ok = may_translate(actor, cycle); !ok) return ok.error();
    if (!kernel::language_tag(lang)) return invalid("to", "dialogue.lang_unknown");
    if (statement.state != State::accepted || statement.text.empty())
        return refuse(Code::conflict, "dialogue.not_shown");
    if (same_language(statement.lang, lang)) return refuse(Code::conflict, "dialogue.translated_same_language");
    if (times >= max_times_translated)
        return refuse(Code::conflict, "dialogue.translated_often", {{"n", std::to_string(max_times_translated)}});
    if (Checked ok = check_length(text, "text", max_translation); !ok) return ok.error();
    return Translated{statement.id, std::string(text), std::string(lang), actor.officer};
}

Checked key(std::string_view visitor) {
    if (visitor.size() >= least_key && visitor.size() <= longest_key) return {};
    return invalid("participant", "dialogue.key_length",
                   {{"least", std::to_string(least_key)}, {"most", std::to_string(longest_key)}});
}

Checked votes(const std::vector<Vote>& all) {
    if (all.empty()) return invalid("votes", "dialogue.votes_missing");
    if (all.size() > max_votes)
        return invalid("votes", "dialogue.votes_too_many", {{"max", std::to_string(max_votes)}});
    std::vector<StatementId> ids;
    ids.reserve(all.size());
    for (const Vote& vote : all) ids.push_back(vote.statement);
    std::sort(ids.begin(), ids.end());
    if (std::adjacent_find(ids.begin(), ids.end()) != ids.end()) return invalid("votes", "dialogue.statement_twice");
    return {};
}

Checked statement_text(std::string_view text, std::string_view lang) {
    if (text.empty()) return invalid("text", "dialogue.text_missing");
    if (Checked ok = check_length(text, "text", max_statement); !ok) return ok;
    if (text::folded(text).empty()) return invalid("text", "dialogue.text_no_words");
    if (!kernel::language_tag(lang)) return invalid("lang", "dialogue.lang_unknown");
    return {};
}

Checked open_to_votes(bool closed, const Checked& cycle_accepts) {
    if (closed) return refuse(Code::conflict, "dialogue.closed");
    return cycle_accepts;
}

}  // namespace dialogue::rules
