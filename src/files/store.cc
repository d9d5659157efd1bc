#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <system_error>
#include <vector>

#include "descriptor.h"
#include "files.h"

namespace files {
namespace {

std::filesystem::path place_of(const std::filesystem::path& folder, const kernel::Hash& hash) {
    const std::string name = kernel::hex(hash);
    return folder / name.substr(0, 2) / name.substr(2);
}

std::optional<kernel::Bytes> content_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return std::nullopt;
    return kernel::Bytes((std::istreambuf_iterator<char>(in)), {});
}

void sync_folder(const std::filesystem::path& folder) {
    Descriptor d(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (d.fd < 0 || ::fsync(d.fd) != 0) broken("syncing a folder");
}

}  // namespace

void wipe(const std::filesystem::path& file) {
    Descriptor d(::open(file.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW));
    if (d.fd < 0 && errno == ENOENT) return;
    if (d.fd < 0) broken("opening a file to wipe it");
    struct stat info {};
    if (::fstat(d.fd, &info) != 0) broken("looking at a file");
    const std::vector<char> zeros(std::min<std::size_t>(static_cast<std::size_t>(info.st_size), 1u << 16));
    for (off_t at = 0; at < info.st_size;) {
        const auto piece = std::min<std::size_t>(zeros.size(), static_cast<std::size_t>(info.st_size - at));
        const ssize_t n = ::pwrite(d.fd, zeros.data(), piece, at);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) broken("wiping a file");
        at += n;
    }
    if (::fdatasync(d.fd) != 0) broken("syncing a file");
    if (::unlink(file.c_str()) != 0 && errno != ENOENT) broken("removing a file");
}

Store::Store(std::filesystem::path folder) : folder_(std::move(folder)) {
    std::filesystem::create_directories(folder_);
    std::filesystem::permissions(folder_, std::filesystem::perms::owner_all);
}

kernel::Hash Store::put(kernel::View bytes) {
    const kernel::Hash hash = kernel::sha256(bytes);
    const auto place = place_of(folder_, hash);
    if (touch(hash)) return hash;
    const bool fresh = std::filesystem::create_directory(place.parent_path());
    // A name of its own for every writer: two may put the same bytes at once.
    const auto draft = place.parent_path() / (".draft-" + kernel::hex(kernel::random_bytes(8)));
    {
        Descriptor d(::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
        if (d.fd < 0) broken("making a file");
        std::size_t done = 0;
        while (done < bytes.size()) {
            const ssize_t n = ::write(d.fd, bytes.data() + done, bytes.size() - done);
            if (n < 0 && errno == EINTR) continue;
            if (n < 0) {
                const int error = errno;
                ::unlink(draft.c_str());
                errno = error;
                broken("writing a file");
            }
            done += static_cast<std::size_t>(n);
        }
        if (::fsync(d.fd) != 0) broken("syncing a file");
    }
    std::filesystem::rename(draft, place);
    sync_folder(place.parent_path());
    if (fresh) sync_folder(folder_);
    return hash;
}

std::optional<kernel::Bytes> Store::get(const kernel::Hash& hash) const {
    auto read = content_of(place_of(folder_, hash));
    if (!read) return std::nullopt;
    kernel::Bytes& bytes = *read;
    if (kernel::sha256(bytes) != hash) throw std::runtime_error("files: the blob " + kernel::hex(hash) + " is damaged");
    return bytes;
}

std::optional<std::uint64_t> Store::size(const kernel::Hash& hash) const {
    std::error_code error;
    const auto size = std::filesystem::file_size(place_of(folder_, hash), error);
    if (error) return std::nullopt;
    return size;
}

bool Store::touch(const kernel::Hash& hash) {
    const std::lock_guard lock(mutex_);
    std::error_code missing;
    std::filesystem::last_write_time(place_of(folder_, hash), std::filesystem::file_time_type::clock::now(), missing);
    if (missing && missing != std::errc::no_such_file_or_directory && missing != std::errc::not_a_directory)
        throw std::system_error(missing, "files: touching a file");
    return !missing;
}

void Store::sweep_one(const std::filesystem::path& file, const std::function<bool(const kernel::Hash&)>& in_use,
                      int& gone) {
    const std::lock_guard lock(mutex_);
    std::error_code missing;
    const auto put = std::filesystem::last_write_time(file, missing);
    if (missing || std::filesystem::file_time_type::clock::now() - put < std::chrono::hours(24)) return;
    const std::string name = file.filename().string();
    if (!name.starts_with(".draft-")) {
        const auto bytes = kernel::parse_hex(file.parent_path().filename().string() + name);
        kernel::Hash hash{};
        if (!bytes || bytes->size() != hash.size()) return;  // none of ours
        std::copy(bytes->begin(), bytes->end(), hash.begin());
        if (in_use(hash)) return;
    }
    wipe(file);
    ++gone;
}

int Store::sweep(const std::function<bool(const kernel::Hash&)>& in_use, const std::function<bool()>& stopping) {
    int gone = 0;
    for (const auto& shelf : std::filesystem::directory_iterator(folder_)) {
        if (!shelf.is_directory()) continue;
        std::vector<std::filesystem::path> all;
        for (const auto& file : std::filesystem::directory_iterator(shelf)) all.push_back(file.path());
        for (const auto& file : all) {
            if (stopping()) return gone;
            sweep_one(file, in_use, gone);
        }
    }
    return gone;
}

std::int64_t Store::check(const std::function<void(const std::filesystem::path&)>& damaged) const {
    std::int64_t count = 0;
    for (const auto& file : std::filesystem::recursive_directory_iterator(folder_)) {
        const std::string name = file.path().filename().string();
        if (file.is_directory() || name.starts_with(".draft-")) continue;
        const auto bytes = content_of(file.path());
        if (!bytes) continue;  // erased meanwhile
        ++count;
        if (kernel::hex(kernel::sha256(*bytes)) != file.path().parent_path().filename().string() + name)
            damaged(file.path());
    }
    return count;
}

void Store::erase(const kernel::Hash& hash) {
    const auto place = place_of(folder_, hash);
    if (!std::filesystem::exists(place)) return;
    wipe(place);
    sync_folder(place.parent_path());
}

}  // namespace files
