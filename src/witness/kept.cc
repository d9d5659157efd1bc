#include "kept.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <stdexcept>

#include <watch/watch.h>

namespace witness {
namespace {

constexpr std::size_t longest_file = 128 * 1024;

[[noreturn]] void fail(const std::filesystem::path& path) {
    throw std::runtime_error(path.string() + ": " + std::strerror(errno));
}

[[noreturn]] void stop(const char* what) {
    watch::error("witness_disk", {{"what", what}, {"errno", errno}});
    std::abort();
}

bool write_all(int file, std::string_view text) {
    while (!text.empty()) {
        const ssize_t n = ::write(file, text.data(), text.size());
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return false;
        text.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
}

}  // namespace

Kept::Kept(const std::filesystem::path& folder) : folder_(folder) {
    std::filesystem::create_directories(folder);
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all);
    lock_ = ::open((folder / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock_ < 0) fail(folder / "lock");
    if (::flock(lock_, LOCK_EX | LOCK_NB) != 0) {
        ::close(lock_);
        throw std::runtime_error(folder.string() + " is held by another process");
    }
    directory_ = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (directory_ < 0) {
        ::close(lock_);
        fail(folder);
    }
}

Kept::~Kept() {
    ::close(directory_);
    ::close(lock_);
}

std::optional<std::string> Kept::read(const std::string& name) const {
    const int file = ::openat(directory_, name.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0 && errno == ENOENT) return std::nullopt;
    if (file < 0) fail(folder_ / name);
    std::string out(longest_file, '\0');
    std::size_t got = 0;
    ssize_t n = 0;
    while (got < out.size() && (n = ::read(file, out.data() + got, out.size() - got)) != 0) {
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) {
            ::close(file);
            fail(folder_ / name);
        }
        got += static_cast<std::size_t>(n);
    }
    ::close(file);
    out.resize(got);
    return out;
}

bool Kept::replace(const std::string& name, std::string_view text) {
    const std::string fresh = name + ".new";
    const int file = ::openat(directory_, fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0) return false;
    const bool written = write_all(file, text);
    if (written && ::fsync(file) != 0) stop("fsync");
    const bool closed = ::close(file) == 0;
    if (!written || !closed) {
        ::unlinkat(directory_, fresh.c_str(), 0);
        return false;
    }
    if (::renameat(directory_, fresh.c_str(), directory_, name.c_str()) != 0) stop("rename");
    if (::fsync(directory_) != 0) stop("fsync of the folder");
    return true;
}

}  // namespace witness
