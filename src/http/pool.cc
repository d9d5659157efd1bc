#include "pool.h"

namespace http {

bool Pool::post(Job job) {
    std::unique_lock lock(mutex_);
    if (stopped_ || jobs_.size() >= waiting_) return false;
    push(lock, std::move(job));
    return true;
}

void Pool::go_on(Job job) {
    std::unique_lock lock(mutex_);
    if (!stopped_) push(lock, std::move(job));
}

void Pool::push(std::unique_lock<std::mutex>& lock, Job job) {
    jobs_.push_back(std::move(job));
    if (idle_ < jobs_.size() && threads_.size() < limit_) threads_.emplace_back([this] { work(); });
    lock.unlock();
    wake_.notify_one();
}

void Pool::work() {
    std::unique_lock lock(mutex_);
    while (true) {
        ++idle_;
        wake_.wait(lock, [this] { return stopped_ || !jobs_.empty(); });
        --idle_;
        if (stopped_) return;
        Job job = std::move(jobs_.front());
        jobs_.pop_front();
        lock.unlock();
        job();
        job = nullptr;  // what it holds goes outside the lock
        lock.lock();
    }
}

std::size_t Pool::waiting() const {
    const std::lock_guard lock(mutex_);
    return jobs_.size();
}

void Pool::stop() {
    std::deque<Job> dropped;
    std::vector<std::jthread> threads;
    {
        const std::lock_guard lock(mutex_);
        stopped_ = true;
        dropped.swap(jobs_);
        threads.swap(threads_);
    }
    wake_.notify_all();
    threads.clear();
}

}  // namespace http
