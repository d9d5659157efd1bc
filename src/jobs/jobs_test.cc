#include "jobs.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stdexcept>
#include <thread>

#include <watch/watch.h>

namespace jobs {
namespace {

constexpr int never = 1'000'000;  // seconds: the task runs only when asked to

// Opened once; those who wait are let through from then on.
class Gate {
public:
    void open() {
        const std::lock_guard lock(mutex_);
        open_ = true;
        changed_.notify_all();
    }
    void wait() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return open_; });
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    bool open_ = false;
};

Task asleep(std::string name, std::function<void(jobs::Run&)> work) {
    return {std::move(name), never, std::move(work), never};
}

class Quiet {
public:
    Quiet() { watch::quiet(true); }
    ~Quiet() { watch::quiet(false); }
};

TEST(Jobs, TheFirstRunComesByItself) {
    Gate ran;
    const auto jobs = Jobs::start({{"first", never, [&](jobs::Run&) { ran.open(); }}});
    ran.wait();
}

TEST(Jobs, RunsComeAgainAfterTheirPause) {
    std::atomic<int> runs = 0;
    Gate thrice;
    const auto jobs = Jobs::start({{"again", 0, [&](jobs::Run&) {
                                        if (++runs == 3) thrice.open();
                                    }}});
    thrice.wait();
}

TEST(Jobs, RunNowIsOneWholeRun) {
    std::atomic<int> a = 0, b = 0;
    const auto jobs = Jobs::start({asleep("a", [&](jobs::Run&) { ++a; }), asleep("b", [&](jobs::Run&) { ++b; })});
    for (int i = 1; i <= 3; ++i) {
        EXPECT_TRUE(jobs->run_now("a"));
        EXPECT_EQ(a, i);
    }
    EXPECT_TRUE(jobs->run_now("b"));
    EXPECT_EQ(b, 1);
    const std::vector<State> states = jobs->states();
    ASSERT_EQ(states.size(), 2u);
    EXPECT_EQ(states[0].name, "a");
    EXPECT_EQ(states[0].runs, 3);
    EXPECT_EQ(states[1].name, "b");
    EXPECT_EQ(states[1].runs, 1);
    EXPECT_EQ(states[0].failures + states[1].failures, 0);
    EXPECT_FALSE(states[0].running);
}

TEST(Jobs, UnknownTask) {
    const auto jobs = Jobs::start({asleep("a", [](jobs::Run&) {})});
    EXPECT_FALSE(jobs->run_now("b"));
    EXPECT_FALSE(jobs->run_now(""));
    EXPECT_EQ(jobs->states()[0].runs, 0);
    EXPECT_FALSE(Jobs::start({})->run_now("a"));
}

TEST(Jobs, RunNowWhileRunningWaitsAndRunsOnceMore) {
    std::atomic<int> begun = 0, ended = 0;
    Gate first_began, first_may_end;
    const auto jobs = Jobs::start({asleep("long", [&](jobs::Run&) {
        if (++begun == 1) {
            first_began.open();
            first_may_end.wait();
        }
        ++ended;
    })});
    std::jthread first([&] { EXPECT_TRUE(jobs->run_now("long")); });
    first_began.wait();
    int ended_when_back = 0;
    std::jthread second([&] {
        EXPECT_TRUE(jobs->run_now("long"));
        ended_when_back = ended;
    });
    std::this_thread::sleep_for(std::chrono::milliseconds(5));  // so that the second asks while the first run goes on
    EXPECT_TRUE(jobs->states()[0].running);
    first_may_end.open();
    first.join();
    second.join();
    EXPECT_GE(ended_when_back, 2);
    EXPECT_EQ(jobs->states()[0].runs, 2);
}

// A series of /metrics, 0 while it is not there.
std::int64_t counted(const std::string& series) {
    const std::string all = watch::metrics();
    const std::size_t at = all.find("\n" + series + " ");
    return at == all.npos ? 0 : std::stoll(all.substr(at + series.size() + 2));
}

TEST(Jobs, AFailedRunIsCountedAndTriedAgain) {
    const Quiet quiet;
    const std::vector<std::pair<std::string, std::int64_t>> series = {
        {"huiyin_job_failures_total{job=\"test.frail\"}", 2},
        {"huiyin_job_runs_total{job=\"test.frail\"}", 3},
        {"huiyin_job_seconds_count{job=\"test.frail\"}", 3}};
    std::vector<std::int64_t> before;
    for (const auto& [name, more] : series) before.push_back(counted(name));
    std::atomic<int> runs = 0;
    const auto jobs = Jobs::start({asleep("test.frail", [&](jobs::Run&) {
        const int run = ++runs;
        if (run == 1) throw std::runtime_error("broken");
        if (run == 2) throw 7;
    })});
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(jobs->run_now("test.frail"));
    EXPECT_EQ(jobs->states()[0].runs, 3);
    EXPECT_EQ(jobs->states()[0].failures, 2);
    for (std::size_t i = 0; i < series.size(); ++i)
        EXPECT_EQ(counted(series[i].first), before[i] + series[i].second) << series[i].first;
}

TEST(Jobs, AFailureIsLogged) {
    testing::internal::CaptureStderr();
    Jobs::start({asleep("frail", [](jobs::Run&) { throw std::runtime_error("broken"); })})->run_now("frail");
    const std::string log = testing::internal::GetCapturedStderr();
    EXPECT_NE(log.find(R"("level":"error","event":"job_failed","job":"frail","what":"broken"})"), std::string::npos)
        << log;
}

TEST(Jobs, ProgressIsSeenAndStartsAnew) {
    Gate half, go_on;
    std::atomic<int> run = 0;
    const auto jobs = Jobs::start({asleep("p", [&](jobs::Run& now) {
        if (++run == 2) return;
        now.progress(5, 10);
        half.open();
        go_on.wait();
        now.progress(10, 10);
    })});
    std::jthread asking([&] { jobs->run_now("p"); });
    half.wait();
    EXPECT_EQ(jobs->states()[0].done, 5);
    EXPECT_EQ(jobs->states()[0].of, 10);
    EXPECT_TRUE(jobs->states()[0].running);
    go_on.open();
    asking.join();
    EXPECT_EQ(jobs->states()[0].done, 10);
    jobs->run_now("p");
    EXPECT_EQ(jobs->states()[0].of, 0);
}

TEST(Jobs, StopEndsARestAtOnce) {
    std::atomic<int> runs = 0;
    Jobs::start({asleep("a", [&](jobs::Run&) { ++runs; }), asleep("b", [&](jobs::Run&) { ++runs; })}).reset();
    EXPECT_EQ(runs, 0);
}

TEST(Jobs, StopDuringALongRunIsSeenByItAndWaitedFor) {
    Gate began;
    std::atomic<bool> stopping_at_first = true, ended = false;
    auto jobs = Jobs::start({{"long", 1, [&](jobs::Run& run) {
                                  stopping_at_first = run.stopping();
                                  began.open();
                                  while (!run.stopping()) std::this_thread::yield();
                                  ended = true;
                              }}});
    began.wait();
    jobs.reset();
    EXPECT_FALSE(stopping_at_first);
    EXPECT_TRUE(ended);
}

TEST(Jobs, StopFreesATaskThatWaitsForAnother) {
    Gate waiting;
    std::atomic<int> answer = -1;
    Jobs* all = nullptr;
    Gate known;
    auto jobs = Jobs::start({asleep("busy",
                                    [&](jobs::Run& run) {
                                        waiting.open();
                                        while (!run.stopping()) std::this_thread::yield();
                                    }),
                             {"asks", never, [&](jobs::Run&) {
                                  known.wait();
                                  all->run_now("busy");                   // ends when all stops
                                  answer = all->run_now("busy") ? 1 : 0;  // comes too late
                              }}});
    all = jobs.get();
    known.open();
    waiting.wait();
    jobs.reset();
    EXPECT_EQ(answer, 0);
}

TEST(Jobs, ATaskCannotWaitForItself) {
    const Quiet quiet;
    Jobs* all = nullptr;
    const auto jobs = Jobs::start({asleep("self", [&](jobs::Run&) { all->run_now("self"); })});
    all = jobs.get();
    EXPECT_TRUE(jobs->run_now("self"));
    EXPECT_EQ(jobs->states()[0].failures, 1);
}

TEST(Jobs, ManyWhoAskAtOnce) {
    std::atomic<int> runs = 0;
    const auto jobs = Jobs::start({asleep("a", [&](jobs::Run&) { ++runs; })});
    constexpr int threads = 4, each = 25;
    {
        std::vector<std::jthread> asking;
        for (int t = 0; t < threads; ++t)
            asking.emplace_back([&] {
                for (int i = 0; i < each; ++i) {
                    const int before = runs;
                    EXPECT_TRUE(jobs->run_now("a"));
                    EXPECT_GT(runs, before);
                }
            });
    }
    EXPECT_GE(runs, each);
    EXPECT_LE(runs, threads * each);
    EXPECT_EQ(jobs->states()[0].runs, runs);
}

TEST(Jobs, WrongListsAreDefects) {
    const auto nothing = [](jobs::Run&) {};
    EXPECT_THROW(Jobs::start({asleep("a", nothing), asleep("a", nothing)}), std::logic_error);
    EXPECT_THROW(Jobs::start({{"a", -1, nothing}}), std::logic_error);
    EXPECT_THROW(Jobs::start({{"a", 60, nothing, -1}}), std::logic_error);
    EXPECT_THROW(Jobs::start({{"a", 60, {}}}), std::logic_error);
}

TEST(Jobs, RunSoonDoesNotWait) {
    Gate begun, may_end, again;
    std::atomic<int> runs = 0;
    const auto jobs = Jobs::start({asleep("a", [&](jobs::Run&) {
        if (++runs == 2) again.open();
        begun.open();
        may_end.wait();
    })});
    EXPECT_TRUE(jobs->run_soon("a"));
    begun.wait();
    EXPECT_TRUE(jobs->states()[0].running);
    EXPECT_TRUE(jobs->run_soon("a")) << "while one is going on: another comes after it";
    may_end.open();
    again.wait();
    EXPECT_FALSE(jobs->run_soon("b"));
}

TEST(Jobs, ARunCanBeAskedToEndAndTheNextOneIsWhole) {
    Gate begun;
    std::atomic<int> ended = 0;
    const auto jobs = Jobs::start({asleep("a", [&](jobs::Run& run) {
        EXPECT_FALSE(run.stopping());
        begun.open();
        while (!run.stopping() && ended == 0) std::this_thread::yield();
        ++ended;
    })});
    EXPECT_TRUE(jobs->end_run("a")) << "none is going on";
    EXPECT_TRUE(jobs->run_soon("a"));
    begun.wait();
    EXPECT_EQ(ended, 0) << "what was asked before it began does not end it";
    EXPECT_TRUE(jobs->end_run("a"));
    EXPECT_TRUE(jobs->run_now("a")) << "the task goes on";
    EXPECT_EQ(ended, 2);
    EXPECT_FALSE(jobs->end_run("b"));
}

}  // namespace
}  // namespace jobs
