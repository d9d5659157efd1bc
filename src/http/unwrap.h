// Takes a request's body out of its framing (RFC 9112 sections 6 and 7): by length, or chunk by chunk. Our own, because
// Beast 1.74 aborts on a last chunk in small pieces and reads quoted chunk extensions beyond their line.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace http {

class Unwrap {
public:
    enum class Step { more, done, too_large, malformed };

    static Unwrap by_length(std::uint64_t bytes);
    static Unwrap by_chunks();

    // Of a chunked body: more bytes than this are too large, as soon as a chunk announces them.
    void limit(std::uint64_t bytes) { room_ = bytes; }
    // Takes all of `bytes` up to the end of the body, says in `used` how many those were, and appends the body's own
    // bytes to `out`. Chunk extensions and trailers are passed over. Malformed: a size that is not 1 to 15 hexadecimal
    // digits, a line of more than 256 bytes (a trailer: of more than 8 KiB in all) or with a control character, CR or
    // LF alone, a trailer without a name or with a name that frames.
    Step take(std::string_view bytes, std::size_t& used, std::string& out);

private:
    enum class State { size, data, data_end, trailer, done };
    Step line_byte(char c);
    Step line_ended();
    Step chunk_size();
    Step trailer();

    State state_ = State::size;
    bool chunked_ = false, after_cr_ = false;
    std::uint64_t left_ = 0;  // of the chunk, or of the body
    std::uint64_t room_ = ~std::uint64_t{0};
    std::string line_;
    std::size_t trailer_bytes_ = 0;
};

}  // namespace http
