// What the erasure of words asks about voices.
#include <algorithm>

#include "acts.h"
#include "kept_photos.h"

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
    for (const Step& step : steps(db, id))
        if (step.entry != id.value()) all.push_back(step.entry);
    // The words of a part are those of its whole: what was erased there is missing here.
    if (const std::optional<Case> c = find_case(db, id); c && c->part_of) all.push_back(c->part_of->value());
    return all;
}

std::optional<std::vector<std::int64_t>> written_by_author(const people::Needs& needs, db::Connection& db, VoiceId id,
                                                           std::string_view visitor, std::string_view code) {
    std::optional<Case> found = find_case(db, id);
    if (found && found->part_of) found = find_case(db, *found->part_of);  // one message, erased in one
    const Keys keys = keys_of(needs, found ? found->cycle : people::CycleId(), visitor, code);
    if (!found || !who_of(db, {}, *found, keys).author) return std::nullopt;
    constexpr What theirs[] = {What::appealed,       What::word_added,          What::rated,
                               What::reopened,       What::reopened_superior,   What::word_given,
                               What::kept_apart,     What::agreement_confirmed, What::agreement_denied,
                               What::agreement_kept, What::agreement_broken,    What::kept_whole};
    // A part's title was made of what they wrote.
    std::vector<VoiceId> these = part_ids(db, found->id);
    these.insert(these.begin(), found->id);
    std::vector<std::int64_t> all;
    for (VoiceId one : these) {
        all.push_back(one.value());
        for (const Step& step : steps(db, one))
            if (step.text && std::find(std::begin(theirs), std::end(theirs), step.what) != std::end(theirs))
                all.push_back(step.entry);
    }
    return all;
}

bool concerns(db::Connection& db, const people::Actor& actor, std::int64_t entry) {
    const std::optional<VoiceId> id = voice_of(db, entry);
    const std::optional<Case> found = id ? find_case(db, *id) : std::nullopt;
    if (!found) return false;
    std::vector<VoiceId> parts = part_ids(db, found->part_of.value_or(found->id));
    if (found->unit && !people::independent(db, actor.unit, *found->unit)) return true;
    return std::any_of(parts.begin(), parts.end(), [&](VoiceId part) {
        const std::optional<Case> one = find_case(db, part);
        return one && one->unit && !people::independent(db, actor.unit, *one->unit);
    });
}

std::vector<kernel::Hash> blobs_of(db::Connection& db, std::int64_t entry) {
    std::vector<kernel::Hash> all;
    const std::optional<change::Words> words = find_words(db, VoiceId(entry));
    if (!words) return all;
    for (const Photo& photo : words->pictures) {
        all.push_back(photo.picture);
        all.push_back(photo.preview);
    }
    for (const Paper& paper : words->papers) {
        // What was kept of it while its form was put right holds its text for another day.
        all.push_back(kernel::sha256(kernel::view(pages_in_store(paper))));
        for (const PaperPage& page : paper.pages) {
            all.push_back(page.picture);
            all.push_back(page.preview);
        }
    }
    return all;
}

}  // namespace voice
