// The one writer: a queue, a thread, and one transaction for each batch of acts.
#pragma once
#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include <db/db.h>

#include "acknowledged.h"
#include "batch.h"
#include "ledger.h"
#include "log.h"
#include "registry.h"
#include "salts.h"
#include "stored_nodes.h"
#include "tokens.h"

namespace ledger {

class Writer final : public Ledger {
public:
    Writer(db::Database&, const kernel::Clock&, const merkle::SignerKey&, Kinds, Settings);
    ~Writer() override;
    static bool is_this_thread();

    void submit(Act, Once, std::function<void(kernel::Result<Receipt>)> done) override;
    std::int64_t size() const override { return size_.load(std::memory_order_acquire); }
    std::int64_t wait(std::int64_t mark, int milliseconds) override;
    std::string checkpoint() const override;
    const merkle::VerifierKey& key() const override { return signer_.verifier(); }
    int format() const override { return log_.format; }  // as it was opened; no thread changes it
    std::string sign(std::string body) const override;

private:
    struct Job {
        Act act;
        Once once;
        std::function<void(kernel::Result<Receipt>)> done;
        std::optional<kernel::Result<std::int64_t>> outcome;
        bool repeated = false;
    };
    using Jobs = std::vector<Job>;
    // Together: an act that throws spoils the batch. Apart: each act has a savepoint, at a price.
    enum class Way { together, apart };
    struct Undone {};  // an act refused after it had appended: the batch must be run again, apart

    void run();
    Jobs take();
    void work(Jobs&);
    bool attempt(Jobs&, Way);  // false: run the batch again, apart
    void transact(Batch&, Jobs&, Way);
    bool failed(Jobs&, Way);  // in a catch block; the same
    void settle(Jobs&, const Batch&);
    void act(Batch&, Job&);
    void act_together(Batch&, Job&);
    void act_apart(db::Transaction&, Batch&, Job&);
    void commit(db::Transaction&);
    void publish();
    void check_acknowledged();
    kernel::Result<Receipt> receipt_of(const Job&, const Batch&, const merkle::Prover&);
    void stop_for(const std::string& why);

    // The writer thread's own.
    db::Connection& db_;
    const kernel::Clock& clock_;
    const merkle::SignerKey signer_;
    const Registry registry_;
    const Settings settings_;
    Log log_;
    StoredNodes full_tiles_;  // asked only for what lies before log_.nodes: tiles that change no more
    Salts salts_;
    Tokens tokens_;
    Acknowledged acknowledged_;
    std::optional<kernel::Error> closed_;  // why nothing will ever be recorded again

    std::mutex queue_mutex_;  // for the two below
    std::deque<Job> queue_;
    bool stopping_ = false;
    std::condition_variable waiting_;

    mutable std::mutex head_mutex_;  // for the two below
    std::string checkpoint_;
    bool stopped_ = false;
    std::condition_variable grown_;
    std::atomic<std::int64_t> size_{0};

    std::thread thread_;  // last: it uses all of the above
};

}  // namespace ledger
