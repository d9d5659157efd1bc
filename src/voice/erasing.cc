// What the erasure of words asks about voices.
#include <algorithm>

#include "acts.h"

namespace voice {
namespace {

std::optional<VoiceId> voice_of(db::Connection& db, std::int64_t entry) {
    VoiceId id(entry);
    if (step(db, entry, &id)) return id;
    return find_case(db, id) ? std::optional(id) : std::nullopt;
}

}  // namespace

std::vector<std::int64_t> entries_of(db::Connection& db, VoiceId id) {
    std::vector<std::int64_t> all = {id.value()};
    for (const Step& step : steps(db, id)) all.push_back(step.entry);
    return all;
}

std::optional<std::vector<std::int64_t>> written_by_author(const people::Needs& needs, db::Connection& db, VoiceId id,
                                                           std::string_view visitor, std::string_view code) {
    const std::optional<Case> found = find_case(db, id);
    const Keys keys = keys_of(needs, found ? found->cycle : people::CycleId(), visitor, code);
    if (!found || !who_of(db, {}, *found, keys).author) return std::nullopt;
    constexpr What theirs[] = {What::appealed,       What::word_added,          What::rated,
                               What::reopened,       What::reopened_superior,   What::word_given,
                               What::kept_apart,     What::agreement_confirmed, What::agreement_denied,
                               What::agreement_kept, What::agreement_broken};
    std::vector<std::int64_t> all = {id.value()};
    for (const Step& step : steps(db, id))
        if (step.text && std::find(std::begin(theirs), std::end(theirs), step.what) != std::end(theirs))
            all.push_back(step.entry);
    return all;
}

bool concerns(db::Connection& db, const people::Actor& actor, std::int64_t entry) {
    const std::optional<VoiceId> id = voice_of(db, entry);
    const std::optional<Case> found = id ? find_case(db, *id) : std::nullopt;
    return found && found->unit && !people::independent(db, actor.unit, *found->unit);
}

std::vector<kernel::Hash> blobs_of(db::Connection& db, std::int64_t entry) {
    std::vector<kernel::Hash> all;
    if (const std::optional<change::Words> words = find_words(db, VoiceId(entry)))
        for (const Photo& photo : words->pictures) {
            all.push_back(photo.picture);
            all.push_back(photo.preview);
        }
    return all;
}

}  // namespace voice
