// Threads that take jobs from a bounded queue. Threads are started when there is work for them, up to the given number.
// Clients take turns: whoever sends a thousand requests waits for them, and a client that sends one waits for about one
// of each of the others. Where all places are taken, the newest job of whoever has most makes way for one of whoever
// has less (longest queue drop: B. Suter et al., "Buffer management schemes for supporting TCP in gigabit routers with
// per-flow queueing", IEEE JSAC 17 (1999) 1159-1169).
#pragma once
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <vector>

namespace http {

class Pool {
public:
    using Job = std::function<void()>;  // must not throw

    Pool(std::size_t threads, std::size_t waiting) : limit_(threads), waiting_(waiting) {}
    ~Pool() { stop(); }
    Pool(const Pool&) = delete;
    Pool& operator=(const Pool&) = delete;

    using Client = std::uint64_t;
    static constexpr Client nobody = 0;  // in particular

    // False when `waiting` jobs wait already and nobody has two more of them than this client, when half as many of
    // this client do, or after stop(). `made_way` is called instead of the job, on the thread of another's post(), when
    // it has made way; a job without one never does. Any thread.
    bool post(Job, Client = nobody, Job made_way = {});
    // For the next step of what was begun: always taken, until stop(); what bounds their number is what began them.
    // They take turns with what is new.
    void go_on(Job);
    std::size_t waiting() const;
    // Jobs not begun are dropped; waits for those that run.
    void stop();

private:
    struct Waiting {
        Job job, made_way;
    };
    void added(std::unique_lock<std::mutex>&);
    Job make_way(std::size_t own);
    Job take();
    void work();

    const std::size_t limit_, waiting_;
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Job> begun_;
    std::unordered_map<Client, std::deque<Waiting>> lines_;  // none is empty
    std::deque<Client> turns_;                               // each of lines_ once, whose turn it is first
    std::size_t count_ = 0;                                  // of all jobs
    bool new_next_ = true;
    std::vector<std::jthread> threads_;
    std::size_t idle_ = 0;
    bool stopped_ = false;
};

}  // namespace http
