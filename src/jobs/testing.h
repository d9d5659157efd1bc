// For tests: tasks run once, one after another, on the thread that asks.
#pragma once
#include "jobs.h"

namespace jobs {

inline void run_once(const std::vector<Task>& tasks) {
    struct Once final : Run {
        bool stopping() const override { return false; }
        void progress(std::int64_t, std::int64_t) override {}
    } run;
    for (const Task& task : tasks) task.work(run);
}

}  // namespace jobs
