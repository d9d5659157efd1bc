#include "witnesses.h"

#include <algorithm>

#include <db/database.h>
#include <kernel/clock.h>
#include <ledger/ledger.h>
#include <merkle/cosignature.h>
#include <watch/watch.h>

#include "peer.h"
#include "store.h"

namespace witnesses {
namespace {

constexpr std::int64_t fresh_seconds = 60;

std::optional<Cosigned> read(const merkle::Policy& policy, const std::string& text) {
    auto note = merkle::Note::parse(text);
    const auto checkpoint = note ? merkle::Checkpoint::parse(note->body) : std::nullopt;
    if (!checkpoint) return std::nullopt;
    merkle::Verdict verdict = merkle::judge(policy, *note);
    return Cosigned{checkpoint->size, std::move(*note), text, std::move(verdict)};
}

}  // namespace

std::optional<ledger::Receipt> receipt(db::Connection& db, std::int64_t index, const Cosigned& cosigned) {
    if (index < 0 || index >= cosigned.size) return std::nullopt;
    const auto entry = ledger::entry(db, index);
    auto leaf = ledger::leaf(db, index);
    if (!entry || !leaf) return std::nullopt;
    ledger::Receipt out;
    out.index = index;
    out.time = entry->time;
    out.leaf = std::move(*leaf);
    out.proof = merkle::inclusion_proof(index, cosigned.size, ledger::hashes(db));
    out.checkpoint = cosigned.text;
    return out;
}

std::optional<std::string> kept_note(db::Connection& db, std::string_view body) {
    for (std::string& text : store::notes(db))
        if (const auto note = merkle::Note::parse(text); note && note->body == body) return std::move(text);
    return std::nullopt;
}

Witnesses::Witnesses(db::Database& database, const ledger::Ledger& ledger, const kernel::Clock& clock,
                     merkle::Policy policy, Timing timing)
    : database_(database), ledger_(ledger), clock_(clock), policy_(std::move(policy)), timing_(timing) {
    for (const merkle::Policy::Witness& witness : policy_.witnesses) {
        peers_.push_back(std::make_unique<Peer>());
        peers_.back()->witness = witness;
        peers_.back()->standing.name = witness.name;
    }
    recall();
    std::vector<Peer*> all;
    for (const auto& peer : peers_) all.push_back(peer.get());
    show(all);
}

Witnesses::~Witnesses() = default;

int Witnesses::needed() const {
    return policy_.groups.empty() ? 0 : policy_.groups.back().threshold;  // policy_of() makes one group
}

void Witnesses::recall() {
    auto lease = database_.read();
    for (const std::string& text : store::notes(*lease)) {
        auto kept = read(policy_, text);
        if (!kept || !kept->verdict.by_log || kept->verdict.counted.empty()) continue;
        const bool ahead = kept->size > ledger_.size();
        const bool fork = !ahead && merkle::root(kept->size, ledger::hashes(*lease)) !=
                                        merkle::Checkpoint::parse(kept->note.body)->root;
        for (const auto& peer : peers_)
            for (const merkle::Verdict::Counted& counted : kept->verdict.counted) {
                if (counted.witness != peer->witness.name) continue;
                if (ahead || fork) {
                    raise(*peer, ahead ? Alarm::ahead : Alarm::fork, kept->size);
                } else {
                    peer->standing.size = kept->size;
                    peer->standing.seconds = counted.seconds;
                }
            }
        if (ahead || fork) continue;
        latest_ = std::make_shared<const Cosigned>(std::move(*kept));
        if (latest_->verdict.satisfied()) newest_ = latest_;
    }
}

void Witnesses::round(bool anew) {
    if (peers_.empty()) return;
    Target target;
    target.text = ledger_.checkpoint();
    target.note = *merkle::Note::parse(target.text);
    target.size = merkle::Checkpoint::parse(target.note.body)->size;
    std::vector<Peer*> due;
    const double now = kernel::stopwatch();
    for (const auto& peer : peers_) {
        const Standing& known = peer->standing;
        const bool fresh = known.seconds != 0 && known.size == target.size && known.alarm == Alarm::none &&
                           now - peer->signed_at < (anew ? timing_.anew_seconds : timing_.again_seconds);
        if (!fresh && now >= peer->not_before) due.push_back(peer.get());
    }
    if (due.empty()) return;
    ask_all(target, due);
    keep(target, due);
    show(due);
}

std::optional<kernel::Instant> Witnesses::their_time() const {
    std::vector<std::int64_t> all;
    const double now = kernel::stopwatch();
    for (const auto& peer : peers_)
        if (const double ago = now - peer->signed_at; ago < 60)
            all.push_back(peer->standing.seconds * 1000 + static_cast<std::int64_t>(ago * 1000));
    if (all.empty()) return std::nullopt;
    const auto middle = all.begin() + static_cast<std::ptrdiff_t>((all.size() - 1) / 2);
    std::nth_element(all.begin(), middle, all.end());
    return kernel::Instant{*middle};
}

// The target's note with the new lines in it; a line of the same witness for the same checkpoint is replaced.
void Witnesses::keep(const Target& target, const std::vector<Peer*>& asked) {
    Cosigned next;
    next.size = target.size;
    const auto before = latest();
    next.note = before && before->note.body == target.note.body ? before->note : target.note;
    bool any = false;
    for (Peer* peer : asked) {
        if (!peer->line) continue;
        any = true;
        std::erase_if(next.note.signatures, [&](const merkle::NoteSignature& line) {
            return line.id == peer->line->id && line.name == peer->line->name;
        });
        next.note.signatures.push_back(std::move(*peer->line));
        peer->line.reset();
    }
    if (!any) return;
    next.text = next.note.text();
    next.verdict = merkle::judge(policy_, next.note);
    const auto shared = std::make_shared<const Cosigned>(std::move(next));
    const auto enough = shared->verdict.satisfied() ? shared : newest();
    {
        auto lease = database_.local();
        store::keep(*lease, shared->size, shared->text, enough ? enough->size : shared->size);
    }
    const std::lock_guard lock(mutex_);
    latest_ = shared;
    newest_ = enough;
}

void Witnesses::show(const std::vector<Peer*>& asked) {
    {
        const std::lock_guard lock(mutex_);
        standings_.clear();
        for (const auto& peer : peers_) standings_.push_back(peer->standing);
        if (newest_) watch::gauge("huiyin_cosigned_entries", static_cast<double>(newest_->size));
    }
    ++version_;
    for (const Peer* peer : asked) {
        const watch::Label label{"witness", peer->standing.name};
        watch::gauge("huiyin_witness_entries", label, static_cast<double>(peer->standing.size));
        watch::gauge("huiyin_witness_answers", label, peer->standing.answers ? 1 : 0);
        watch::gauge("huiyin_witness_alarm", label, peer->standing.alarm == Alarm::none ? 0 : 1);
    }
}

std::shared_ptr<const Cosigned> Witnesses::newest() const {
    const std::lock_guard lock(mutex_);
    return newest_;
}

std::shared_ptr<const Cosigned> Witnesses::latest() const {
    const std::lock_guard lock(mutex_);
    return latest_;
}

std::shared_ptr<const Cosigned> Witnesses::covering(std::int64_t index) const {
    const std::lock_guard lock(mutex_);
    for (const auto& one : {newest_, latest_})
        if (one && one->size > index) return one;
    return nullptr;
}

std::string Witnesses::checkpoint() const {
    std::string head = ledger_.checkpoint();
    const auto note = merkle::Note::parse(head);
    if (const auto enough = newest()) {
        std::int64_t seconds = 0;
        for (const merkle::Verdict::Counted& counted : enough->verdict.counted)
            seconds = std::max(seconds, counted.seconds);
        if (enough->note.body == note->body || clock_.now().ms / 1000 - seconds <= fresh_seconds) return enough->text;
    }
    const auto some = latest();
    return some && some->note.body == note->body ? some->text : head;
}

std::vector<Standing> Witnesses::standings() const {
    const std::lock_guard lock(mutex_);
    return standings_;
}

}  // namespace witnesses
