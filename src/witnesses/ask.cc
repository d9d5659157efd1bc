// The protocol: one witness, one checkpoint.
#include <algorithm>
#include <future>

#include <db/database.h>
#include <kernel/clock.h>
#include <kernel/id.h>
#include <ledger/ledger.h>
#include <merkle/cosignature.h>
#include <watch/watch.h>

#include "peer.h"

namespace witnesses {
namespace {

constexpr std::size_t longest_answer = 64 * 1024;

std::string add_checkpoint(std::int64_t old, const merkle::Proof& proof, const std::string& checkpoint) {
    std::string out = "old " + std::to_string(old) + "\n";
    for (const merkle::Hash& hash : proof) out += kernel::base64(hash) + "\n";
    return out + "\n" + checkpoint;
}

// "<size>\n" of a 409.
std::optional<std::int64_t> size_in(const http::Answered& answer) {
    if (!answer.content_type.starts_with("text/x.tlog.size") || !answer.body.ends_with('\n')) return std::nullopt;
    return kernel::parse_index(std::string_view(answer.body).substr(0, answer.body.size() - 1));
}

}  // namespace

void Witnesses::ask_all(const Target& target, const std::vector<Peer*>& peers) {
    std::vector<std::future<void>> asked;
    for (std::size_t i = 1; i < peers.size(); ++i)
        asked.push_back(std::async(std::launch::async, [&, i] { ask(*peers[i], target); }));
    ask(*peers[0], target);
    for (std::future<void>& one : asked) one.get();
}

void Witnesses::ask(Peer& peer, const Target& target) {
    std::int64_t old = std::min(peer.standing.size, target.size);
    for (int times = 0; times < 2; ++times) {
        http::Asked question;
        question.url = peer.witness.url + (peer.witness.url.ends_with('/') ? "" : "/") + "add-checkpoint";
        question.content_type = "text/plain; charset=utf-8";
        question.milliseconds = timing_.milliseconds;
        question.most_bytes = longest_answer;
        {
            auto lease = database_.read();
            question.body =
                add_checkpoint(old, merkle::consistency_proof(old, target.size, ledger::hashes(*lease)), target.text);
        }
        const http::Answered answer = peer.client.send(question);
        peer.standing.answers = answer.status != 0;
        if (answer.status == 0) return failed(peer, answer.fault);
        if (answer.status == 200) {
            if (!answered(peer, target, answer.body)) failed(peer, "its cosignature is wrong");
            return;
        }
        if (answer.status == 422) return raise(peer, Alarm::fork, old);
        const auto size = answer.status == 409 ? size_in(answer) : std::nullopt;
        if (!size) return failed(peer, std::to_string(answer.status));
        if (*size > target.size) return raise(peer, Alarm::ahead, *size);
        old = *size;  // it knows better what it cosigned last
    }
    failed(peer, "it changes its mind");
}

bool Witnesses::answered(Peer& peer, const Target& target, const std::string& body) {
    const auto lines = merkle::parse_signatures(body);
    if (!lines) return false;
    for (const merkle::NoteSignature& line : *lines) {
        const auto seconds = merkle::cosigned_at(target.note.body, line, peer.witness.key);
        if (!seconds) continue;
        if (peer.standing.alarm != Alarm::none)
            watch::warn("witness_signs_again", {{"witness", peer.witness.name}, {"size", target.size}});
        peer.line = line;
        peer.standing.size = target.size;
        peer.standing.seconds = *seconds;
        peer.standing.alarm = Alarm::none;
        peer.failures = 0;
        peer.signed_at = kernel::stopwatch();
        return true;
    }
    return false;
}

void Witnesses::failed(Peer& peer, std::string_view why) {
    ++peer.failures;
    const double wait = std::min(timing_.most_seconds, static_cast<double>(1 << std::min(peer.failures - 1, 20)));
    peer.not_before = kernel::stopwatch() + wait;
    watch::count("huiyin_witness_failures_total", {"witness", peer.witness.name});
    // Once, not each time: a witness may be down for days.
    if (peer.failures == 1) watch::warn("witness_fails", {{"witness", peer.witness.name}, {"why", why}});
}

void Witnesses::raise(Peer& peer, Alarm alarm, std::int64_t size) {
    failed(peer, alarm == Alarm::fork ? "fork" : "ahead");
    watch::error("witness_alarm", {{"witness", peer.witness.name},
                                   {"what", alarm == Alarm::fork ? "fork" : "ahead"},
                                   {"size", size},
                                   {"entries", ledger_.size()}});
    peer.standing.alarm = alarm;
}

}  // namespace witnesses
