// The HTTP/1 parser: Beast's, held to the stricter reading. What HeadWatch let through, it takes apart; then it unwraps
// the body.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace http {

struct Request;
struct Framing;

class Parser {
public:
    Parser();
    ~Parser();

    // Begins a new request: `header` is whole, from request line to empty line. Fills method, target (as sent) and
    // headers. False (400) for names and values that are none, two of a field that may stand once (Host, Content-Length,
    // Transfer-Encoding, Content-Type, …), no Host in HTTP/1.1, a Content-Length that is no plain number, any
    // Transfer-Encoding but "chunked", both of them, or one in HTTP/1.0.
    bool header(std::string_view header, Request&, Framing&);

    // After header(), before body(): more bytes than this are refused.
    void limit(std::uint64_t body_bytes);
    enum class Step { more, done, too_large, malformed };
    // Takes from `bytes` what it can, says in `used` how many those were, and appends the body's own bytes to `out`.
    // The rest must be given again, with more after it. Trailers are read and dropped.
    Step body(std::string_view bytes, std::size_t& used, std::string& out);

private:
    class Reader;
    std::unique_ptr<Reader> reader_;
};

}  // namespace http
