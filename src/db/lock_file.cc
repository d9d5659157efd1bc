#include "lock_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "failure.h"

namespace db {

LockFile::LockFile(const std::filesystem::path& folder) {
    if (!std::filesystem::exists(folder)) {
        std::filesystem::create_directories(folder);
        std::filesystem::permissions(folder, std::filesystem::perms::owner_all);
    }
    const std::filesystem::path path = folder / "lock";
    file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file_ < 0) throw failure(Kind::lost, path.string() + " cannot be opened: " + std::strerror(errno));
    if (::flock(file_, LOCK_EX | LOCK_NB) == 0) return;
    const int error = errno;
    ::close(file_);
    if (error == EWOULDBLOCK)
        throw failure(Kind::busy, "another process has the data folder " + folder.string() +
                                      " open for writing; stop it first, or use a command that only reads");
    throw failure(Kind::other, path.string() + " cannot be locked: " + std::strerror(error));
}

LockFile::~LockFile() { ::close(file_); }

}  // namespace db
