#include "rules.h"

#include <algorithm>

#include <kernel/text.h>

namespace decision::rules {
namespace {

using kernel::Checked;
using kernel::Code;
using kernel::invalid;
using kernel::need_text;
using kernel::refuse;
using people::Role;

kernel::Error wrong_state() { return refuse(Code::conflict, "decision.wrong_state"); }

Checked check_fraction(const Fraction& f, bool may_be_none) {
    const bool good = f.denominator >= 1 && f.denominator <= part_max && f.numerator >= (may_be_none ? 0 : 1) &&
                      f.numerator <= f.denominator;
    // "More than all" can never be reached.
    if (!good || (f.strict && f.numerator == f.denominator)) return invalid("rules", "decision.fraction_wrong");
    return {};
}

const Member* find(const std::vector<Member>& all, people::OfficerId id) {
    const auto at = std::find_if(all.begin(), all.end(), [&](const Member& m) { return m.officer == id; });
    return at == all.end() ? nullptr : &*at;
}

bool any_in(const std::vector<Motion>& all, MotionState state) {
    return std::any_of(all.begin(), all.end(), [&](const Motion& m) { return m.state == state; });
}

}  // namespace

Checked may_set_up(const people::Actor& actor) { return people::need_role(actor, Role::administrator); }
Checked may_keep(const people::Actor& actor) {
    if (auto staff = people::need_staff(actor); !staff) return staff;
    return actor.has(Role::clerk) ? Checked() : Checked(refuse(Code::forbidden, "decision.clerk_only"));
}

bool keeps(const people::Actor& actor, const Body& body, bool in_or_above_its_unit) {
    if (!actor.has(Role::clerk)) return false;
    if (body.clerks.empty()) return in_or_above_its_unit;
    return std::find(body.clerks.begin(), body.clerks.end(), actor.officer) != body.clerks.end();
}

Checked check_rules(const Rules& r) {
    if (!r.preset.empty()) {
        const auto known = presets();
        if (std::find(known.begin(), known.end(), r) == known.end()) return invalid("rules", "decision.preset_unknown");
        return {};
    }
    if (!r.source.empty() || !r.tag.empty()) return invalid("rules", "decision.preset_unknown");
    if (auto ok = check_fraction(r.quorum, true); !ok) return ok;
    if (auto ok = check_fraction(r.majority, false); !ok) return ok;
    if (r.quorum.base != Base::seats && r.quorum.base != Base::filled) return invalid("rules", "decision.quorum_base");
    if (r.notice_days < 0 || r.notice_days > notice_max)
        return invalid("notice_days", "decision.notice_range", {{"max", std::to_string(notice_max)}});
    return {};
}

kernel::Result<change::SetUp> set_up(const people::Actor& actor, std::string_view name,
                                     const std::optional<people::Unit>& unit, std::int64_t seats, const Rules& rules,
                                     bool sample) {
    if (auto may = may_set_up(actor); !may) return may.error();
    if (auto ok = need_text(name, "name", name_max, "decision.name_missing"); !ok) return ok.error();
    if (!unit || !unit->open) return invalid("unit", "decision.unit_unknown");
    if (seats < 1 || seats > seats_max)
        return invalid("seats", "decision.seats_range", {{"max", std::to_string(seats_max)}});
    if (auto ok = check_rules(rules); !ok) return ok.error();
    return change::SetUp{std::string(name), unit->id, seats, rules, sample, actor.officer};
}

kernel::Result<change::RulesSet> set_rules(const people::Actor& actor, const Body& body, const Rules& rules,
                                           std::string_view reason) {
    if (auto may = may_set_up(actor); !may) return may.error();
    if (auto ok = check_rules(rules); !ok) return ok.error();
    if (rules == body.rules) return invalid("preset", "decision.rules_same");
    if (auto ok = need_text(reason, "reason", reason_max, "decision.reason_missing"); !ok) return ok.error();
    return change::RulesSet{body.id, rules, std::string(reason), actor.officer};
}

kernel::Result<change::Seated> seat(const people::Actor& actor, const Body& body, const std::vector<Member>& members,
                                    const std::optional<people::Officer>& officer, std::string_view shown_name,
                                    bool chair) {
    if (auto may = may_set_up(actor); !may) return may.error();
    if (!officer || !officer->active || !officer->has(Role::member)) return invalid("member", "decision.no_member");
    if (find(members, officer->id)) return invalid("member", "decision.seated_already");
    if (static_cast<std::int64_t>(members.size()) >= body.seats) return refuse(Code::conflict, "decision.all_seated");
    if (chair && std::any_of(members.begin(), members.end(), [](const Member& m) { return m.chair; }))
        return invalid("chair", "decision.has_chair");
    if (auto ok = need_text(shown_name, "name", name_max, "decision.name_missing"); !ok) return ok.error();
    return change::Seated{body.id, {officer->id, std::string(shown_name), chair, false}, actor.officer};
}

kernel::Result<change::Unseated> unseat(const people::Actor& actor, const Body& body,
                                        const std::vector<Member>& members, people::OfficerId id,
                                        std::string_view reason) {
    if (auto may = may_set_up(actor); !may) return may.error();
    if (!find(members, id)) return refuse(Code::not_found, "decision.not_seated");
    if (auto ok = need_text(reason, "reason", reason_max, "decision.reason_missing"); !ok) return ok.error();
    return change::Unseated{body.id, id, std::string(reason), actor.officer};
}

kernel::Result<change::ClerksNamed> name_clerks(const people::Actor& actor, const Body& body,
                                                const std::vector<std::optional<people::Officer>>& named,
                                                std::string_view reason) {
    if (auto may = may_set_up(actor); !may) return may.error();
    if (named.size() > clerks_max)
        return invalid("clerks", "decision.clerks_too_many", {{"max", std::to_string(clerks_max)}});
    std::vector<people::OfficerId> clerks;
    for (const auto& officer : named) {
        if (!officer || !officer->active || !officer->has(Role::clerk)) return invalid("clerks", "decision.no_clerk");
        clerks.push_back(officer->id);
    }
    std::sort(clerks.begin(), clerks.end());
    clerks.erase(std::unique(clerks.begin(), clerks.end()), clerks.end());
    if (clerks == body.clerks) return invalid("clerks", "decision.clerks_same");
    if (auto ok = need_text(reason, "clerk_reason", reason_max, "decision.reason_missing"); !ok) return ok.error();
    return change::ClerksNamed{body.id, std::move(clerks), std::string(reason), actor.officer};
}

kernel::Result<change::Called> call(const people::Actor& actor, const Body& body, const std::vector<Member>& members,
                                    const std::optional<cycle::Cycle>& round, kernel::Day day, std::string_view where,
                                    kernel::Day today) {
    if (auto may = may_keep(actor); !may) return may.error();
    if (members.empty()) return refuse(Code::conflict, "decision.nobody_seated");
    if (!round || (!round->standing && round->phase == cycle::Phase::closed))
        return invalid("cycle", "decision.round_unknown");
    if (day - today < body.rules.notice_days)
        return invalid("day", "decision.notice_short", {{"days", std::to_string(body.rules.notice_days)}});
    if (day - today > notice_max) return invalid("day", "decision.day_far");
    if (auto ok = need_text(where, "where", place_max, "decision.where_missing"); !ok) return ok.error();
    return change::Called{body.id,    round->id, day,         std::string(where), body.seats,
                          body.rules, members,   body.sample, actor.officer};
}

kernel::Result<change::Tabled> table(const people::Actor& actor, const Sitting& s, const std::vector<Motion>& motions,
                                     const std::optional<issue::Issue>& of, const MotionDraft& d) {
    if (auto may = may_keep(actor); !may) return may.error();
    if (s.state != SittingState::called) return wrong_state();
    if (!of || of->cycle != s.cycle) return invalid("issue", "decision.issue_unknown");
    if (of->state != issue::State::confirmed && of->state != issue::State::before_body)
        return invalid("issue", "decision.issue_not_ready");
    if (std::any_of(motions.begin(), motions.end(), [&](const Motion& m) { return m.issue == d.issue; }))
        return invalid("issue", "decision.issue_twice");
    if (auto ok = need_text(d.title, "title", title_max, "decision.title_missing"); !ok) return ok.error();
    const bool refusal = d.kind == MotionKind::refuse;
    if (refusal && d.reason.empty()) return invalid("reason", "decision.reason_missing");
    if (auto ok = kernel::check_length(d.reason, "reason", reason_max); !ok) return ok.error();
    if (refusal && !d.measures.empty()) return invalid("kind", "decision.refusal_without_measures");
    if (!refusal && d.measures.empty()) return invalid("kind", "decision.measures_missing");
    if (d.measures.size() > measures_max)
        return invalid("kind", "decision.measures_too_many", {{"max", std::to_string(measures_max)}});
    return change::Tabled{s.id, d, s.sample, actor.officer};
}

kernel::Result<change::Stepped> publish_agenda(const people::Actor& actor, const Sitting& s, std::size_t motions) {
    if (auto may = may_keep(actor); !may) return may.error();
    if (s.state != SittingState::called) return wrong_state();
    if (motions == 0) return refuse(Code::conflict, "decision.agenda_empty");
    return change::Stepped{s.id, change::Step::agenda, actor.officer};
}

kernel::Result<change::Stepped> open(const people::Actor& actor, const Sitting& s, kernel::Day today) {
    if (auto may = may_keep(actor); !may) return may.error();
    if (s.state != SittingState::agenda) return wrong_state();
    if (today < s.day) return refuse(Code::conflict, "decision.not_yet");
    // Members were called for one day: on another it is another meeting.
    if (s.day < today) return refuse(Code::conflict, "decision.day_over");
    if (!quorum(s.frozen, s.seats, s.roll, s.present))
        return refuse(Code::conflict, "decision.no_quorum", {{"present", std::to_string(s.present)}});
    return change::Stepped{s.id, change::Step::open, actor.officer};
}

kernel::Result<change::Stepped> sign(const people::Actor& actor, const Sitting& s, const std::vector<Member>& roll,
                                     std::optional<people::OfficerId> written_by) {
    if (auto staff = people::need_staff(actor); !staff) return staff.error();
    const Member* member = find(roll, actor.officer);
    if (!member || !member->chair) return refuse(Code::forbidden, "decision.chair_only");
    if (written_by == actor.officer) return refuse(Code::forbidden, "decision.own_minutes");
    if (s.state != SittingState::minutes) return wrong_state();
    return change::Stepped{s.id, change::Step::signed_, actor.officer};
}

kernel::Result<change::Attended> attend(const people::Actor& actor, const Sitting& s, const std::vector<Member>& roll,
                                        const std::vector<Motion>& motions, people::OfficerId id, bool here,
                                        kernel::Day today) {
    if (auto staff = people::need_staff(actor); !staff) return staff.error();
    if (actor.officer != id)
        if (auto may = may_keep(actor); !may) return may.error();
    const Member* member = find(roll, id);
    if (!member) return refuse(Code::forbidden, "decision.not_on_roll");
    if (s.state != SittingState::agenda && s.state != SittingState::open) return wrong_state();
    if (today < s.day) return refuse(Code::conflict, "decision.not_yet");
    if (member->present == here) return refuse(Code::conflict, here ? "decision.here_already" : "decision.not_present");
    // Who leaves while votes are given would take away the base of a count that has begun.
    if (!here && any_in(motions, MotionState::voting)) return refuse(Code::conflict, "decision.voting_now");
    return change::Attended{s.id, id, here, actor.officer};
}

kernel::Result<change::Put> put(const people::Actor& actor, const Sitting& s, const cycle::Cycle& round,
                                const Motion& m, const std::optional<issue::Issue>& of,
                                const std::vector<Motion>& of_issue) {
    if (auto may = may_keep(actor); !may) return may.error();
    if (s.state != SittingState::open) return wrong_state();
    if (m.state != MotionState::tabled) return wrong_state();
    // Nothing is decided while people are still being heard; what is confirmed later is decided later.
    if (!round.standing && (round.phase < cycle::Phase::decide || round.phase == cycle::Phase::closed))
        return refuse(Code::conflict, "decision.not_in_phase");
    if (m.kind == MotionKind::refuse && m.reason.empty()) return refuse(Code::conflict, "decision.stale");
    if (!of || of->state != issue::State::before_body || any_in(of_issue, MotionState::voting))
        return refuse(Code::conflict, "decision.issue_not_ready");
    return change::Put{m.id, actor.officer};
}

Checked may_vote(const people::Actor& actor, const Motion& m, const std::vector<Member>& roll) {
    if (auto staff = people::need_staff(actor); !staff) return staff;
    if (actor.has(Role::administrator)) return refuse(Code::forbidden, "decision.administrator_never");
    const Member* member = find(roll, actor.officer);
    if (!member || !actor.has(Role::member)) return refuse(Code::forbidden, "decision.not_on_roll");
    if (m.state != MotionState::voting) return refuse(Code::conflict, "decision.no_voting");
    if (!member->present) return refuse(Code::forbidden, "decision.not_present");
    return {};
}

kernel::Result<change::Voted> vote(const people::Actor& actor, const Motion& m, const std::vector<Member>& roll,
                                   Vote vote, std::string_view remark) {
    if (auto may = may_vote(actor, m, roll); !may) return may.error();
    if (m.secret && !remark.empty()) return invalid("remark", "decision.remark_secret");
    if (auto ok = kernel::check_length(remark, "remark", remark_max); !ok) return ok.error();
    return change::Voted{m.id, vote, std::string(remark), actor.officer};
}

kernel::Result<change::Counted> count(const people::Actor& actor, const Sitting& s, const Motion& m,
                                      const std::vector<Member>& roll, const std::vector<Cast>& votes) {
    if (auto may = may_keep(actor); !may) return may.error();
    if (m.state != MotionState::voting) return refuse(Code::conflict, "decision.no_voting");
    change::Counted c;
    c.motion = m.id, c.by = actor.officer;
    std::optional<bool> chair_yes;
    for (const Cast& cast : votes) {
        (cast.vote == Vote::yes ? c.tally.yes : cast.vote == Vote::no ? c.tally.no : c.tally.abstain) += 1;
        const Member* voter = cast.voter ? find(roll, cast.voter) : nullptr;
        if (voter && voter->chair && cast.vote != Vote::abstain) chair_yes = cast.vote == Vote::yes;
    }
    c.outcome = outcome(s.frozen, s.seats, s.roll, s.present, c.tally, chair_yes);
    c.state = !c.outcome.quorum ? MotionState::no_quorum : c.outcome.carried ? MotionState::carried : MotionState::lost;
    return c;
}

kernel::Result<change::Minuted> minutes(const people::Actor& actor, const Sitting& s,
                                        const std::vector<Motion>& motions, std::string_view text, kernel::Day today) {
    if (auto may = may_keep(actor); !may) return may.error();
    // Also of a sitting that could not open for lack of a quorum.
    const bool over = s.state == SittingState::voted || s.state == SittingState::open ||
                      (s.state == SittingState::agenda && today >= s.day);
    if (!over) return wrong_state();
    if (any_in(motions, MotionState::voting)) return refuse(Code::conflict, "decision.voting_now");
    if (auto ok = need_text(text, "text", minutes_max, "decision.minutes_missing"); !ok) return ok.error();
    return change::Minuted{s.id, std::string(text), actor.officer};
}

}  // namespace decision::rules
