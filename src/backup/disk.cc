#include "disk.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <system_error>

#include <files/files.h>

namespace backup {
namespace {

[[noreturn]] void broken(const std::filesystem::path& path) {
    throw std::system_error(errno, std::generic_category(), path.string());
}

class Descriptor {
public:
    Descriptor(const std::filesystem::path& path, int flags) : fd_(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {
        if (fd_ < 0) broken(path);
    }
    ~Descriptor() { ::close(fd_); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int fd() const { return fd_; }

private:
    int fd_;
};

void write_all(const std::filesystem::path& path, kernel::View bytes) {
    const Descriptor file(path, O_WRONLY | O_CREAT | O_TRUNC);
    while (!bytes.empty()) {
        const ssize_t n = ::write(file.fd(), bytes.data(), bytes.size());
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) broken(path);
        bytes = bytes.subspan(static_cast<std::size_t>(n));
    }
    if (::fsync(file.fd()) != 0) broken(path);
}

}  // namespace

void wipe_leftovers(const std::filesystem::path& path) {
    for (const char* ending : {".draft", ".old"}) {
        std::filesystem::path left = path;
        left += ending;
        // Stopped before the new bytes took the name, the second name is still the file's own.
        if (std::error_code none; std::filesystem::equivalent(left, path, none))
            std::filesystem::remove(left);
        else
            files::wipe(left);
    }
}

Held::Held(const std::filesystem::path& folder) : folder_(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
    if (folder_ < 0) broken(folder);
    while (::flock(folder_, LOCK_EX) != 0)
        if (errno != EINTR) {
            ::close(folder_);
            broken(folder);
        }
}
Held::~Held() { ::close(folder_); }

void write_file(const std::filesystem::path& path, kernel::View bytes, bool wiping) {
    std::filesystem::create_directories(path.parent_path());
    std::filesystem::path draft = path, old = path;
    draft += ".draft";
    old += ".old";
    if (wiping) wipe_leftovers(path);
    try {
        write_all(draft, bytes);
    } catch (...) {
        std::error_code ignored;
        std::filesystem::remove(draft, ignored);
        throw;
    }
    // A second name keeps the old bytes in reach after the new ones took their place.
    if (wiping && std::filesystem::exists(path)) std::filesystem::create_hard_link(path, old);
    std::filesystem::rename(draft, path);
    const Descriptor folder(path.parent_path(), O_RDONLY | O_DIRECTORY);
    if (::fsync(folder.fd()) != 0) broken(path.parent_path());
    if (wiping) files::wipe(old);
}

std::optional<kernel::Bytes> read_file(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) return std::nullopt;
    kernel::Bytes bytes((std::istreambuf_iterator<char>(in)), {});
    if (in.bad()) throw std::runtime_error(path.string() + " cannot be read");
    return bytes;
}

kernel::Bytes need_file(const std::filesystem::path& path) {
    auto bytes = read_file(path);
    if (!bytes) throw std::runtime_error(path.string() + " is missing");
    return *std::move(bytes);
}

void put_number(kernel::Bytes& out, std::uint64_t number) {
    for (int shift = 56; shift >= 0; shift -= 8) out.push_back(static_cast<std::uint8_t>(number >> shift));
}

void put_piece(kernel::Bytes& out, kernel::View piece) {
    put_number(out, piece.size());
    out.insert(out.end(), piece.begin(), piece.end());
}

std::uint64_t Pieces::number() {
    if (bytes_.size() - at_ < 8) damaged();
    std::uint64_t number = 0;
    for (int i = 0; i < 8; ++i) number = number << 8 | bytes_[at_++];
    return number;
}

kernel::View Pieces::piece() {
    const std::uint64_t size = number();
    if (bytes_.size() - at_ < size) damaged();
    const kernel::View piece = bytes_.subspan(at_, static_cast<std::size_t>(size));
    at_ += piece.size();
    return piece;
}

void Pieces::damaged() const { throw std::runtime_error(name_ + " is damaged"); }

}  // namespace backup
