#include "unwrap.h"

#include <algorithm>
#include <charconv>

#include "header_value.h"

namespace http {
namespace {

constexpr std::size_t longest_chunk_line = 256;
constexpr std::size_t longest_trailer = 8 * 1024;
constexpr std::size_t most_size_digits = 15;

}  // namespace

Unwrap Unwrap::by_length(std::uint64_t bytes) {
    Unwrap out;
    out.left_ = bytes;
    out.state_ = bytes == 0 ? State::done : State::data;
    return out;
}

Unwrap Unwrap::by_chunks() {
    Unwrap out;
    out.chunked_ = true;
    return out;
}

Unwrap::Step Unwrap::take(std::string_view bytes, std::size_t& used, std::string& out) {
    used = 0;
    while (state_ != State::done && used < bytes.size()) {
        if (state_ != State::data) {
            const Step step = line_byte(bytes[used++]);
            if (step != Step::more) return step;
            continue;
        }
        const std::size_t n = std::min<std::uint64_t>(left_, bytes.size() - used);
        out.append(bytes.substr(used, n));
        used += n;
        left_ -= n;
        if (left_ == 0) state_ = chunked_ ? State::data_end : State::done;
    }
    return state_ == State::done ? Step::done : Step::more;
}

Unwrap::Step Unwrap::line_byte(char c) {
    if (after_cr_) {
        after_cr_ = false;
        return c == '\n' ? line_ended() : Step::malformed;
    }
    if (c == '\r') {
        after_cr_ = true;
        return Step::more;
    }
    const auto byte = static_cast<unsigned char>(c);
    if ((byte < 0x20 && c != '\t') || byte == 0x7F) return Step::malformed;
    line_ += c;
    return line_.size() > (state_ == State::trailer ? longest_trailer : longest_chunk_line) ? Step::malformed
                                                                                            : Step::more;
}

Unwrap::Step Unwrap::line_ended() {
    Step step = Step::malformed;
    switch (state_) {
        case State::size:
            step = chunk_size();
            break;
        case State::data_end:
            if (line_.empty()) step = Step::more;
            state_ = State::size;
            break;
        case State::trailer:
            step = trailer();
            break;
        case State::data:
        case State::done:
            break;
    }
    line_.clear();
    return step;
}

Unwrap::Step Unwrap::chunk_size() {
    const char* const end = line_.data() + line_.size();
    const auto [stop, error] = std::from_chars(line_.data(), end, left_, 16);
    const auto digits = static_cast<std::size_t>(stop - line_.data());
    std::string_view rest(stop, static_cast<std::size_t>(end - stop));
    if (error != std::errc() || digits > most_size_digits) return Step::malformed;
    // Blanks may stand before an extension, and nowhere else.
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
    if (rest.empty() ? stop != end : rest.front() != ';') return Step::malformed;
    if (left_ > room_) return Step::too_large;
    room_ -= left_;
    state_ = left_ == 0 ? State::trailer : State::data;
    return Step::more;
}

Unwrap::Step Unwrap::trailer() {
    if (line_.empty()) {
        state_ = State::done;
        return Step::more;
    }
    trailer_bytes_ += line_.size();
    const std::string_view name = std::string_view(line_).substr(0, line_.find(':'));
    const bool frames = equal_ignoring_case(name, "content-length") || equal_ignoring_case(name, "transfer-encoding");
    if (!is_token(name) || name.size() == line_.size() || frames) return Step::malformed;
    return trailer_bytes_ > longest_trailer ? Step::malformed : Step::more;
}

}  // namespace http
