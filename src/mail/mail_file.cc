// A mail as it lies in a file: read by huiyin-mail, its body hashed, its pictures re-encoded.
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <system_error>

#include <files/files.h>
#include <kernel/text.h>

#include "taking.h"

namespace mail {
namespace {

constexpr std::size_t piece_bytes = 1u << 20;

// Without the CR of CRLF, and without the ends of lines at the very end.
class Body {
public:
    void add(char c) {
        if (c == '\r') {
            ++returns_;
            return;
        }
        if (c == '\n') {
            ++lines_;
            returns_ = 0;
            return;
        }
        put(lines_, '\n');
        put(returns_, '\r');
        lines_ = returns_ = 0;
        piece_ += c;
        if (piece_.size() >= piece_bytes) fold();
    }
    kernel::Hash end() {
        fold();
        return hash_;
    }

private:
    void put(std::size_t n, char c) {
        for (; n > 0; --n) {
            piece_ += c;
            if (piece_.size() >= piece_bytes) fold();
        }
    }
    void fold() {
        hash_ = kernel::sha256({kernel::View(hash_), kernel::view(piece_)});
        piece_.clear();
    }

    kernel::Hash hash_{};
    std::string piece_;
    std::size_t lines_ = 0, returns_ = 0;
};

// A file in the spool while it is read, wiped after it.
class Piece {
public:
    Piece(const std::filesystem::path& spool, kernel::View bytes)
        : file_(spool / ("mail-" + kernel::hex(kernel::random_bytes(8)))) {
        const int fd = ::open(file_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        if (fd < 0) throw std::system_error(errno, std::generic_category(), "making a file for a piece of a mail");
        std::size_t done = 0;
        while (done < bytes.size()) {
            const ssize_t n = ::write(fd, bytes.data() + done, bytes.size() - done);
            if (n < 0 && errno == EINTR) continue;
            if (n < 0) break;
            done += static_cast<std::size_t>(n);
        }
        const int error = errno;
        ::close(fd);
        if (done == bytes.size()) return;
        wipe();
        throw std::system_error(error, std::generic_category(), "writing a piece of a mail");
    }
    ~Piece() { wipe(); }
    Piece(const Piece&) = delete;
    Piece& operator=(const Piece&) = delete;
    const std::filesystem::path& file() const { return file_; }

private:
    void wipe() const {
        try {
            files::wipe(file_);
        } catch (const std::exception&) {}  // the next start does it
    }
    const std::filesystem::path file_;
};

}  // namespace

kernel::Hash body_hash(const std::filesystem::path& mail) {
    std::ifstream in(mail, std::ios::binary);
    if (!in) throw std::system_error(errno, std::generic_category(), "reading a mail");
    Body body;
    bool in_body = false, line_empty = true;
    std::string piece(256 * 1024, '\0');
    while (in.read(piece.data(), static_cast<std::streamsize>(piece.size())), in.gcount() > 0) {
        for (const char c : std::string_view(piece).substr(0, static_cast<std::size_t>(in.gcount()))) {
            if (in_body) {
                body.add(c);
                continue;
            }
            in_body = c == '\n' && line_empty;
            line_empty = c == '\n' || (line_empty && c == '\r');
        }
    }
    if (in.bad()) throw std::system_error(errno, std::generic_category(), "reading a mail");
    return body.end();
}

Outcome take_file(const Taking& taking, const files::Letters& letters, const std::filesystem::path& mail) {
    auto letter = letters.read(mail);
    if (letter) return taking.take(*letter, body_hash(mail));
    const auto why = rules::why_of(letter.error().key);
    if (!why) return {};
    return taking.refuse("file\n" + kernel::hex(body_hash(mail)), *why);
}

void wipe_pieces(const std::filesystem::path& spool) {
    std::error_code none;
    for (const auto& one : std::filesystem::directory_iterator(spool, none))
        if (one.path().filename().string().starts_with("mail-")) files::wipe(one.path());
}

Taking::Makers makers(const Reading& reading) {
    const std::filesystem::path spool = reading.spool;
    return {[&photos = reading.photos, spool](kernel::View bytes) -> kernel::Result<voice::Photo> {
                const Piece piece(spool, bytes);
                const auto photo = photos.take(piece.file(), "photos");
                if (!photo) return photo.error();
                return voice::Photo{photo->hash, photo->small, photo->width, photo->height, {}};
            },
            [&documents = reading.documents, spool](kernel::View bytes) -> kernel::Result<voice::Paper> {
                const Piece piece(spool, bytes);
                const auto document = documents.take(piece.file(), "photos");
                if (!document) return document.error();
                voice::Paper paper;
                for (const files::Page& p : document->pages)
                    paper.pages.push_back({p.picture, p.preview, p.width, p.height,
                                           std::string(kernel::first_code_points(p.text, voice::max_page_text))});
                return paper;
            }};
}

}  // namespace mail
