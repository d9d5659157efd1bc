// What the slip of an entry says.
#include <claim/claim.h>
#include <contact/contact.h>
#include <cycle/cycle.h>
#include <decision/decision.h>
#include <desk/desk.h>
#include <dialogue/dialogue.h>
#include <erasure/erasure.h>
#include <georeport/georeport.h>
#include <handover/handover.h>
#include <issue/issue.h>
#include <mail/mail.h>
#include <measure/measure.h>
#include <opinion_map/opinion_map.h>
#include <paper/paper.h>
#include <preset/preset.h>
#include <proof/proof.h>
#include <review/review.h>
#include <routing/routing.h>
#include <scorecard/scorecard.h>
#include <spotcheck/spotcheck.h>
#include <support/support.h>
#include <survey/survey.h>
#include <visit/visit.h>
#include <voice/voice.h>

#include "wiring.h"

namespace server {

std::optional<proof::Matter> matter(db::Connection& db, std::int64_t entry) {
    if (auto slip = voice::slip(db, entry)) return proof::Matter{slip->kind_key, slip->due, slip->link};
    if (auto slip = dialogue::slip(db, entry)) return proof::Matter{slip->kind_key, std::nullopt, slip->link};
    if (auto slip = issue::slip(db, entry)) return proof::Matter{slip->kind_key, std::nullopt, slip->link};
    if (auto slip = visit::slip(db, entry)) return proof::Matter{slip->kind_key, std::nullopt, slip->link};
    if (auto slip = measure::slip(db, entry)) return proof::Matter{slip->kind_key, std::nullopt, slip->link};
    if (auto slip = spotcheck::slip(db, entry)) return proof::Matter{slip->kind_key, std::nullopt, slip->link};
    if (auto slip = scorecard::slip(db, entry)) return proof::Matter{slip->kind_key, std::nullopt, slip->link};
    if (auto slip = erasure::slip(db, entry)) return proof::Matter{slip->kind_key, std::nullopt, slip->link};
    if (auto slip = decision::slip(db, entry)) return proof::Matter{slip->kind_key, std::nullopt, slip->link};
    if (auto slip = review::slip(db, entry)) return proof::Matter{slip->kind_key, std::nullopt, slip->link};
    if (auto slip = survey::slip(db, entry)) return proof::Matter{slip->kind_key, std::nullopt, slip->link};
    if (auto slip = cycle::slip(db, entry)) return proof::Matter{slip->kind_key, std::nullopt, slip->link};
    if (auto slip = preset::slip(db, entry)) return proof::Matter{slip->kind_key, std::nullopt, slip->link};
    if (auto slip = routing::slip(db, entry)) return proof::Matter{slip->kind_key, std::nullopt, slip->link};
    if (auto slip = contact::slip(db, entry)) return proof::Matter{slip->kind_key, std::nullopt, slip->link};
    if (auto slip = opinion_map::slip(db, entry)) return proof::Matter{slip->kind_key, std::nullopt, slip->link};
    if (auto slip = support::slip(db, entry)) return proof::Matter{slip->kind_key, std::nullopt, slip->link};
    if (auto slip = mail::slip(db, entry)) return proof::Matter{slip->kind_key, std::nullopt, slip->link};
    if (auto slip = claim::slip(db, entry)) return proof::Matter{slip->kind_key, std::nullopt, slip->link};
    if (auto slip = georeport::slip(db, entry)) return proof::Matter{slip->kind_key, std::nullopt, slip->link};
    if (auto slip = handover::slip(db, entry)) return proof::Matter{slip->kind_key, std::nullopt, slip->link};
    if (auto slip = paper::slip(db, entry)) return proof::Matter{slip->kind_key, std::nullopt, slip->link};
    if (auto slip = desk::slip(db, entry)) return proof::Matter{slip->kind_key, std::nullopt, slip->link};
    return std::nullopt;
}

}  // namespace server
