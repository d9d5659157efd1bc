#include "mailbox.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <system_error>

#include "descriptor.h"
#include "mail.h"

namespace files {
namespace {

kernel::Error refusal(const char* key, const std::filesystem::path& path) {
    return kernel::invalid({}, key, {{"path", path.string()}});
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "From ming@example.org Fri Nov 27 08:00:00 2026": what a person writes at the beginning of a line has no such end.
bool begins_mail(std::string_view line) {
    if (!line.starts_with("From ")) return false;
    bool time = false, year = false;
    for (std::size_t i = 5; i + 4 < line.size(); ++i) {
        time = time || (is_digit(line[i]) && is_digit(line[i + 1]) && line[i + 2] == ':' && is_digit(line[i + 3]) &&
                        is_digit(line[i + 4]));
        year = year || (line[i] == ' ' && is_digit(line[i + 1]) && is_digit(line[i + 2]) && is_digit(line[i + 3]) &&
                        is_digit(line[i + 4]));
    }
    return time && year;
}

bool is_quoted(std::string_view line) {
    const std::size_t signs = line.find_first_not_of('>');
    return signs != 0 && signs != line.npos && line.substr(signs).starts_with("From ");
}

// Into a file, up to a limit, by pieces.
class Writer {
public:
    explicit Writer(const std::filesystem::path& into)
        : file_(::open(into.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600)) {
        if (file_.fd < 0) broken("making a file for a mail");
    }
    void add(std::string_view bytes) {
        // One byte more than is read: so whoever reads it sees that it is too large.
        const std::size_t room = most_mail_bytes + 1 - size_;
        if (bytes.size() > room) whole_ = false;
        piece_ += bytes.substr(0, room);
        size_ += std::min(bytes.size(), room);
        if (piece_.size() >= 256 * 1024) flush();
    }
    void flush() {
        for (std::string_view left = piece_; !left.empty();) {
            const ssize_t n = ::write(file_.fd, left.data(), left.size());
            if (n < 0 && errno == EINTR) continue;
            if (n < 0) broken("writing a mail");
            left.remove_prefix(static_cast<std::size_t>(n));
        }
        piece_.clear();
    }
    std::size_t size() const { return size_; }
    bool whole() const { return whole_; }

private:
    Descriptor file_;
    std::string piece_;
    std::size_t size_ = 0;
    bool whole_ = true;
};

}  // namespace

// Lines of the file, of which very long ones come in pieces.
struct Mbox::Reading {
    explicit Reading(int fd) : file(fd) {}

    // The next piece of at most 64 KiB, which ends with LF where the line does; empty at the end of the file.
    std::string_view line() {
        for (;;) {
            const char* begin = buffer.data() + at;
            const std::size_t have = end - at;
            const void* found = std::memchr(begin, '\n', have);
            std::size_t length = found ? static_cast<std::size_t>(static_cast<const char*>(found) - begin) + 1 : 0;
            if (length == 0 && (have == buffer.size() || (finished && have > 0))) length = have;
            if (length > 0) {
                at += length;
                place += length;
                return {begin, length};
            }
            if (finished) return {};
            fill();
        }
    }
    void fill() {
        std::memmove(buffer.data(), buffer.data() + at, end - at);
        end -= at;
        at = 0;
        ssize_t n = 0;
        do n = ::read(file.fd, buffer.data() + end, buffer.size() - end);
        while (n < 0 && errno == EINTR);
        if (n < 0) broken("reading a mailbox");
        finished = n == 0;
        end += static_cast<std::size_t>(n);
    }

    Descriptor file;
    std::array<char, 64 * 1024> buffer{};
    std::size_t at = 0, end = 0;  // of the buffer
    std::uint64_t place = 0;      // of the file: after the last piece that was given
    bool finished = false;
    std::uint64_t begins = 0;  // where the mail begins whose "From " line was read
    bool more = false;         // one was read
    bool within = false;       // the last piece did not end its line
};

Mbox::Mbox(std::unique_ptr<Reading> reading) : reading_(std::move(reading)) {}
Mbox::Mbox(Mbox&&) noexcept = default;
Mbox& Mbox::operator=(Mbox&&) noexcept = default;
Mbox::~Mbox() = default;

kernel::Result<Mbox> Mbox::open(const std::filesystem::path& file, std::uint64_t place) {
    std::error_code none;
    if (!std::filesystem::is_regular_file(file, none)) return refusal("files.mailbox_missing", file);
    const std::uint64_t size = std::filesystem::file_size(file);
    auto reading = std::make_unique<Reading>(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    if (reading->file.fd < 0) broken("opening a mailbox");
    if (place > size || ::lseek(reading->file.fd, static_cast<off_t>(place), SEEK_SET) < 0)
        return refusal("files.mailbox_kind", file);
    reading->place = reading->begins = place;
    const std::string_view first = reading->line();
    reading->more = begins_mail(first);
    reading->within = !first.ends_with('\n');
    if (!reading->more && !first.empty()) return refusal("files.mailbox_kind", file);
    return Mbox(std::move(reading));
}

std::optional<Mbox::Taken> Mbox::next(const std::filesystem::path& into) {
    Reading& from = *reading_;
    if (!from.more) return std::nullopt;
    Taken taken;
    taken.place = from.begins;
    Writer to(into);
    std::string empty;  // an empty line, which may be the one before the next mail: then it is no part of this one
    bool skipping = from.within;
    for (from.more = false; !from.more;) {
        const std::uint64_t place = from.place;
        const bool begins_line = !from.within;
        std::string_view piece = from.line();
        if (piece.empty()) break;
        from.within = !piece.ends_with('\n');
        skipping = skipping && !begins_line;
        if (skipping) continue;  // the end of a long "From " line
        if (begins_line && !empty.empty() && begins_mail(piece)) {
            from.begins = place;
            from.more = true;
            break;
        }
        to.add(empty);
        empty.clear();
        if (begins_line && (piece == "\n" || piece == "\r\n")) {
            empty = piece;
            continue;
        }
        if (begins_line && is_quoted(piece)) piece.remove_prefix(1);
        to.add(piece);
    }
    to.flush();
    taken.next = from.more ? from.begins : from.place;
    taken.size = to.size();
    taken.whole = to.whole();
    return taken;
}

kernel::Result<std::vector<std::filesystem::path>> maildir(const std::filesystem::path& folder) {
    std::error_code none;
    if (!std::filesystem::is_directory(folder, none)) return refusal("files.mailbox_missing", folder);
    std::vector<std::filesystem::path> mails;
    for (const char* part : {"new", "cur"}) {
        if (!std::filesystem::is_directory(folder / part, none)) return refusal("files.mailbox_kind", folder);
        for (const auto& one : std::filesystem::directory_iterator(folder / part))
            if (one.is_regular_file() && !one.is_symlink() && !one.path().filename().string().starts_with('.'))
                mails.push_back(one.path());
    }
    std::sort(mails.begin(), mails.end(),
              [](const auto& a, const auto& b) { return std::pair(a.filename(), a) < std::pair(b.filename(), b); });
    return mails;
}

}  // namespace files
