#include "check.h"

#include "coverage.h"
#include "fault.h"

namespace verify {
namespace {

struct Opened {
    merkle::Note note;
    merkle::Checkpoint checkpoint;
};

// A checkpoint signed by this key, of the log that bears the key's name.
Opened open_note(const Text& text, const merkle::VerifierKey& key) {
    const auto fault = [&text](const char* what) -> Fault { return {text.where, std::nullopt, std::nullopt, what}; };
    auto note = merkle::Note::parse(text.content);
    if (!note) throw fault("this is no signed note");
    auto checkpoint = merkle::Checkpoint::parse(note->body);
    if (!checkpoint) throw fault("this is no checkpoint");
    if (checkpoint->origin != key.name) throw fault("this checkpoint is of another log");
    if (!merkle::signed_by(*note, key)) throw fault("this checkpoint is not signed by the log's key");
    return {std::move(*note), std::move(*checkpoint)};
}

Wanted open_receipt(const Text& text, const merkle::VerifierKey& key, Opened& opened) {
    auto proof = merkle::TlogProof::parse(text.content);
    if (!proof) throw Fault(text.where, std::nullopt, std::nullopt, "this is no receipt");
    opened = open_note({text.where, proof->checkpoint}, key);
    return {text.where, std::move(*proof), opened.checkpoint};
}

merkle::VerifierKey key_of(Source& source, const Ask& ask, bool& own) {
    const auto shown = source.get("key");
    if (shown) {
        // The key that the log shows must be the one it is known by.
        const bool line = shown->ends_with('\n');
        const auto key = merkle::VerifierKey::parse(std::string_view(*shown).substr(0, shown->size() - (line ? 1 : 0)));
        if (!line || !key) throw Fault(source.name("key"), std::nullopt, std::nullopt, "this is no public key");
        if (!ask.key.empty() && key->text() != ask.key)
            throw Fault(source.name("key"), std::nullopt, std::nullopt, "the log shows another key than the one given");
        own = ask.key.empty();
        return *key;
    }
    const auto key = merkle::VerifierKey::parse(ask.key);
    if (!key) throw std::runtime_error("the log's public key is needed: --key");
    return *key;
}

std::string newest(Source& source) {
    auto text = source.get("checkpoint");
    if (!text) throw Fault(source.name("checkpoint"), std::nullopt, std::nullopt, "there is no checkpoint");
    return std::move(*text);
}

}  // namespace

Report check(Source& source, const Ask& ask) {
    Report report;
    const merkle::VerifierKey key = key_of(source, ask, report.own_key);
    report.key = key.text();
    const auto open_newest = [&] {
        const Opened opened = open_note({source.name("checkpoint"), newest(source)}, key);
        report.checkpoint = opened.checkpoint;
        return opened.checkpoint;
    };
    open_newest();

    std::vector<Kept> kept;
    std::vector<Wanted> wanted;
    for (const Text& text : ask.since) kept.push_back({text.where, open_note(text, key).checkpoint, std::nullopt});
    for (const Text& text : ask.receipts) {
        Opened opened;
        wanted.push_back(open_receipt(text, key, opened));
        kept.push_back({text.where, opened.checkpoint, std::nullopt});
    }
    Walk walk(source, std::move(kept), std::move(wanted), ask.slack_seconds * 1000, ask.progress);
    walk.to(report.checkpoint);
    // Words that were erased while this ran: the entry that says so stands in a newer checkpoint.
    for (int more = 0; walk.owes_erasures() && source.grows() && more < 5; ++more) walk.to(open_newest());
    walk.expect_end();
    report.figures = walk.figures();
    report.beside = check_coverage(source, report.checkpoint.size);
    return report;
}

}  // namespace verify
