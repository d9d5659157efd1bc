// Threads that take jobs from a bounded queue. Threads are started when there is work for them, up to the given number.
#pragma once
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace http {

class Pool {
public:
    using Job = std::function<void()>;  // must not throw

    Pool(std::size_t threads, std::size_t waiting) : limit_(threads), waiting_(waiting) {}
    ~Pool() { stop(); }
    Pool(const Pool&) = delete;
    Pool& operator=(const Pool&) = delete;

    // False when `waiting` jobs wait already, or after stop(). Any thread.
    bool post(Job);
    // For the next step of what was begun: always taken, until stop(); what bounds their number is what began them.
    void go_on(Job);
    std::size_t waiting() const;
    // Jobs not begun are dropped; waits for those that run.
    void stop();

private:
    void push(std::unique_lock<std::mutex>&, Job);
    void work();

    const std::size_t limit_, waiting_;
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Job> jobs_;
    std::vector<std::jthread> threads_;
    std::size_t idle_ = 0;
    bool stopped_ = false;
};

}  // namespace http
