// Watches a request's header while it arrives, before the parser sees it: finds its end, holds it to its limits, and
// refuses what one reader would read differently from another (RFC 9112 sections 2.2, 3, 5 and 11.2).
#pragma once
#include <cstddef>
#include <string_view>

namespace http {

class HeadWatch {
public:
    struct Limits {
        std::size_t target = 8000;
        std::size_t bytes = 16 * 1024;  // request line and fields with their line ends
        std::size_t fields = 100;
    };
    enum class Step { more, done, refused };

    explicit HeadWatch(Limits limits) : limits_(limits) {}
    // Is given all bytes so far, each time from the same beginning, and goes on where it stopped.
    Step look(std::string_view all);
    // When done: the header is [begin, end) of what was given; one empty line before it is passed over.
    std::size_t begin() const { return begin_; }
    std::size_t end() const { return at_; }
    // When refused: 400 malformed (also obs-fold, bare LF or CR, NUL, HTTP/0.9), 414, 431, 505.
    int status() const { return status_; }
    void reset();

private:
    Step refuse(int status);
    bool good(char c, std::size_t at) const;
    Step line_ended(std::string_view line);
    Step request_line(std::string_view line);
    Step too_long();

    Limits limits_;
    std::size_t begin_ = 0, at_ = 0, line_ = 0;  // of the header, of the next byte to look at, of the current line
    std::size_t lines_ = 0;
    int status_ = 0;
    bool after_cr_ = false;
};

}  // namespace http
