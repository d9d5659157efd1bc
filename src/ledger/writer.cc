#include "writer.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <stdexcept>
#include <utility>

#include <db/database.h>
#include <watch/watch.h>

#include "leaf.h"
#include "store.h"

namespace ledger {
namespace {

thread_local bool on_writer_thread = false;

constexpr std::int64_t day_ms = 86'400'000;

kernel::Error unavailable(std::string key) { return kernel::refuse(kernel::Code::unavailable, std::move(key)); }

// Must be called in a catch block.
std::string current_exception_text() {
    try {
        throw;
    } catch (const std::exception& e) { return e.what(); } catch (...) {
        return "not a std::exception";
    }
}

void answer(const std::function<void(kernel::Result<Receipt>)>& done, kernel::Result<Receipt> result) {
    try {
        done(std::move(result));
    } catch (...) {
        // What was recorded stays recorded: a receiver that fails is its own misfortune.
        watch::error("ledger.done_failed", {{"what", current_exception_text()}});
    }
}

}  // namespace

bool Writer::is_this_thread() { return on_writer_thread; }

Writer::Writer(db::Database& db, const kernel::Clock& clock, const merkle::SignerKey& signer, Kinds kinds,
               Settings settings)
    : db_(db.writer()),
      clock_(clock),
      signer_(signer),
      registry_(std::move(kinds)),
      settings_(std::move(settings)),
      log_(open_log(db_, signer_, settings_.address)),
      full_tiles_(db_),
      tokens_(db_),
      acknowledged_(settings_.acknowledged) {
    check_acknowledged();
    publish();
    thread_ = std::thread([this] { run(); });
}

Writer::~Writer() {
    {
        const std::lock_guard lock(queue_mutex_);
        stopping_ = true;
    }
    waiting_.notify_all();
    thread_.join();
    {
        const std::lock_guard lock(head_mutex_);
        stopped_ = true;
    }
    grown_.notify_all();
}

// ---- any thread
// ------------------------------------------------------------------------------------------------------

void Writer::submit(Act act, Once once, std::function<void(kernel::Result<Receipt>)> done) {
    bool accepted = false;
    {
        const std::lock_guard lock(queue_mutex_);
        accepted = !stopping_ && queue_.size() < settings_.queue;
        if (accepted) queue_.push_back({std::move(act), once, std::move(done), std::nullopt, false});
    }
    if (accepted) {
        waiting_.notify_one();
    } else {
        watch::count("huiyin_ledger_overloaded_total");
        answer(done, unavailable("ledger.overloaded"));
    }
}

std::int64_t Writer::wait(std::int64_t mark, int milliseconds) {
    std::unique_lock lock(head_mutex_);
    grown_.wait_for(lock, std::chrono::milliseconds(milliseconds), [&] { return stopped_ || size() > mark; });
    return size();
}

std::string Writer::checkpoint() const {
    const std::lock_guard lock(head_mutex_);
    return checkpoint_;
}

// ---- the writer thread
// -----------------------------------------------------------------------------------------------

void Writer::run() {
    on_writer_thread = true;
    for (Jobs jobs = take(); !jobs.empty(); jobs = take()) work(jobs);
}

Writer::Jobs Writer::take() {
    Jobs jobs;
    std::unique_lock lock(queue_mutex_);
    waiting_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
    while (!queue_.empty() && jobs.size() < std::max<std::size_t>(settings_.batch, 1)) {
        jobs.push_back(std::move(queue_.front()));
        queue_.pop_front();
    }
    return jobs;
}

void Writer::work(Jobs& jobs) {
    if (!closed_ && !attempt(jobs, Way::together)) attempt(jobs, Way::apart);
    // Whoever has no answer yet belongs to a batch that failed as a whole.
    for (Job& job : jobs)
        if (job.done)
            answer(job.done, closed_ ? *closed_ : job.outcome ? job.outcome->error() : unavailable("ledger.broken"));
}

bool Writer::attempt(Jobs& jobs, Way way) {
    const double began = kernel::stopwatch();
    for (Job& job : jobs) {
        job.outcome.reset();
        job.repeated = false;
    }
    Batch batch(db_, registry_, log_, salts_, std::max(log_.last, kernel::whole_minute(clock_.now())));
    try {
        transact(batch, jobs, way);
    } catch (...) { return failed(jobs, way); }
    // From here on nothing may lead to the batch being run again: what escapes ends the process.
    settle(jobs, batch);
    watch::observe("huiyin_ledger_batch_seconds", kernel::stopwatch() - began);
    watch::count("huiyin_ledger_acts_total", static_cast<std::int64_t>(jobs.size()));
    return true;
}

void Writer::transact(Batch& batch, Jobs& jobs, Way way) {
    db::Transaction transaction(db_);
    tokens_.prune(db_, batch.now().ms / day_ms);
    for (Job& job : jobs) {
        if (way == Way::together)
            act_together(batch, job);
        else
            act_apart(transaction, batch, job);
    }
    if (batch.next_index() == batch.first_index() && !tokens_.changed() && !batch.local_kept()) return;
    batch.seal(signer_);
    commit(transaction);
    batch.accept();
    tokens_.accept();
}

std::string Writer::sign(std::string body) const {
    if (!body.ends_with('\n') || body.starts_with(key().name + "\n"))
        throw std::logic_error("ledger: not the body of a promise");
    return merkle::sign(std::move(body), signer_).text();
}

// Nothing of the transaction is visible, but when a commit was lost.
bool Writer::failed(Jobs& jobs, Way way) {
    for (Job& job : jobs) job.outcome.reset();
    tokens_.abandon();
    try {
        throw;
    } catch (const Moved&) {
        const auto head = store::head(db_);
        closed_ = unavailable("ledger.not_leader");
        closed_->args = {{"address", head ? head->leader : ""}};
        watch::error("ledger.not_leader");
        return true;
    } catch (const Undone&) { return false; } catch (const db::Failure& failure) {
        if (failure.kind == db::Kind::lost) {
            stop_for(failure.what());
            return true;
        }
        if (failure.kind == db::Kind::full) {
            for (Job& job : jobs) job.outcome = kernel::refuse(kernel::Code::no_space, "ledger.disk_full");
            watch::error("ledger.disk_full");
            return true;
        }
    } catch (...) {
        // One of the acts, or its apply.
    }
    watch::error("ledger.batch_failed",
                 {{"acts", static_cast<std::int64_t>(jobs.size())}, {"what", current_exception_text()}});
    return way == Way::apart || jobs.size() == 1;
}

void Writer::act(Batch& batch, Job& job) {
    if (job.once) {
        if (const auto index = tokens_.find(db_, *job.once)) {
            job.outcome = *index;
            job.repeated = true;
            return;
        }
    }
    job.outcome = job.act(batch);
    if (!*job.outcome) return;
    if (**job.outcome < 0 || **job.outcome >= batch.next_index())
        throw std::logic_error("ledger: an act returned an index that there is not");
    if (job.once) tokens_.add(db_, *job.once, batch.now().ms / day_ms, **job.outcome);
}

void Writer::act_together(Batch& batch, Job& job) {
    const std::int64_t before = batch.next_index();
    act(batch, job);
    if (!*job.outcome && batch.next_index() != before) throw Undone{};
}

void Writer::act_apart(db::Transaction& transaction, Batch& batch, Job& job) {
    const merkle::Frontier before = batch.mark();
    const std::size_t tokens_before = tokens_.mark();
    transaction.savepoint();
    try {
        act(batch, job);
        // What an act left waiting must fail inside its own savepoint.
        if (db_.engine() == db::Engine::postgres) db_.query("select 1");
        if (*job.outcome || batch.next_index() == before.size()) {
            transaction.release_savepoint();
            return;
        }
    } catch (const db::Failure& failure) {
        if (failure.kind == db::Kind::full || failure.kind == db::Kind::lost) throw;
        job.outcome = unavailable("ledger.broken");
        watch::error("ledger.act_failed", {{"what", failure.what()}});
    } catch (...) {
        job.outcome = unavailable("ledger.broken");
        watch::error("ledger.act_failed", {{"what", current_exception_text()}});
    }
    transaction.rollback_to_savepoint();
    batch.rewind(before);
    tokens_.rewind(tokens_before);
}

void Writer::commit(db::Transaction& transaction) {
    try {
        transaction.commit();
    } catch (const db::Failure&) {
        throw;  // its kind says whether the outcome is known
    } catch (...) { throw db::Failure(db::Kind::lost, "a commit ended in " + current_exception_text()); }
}

void Writer::check_acknowledged() {
    if (settings_.acknowledged.empty()) return;
    const std::int64_t there = log_.frontier.size();
    const auto known = Acknowledged::read(settings_.acknowledged);
    if (!known)
        watch::warn("ledger.acknowledged_damaged", {{"file", settings_.acknowledged}, {"entries", there}});
    else if (*known > there)
        throw std::runtime_error("the ledger cannot be opened: " + std::to_string(*known) +
                                 " entries were answered for, and those from " + std::to_string(there) +
                                 " on are gone (a damaged write-ahead log, or an older database?); " +
                                 settings_.acknowledged + " says so");
    acknowledged_.put(there);
}

void Writer::publish() {
    {
        const std::lock_guard lock(head_mutex_);
        checkpoint_ = log_.checkpoint;
        size_.store(log_.frontier.size(), std::memory_order_release);
    }
    grown_.notify_all();
}

void Writer::settle(Jobs& jobs, const Batch& batch) {
    if (batch.next_index() > batch.first_index()) {
        publish();
        acknowledged_.put(size());
    }
    const merkle::Prover prover(log_.frontier, [this](int level, std::int64_t index) {
        const merkle::Hash* held = log_.nodes.find(level, index);
        return held ? *held : full_tiles_.at(level, index);
    });
    for (Job& job : jobs) answer(std::exchange(job.done, nullptr), receipt_of(job, batch, prover));
    log_.nodes.trim(log_.frontier.size());
}

kernel::Result<Receipt> Writer::receipt_of(const Job& job, const Batch& batch, const merkle::Prover& prover) {
    if (!*job.outcome) return job.outcome->error();
    const std::int64_t index = **job.outcome;
    try {
        Receipt out{index, batch.now(), {}, prover.inclusion(index), log_.checkpoint, job.repeated};
        if (index >= batch.first_index()) {
            out.leaf = batch.leaf(index);
        } else {
            out.leaf = leaf(db_, index).value();
            out.time = read_leaf(out.leaf, index).time;
        }
        return out;
    } catch (...) {
        watch::error("ledger.receipt_failed", {{"index", index}, {"what", current_exception_text()}});
        return unavailable("ledger.broken");
    }
}

void Writer::stop_for(const std::string& why) {
    closed_ = unavailable("ledger.broken");
    watch::error("ledger.fatal", {{"what", why}});
    if (!settings_.fatal) std::abort();
    settings_.fatal(why);
}

}  // namespace ledger
