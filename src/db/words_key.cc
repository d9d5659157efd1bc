#include "words_key.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace db {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void broken(const fs::path& path, const char* what) {
    throw std::runtime_error(path.string() + what + std::strerror(errno));
}

void write_durably(const fs::path& path, std::string_view text) {
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) broken(path, " cannot be made: ");
    const bool good = ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && !::fsync(file);
    ::close(file);
    if (!good) broken(path, " cannot be written: ");
}

void make_durable(const fs::path& folder) {
    const int file = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool good = file >= 0 && ::fsync(file) == 0;
    if (file >= 0) ::close(file);
    if (!good) broken(folder, " cannot be synced: ");
}

// Linked into place, so that of two who make one at once only the first counts.
void make(const fs::path& path) {
    fs::create_directories(path.parent_path());
    fs::path draft = path;
    draft += '.' + kernel::hex(kernel::random_bytes(8));
    write_durably(draft, kernel::Ring::make().text());
    const bool made = ::link(draft.c_str(), path.c_str()) == 0 || errno == EEXIST;
    ::unlink(draft.c_str());
    if (!made) broken(path, " cannot be made: ");
    make_durable(path.parent_path());
}

}  // namespace

fs::path words_key(const fs::path& folder) { return folder / "words.key"; }

kernel::Ring ring_of_words(const fs::path& folder) {
    const fs::path path = words_key(folder);
    if (!fs::exists(path)) make(path);
    std::ifstream in(path, std::ios::binary);
    if (!in) throw std::runtime_error(path.string() + " cannot be read");
    try {
        return kernel::Ring::parse(std::string(std::istreambuf_iterator<char>(in), {}));
    } catch (const std::runtime_error& error) { throw std::runtime_error(path.string() + ": " + error.what()); }
}

}  // namespace db
