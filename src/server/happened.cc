#include "happened.h"

#include <algorithm>
#include <array>

#include <cycle/cycle.h>
#include <decision/decision.h>
#include <dialogue/dialogue.h>
#include <handover/handover.h>
#include <issue/issue.h>
#include <kernel/id.h>
#include <ledger/ledger.h>
#include <measure/measure.h>
#include <page/page.h>
#include <people/people.h>
#include <review/review.h>
#include <scorecard/scorecard.h>
#include <visit/visit.h>
#include <voice/voice.h>

#include "binding_days.h"

namespace server {
namespace {

using notice::Happened;
using notice::Matter;
using notice::What;

// Of which kinds of entries people are told. What is not here is told to nobody: reports and appeals, single votes,
// what moderators think over, who keeps which list.
constexpr std::array told = {
    std::pair{"cycle.opened", "server.told_cycle_opened"},
    std::pair{"cycle.phase_entered", "server.told_cycle_phase"},
    std::pair{"decision.counted", "server.told_motion_counted"},
    std::pair{"decision.minutes_published", "server.told_minutes"},
    std::pair{"decision.motion_tabled", "server.told_motion_tabled"},
    std::pair{"decision.sitting_called", "server.told_sitting_called"},
    std::pair{"dialogue.closed", "server.told_dialogue_closed"},
    std::pair{"dialogue.opened", "server.told_dialogue_opened"},
    std::pair{"handover.followed", "server.told_handover_followed"},
    std::pair{"handover.handed", "server.told_handover_handed"},
    std::pair{"handover.let_go", "server.told_handover_followed"},
    std::pair{"handover.taken", "server.told_handover_followed"},
    std::pair{"issue.moved", "server.told_issue_moved"},
    std::pair{"issue.suggested", "server.told_issue_suggested"},
    std::pair{"measure.absent", "server.told_measure_absent"},
    std::pair{"measure.adopted", "server.told_measure_adopted"},
    std::pair{"measure.closed", "server.told_measure_closed"},
    std::pair{"measure.extended", "server.told_measure_changed"},
    std::pair{"measure.judged", "server.told_measure_judged"},
    std::pair{"measure.late", "server.told_measure_late"},
    std::pair{"measure.looked_back", "server.told_measure_looked_back"},
    std::pair{"measure.reassigned", "server.told_measure_changed"},
    std::pair{"measure.reported", "server.told_measure_reported"},
    std::pair{"measure.retargeted", "server.told_measure_changed"},
    std::pair{"measure.reworded", "server.told_measure_changed"},
    std::pair{"measure.verified", "server.told_measure_verified"},
    std::pair{"review.closed", "server.told_review_closed"},
    std::pair{"review.opened", "server.told_review_opened"},
    std::pair{"scorecard.published", "server.told_scorecard"},
    std::pair{"visit.corrected", "server.told_visit_corrected"},
    std::pair{"visit.recorded", "server.told_visit"},
    std::pair{"visit.reported_back", "server.told_visit_told"},
    std::pair{"voice.agreement_found", "server.told_voice_agreement"},
    std::pair{"voice.agreement_judged", "server.told_voice_agreement"},
    std::pair{"voice.agreement_said", "server.told_voice_agreement"},
    std::pair{"voice.answered", "server.told_voice_answered"},
    std::pair{"voice.answered_with", "server.told_voice_answered"},
    std::pair{"voice.asked_back", "server.told_voice_asked_back"},
    std::pair{"voice.assigned", "server.told_voice_assigned"},
    std::pair{"voice.bounced", "server.told_voice_bounced"},
    std::pair{"voice.called_back", "server.told_voice_called"},
    std::pair{"voice.closed", "server.told_voice_closed"},
    std::pair{"voice.closed_unrated", "server.told_voice_closed"},
    std::pair{"voice.corrected", "server.told_voice_corrected"},
    std::pair{"voice.extended", "server.told_voice_extended"},
    std::pair{"voice.found_open", "server.told_voice_found_open"},
    std::pair{"voice.held", "server.told_voice_held"},
    std::pair{"voice.hidden", "server.told_voice_hidden"},
    std::pair{"voice.joined", "server.told_voice_joined"},
    std::pair{"voice.kept_apart", "server.told_voice_parted"},
    std::pair{"voice.kept_whole", "server.told_voice_whole"},
    std::pair{"voice.late", "server.told_voice_late"},
    std::pair{"voice.parted", "server.told_voice_parted"},
    std::pair{"voice.published", "server.told_voice_published"},
    std::pair{"voice.put_together", "server.told_voice_whole"},
    std::pair{"voice.rated", "server.told_voice_rated"},
    std::pair{"voice.reopened", "server.told_voice_reopened"},
    std::pair{"voice.resumed", "server.told_voice_resumed"},
    std::pair{"voice.shown_again", "server.told_voice_published"},
    std::pair{"voice.split", "server.told_voice_split"},
    std::pair{"voice.withdrawn", "server.told_voice_withdrawn"},
    std::pair{"voice.word_added", "server.told_voice_word_added"},
};

// "/voices/17" -> 17, where that is what stands there.
std::optional<std::int64_t> number_in(const std::string& link, std::string_view folder) {
    if (!link.starts_with(folder)) return std::nullopt;
    const std::string_view rest = std::string_view(link).substr(folder.size());
    return kernel::parse_index(rest.substr(0, rest.find_first_of("/?#")));
}

template <class Id>
Matter followed(What what, Id id) {
    return {what, id.value()};
}

// Of these alone state and number are public; a message for named receivers is nobody else's matter.
bool may_be_followed(const voice::Voice& v) {
    return v.audience == voice::Audience::open || v.audience == voice::Audience::unit_only;
}

std::optional<Happened> in_voice(db::Connection& db, Happened h) {
    const auto id = number_in(h.link, "/voices/");
    const auto found = id ? voice::voice(db, voice::VoiceId(*id)) : std::nullopt;
    if (!found || !may_be_followed(*found)) return std::nullopt;
    h.n = *id;
    h.touched = {followed(What::voice, found->id)};
    if (found->part_of) h.touched.push_back(followed(What::voice, *found->part_of));  // who follows the whole
    if (found->unit) h.touched.push_back(followed(What::unit, *found->unit));
    return h;
}

// To whom something is handed tells what it is about: told only where everybody may read it.
std::optional<Happened> in_handed(db::Connection& db, Happened h) {
    const auto id = number_in(h.link, "/voices/");
    const auto found = id ? voice::voice(db, voice::VoiceId(*id)) : std::nullopt;
    if (!found || found->audience != voice::Audience::open) return std::nullopt;
    return in_voice(db, std::move(h));
}

std::optional<Happened> in_issue(db::Connection& db, Happened h) {
    const auto id = number_in(h.link, "/issues/");
    const auto found = id ? issue::issue(db, issue::IssueId(*id)) : std::nullopt;
    if (!found) return std::nullopt;
    h.n = *id;
    h.state_key = "issue.state_" + std::string(issue::name(found->state));
    h.touched = {followed(What::issue, found->id), followed(What::cycle, found->cycle)};
    return h;
}

void touch_measure(Happened& h, const measure::Measure& m) {
    h.touched.push_back(followed(What::measure, m.id));
    h.touched.push_back(followed(What::cycle, m.promised.cycle));
    h.touched.push_back(followed(What::unit, m.promised.owner_unit));
    if (m.promised.issue) h.touched.push_back(followed(What::issue, *m.promised.issue));
}

std::optional<Happened> in_measure(db::Connection& db, Happened h) {
    const auto id = number_in(h.link, "/measures/");
    const auto found = id ? measure::measure(db, measure::MeasureId(*id)) : std::nullopt;
    if (!found) return std::nullopt;
    h.n = *id;
    h.state_key = "measure.state_" + std::string(measure::name(found->state));
    touch_measure(h, *found);
    return h;
}

std::optional<Happened> in_decision(db::Connection& db, Happened h) {
    if (const auto id = number_in(h.link, "/motions/")) {
        const auto motion = decision::motion(db, decision::MotionId(*id));
        const auto sitting = motion ? decision::sitting(db, motion->sitting) : std::nullopt;
        if (!sitting) return std::nullopt;
        h.n = *id;
        h.touched = {followed(What::issue, motion->issue), followed(What::cycle, sitting->cycle)};
        return h;
    }
    const auto id = number_in(h.link, "/sittings/");
    const auto sitting = id ? decision::sitting(db, decision::SittingId(*id)) : std::nullopt;
    if (!sitting) return std::nullopt;
    h.n = *id;
    h.touched = {followed(What::cycle, sitting->cycle)};
    for (const decision::Motion& motion : decision::motions(db, sitting->id))
        h.touched.push_back(followed(What::issue, motion.issue));
    return h;
}

std::optional<Happened> in_visit(db::Connection& db, Happened h) {
    const auto id = number_in(h.link, "/visits/");
    const auto found = id ? visit::visit(db, visit::VisitId(*id)) : std::nullopt;
    if (!found) return std::nullopt;
    h.n = *id;
    h.touched = {followed(What::cycle, found->cycle), followed(What::unit, found->unit)};
    if (found->issue) h.touched.push_back(followed(What::issue, *found->issue));
    return h;
}

std::optional<Happened> in_cycle(db::Connection& db, Happened h) {
    const auto id = number_in(h.link, "/cycles/");
    const auto found = id ? cycle::cycle(db, people::CycleId(*id)) : std::nullopt;
    if (!found || found->standing) return std::nullopt;
    h.n = *id;
    h.state_key = "cycle.phase_" + std::string(cycle::name(found->phase));
    h.touched = {followed(What::cycle, found->id), followed(What::unit, found->organiser)};
    return h;
}

std::optional<Happened> in_dialogue(db::Connection& db, Happened h) {
    const auto id = number_in(h.link, "/dialogues/");
    const auto found = id ? dialogue::dialogue(db, dialogue::DialogueId(*id)) : std::nullopt;
    if (!found) return std::nullopt;
    h.n = *id;
    h.touched = {followed(What::cycle, found->cycle)};
    return h;
}

std::optional<Happened> in_review(db::Connection& db, Happened h) {
    const auto id = number_in(h.link, "/reviews/");
    const auto found = id ? review::review(db, review::ReviewId(*id)) : std::nullopt;
    const auto judged = found ? measure::measure(db, found->frozen.measure) : std::nullopt;
    if (!judged) return std::nullopt;
    h.n = judged->id.value();
    touch_measure(h, *judged);
    return h;
}

std::optional<Happened> in_scorecard(Happened h) {
    const auto id = number_in(h.link, "/units/");
    if (!id) return std::nullopt;
    h.n = *id;
    h.touched = {{What::unit, *id}};
    return h;
}

// The page on which the entry's feature shows it.
std::string page_of(db::Connection& db, std::string_view feature, std::int64_t entry) {
    const auto of = [](const auto& slip) { return slip ? slip->link : std::string(); };
    if (feature == "handover") return of(handover::slip(db, entry));
    if (feature == "voice") return of(voice::slip(db, entry));
    if (feature == "issue") return of(issue::slip(db, entry));
    if (feature == "measure") return of(measure::slip(db, entry));
    if (feature == "decision") return of(decision::slip(db, entry));
    if (feature == "visit") return of(visit::slip(db, entry));
    if (feature == "cycle") return of(cycle::slip(db, entry));
    if (feature == "dialogue") return of(dialogue::slip(db, entry));
    if (feature == "review") return of(review::slip(db, entry));
    return of(scorecard::slip(db, entry));
}

std::optional<Happened> happened(db::Connection& db, const ledger::Entry& entry) {
    const auto* const row =
        std::find_if(told.begin(), told.end(), [&](const auto& each) { return entry.kind == each.first; });
    if (row == told.end()) return std::nullopt;
    const std::string_view feature = std::string_view(entry.kind).substr(0, entry.kind.find('.'));
    Happened h;
    h.key = row->second;
    h.link = page_of(db, feature, entry.index);
    if (feature == "handover") return in_handed(db, std::move(h));
    if (feature == "voice") return in_voice(db, std::move(h));
    if (feature == "issue") return in_issue(db, std::move(h));
    if (feature == "measure") return in_measure(db, std::move(h));
    if (feature == "decision") return in_decision(db, std::move(h));
    if (feature == "visit") return in_visit(db, std::move(h));
    if (feature == "cycle") return in_cycle(db, std::move(h));
    if (feature == "dialogue") return in_dialogue(db, std::move(h));
    if (feature == "review") return in_review(db, std::move(h));
    return in_scorecard(std::move(h));
}

std::optional<notice::Named> named(db::Connection& db, page::Lang lang, Matter m) {
    const std::string n = std::to_string(m.id);
    const auto as = [&](std::string_view key, const std::string& folder) {
        return notice::Named{page::say(lang, key, {{"n", n}}), folder + n};
    };
    switch (m.what) {
        case What::voice: {
            const auto found = voice::voice(db, voice::VoiceId(m.id));
            if (!found || !may_be_followed(*found)) return std::nullopt;
            return as("server.matter_voice", "/voices/");
        }
        case What::issue:
            if (!issue::issue(db, issue::IssueId(m.id))) return std::nullopt;
            return as("server.matter_issue", "/issues/");
        case What::measure:
            if (!measure::measure(db, measure::MeasureId(m.id))) return std::nullopt;
            return as("server.matter_measure", "/measures/");
        case What::cycle: {
            const auto found = cycle::cycle(db, people::CycleId(m.id));
            if (!found) return std::nullopt;
            return as(found->standing ? "server.matter_desk" : "server.matter_cycle", "/cycles/");
        }
        case What::unit: {
            const auto found = people::unit(db, people::UnitId(m.id));
            if (!found) return std::nullopt;
            return notice::Named{found->name, "/units/" + n};
        }
    }
    return std::nullopt;
}

}  // namespace

notice::Hooks notice_hooks() { return {happened, named, binding_days}; }

}  // namespace server
