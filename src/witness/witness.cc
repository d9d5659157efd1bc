#include "witness.h"

#include <algorithm>
#include <stdexcept>

#include <merkle/cosignature.h>
#include <watch/watch.h>

namespace witness {
namespace {

Witness::Answer refused(int status, std::string why) {
    Witness::Answer out;
    out.status = status;
    out.body = std::move(why) + "\n";
    return out;
}

const char* why(Verdict verdict) {
    switch (verdict) {
        case Verdict::cosign:
            return "";
        case Verdict::old_too_large:
            return "old is larger than the checkpoint";
        case Verdict::not_signed:
            return "not signed by a trusted key of this log";
        case Verdict::not_the_last:
            return "";
        case Verdict::inconsistent:
            return "not a continuation of what was cosigned last";
    }
    return "";
}

}  // namespace

Witness::Witness(const std::filesystem::path& folder, merkle::SignerKey key,
                 const std::vector<merkle::VerifierKey>& logs, const kernel::Clock& clock)
    : key_(std::move(key)), clock_(clock), kept_(folder) {
    for (const merkle::VerifierKey& log : logs) {
        auto& known = logs_[log.name];
        if (!known) known = std::make_unique<Log>();
        known->file = kernel::hex(kernel::sha256(kernel::view(log.name)));
        known->keys.push_back(log);
    }
    for (auto& [origin, log] : logs_) recall(*log);
}

void Witness::recall(Log& log) {
    const auto text = kept_.read(log.file);
    if (!text) return;
    const auto broken = [&](const char* what) { throw std::runtime_error("checkpoint " + log.file + " " + what); };
    // What was kept is what a log could ask for again: with the empty proof it has the same shape.
    const auto kept = AddCheckpoint::parse("old 0\n\n" + *text);
    if (!kept || kernel::hex(kernel::sha256(kernel::view(kept->checkpoint.origin))) != log.file)
        broken("is damaged; put back the newest copy, or take a new key");
    std::optional<std::int64_t> seconds;
    for (const merkle::NoteSignature& line : kept->note.signatures)
        if (const auto at = merkle::cosigned_at(kept->note.body, line, key_.verifier())) seconds = at;
    if (!seconds) broken("was not cosigned by this key");
    log.last = Last{kept->checkpoint.size, kept->checkpoint.root, *seconds};
    log.note = *text;
}

Witness::Answer Witness::add(std::string_view body) {
    const auto asked = AddCheckpoint::parse(body);
    if (!asked) return refused(400, "not an add-checkpoint request");
    const auto log = logs_.find(asked->checkpoint.origin);
    if (log == logs_.end()) return refused(404, "this witness does not follow that log");
    return cosign(*log->second, *asked);
}

Witness::Answer Witness::cosign(Log& log, const AddCheckpoint& asked) {
    const std::lock_guard lock(log.mutex);
    const Verdict verdict = decide(asked, log.keys, log.last);
    watch::count("huiyin_witness_answers_total", {"verdict", std::to_string(status_of(verdict))});
    if (verdict == Verdict::not_the_last) {
        Answer out = refused(status_of(verdict), std::to_string(log.last ? log.last->size : 0));
        out.content_type = "text/x.tlog.size";
        return out;
    }
    if (verdict == Verdict::inconsistent)
        watch::error("witness_refused_fork", {{"origin", asked.checkpoint.origin},
                                              {"size", asked.checkpoint.size},
                                              {"last", log.last ? log.last->size : 0}});
    if (verdict != Verdict::cosign) return refused(status_of(verdict), why(verdict));

    // A clock that goes back does not take back what was said.
    const std::int64_t seconds = std::max(clock_.now().ms / 1000, log.last ? log.last->seconds : 0);
    merkle::NoteSignature line = merkle::cosign(asked.note.body, key_, seconds);
    // Kept and shown: one line of each key that was checked, and ours.
    merkle::Note note{asked.note.body, {}};
    for (const merkle::VerifierKey& key : log.keys) {
        const auto found =
            std::find_if(asked.note.signatures.begin(), asked.note.signatures.end(),
                         [&](const merkle::NoteSignature& one) { return one.id == key.id && one.name == key.name; });
        if (found != asked.note.signatures.end()) note.signatures.push_back(*found);
    }
    note.signatures.push_back(line);
    std::string text = note.text();
    // With our line it may be longer than a note can be, and what is kept must be read again.
    if (!merkle::Note::parse(text)) return refused(400, "the checkpoint is too long to be cosigned");
    if (!kept_.replace(log.file, text)) {
        watch::error("witness_not_kept");
        return refused(503, "it could not be kept; nothing was signed");
    }
    log.last = Last{asked.checkpoint.size, asked.checkpoint.root, seconds};
    log.note = std::move(text);
    Answer out;
    out.body = line.text();
    return out;
}

std::optional<std::string> Witness::newest(std::string_view hex_of_origin) const {
    for (const auto& [origin, log] : logs_) {
        if (log->file != hex_of_origin) continue;
        const std::lock_guard lock(log->mutex);
        if (log->last) return log->note;
    }
    return std::nullopt;
}

}  // namespace witness
