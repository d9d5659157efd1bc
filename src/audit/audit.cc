// Entry after entry to what counts it. An entry that cannot be read, or is about something that is not there, is a
// fault of the log and ends nothing.
#include "audit.h"

#include <algorithm>
#include <stdexcept>

#include "world.h"

namespace audit {
namespace {

struct Kind {
    std::string_view name;
    void (*take)(World&, const Event&);  // null: nothing is counted from it
    bool kept = false;                   // its facts may be kept back: they are secrets, or single votes
    std::int64_t newest = 1;             // version that is understood here
};

constexpr Kind kinds[] = {
    {"claim.decided", nullptr},
    {"claim.filed", nullptr},
    {"confidential.entered", nullptr, true},
    {"confidential.receiver_left", nullptr},
    {"confidential.receiver_named", nullptr},
    {"confidential.receiver_ready", nullptr},
    {"contact.given", nullptr, true, 2},
    {"contact.opened", nullptr},
    {"cycle.context_set", nullptr},
    {"cycle.criterion_set", nullptr},
    {"cycle.desk_opened", take_ground},
    {"cycle.opened", take_ground},
    {"cycle.phase_entered", take_ground},
    {"decision.attended", take_decision},
    {"decision.body_set_up", take_decision},
    {"decision.clerks_named", take_decision},
    {"decision.counted", take_decision},
    {"decision.member_seated", take_decision},
    {"decision.member_unseated", take_decision},
    {"decision.minutes_published", take_decision},
    {"decision.motion_put", take_decision},
    {"decision.motion_tabled", take_decision},
    {"decision.rules_set", take_decision},
    {"decision.sitting_called", take_decision},
    {"decision.sitting_moved", take_decision},
    {"decision.voted", take_decision},
    {"desk.drafted", nullptr},
    {"desk.noted", nullptr},
    {"desk.released", nullptr},
    {"desk.returned", nullptr},
    {"desk.template_ended", nullptr},
    {"desk.template_set", nullptr},
    {"dialogue.appeal_refused", nullptr},
    {"dialogue.appealed", nullptr},
    {"dialogue.closed", take_dialogue},
    {"dialogue.opened", take_dialogue},
    {"dialogue.report_decided", nullptr},
    {"dialogue.seeded", take_dialogue},
    {"dialogue.statement_accepted", take_dialogue},
    {"dialogue.statement_imported", take_dialogue},
    {"dialogue.statement_made", take_dialogue},
    {"dialogue.statement_reported", nullptr},
    {"dialogue.statement_set_aside", take_dialogue},
    {"dialogue.statement_translated", nullptr},
    {"dialogue.votes_cast", take_dialogue, true},
    {"dialogue.votes_imported", take_dialogue, true},
    {"erasure.approved", nullptr},
    {"erasure.proposed", nullptr},
    {"erasure.refused", nullptr},
    {"erasure.term_over", nullptr},
    {"erasure.withdrawn", nullptr},
    {"georeport.client_admitted", nullptr},
    {"georeport.client_ended", nullptr},
    {"handover.agreed", nullptr, true},
    {"handover.authority_ended", nullptr},
    {"handover.authority_named", nullptr},
    {"handover.followed", nullptr},
    {"handover.handed", nullptr, true},
    {"handover.let_go", nullptr},
    {"handover.taken", nullptr},
    {"issue.advised", take_issue},
    {"issue.answers_gathered", nullptr, true},
    {"issue.gathered", take_issue},
    {"issue.kept_out", nullptr},
    {"issue.moved", take_issue},
    {"issue.rest_listed", nullptr},
    {"issue.suggested", take_issue},
    {"ledger.words_erased", nullptr},
    {"mail.reply_taken", nullptr},
    {"measure.absent", take_measure},
    {"measure.adopted", take_measure, false, 2},
    {"measure.closed", take_measure},
    {"measure.extended", take_measure},
    {"measure.judged", take_measure},
    {"measure.late", take_measure},
    {"measure.looked_back", take_measure, false, 2},
    {"measure.reassigned", take_measure},
    {"measure.reported", take_measure},
    {"measure.retargeted", take_measure},
    {"measure.reworded", nullptr},
    {"measure.verified", take_measure},
    {"opinion_map.frozen", nullptr},
    {"opinion_map.rows_published", nullptr},
    {"paper.checked", take_paper},
    {"paper.codes_made", nullptr, true},
    {"paper.opened", take_paper},
    {"paper.recounted", take_paper},
    {"paper.sent_back", take_paper},
    {"paper.typed", take_paper},
    {"people.calendar_set", take_ground, false, 2},
    {"people.code_reset", nullptr},
    {"people.contractor_ended", nullptr},
    {"people.contractor_made", nullptr},
    {"people.installed", nullptr},
    {"people.officer_changed", take_ground, false, 2},
    {"people.officer_made", take_ground, false, 2},
    {"people.password_given", nullptr},
    {"people.setting_changed", take_ground},
    {"people.unit_closed", nullptr},
    {"people.unit_made", take_ground},
    {"people.unit_moved", take_ground},
    {"people.unit_renamed", nullptr},
    {"preset.adopted", nullptr},
    {"review.closed", take_review},
    {"review.drafted", take_review},
    {"review.opened", take_review},
    {"review.passed_over", nullptr},
    {"routing.table_set", nullptr},
    {"scorecard.published", take_scorecard, false, 2},
    {"spotcheck.announced", take_spot_check},
    {"spotcheck.drawn", take_spot_check},
    {"spotcheck.looked", take_spot_check},
    {"spotcheck.not_looked", take_spot_check},
    {"support.given", nullptr, true},
    {"support.taken_back", nullptr, true},
    {"survey.answered", take_survey, true},
    {"survey.changed", take_survey},
    {"survey.closed", take_survey},
    {"survey.drafted", take_survey},
    {"survey.opened", take_survey},
    {"visit.called_off", nullptr},
    {"visit.corrected", take_visit},
    {"visit.linked", nullptr},
    {"visit.planned", nullptr},
    {"visit.reception_announced", nullptr},
    {"visit.reception_called_off", nullptr},
    {"visit.reception_held", nullptr},
    {"visit.reception_moved", nullptr},
    {"visit.recorded", take_visit, false, 2},
    {"visit.reported_back", nullptr},
    {"visit.slot_given_back", nullptr, true},
    {"visit.slot_taken", nullptr, true},
    {"voice.agreement_found", take_case},
    {"voice.agreement_judged", take_case},
    {"voice.agreement_said", take_case},
    {"voice.answered", take_case},
    {"voice.answered_with", take_case},
    {"voice.appeal_refused", take_case},
    {"voice.appealed", take_case},
    {"voice.asked_back", take_case},
    {"voice.assigned", take_case, false, 2},
    {"voice.bounced", take_case},
    {"voice.called_back", take_case},
    {"voice.closed", take_case},
    {"voice.closed_unrated", take_case},
    {"voice.corrected", take_case, false, 2},
    {"voice.due", nullptr},
    {"voice.due_sooner", take_case, false, 2},
    {"voice.extended", take_case, false, 2},
    {"voice.found_open", take_case, false, 2},
    {"voice.held", take_case},
    {"voice.hidden", take_case},
    {"voice.imported", take_case, false, 2},
    {"voice.joined", take_case},
    {"voice.kept_apart", take_case},
    {"voice.kept_whole", take_case},
    {"voice.late", take_case, false, 2},
    {"voice.parted", take_case},
    {"voice.paused", take_case},
    {"voice.places_listed", nullptr},
    {"voice.published", take_case},
    {"voice.put_together", take_case},
    {"voice.rated", take_case},
    {"voice.received", take_case, false, 4},
    {"voice.reopened", take_case, false, 2},
    {"voice.report_decided", take_case},
    {"voice.reported", take_case},
    {"voice.resumed", take_case, false, 2},
    {"voice.seal_made", nullptr, true},
    {"voice.shown_again", take_case},
    {"voice.split", take_case},
    {"voice.split_off", take_case},
    {"voice.withdrawn", take_case},
    {"voice.word_added", take_case, false, 2},
};

const Kind* find_kind(std::string_view name) {
    const auto at = std::lower_bound(std::begin(kinds), std::end(kinds), name,
                                     [](const Kind& kind, std::string_view text) { return kind.name < text; });
    return at != std::end(kinds) && at->name == name ? at : nullptr;
}

// What an entry is about that could not be read; authors' acts have the round as subject and the message as parent.
Name matter_of(const Entry& e) {
    const std::string what(e.kind.substr(0, e.kind.find('.')));
    return {what, what == "voice" && e.parent ? *e.parent : e.subject, {}, {}};
}

}  // namespace

Audit::Audit() : world_(std::make_unique<World>()) {}
Audit::~Audit() = default;

void Audit::take(const Entry& e) {
    World& w = *world_;
    if (e.index != w.next) throw std::logic_error("audit: entries must come in order");
    ++w.next;
    w.last = e.time;
    w.tree.append(e.leaf);
    const Kind* kind = find_kind(e.kind);
    if (!kind) {
        ++w.unknown[std::string(e.kind)];
        return;
    }
    const auto wrong = [&](std::string what) {
        w.faults.push_back({matter_of(e), e.index, std::string(e.kind) + ": " + std::move(what)});
    };
    if (e.v < 1 || e.v > kind->newest) return wrong("version " + std::to_string(e.v) + " is not known to this program");
    if (!e.facts) {
        if (kind->kept) return take_hidden(w, e);
        return wrong("its facts are not served, so that nobody can count again");
    }
    if (!kind->take) return miss_finding(w, e.index);
    const auto facts = kernel::parse_json(*e.facts, kernel::Numbers::canonical);
    if (!facts) return wrong("its facts are no JSON");
    try {
        const Event event{e.index, e.subject, e.kind, e.time, *facts, e.v};
        kind->take(w, event);
        miss_finding(w, e.index);
    } catch (const std::runtime_error& error) { wrong(error.what()); } catch (const std::logic_error& error) {
        wrong(error.what());
    }
}

Report Audit::finish() {
    World& w = *world_;
    miss_finding(w, w.next);
    end_cases(w);
    end_measures(w);
    end_decisions(w);
    end_reviews(w);
    end_surveys(w);
    Report report;
    report.matters = all_matters(w);
    report.hidden = all_hidden(w);
    report.faults = w.faults;
    std::stable_sort(report.faults.begin(), report.faults.end(), [](const Fault& a, const Fault& b) {
        return a.entry.value_or(INT64_MAX) < b.entry.value_or(INT64_MAX);
    });
    for (const auto& [name, n] : w.unknown) report.unknown.push_back(name + ": " + std::to_string(n));
    return report;
}

}  // namespace audit
