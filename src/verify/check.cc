#include "check.h"

#include <merkle/cosignature.h>
#include <merkle/policy.h>

#include <algorithm>

#include "coverage.h"
#include "fault.h"

namespace verify {
namespace {

Fault fault(const std::string& where, std::string what) { return {where, std::nullopt, std::nullopt, std::move(what)}; }

// Whom to believe: the log's key, and which witnesses must have seen its newest checkpoint.
struct Trust {
    merkle::VerifierKey key;
    bool shown_by_the_log = false;
    std::optional<merkle::Policy> policy;
};

struct Opened {
    merkle::Checkpoint checkpoint;
    bool quorum = false;
    std::optional<Seen> seen;
};

// Of a witness that can be wrong about its own time by any number of years.
kernel::Instant instant(std::int64_t seconds) {
    constexpr std::int64_t end_of_9999 = 253'402'300'799;
    return {std::min(seconds, end_of_9999) * 1000};
}

// Section 8: the earliest time, and the one at which those who had signed by then made the quorum.
std::optional<Seen> seen_at(const merkle::Policy& policy, const merkle::Note& note, const merkle::Verdict& verdict) {
    std::vector<std::int64_t> times;
    for (const auto& one : verdict.counted) times.push_back(one.seconds);
    std::sort(times.begin(), times.end());
    for (std::int64_t time : times) {
        merkle::Note by_then{note.body, {}};
        for (const merkle::NoteSignature& line : note.signatures)
            if (merkle::claimed_time(line).value_or(time) <= time) by_then.signatures.push_back(line);
        if (merkle::judge(policy, by_then).quorum) return Seen{instant(times.front()), instant(time)};
    }
    return std::nullopt;
}

// A checkpoint signed by the log's key, of the log that bears the key's name.
Opened open_note(const Text& text, const Trust& trust) {
    const auto note = merkle::Note::parse(text.content);
    if (!note) throw fault(text.where, "this is no signed note");
    auto checkpoint = merkle::Checkpoint::parse(note->body);
    if (!checkpoint) throw fault(text.where, "this is no checkpoint");
    if (checkpoint->origin != trust.key.name) throw fault(text.where, "this checkpoint is of another log");
    if (!merkle::signed_by(*note, trust.key)) throw fault(text.where, "this checkpoint is not signed by the log's key");
    Opened out{std::move(*checkpoint), false, std::nullopt};
    if (!trust.policy) return out;
    const merkle::Verdict verdict = merkle::judge(*trust.policy, *note);
    if (verdict.broken) throw fault(text.where, "the signature of a key in the policy is wrong");
    out.quorum = verdict.by_log && verdict.quorum;
    if (out.quorum) out.seen = seen_at(*trust.policy, *note, verdict);
    return out;
}

merkle::Policy read_policy(const Text& text) {
    auto parsed = merkle::Policy::parse(text.content);
    if (const auto* wrong = std::get_if<merkle::PolicyFault>(&parsed))
        throw std::runtime_error(text.where + ", line " + std::to_string(wrong->line) + ": " + wrong->why);
    return std::get<merkle::Policy>(std::move(parsed));
}

// The key that the log shows must be the one it is known by: given by itself, or in the policy.
Trust whom_to_believe(Source& source, const Ask& ask) {
    Trust trust;
    if (ask.policy) trust.policy = read_policy(*ask.policy);
    std::vector<std::string> known;
    if (!ask.key.empty()) known.push_back(ask.key);
    if (trust.policy && known.empty())
        for (const merkle::Policy::Log& log : trust.policy->logs) known.push_back(log.key.text());
    const auto shown = source.get("key");
    if (shown && !shown->ends_with('\n')) throw fault(source.name("key"), "this is no public key");
    const std::string named = shown ? shown->substr(0, shown->size() - 1) : known.size() == 1 ? known[0] : "";
    if (named.empty()) throw std::runtime_error("the log's public key is needed: --key");
    const auto key = merkle::VerifierKey::parse(named);
    if (!key || key->type != 1) throw fault(shown ? source.name("key") : "--key", "this is no public key of a log");
    if (!known.empty() && std::find(known.begin(), known.end(), named) == known.end())
        throw fault(source.name("key"), "the log shows another key than the one it is known by");
    trust.key = *key;
    trust.shown_by_the_log = known.empty();
    return trust;
}

Opened newest(Source& source, const Trust& trust) {
    auto text = source.get("checkpoint");
    if (!text) throw fault(source.name("checkpoint"), "there is no checkpoint");
    Opened out = open_note({source.name("checkpoint"), std::move(*text)}, trust);
    if (trust.policy && !out.quorum)
        throw fault(source.name("checkpoint"), "the witnesses that the policy asks for have not all signed it");
    return out;
}

}  // namespace

Report check(Source& source, const Ask& ask) {
    constexpr int tries = 14;  // of five seconds each, where source.wait() waits
    Report report;
    const Trust trust = whom_to_believe(source, ask);
    report.key = trust.key.text();
    report.own_key = trust.shown_by_the_log;
    std::vector<Kept> kept;
    std::vector<Wanted> wanted;
    for (const Text& text : ask.since) {
        const Opened opened = open_note(text, trust);
        kept.push_back({text.where, opened.checkpoint, opened.seen});
    }
    for (const Text& text : ask.receipts) {
        auto proof = merkle::TlogProof::parse(text.content);
        if (!proof) throw fault(text.where, "this is no receipt");
        const Opened opened = open_note({text.where, proof->checkpoint}, trust);
        wanted.push_back({text.where, std::move(*proof), opened.checkpoint});
        kept.push_back({text.where, opened.checkpoint, opened.seen});
    }
    Walk walk(source, std::move(kept), std::move(wanted), ask.slack_seconds * 1000, ask.progress, ask.each);
    const auto go_on = [&] {
        const Opened opened = newest(source, trust);
        report.checkpoint = opened.checkpoint;
        // A policy whose quorum is nobody is met by nobody.
        report.witnessed = opened.seen.has_value();
        report.seen = opened.seen ? std::optional(opened.seen->by_quorum) : std::nullopt;
        walk.to(opened.checkpoint, report.seen);
    };
    go_on();
    // Words that were erased while this ran: the entry that says so stands in a newer checkpoint.
    // The newest checkpoint that witnesses signed may be a minute behind what is served.
    for (int more = 0; walk.owes_erasures() && source.grows() && more < tries; ++more) {
        if (more > 0) source.wait();
        go_on();
    }
    walk.expect_end();
    report.figures = walk.figures();
    report.beside = check_coverage(source, report.checkpoint.size);
    return report;
}

}  // namespace verify
