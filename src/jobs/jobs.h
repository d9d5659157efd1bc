// Named background tasks: one thread each, stop, progress, and "run now" for tests and for the administrator's page.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace jobs {

// Handed to a running task. Thread-safe.
class Run {
public:
    virtual ~Run() = default;
    virtual bool stopping() const = 0;
    virtual void progress(std::int64_t done, std::int64_t of) = 0;
};

struct Task {
    std::string name;                // "voice.overdue"; a label in /metrics
    int every_seconds = 60;          // between the end of one run and the start of the next; 0: at once
    std::function<void(Run&)> work;  // an exception is logged, counted, and the task is tried again next time
    int first_after_seconds = 0;     // between start() and the first run
};

struct State {
    std::string name;
    std::int64_t done = 0, of = 0;        // of the run going on, or else of the last one
    std::int64_t runs = 0, failures = 0;  // ended since start(); a failed run counts in both
    bool running = false;
};

class Jobs {
public:
    // Throws std::logic_error when two tasks have one name, a task has no work, or a number of seconds is out of range.
    static std::unique_ptr<Jobs> start(std::vector<Task>);
    virtual ~Jobs() = default;  // asks all to stop and waits
    // Runs it once and waits; false when there is no such task, or when all is stopping before it came to that. A run
    // that is going on already does not count: that one ends first, then comes a whole run. Those who ask at the same
    // time share one run. A failed run was a run. From within the task itself: std::logic_error.
    virtual bool run_now(const std::string& name) = 0;
    // The same without waiting: the run comes as soon as the task is free. False when there is no such task.
    virtual bool run_soon(const std::string& name) = 0;
    // Asks the run that is going on to end, as stopping does; the next one comes when its time does. Where none is
    // going on nothing happens. False when there is no such task.
    virtual bool end_run(const std::string& name) = 0;
    virtual std::vector<State> states() const = 0;  // in the order given to start()
};

// For the work of a follower, called at its begin: on a busy machine its thread gets what is left over. Followers can
// wait, those who speak cannot.
void stand_back();

}  // namespace jobs
