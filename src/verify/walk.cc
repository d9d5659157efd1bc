#include "walk.h"

#include <algorithm>

#include "fault.h"

namespace verify {
namespace {

constexpr std::string_view erasure_kind = "ledger.words_erased", reserved = "ledger.";

std::size_t big_endian_16(std::string_view two) {
    return static_cast<std::size_t>(static_cast<unsigned char>(two[0])) << 8 | static_cast<unsigned char>(two[1]);
}

std::optional<kernel::Instant> earlier(std::optional<kernel::Instant> a, std::optional<kernel::Instant> b) {
    if (!a || !b) return a ? a : b;
    return std::min(*a, *b);
}

std::string ahead(std::int64_t theirs, std::int64_t ours) {
    return "it is of " + std::to_string(theirs) + " entries, and the log shows " + std::to_string(ours) +
           ": the log was rolled back, or an old view of it is shown";
}

}  // namespace

Walk::Walk(Source& source, std::vector<Kept> kept, std::vector<Wanted> wanted, std::int64_t slack, Progress progress,
           Each each)
    : source_(source),
      kept_(std::move(kept)),
      wanted_(std::move(wanted)),
      slack_(slack),
      progress_(std::move(progress)),
      each_(std::move(each)),
      tiles_(source) {
    std::stable_sort(kept_.begin(), kept_.end(),
                     [](const Kept& a, const Kept& b) { return a.checkpoint.size < b.checkpoint.size; });
    seen_.resize(kept_.size() + 1);
    for (std::size_t i = kept_.size(); i-- > 0;)
        seen_[i] = kept_[i].seen ? earlier(kept_[i].seen->by_quorum, seen_[i + 1]) : seen_[i + 1];
    std::stable_sort(wanted_.begin(), wanted_.end(),
                     [](const Wanted& a, const Wanted& b) { return a.proof.index < b.proof.index; });
}

void Walk::to(const merkle::Checkpoint& goal, std::optional<kernel::Instant> witnessed) {
    if (goal.size < tiles_.size())
        throw Fault(source_.name("checkpoint"), goal.size, std::nullopt, "the log became shorter while it was read");
    tiles_.going_to(goal.size, goal.root);
    goal_witnessed_ = witnessed;
    fetched_up_to_ = tiles_.size();
    meet_kept();
    for (std::int64_t n = tiles_.size() / merkle::tile_width; const int width = merkle::tile_fill(0, n, goal.size);
         ++n) {
        bundle(n, width);
        if (progress_) progress_(tiles_.size(), goal.size);
    }
    tiles_.finish(goal.root);
    figures_.entries = tiles_.size();
    figures_.tiles = tiles_.compared();
}

void Walk::expect_end() const {
    if (next_kept_ < kept_.size())
        throw Fault(kept_[next_kept_].where, std::nullopt, std::nullopt,
                    ahead(kept_[next_kept_].checkpoint.size, tiles_.size()));
    if (!claimed_.empty()) {
        const std::int64_t index = claimed_.begin()->first, n = index / merkle::tile_width;
        throw Fault(source_.name(payload_path(n, merkle::tile_fill(0, n, tiles_.size()))), index, std::nullopt,
                    "its words are said to be erased, and no entry records that");
    }
}

void Walk::bundle(std::int64_t n, int width) {
    const std::string at = merkle::tile_path({-1, n, width}), beside = payload_path(n, width);
    const auto leaves = source_.get(at), payloads = source_.get(beside);
    const std::string name = source_.name(at), payload_name = source_.name(beside);
    if (!leaves) throw Fault(name, std::nullopt, std::nullopt, "this bundle is missing");
    if (!payloads) throw Fault(payload_name, std::nullopt, std::nullopt, "this bundle is missing");
    std::string_view rest(*leaves), lines(*payloads);
    Place place{n * merkle::tile_width, &name, 0, &payload_name, 0};
    for (int i = 0; i < width; ++i, ++place.index) {
        place.byte = static_cast<std::int64_t>(leaves->size() - rest.size());
        place.line_byte = static_cast<std::int64_t>(payloads->size() - lines.size());
        const std::size_t length = rest.size() < 2 ? 0 : big_endian_16(rest);
        if (rest.size() < 2 + length) throw Fault(name, place.index, place.byte, "the bundle ends too early");
        const std::size_t line_end = lines.find('\n');
        if (line_end == lines.npos)
            throw Fault(payload_name, place.index, place.line_byte, "the bundle ends too early");
        entry(place, rest.substr(2, length), lines.substr(0, line_end));
        rest.remove_prefix(2 + length);
        lines.remove_prefix(line_end + 1);
    }
    if (!rest.empty())
        throw Fault(name, place.index, static_cast<std::int64_t>(leaves->size() - rest.size()),
                    "bytes that no entry covers");
    if (!lines.empty())
        throw Fault(payload_name, place.index, static_cast<std::int64_t>(payloads->size() - lines.size()),
                    "bytes that no entry covers");
    ++figures_.bundles;
}

void Walk::entry(const Place& place, std::string_view bytes, std::string_view line) {
    const merkle::Hash hash = merkle::leaf_hash(kernel::view(bytes));
    if (place.index < tiles_.size()) {  // read before, in a narrower bundle
        const merkle::Hash* before = tiles_.held(place.index);
        if (!before || *before != hash)
            throw Fault(*place.bundle, place.index, place.byte, "this entry was another one a moment ago");
        return;
    }
    std::optional<Leaf> leaf;
    try {
        leaf = read_leaf(bytes);
        check_leaf(place, *leaf);
    } catch (const Wrong& wrong) {
        throw Fault(*place.bundle, place.index, place.byte + 2 + static_cast<std::int64_t>(wrong.byte),
                    "the leaf is not as the format says: " + wrong.why);
    }
    try {
        read_payload_line(line, line_);
        check_payloads(place, *leaf, hash);
    } catch (const Wrong& wrong) {
        throw Fault(*place.lines, place.index, place.line_byte + static_cast<std::int64_t>(wrong.byte),
                    "the payload is not as the format says: " + wrong.why);
    }
    if (leaf->kind.starts_with(reserved)) check_erasure(place, *leaf);
    check_time_bounds(place, *leaf);
    meet_receipts(place, hash);
    leaf->hash = hash;
    if (each_) each_(place.index, *leaf, line_);
    tiles_.append(hash);
    meet_kept();
    if (place.index == 0) figures_.first = leaf->time, figures_.format = leaf->format;
    figures_.last = leaf->time;
}

void Walk::check_leaf(const Place& place, const Leaf& leaf) {
    if (place.index > 0 && leaf.format != figures_.format)
        throw Fault(*place.bundle, place.index, place.byte, "it is of another format than the entry before it");
    if (place.index > 0 && leaf.time < figures_.last)
        throw Fault(*place.bundle, place.index, place.byte, "it is older than the entry before it");
    if (leaf.parent && *leaf.parent >= place.index)
        throw Fault(*place.bundle, place.index, place.byte, "its parent comes after it");
}

void Walk::check_payloads(const Place& place, const Leaf& leaf, const merkle::Hash& leaf_hash) {
    const auto wrong = [&place](const char* what) { throw Fault(*place.lines, place.index, place.line_byte, what); };
    if (line_.index != place.index) wrong("this line is of another entry");
    const auto fits = [&](const Served& payload, const kernel::Hash& commitment, const char* what) {
        if (kernel::hmac_sha256(payload.salt, kernel::view(payload.bytes)) != commitment) {
            tiles_.expect(leaf_hash);  // is it the leaf that was changed?
            wrong(what);
        }
        check_payload(payload.bytes);
    };
    if (line_.has_facts) {
        fits(line_.facts, leaf.facts, "the facts are not those that the leaf commits to");
        ++figures_.facts;
    } else {
        ++figures_.facts_kept;
    }
    if (!leaf.words) {
        if (line_.has_words || line_.words_erased) wrong("it has words that the leaf does not commit to");
    } else if (line_.has_words) {
        fits(line_.words, *leaf.words, "the words are not those that the leaf commits to");
        ++figures_.words;
    } else if (line_.words_erased) {
        claimed_.emplace(place.index, leaf.subject);
    } else {
        ++figures_.words_kept;
    }
}

// Section 5: whoever erases says of which entry and why, once, and then the words are gone.
void Walk::check_erasure(const Place& place, const Leaf& leaf) {
    const auto wrong = [&place](const char* what) { throw Fault(*place.lines, place.index, place.line_byte, what); };
    if (leaf.kind != erasure_kind) wrong("kinds that begin with \"ledger.\" are reserved");
    if (!line_.has_facts) wrong("the facts of an erasure are always served");
    const Erasure erasure = read_erasure(line_.facts.bytes);
    if (leaf.v != 1 || leaf.words || leaf.parent != erasure.target)
        wrong("an erasure names its target as parent and has no words");
    const auto found = claimed_.find(erasure.target);
    if (found == claimed_.end()) {
        if (!source_.grows() || erasure.target >= fetched_up_to_ || !erased_meanwhile(erasure.target))
            wrong("it erases words that are still there, were never there, or were erased before");
    } else {
        if (found->second != leaf.subject) wrong("an erasure has the subject of its target");
        claimed_.erase(found);
    }
    ++figures_.words_erased;
}

// The payload was read before the erasure was recorded.
bool Walk::erased_meanwhile(std::int64_t target) {
    const std::int64_t n = target / merkle::tile_width;
    const auto lines = source_.get(payload_path(n, merkle::tile_fill(0, n, fetched_up_to_)));
    if (!lines) return false;
    std::string_view rest(*lines);
    for (std::int64_t i = n * merkle::tile_width; i < target; ++i)
        rest.remove_prefix(std::min(rest.find('\n'), rest.size() - 1) + 1);
    PayloadLine line;
    read_payload_line(rest.substr(0, rest.find('\n')), line);
    return line.index == target && line.words_erased;
}

// What a quorum of witnesses had seen was there then, and what they had not seen came later: docs/ledger-format.md,
// section 8, with the minute that a leaf's time was cut to.
void Walk::check_time_bounds(const Place& place, const Leaf& leaf) {
    if (not_before_ && leaf.time + 60'000 + slack_ < *not_before_)
        throw Fault(*place.bundle, place.index, place.byte,
                    "it is back-dated: witnesses had not seen it yet at " + kernel::iso(*not_before_));
    const auto seen = earlier(goal_witnessed_, seen_[next_kept_]);
    if (seen && leaf.time > *seen + slack_)
        throw Fault(*place.bundle, place.index, place.byte,
                    "it is dated later than witnesses saw it, at " + kernel::iso(*seen));
}

void Walk::meet_kept() {
    for (; next_kept_ < kept_.size() && kept_[next_kept_].checkpoint.size == tiles_.size(); ++next_kept_) {
        const Kept& kept = kept_[next_kept_];
        if (kept.checkpoint.root != tiles_.root())
            throw Fault(kept.where, std::nullopt, std::nullopt,
                        "its root of " + std::to_string(kept.checkpoint.size) +
                            " entries is not the root of these entries here: one of the two is another history");
        if (kept.seen && (!not_before_ || *not_before_ < kept.seen->first)) not_before_ = kept.seen->first;
        ++figures_.kept;
    }
}

void Walk::meet_receipts(const Place& place, const merkle::Hash& leaf) {
    for (; next_wanted_ < wanted_.size() && wanted_[next_wanted_].proof.index == place.index; ++next_wanted_) {
        const Wanted& wanted = wanted_[next_wanted_];
        if (!merkle::verify_inclusion(place.index, wanted.checkpoint.size, leaf, wanted.proof.proof,
                                      wanted.checkpoint.root))
            throw Fault(wanted.where, place.index, std::nullopt,
                        "it does not prove the entry that the log shows under this number");
        ++figures_.receipts;
    }
}

}  // namespace verify
