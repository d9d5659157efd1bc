#include "key.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>

namespace ledger {
namespace {

constexpr std::size_t longest_origin = 200, longest_key_file = 1024;

class File {
public:
    File(const std::filesystem::path& path, int flags)
        : path_(path), fd_(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {
        if (fd_ < 0) fail(std::strerror(errno));
    }
    ~File() { ::close(fd_); }
    File(const File&) = delete;
    File& operator=(const File&) = delete;

    [[noreturn]] void fail(const std::string& why) const {
        throw std::runtime_error("key file " + path_.string() + ": " + why);
    }
    int fd() const { return fd_; }
    void sync() const {
        if (::fsync(fd_) != 0) fail(std::strerror(errno));
    }

private:
    std::filesystem::path path_;
    int fd_;
};

void write_all(const File& file, std::string_view text) {
    while (!text.empty()) {
        const ssize_t n = ::write(file.fd(), text.data(), text.size());
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) file.fail(std::strerror(errno));
        text.remove_prefix(static_cast<std::size_t>(n));
    }
}

std::string read_all(const File& file) {
    std::string text(longest_key_file + 1, '\0');
    std::size_t got = 0;
    while (got < text.size()) {
        const ssize_t n = ::read(file.fd(), text.data() + got, text.size() - got);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) file.fail(std::strerror(errno));
        if (n == 0) break;
        got += static_cast<std::size_t>(n);
    }
    text.resize(got);
    return text;
}

}  // namespace

kernel::Checked check_origin(std::string_view origin) {
    const kernel::Error invalid = kernel::invalid("origin", "ledger.origin_invalid");
    if (origin.empty() || origin.size() > longest_origin) return invalid;
    if (origin.front() == '/' || origin.back() == '/' || origin.find("//") != origin.npos) return invalid;
    for (char c : origin) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!letter && std::string_view(".-_~:/").find(c) == std::string_view::npos) return invalid;
    }
    return {};
}

merkle::SignerKey make_key(const std::filesystem::path& file, const std::string& name, std::uint8_t type) {
    if (!check_origin(name)) throw std::invalid_argument("ledger: not an origin");
    merkle::SignerKey key = merkle::SignerKey::generate(name, type);
    const File out(file, O_WRONLY | O_CREAT | O_EXCL);
    write_all(out, key.private_text());
    out.sync();
    const std::filesystem::path folder = file.has_parent_path() ? file.parent_path() : ".";
    File(folder, O_RDONLY | O_DIRECTORY).sync();
    return key;
}

merkle::SignerKey load_key(const std::filesystem::path& file, std::uint8_t type) {
    const File in(file, O_RDONLY);
    struct stat about {};
    if (::fstat(in.fd(), &about) != 0) in.fail(std::strerror(errno));
    if (!S_ISREG(about.st_mode)) in.fail("it is no file");
    if ((about.st_mode & 077) != 0) in.fail("others than its owner can open it; set its mode to 0600");
    auto key = merkle::SignerKey::parse_private(read_all(in));
    if (!key) in.fail("it does not hold a signing key");
    if (key->verifier().type != type)
        in.fail(type == merkle::log_key ? "it is no log's key" : "it is no witness's key");
    return std::move(*key);
}

}  // namespace ledger
