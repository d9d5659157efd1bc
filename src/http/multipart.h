// multipart/form-data (RFC 7578, RFC 2046 section 5.1), parsed as it arrives: the same bytes give the same parts
// however they are cut into pieces.
#pragma once
#include <string>
#include <string_view>

#include <kernel/result.h>

namespace http {

// The head of one part, as claimed by the client.
struct Part {
    std::string name, filename, content_type;
    bool is_file = false;  // a filename was given, though it may be empty
};

// Where the parts go; a refusal ends the parsing with it.
class Parts {
public:
    virtual ~Parts() = default;
    virtual kernel::Checked begin(Part) = 0;
    virtual kernel::Checked data(std::string_view piece) = 0;  // never empty
    virtual kernel::Checked end() = 0;
};

class Multipart {
public:
    // `boundary`: the parameter of the Content-Type; usable_boundary() is true for it. `parts` must outlive this.
    Multipart(std::string_view boundary, Parts& parts);
    static bool usable_boundary(std::string_view);

    // After a refusal nothing more may be fed. http.multipart (malformed): a delimiter followed by something else than
    // blanks and a line end; a part's header of more than 8 KiB, with bare LF, control characters, continuation lines,
    // without form-data and name, or in a transfer encoding; a preamble of more than 1 KiB.
    kernel::Checked feed(std::string_view piece);
    // http.multipart unless the final delimiter came. What follows it is ignored.
    kernel::Checked finish();

private:
    enum class State { preamble, delimited, header, data, epilogue };
    enum class Next { go_on, wait };
    kernel::Result<Next> step();
    kernel::Result<Next> preamble();
    kernel::Result<Next> delimited();
    kernel::Result<Next> header();
    kernel::Result<Next> data();
    std::string_view rest() const { return std::string_view(kept_).substr(from_); }
    // Bytes at the end of `text` that may be the beginning of a delimiter.
    std::size_t undecided(std::string_view text) const;

    const std::string delimiter_;  // CRLF "--" boundary
    Parts& parts_;
    State state_ = State::preamble;
    std::string kept_;        // what is not decided yet
    std::size_t from_ = 0;    // … from here on
    std::size_t passed_ = 0;  // bytes of the preamble
    bool opening_ = false;    // the line end between a part's header and its data still stands in kept_
};

}  // namespace http
