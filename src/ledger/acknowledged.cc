#include "acknowledged.h"

#include <fcntl.h>
#include <kernel/bytes.h>
#include <kernel/id.h>
#include <unistd.h>
#include <watch/watch.h>

#include <cerrno>
#include <charconv>
#include <filesystem>
#include <string>
#include <system_error>

namespace ledger {
namespace {

constexpr std::string_view begin = "huiyin acknowledged ";
constexpr std::size_t digits = 19, check_digits = 16;

// One length for every number, so that it is written over in place, within one sector.
std::string line(std::int64_t size) {
    std::string number = std::to_string(size);
    number.insert(0, digits - number.size(), '0');
    std::string out = std::string(begin) + number + " ";
    return out + kernel::hex(kernel::sha256(kernel::view(out))).substr(0, check_digits) + "\n";
}

std::optional<std::int64_t> number_in(const std::string& text) {
    if (text.size() < begin.size() + digits) return std::nullopt;
    std::int64_t size = 0;
    const char* first = text.data() + begin.size();
    const auto [end, error] = std::from_chars(first, first + digits, size);
    if (error != std::errc() || end != first + digits || size < 0 || text != line(size)) return std::nullopt;
    return size;
}

[[noreturn]] void broken(const std::string& path) { throw std::system_error(errno, std::generic_category(), path); }

bool write_whole(int fd, const std::string& text) {
    return ::pwrite(fd, text.data(), text.size(), 0) == static_cast<ssize_t>(text.size());
}

// A name that lasts: its folder is written, too.
void keep_name(const std::string& path) {
    const int folder = ::open(std::filesystem::path(path).parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool good = folder >= 0 && ::fsync(folder) == 0;
    const int error = errno;
    if (folder >= 0) ::close(folder);
    if (!good) errno = error, broken(path);
}

}  // namespace

Acknowledged::Acknowledged(const std::string& path) {
    if (path.empty()) return;
    fd_ = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
    if (fd_ >= 0) return;
    if (errno != ENOENT) broken(path);
    fd_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd_ < 0) broken(path);
    if (!write_whole(fd_, line(0)) || ::fsync(fd_) != 0) {
        const int error = errno;
        ::close(fd_);
        errno = error, broken(path);
    }
    keep_name(path);
}

Acknowledged::~Acknowledged() {
    if (fd_ >= 0) ::close(fd_);
}

void Acknowledged::put(std::int64_t size) {
    if (fd_ < 0 || write_whole(fd_, line(size)) || told_) return;
    watch::warn("ledger.acknowledged_not_written", {{"error", errno}});
    told_ = true;
}

std::optional<std::int64_t> Acknowledged::read(const std::string& path) {
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0 && errno == ENOENT) return 0;
    if (fd < 0) broken(path);
    std::string text(line(0).size() + 1, '\0');
    const ssize_t got = ::pread(fd, text.data(), text.size(), 0);
    const int error = errno;
    ::close(fd);
    if (got < 0) errno = error, broken(path);
    text.resize(static_cast<std::size_t>(got));
    return number_in(text);
}

}  // namespace ledger
