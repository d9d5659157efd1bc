// Reads the pages of a place's database files as they lie on the disk.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>

#include "database.h"
#include "failure.h"
#include "page_check.h"

namespace db {
namespace {

namespace fs = std::filesystem;

constexpr const char* page_files[] = {"main.db", "local.db", "derived.db"};
constexpr std::size_t most_named = 100;
constexpr int looks = 3;

// Closed, it drops every lock that this process has on the file: only for who has not opened the database.
class RawFile {
public:
    explicit RawFile(const fs::path& path) : path_(path), fd_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
        if (fd_ < 0) fail();
    }
    ~RawFile() { ::close(fd_); }
    RawFile(const RawFile&) = delete;

    std::int64_t size() const {
        struct stat info {};
        if (::fstat(fd_, &info) != 0) fail();
        return info.st_size;
    }
    bool read(std::span<std::uint8_t> to, std::int64_t at) const {
        for (std::size_t got = 0; got < to.size();) {
            const ssize_t n = ::pread(fd_, to.data() + got, to.size() - got, at + static_cast<std::int64_t>(got));
            if (n < 0 && errno == EINTR) continue;
            if (n < 0) fail();
            if (n == 0) return false;
            got += static_cast<std::size_t>(n);
        }
        return true;
    }

private:
    [[noreturn]] void fail() const {
        throw failure(Kind::lost, path_.string() + " cannot be read: " + std::strerror(errno));
    }
    const fs::path path_;
    const int fd_;
};

// A page that is being written just now is whole a moment later.
bool is_damaged(const RawFile& file, std::span<std::uint8_t> page, std::int64_t number) {
    for (int i = 0; i < looks; ++i) {
        if (!file.read(page, (number - 1) * std::ssize(page))) return false;  // cut off meanwhile
        if (intact(page, number)) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return true;
}

PageReport report_of(const fs::path& path, const CopyProgress& progress) {
    PageReport report{.file = path.filename().string()};
    const RawFile file(path);
    std::uint8_t header[file_start] = {};
    if (!file.read(header, 0)) return report;  // no pages yet
    const std::size_t stated = std::size_t{header[16]} << 8 | header[17], size = stated == 1 ? 65'536 : stated;
    const bool sound =
        std::memcmp(header, first_words.data(), first_words.size()) == 0 && size >= 512 && (size & (size - 1)) == 0;
    std::vector<std::uint8_t> page(sound ? size : 4'096);
    report.checked = header[check_size_at] == check_size;
    if (sound && !report.checked && file.read(page, 0)) {
        page[check_size_at] = check_size;  // is this byte itself what was changed?
        if (intact(page, 1)) report.damaged.push_back(1);
    }
    if (!sound) report.damaged.push_back(1);
    if (!sound || !report.checked) return report;
    report.pages = file.size() / static_cast<std::int64_t>(size);
    for (std::int64_t number = 1; number <= report.pages; ++number) {
        if (is_damaged(file, page, number) && report.damaged.size() < most_named) report.damaged.push_back(number);
        if (progress) progress(number, report.pages);
    }
    return report;
}

}  // namespace

std::vector<PageReport> check_pages(const fs::path& folder, const CopyProgress& progress) {
    std::vector<PageReport> reports;
    for (const char* name : page_files)
        if (fs::exists(folder / name)) reports.push_back(report_of(folder / name, progress));
    return reports;
}

}  // namespace db
