// Work on [0, n) in pieces, by several threads. What a piece does may depend on its own numbers alone.
#pragma once
#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace kernel {

template <class Work>
void in_threads(std::size_t n, int threads, const Work& work, std::size_t piece = 256) {
    std::atomic<std::size_t> next{0};
    std::exception_ptr failure;
    std::mutex failing;
    const auto run = [&] {
        try {
            for (std::size_t from; (from = next.fetch_add(piece)) < n;) work(from, std::min(n, from + piece));
        } catch (...) {
            const std::lock_guard lock(failing);
            failure = std::current_exception();
        }
    };
    std::vector<std::thread> others;
    for (int i = 1; i < threads && n > piece; ++i) others.emplace_back(run);
    run();
    for (std::thread& one : others) one.join();
    if (failure) std::rethrow_exception(failure);
}

}  // namespace kernel
