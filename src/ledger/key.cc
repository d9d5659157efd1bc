#include "key.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <optional>
#include <stdexcept>

namespace ledger {
namespace {

constexpr std::string_view key_prefix = "PRIVATE+KEY+";
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

std::string key_text(const merkle::SignerKey& key) {
    // "<name>+<id>+<base64(type || key)>": the same shape with the seed in the public key's place.
    merkle::VerifierKey shape = key.verifier();
    shape.key.assign(key.seed().begin(), key.seed().end());
    return std::string(key_prefix) + shape.text() + "\n";
}

std::optional<merkle::SignerKey> parse_key(std::string_view text) {
    if (!text.starts_with(key_prefix)) return std::nullopt;
    const std::string_view rest = text.substr(key_prefix.size());
    const std::size_t name_end = rest.find('+');
    const std::size_t id_end = name_end == rest.npos ? rest.npos : rest.find('+', name_end + 1);
    if (id_end == rest.npos || !rest.ends_with('\n')) return std::nullopt;
    const auto typed = kernel::parse_base64(rest.substr(id_end + 1, rest.size() - id_end - 2));
    if (!typed || typed->size() != 33 || !merkle::valid_key_name(rest.substr(0, name_end))) return std::nullopt;
    auto key = merkle::SignerKey::from_seed(std::string(rest.substr(0, name_end)), kernel::View(*typed).subspan(1));
    if (key_text(key) != text) return std::nullopt;
    return key;
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

merkle::SignerKey make_key(const std::filesystem::path& file, const std::string& origin) {
    if (!check_origin(origin)) throw std::invalid_argument("ledger: not an origin");
    merkle::SignerKey key = merkle::SignerKey::generate(origin);
    const File out(file, O_WRONLY | O_CREAT | O_EXCL);
    write_all(out, key_text(key));
    out.sync();
    const std::filesystem::path folder = file.has_parent_path() ? file.parent_path() : ".";
    File(folder, O_RDONLY | O_DIRECTORY).sync();
    return key;
}

merkle::SignerKey load_key(const std::filesystem::path& file) {
    const File in(file, O_RDONLY);
    struct stat about {};
    if (::fstat(in.fd(), &about) != 0) in.fail(std::strerror(errno));
    if (!S_ISREG(about.st_mode)) in.fail("it is no file");
    if ((about.st_mode & 077) != 0) in.fail("others than its owner can open it; set its mode to 0600");
    auto key = parse_key(read_all(in));
    if (!key) in.fail("it does not hold a signing key");
    return std::move(*key);
}

}  // namespace ledger
