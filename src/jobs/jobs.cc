#include "jobs.h"

#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <set>
#include <stdexcept>
#include <thread>

#include <kernel/clock.h>
#include <watch/watch.h>

namespace jobs {
namespace {

// One task and its thread. All members below `mutex_` are guarded by it; `work` runs without it.
class Worker final : public Run {
public:
    explicit Worker(Task task) : task_(std::move(task)) { state_.name = task_.name; }

    void begin() {
        thread_ = std::jthread([this](std::stop_token stop) { loop(stop); });
    }
    void ask_to_stop() { thread_.request_stop(); }
    void join() { thread_.join(); }

    bool stopping() const override { return end_run_ || thread_stop_.stop_requested(); }
    void progress(std::int64_t done, std::int64_t of) override {
        const std::lock_guard lock(mutex_);
        state_.done = done;
        state_.of = of;
    }

    const std::string& name() const { return task_.name; }
    State state() const {
        const std::lock_guard lock(mutex_);
        return state_;
    }

    bool run_now() {
        std::unique_lock lock(mutex_);
        if (std::this_thread::get_id() == runner_) throw std::logic_error("task '" + task_.name + "' waits for itself");
        const std::int64_t mine = ++asked_;
        changed_.notify_all();
        changed_.wait(lock, [&] { return served_ >= mine || ended_; });
        return served_ >= mine;
    }

    void run_soon() {
        const std::lock_guard lock(mutex_);
        ++asked_;
        changed_.notify_all();
    }
    void end_run() {
        const std::lock_guard lock(mutex_);
        if (state_.running) end_run_ = true;
    }

private:
    void loop(const std::stop_token& stop) {
        std::unique_lock lock(mutex_);
        thread_stop_ = stop;
        runner_ = std::this_thread::get_id();
        int seconds = task_.first_after_seconds;
        while (true) {
            changed_.wait_for(lock, stop, std::chrono::seconds(seconds), [&] { return asked_ > served_; });
            if (stop.stop_requested()) break;
            const std::int64_t serving = asked_;  // who asks from now on gets the next run
            run_once(lock);
            served_ = serving;
            changed_.notify_all();
            seconds = task_.every_seconds;
        }
        ended_ = true;
        changed_.notify_all();
    }

    void run_once(std::unique_lock<std::mutex>& lock) {
        state_.running = true;
        end_run_ = false;
        state_.done = state_.of = 0;
        lock.unlock();
        const bool failed = !work_succeeds();
        lock.lock();
        state_.running = false;
        state_.runs += 1;
        state_.failures += failed ? 1 : 0;
    }

    bool work_succeeds() {
        const watch::Label label{"job", task_.name};
        const double began = kernel::stopwatch();
        bool good = false;
        try {
            task_.work(*this);
            good = true;
        } catch (const std::exception& broken) {
            watch::error("job_failed", {{"job", task_.name}, {"what", broken.what()}});
        } catch (...) { watch::error("job_failed", {{"job", task_.name}, {"what", "not a std::exception"}}); }
        watch::observe("huiyin_job_seconds", label, kernel::stopwatch() - began);
        watch::count("huiyin_job_runs_total", label);
        watch::count("huiyin_job_failures_total", label, good ? 0 : 1);
        return good;
    }

    const Task task_;
    mutable std::mutex mutex_;
    std::condition_variable_any changed_;
    State state_;
    std::atomic<bool> end_run_ = false;    // the run going on was asked to end; read from within `work`
    std::int64_t asked_ = 0, served_ = 0;  // run_now: requests made, and of these those that had their run
    bool ended_ = false;
    std::thread::id runner_;
    std::stop_token thread_stop_;  // set by the thread itself before it runs anything, read from within `work`
    std::jthread thread_;          // the last member: it stops and is joined while the others still stand
};

class Running final : public Jobs {
public:
    explicit Running(std::vector<Task> tasks) {
        for (Task& task : tasks) workers_.push_back(std::make_unique<Worker>(std::move(task)));
        for (const auto& worker : workers_) worker->begin();
    }
    // All are asked before the first is waited for, and all are waited for before the first is gone: a task may be
    // waiting in run_now() for another.
    ~Running() override {
        for (const auto& worker : workers_) worker->ask_to_stop();
        for (const auto& worker : workers_) worker->join();
    }

    bool run_now(const std::string& name) override {
        Worker* const found = worker(name);
        return found && found->run_now();
    }

    bool run_soon(const std::string& name) override {
        Worker* const found = worker(name);
        if (found) found->run_soon();
        return found;
    }

    bool end_run(const std::string& name) override {
        Worker* const found = worker(name);
        if (found) found->end_run();
        return found;
    }

    std::vector<State> states() const override {
        std::vector<State> out;
        for (const auto& worker : workers_) out.push_back(worker->state());
        return out;
    }

private:
    Worker* worker(const std::string& name) const {
        for (const auto& worker : workers_)
            if (worker->name() == name) return worker.get();
        return nullptr;
    }

    std::vector<std::unique_ptr<Worker>> workers_;
};

}  // namespace

std::unique_ptr<Jobs> Jobs::start(std::vector<Task> tasks) {
    std::set<std::string> names;
    for (const Task& task : tasks) {
        if (!task.work || task.every_seconds < 0 || task.first_after_seconds < 0)
            throw std::logic_error("task '" + task.name + "' has no work or no time");
        if (!names.insert(task.name).second) throw std::logic_error("two tasks named '" + task.name + "'");
    }
    return std::make_unique<Running>(std::move(tasks));
}

void stand_back() {
    // Never the thread of the whole process, whose children would wait too.
    if (::gettid() != ::getpid()) ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), 10);
}

}  // namespace jobs
