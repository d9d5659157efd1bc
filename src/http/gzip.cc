#include "gzip.h"

#include <zlib.h>

#include <array>
#include <stdexcept>
#include <vector>

namespace http {
namespace {

constexpr int gzip_window = 15 + 16;  // zlib.h: 16 more writes a gzip header
constexpr std::size_t spare = 4;      // idle deflaters kept for each effort: a quarter of a megabyte each

class Deflater {
public:
    explicit Deflater(Effort effort) {
        const int level = effort == Effort::fast ? 2 : 6;
        if (deflateInit2(&stream_, level, Z_DEFLATED, gzip_window, 8, Z_DEFAULT_STRATEGY) != Z_OK)
            throw std::bad_alloc();
    }
    ~Deflater() { deflateEnd(&stream_); }
    Deflater(const Deflater&) = delete;
    Deflater& operator=(const Deflater&) = delete;

    std::string deflate_all(std::string_view body) {
        std::string out(deflateBound(&stream_, body.size()), '\0');
        stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(body.data()));  // zlib only reads it
        stream_.avail_in = static_cast<uInt>(body.size());
        stream_.next_out = reinterpret_cast<Bytef*>(out.data());
        stream_.avail_out = static_cast<uInt>(out.size());
        if (deflate(&stream_, Z_FINISH) != Z_STREAM_END) throw std::runtime_error("deflate did not end");
        out.resize(stream_.total_out);
        deflateReset(&stream_);
        return out;
    }

private:
    z_stream stream_{};
};

// Making a deflater costs more than compressing a page with it.
class Deflaters {
public:
    std::string run(std::string_view body, Effort effort) {
        std::unique_ptr<Deflater> one = take(effort);
        std::string out = one->deflate_all(body);
        const std::lock_guard lock(mutex_);
        if (idle(effort).size() < spare) idle(effort).push_back(std::move(one));
        return out;
    }

private:
    std::unique_ptr<Deflater> take(Effort effort) {
        {
            const std::lock_guard lock(mutex_);
            if (!idle(effort).empty()) {
                std::unique_ptr<Deflater> out = std::move(idle(effort).back());
                idle(effort).pop_back();
                return out;
            }
        }
        return std::make_unique<Deflater>(effort);
    }
    std::vector<std::unique_ptr<Deflater>>& idle(Effort effort) { return idle_[effort == Effort::fast ? 0 : 1]; }

    std::mutex mutex_;
    std::array<std::vector<std::unique_ptr<Deflater>>, 2> idle_;
};

}  // namespace

std::string gzip(std::string_view body, Effort effort) {
    static Deflaters all;
    return all.run(body, effort);
}

std::shared_ptr<const std::string> GzipCache::get(const std::string& tag, std::string_view body) {
    if (auto found = kept_.find(tag)) return found;
    auto made = std::make_shared<const std::string>(gzip(body, Effort::thorough));
    kept_.keep(tag, made, made->size());
    return made;
}

}  // namespace http
