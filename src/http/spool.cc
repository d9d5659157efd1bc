#include "spool.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

#include <files/files.h>
#include <watch/watch.h>

namespace http {
namespace {

constexpr std::string_view prefix = "upload-";

[[noreturn]] void throw_errno(const char* what) { throw std::system_error(errno, std::generic_category(), what); }

// What was uploaded is somebody's; a file that was only unlinked leaves its bytes on the medium. In destructors: what
// could not be wiped is wiped at the next start.
void take_away(const std::string& path) noexcept {
    try {
        files::wipe(path);
    } catch (const std::exception& broken) { watch::error("upload_not_wiped", {{"what", broken.what()}}); }
}

}  // namespace

void prepare_spool(const std::string& folder) {
    std::filesystem::create_directories(folder);
    if (chmod(folder.c_str(), 0700) != 0) throw_errno("spool folder");
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().filename().string().starts_with(prefix)) files::wipe(entry.path());
}

SpoolFile::SpoolFile(const std::string& folder)
    : path_(folder + '/' + std::string(prefix) + kernel::hex(kernel::random_bytes(16))),
      file_(open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600)) {
    if (file_ < 0) throw_errno("spool file");
}

SpoolFile::~SpoolFile() {
    if (file_ < 0) return;
    close(file_);
    take_away(path_);
}

void SpoolFile::write(std::string_view piece) {
    while (!piece.empty()) {
        const ssize_t n = ::write(file_, piece.data(), piece.size());
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) throw_errno("spool file");
        piece.remove_prefix(static_cast<std::size_t>(n));
        size_ += static_cast<std::uint64_t>(n);
    }
}

std::shared_ptr<Upload> SpoolFile::keep(Upload claimed) {
    claimed.path = path_;
    claimed.size = size_;
    // Shared, because a handler may hand the upload to a background task that outlives the request.
    std::shared_ptr<Upload> out(new Upload(std::move(claimed)), [](Upload* upload) {
        take_away(upload->path);
        delete upload;
    });
    close(std::exchange(file_, -1));
    return out;
}

}  // namespace http
