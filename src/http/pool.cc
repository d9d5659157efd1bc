#include "pool.h"

#include <algorithm>
#include <utility>

namespace http {

bool Pool::post(Job job, Client client, Job made_way) {
    std::unique_lock lock(mutex_);
    if (stopped_) return false;
    const auto found = lines_.find(client);
    const std::size_t own = found == lines_.end() ? 0 : found->second.size();
    if (client != nobody && own >= std::max<std::size_t>(waiting_ / 2, 1)) return false;
    Job gone;
    if (count_ >= waiting_ && !(gone = make_way(own))) return false;
    auto& line = lines_[client];
    if (line.empty()) turns_.push_back(client);
    line.push_back({std::move(job), std::move(made_way)});
    added(lock);
    if (gone) gone();
    return true;
}

// Every place is taken: the newest job of the longest line goes, if that line is longer by two than `own`.
Pool::Job Pool::make_way(std::size_t own) {
    const auto longest = std::ranges::max_element(lines_, {}, [](const auto& line) { return line.second.size(); });
    if (longest == lines_.end() || longest->second.size() < own + 2 || !longest->second.back().made_way) return {};
    Job gone = std::move(longest->second.back().made_way);
    longest->second.pop_back();
    --count_;
    return gone;
}

void Pool::go_on(Job job) {
    std::unique_lock lock(mutex_);
    if (stopped_) return;
    begun_.push_back(std::move(job));
    added(lock);
}

void Pool::added(std::unique_lock<std::mutex>& lock) {
    ++count_;
    if (idle_ < count_ && threads_.size() < limit_) threads_.emplace_back([this] { work(); });
    lock.unlock();
    wake_.notify_one();
}

// There is one.
Pool::Job Pool::take() {
    --count_;
    const bool fresh = begun_.empty() || (new_next_ && !turns_.empty());
    new_next_ = !fresh;
    Job job;
    if (!fresh) {
        job = std::move(begun_.front());
        begun_.pop_front();
        return job;
    }
    const Client client = turns_.front();
    turns_.pop_front();
    const auto line = lines_.find(client);
    job = std::move(line->second.front().job);
    line->second.pop_front();
    if (line->second.empty())
        lines_.erase(line);
    else
        turns_.push_back(client);
    return job;
}

void Pool::work() {
    std::unique_lock lock(mutex_);
    while (true) {
        ++idle_;
        wake_.wait(lock, [this] { return stopped_ || count_ > 0; });
        --idle_;
        if (stopped_) return;
        Job job = take();
        lock.unlock();
        job();
        job = nullptr;  // what it holds goes outside the lock
        lock.lock();
    }
}

std::size_t Pool::waiting() const {
    const std::lock_guard lock(mutex_);
    return count_;
}

void Pool::stop() {
    std::deque<Job> begun;
    std::unordered_map<Client, std::deque<Waiting>> lines;
    std::vector<std::jthread> threads;
    {
        const std::lock_guard lock(mutex_);
        stopped_ = true;
        begun.swap(begun_);
        lines.swap(lines_);
        turns_.clear();
        count_ = 0;
        threads.swap(threads_);
    }
    wake_.notify_all();
    threads.clear();
}

}  // namespace http
