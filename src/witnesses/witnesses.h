// The log's side of witnessing (C2SP tlog-witness): hands each new checkpoint to the witnesses that huiyin.toml names,
// checks what they answer, and keeps the cosigned checkpoints. Never on the writer's thread, and nothing waits for it:
// a receipt is good at once, and gets its cosignatures when they are there.
#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include <kernel/time.h>
#include <merkle/policy.h>

namespace db {
class Connection;
class Database;
}  // namespace db
namespace kernel {
class Clock;
}
namespace ledger {
class Ledger;
struct Receipt;
}  // namespace ledger

namespace witnesses {

// As huiyin.toml says it.
struct Named {
    std::string name;  // in the policy: no space, not "none"
    std::string key;   // the witness's public key, of type 4
    std::string url;   // below which its add-checkpoint is: https, or http on this very machine
};
// The policy of a log with these witnesses, of which `quorum` must have signed; without witnesses its quorum is "none".
// std::runtime_error with a sentence for whoever wrote the file: a name or key that cannot be, an address that is not
// asked, a quorum that is missing, or is not from 1 to the number of witnesses.
merkle::Policy policy_of(const merkle::VerifierKey& log, const std::vector<Named>&, int quorum);

// A checkpoint with the log's line and those of witnesses.
struct Cosigned {
    std::int64_t size = 0;
    merkle::Note note;
    std::string text;         // of the note
    merkle::Verdict verdict;  // under the policy
};

// The receipt of an entry in that checkpoint, on any connection that reads; nothing when it does not cover the entry.
std::optional<ledger::Receipt> receipt(db::Connection&, std::int64_t index, const Cosigned&);

// The note of a checkpoint as witnesses have signed it: of those that were kept, the one with this body. Nothing when
// there is none. On any connection that reads.
std::optional<std::string> kept_note(db::Connection&, std::string_view body);

enum class Alarm {
    none,
    fork,   // 422: what the log is now does not continue what this witness cosigned
    ahead,  // 409 with a larger size: the witness has seen entries that this log no longer has
};
struct Standing {
    std::string name;
    std::int64_t size = 0;     // of the newest checkpoint that it cosigned, as far as is known
    std::int64_t seconds = 0;  // when, by its own clock; 0: not yet since this was set up
    Alarm alarm = Alarm::none;
    bool answers = false;  // to the last question, in whatever way
};

class Witnesses {
public:
    struct Timing {
        int milliseconds = 3000;     // for one question
        double most_seconds = 30;    // between two questions to a witness that is down
        double again_seconds = 600;  // a cosignature of an idle log is renewed, so that its time stays fresh
        double anew_seconds = 20;    // the same for round(anew)
    };
    // Reads what was kept, and drops what this log does not (any more) agree with: that raises Alarm::fork or ahead for
    // the witnesses in question, as if they had said so. All must outlive it.
    Witnesses(db::Database&, const ledger::Ledger&, const kernel::Clock&, merkle::Policy, Timing);
    Witnesses(db::Database& d, const ledger::Ledger& l, const kernel::Clock& c, merkle::Policy p)
        : Witnesses(d, l, c, std::move(p), Timing{}) {}
    ~Witnesses();

    const merkle::Policy& policy() const { return policy_; }
    int needed() const;  // of policy().witnesses

    // Hands the newest checkpoint to every witness that has not cosigned it, all at the same time, and keeps what comes
    // back. Called by one job, about once a second. A witness that does not answer is left alone for a while.
    // `anew`: also asks who has cosigned it more than some seconds ago, to hear what time it is there.
    void round(bool anew = false);
    // Called where round() is. What the clocks of those witnesses show that signed within the last minute: the median,
    // the lower of two. Nothing when none did.
    std::optional<kernel::Instant> their_time() const;

    // Any thread. Null when there is none.
    std::shared_ptr<const Cosigned> newest() const;  // that meets the quorum
    std::shared_ptr<const Cosigned> latest() const;  // the newest with any cosignature at all
    // For the receipt of an entry: the newest that meets the quorum and covers it, or else the latest that does.
    std::shared_ptr<const Cosigned> covering(std::int64_t index) const;
    // What /log/checkpoint serves: the newest that meets the quorum, unless that is older than a minute and the log has
    // grown since; then the newest of all, with whatever signatures it has.
    std::string checkpoint() const;
    std::vector<Standing> standings() const;  // in the policy's order
    // Grows with everything that a page could say differently: part of a cache's key.
    std::int64_t version() const { return version_.load(); }

private:
    struct Peer;
    struct Target;
    void recall();
    void ask_all(const Target&, const std::vector<Peer*>&);
    void ask(Peer&, const Target&);
    bool answered(Peer&, const Target&, const std::string& body);
    void failed(Peer&, std::string_view why);
    void raise(Peer&, Alarm, std::int64_t size);
    void keep(const Target&, const std::vector<Peer*>&);
    void show(const std::vector<Peer*>&);

    db::Database& database_;
    const ledger::Ledger& ledger_;
    const kernel::Clock& clock_;
    const merkle::Policy policy_;
    const Timing timing_;
    std::vector<std::unique_ptr<Peer>> peers_;  // the round's own

    mutable std::mutex mutex_;  // for the three below
    std::shared_ptr<const Cosigned> newest_, latest_;
    std::vector<Standing> standings_;
    std::atomic<std::int64_t> version_{0};
};

}  // namespace witnesses
