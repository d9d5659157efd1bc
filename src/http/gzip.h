// Compression of bodies (RFC 1952 by zlib), and the compressed bodies of responses that many readers share. Any thread.
#pragma once
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace http {

enum class Effort { fast, thorough };  // for one reader; for all readers of a kept response
std::string gzip(std::string_view body, Effort);

// Compressed bodies by their content's tag, the oldest going first.
class GzipCache {
public:
    explicit GzipCache(std::size_t bytes = 16u << 20) : limit_(bytes) {}
    std::shared_ptr<const std::string> get(const std::string& tag, std::string_view body);
    std::size_t bytes() const;

private:
    const std::size_t limit_;
    mutable std::mutex mutex_;
    std::map<std::string, std::shared_ptr<const std::string>, std::less<>> kept_;
    std::deque<std::string> order_;
    std::size_t bytes_ = 0;
};

}  // namespace http
