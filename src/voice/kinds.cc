#include "store.h"

namespace voice {

void add_kinds(std::vector<ledger::Kind>& kinds) {
    constexpr std::string_view without_words[] = {
        "voice.published",      "voice.assigned",  "voice.resumed",       "voice.late",      "voice.closed",
        "voice.closed_unrated", "voice.withdrawn", "voice.places_listed", "voice.seal_made", "voice.due_sooner",
        "voice.answered_with",  "voice.due",       "voice.found_open",    "voice.split"};
    constexpr std::string_view steps_with_words[] = {"voice.held",
                                                     "voice.hidden",
                                                     "voice.shown_again",
                                                     "voice.appeal_refused",
                                                     "voice.report_decided",
                                                     "voice.bounced",
                                                     "voice.asked_back",
                                                     "voice.answered",
                                                     "voice.extended",
                                                     "voice.corrected",
                                                     "voice.word_added",
                                                     "voice.rated",
                                                     "voice.reopened",
                                                     "voice.appealed",
                                                     "voice.joined",
                                                     "voice.parted",
                                                     "voice.paused",
                                                     "voice.called_back",
                                                     "voice.kept_apart",
                                                     "voice.agreement_said",
                                                     "voice.agreement_judged",
                                                     "voice.agreement_found",
                                                     "voice.kept_whole",
                                                     "voice.put_together"};
    kinds.push_back({"voice.received", apply, forget_words});
    kinds.push_back({"voice.imported", apply, forget_imported});
    for (std::string_view kind : steps_with_words) kinds.push_back({kind, apply, forget_step});
    kinds.push_back({"voice.split_off", apply, forget_title});
    kinds.push_back({"voice.reported", apply, forget_report});
    for (std::string_view kind : without_words) kinds.push_back({kind, apply, {}});
}

}  // namespace voice
