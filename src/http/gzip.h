// Compression of bodies (RFC 1952 by zlib), and the compressed bodies of responses that many readers share. Any thread.
#pragma once
#include <memory>
#include <string>
#include <string_view>

#include <kernel/lru.h>

namespace http {

enum class Effort { fast, thorough };  // for one reader; for all readers of a kept response
std::string gzip(std::string_view body, Effort);

// Compressed bodies by their content's tag.
class GzipCache {
public:
    explicit GzipCache(std::size_t bytes = 16u << 20) : kept_(bytes) {}
    std::shared_ptr<const std::string> get(const std::string& tag, std::string_view body);
    std::size_t bytes() const { return kept_.bytes(); }

private:
    kernel::Lru<std::string> kept_;
};

}  // namespace http
