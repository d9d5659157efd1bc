// The lock that keeps a second process off the data folder. Held as long as the object lives; the kernel drops it when
// the process dies.
#pragma once
#include <filesystem>

namespace db {

class LockFile {
public:
    // Makes the folder (0700) and folder/lock (0600) when missing. Throws Failure busy when another holds it.
    explicit LockFile(const std::filesystem::path& folder);
    ~LockFile();
    LockFile(const LockFile&) = delete;
    LockFile& operator=(const LockFile&) = delete;

private:
    int file_ = -1;
};

}  // namespace db
