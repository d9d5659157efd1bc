#include "multipart.h"

#include <algorithm>

#include <kernel/text.h>

#include "header_value.h"

namespace http {
namespace {

constexpr std::size_t longest_boundary = 70;  // RFC 2046 section 5.1.1
constexpr std::size_t longest_part_header = 8 * 1024;
constexpr std::size_t longest_preamble = 1024;
constexpr std::size_t longest_padding = 64;
constexpr std::string_view line_end = "\r\n";

kernel::Error broken_multipart() { return kernel::refuse(kernel::Code::malformed, "http.multipart"); }

bool boundary_char(char c) {
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) return true;
    return std::string_view("'()+_,-./:=? ").find(c) != std::string_view::npos;
}

// One line of a part's header into `part`; false when it is malformed. `disposed` tells whether the disposition came.
bool read_part_line(std::string_view line, Part& part, bool& disposed) {
    const std::size_t colon = line.find(':');
    if (colon == line.npos || !is_token(line.substr(0, colon)) || !is_field_value(line)) return false;
    const std::string name = lower(line.substr(0, colon));
    const std::string value = kernel::trim(line.substr(colon + 1));
    if (name == "content-type") {
        if (!part.content_type.empty()) return false;
        part.content_type = value;
    } else if (name == "content-transfer-encoding") {
        return equal_ignoring_case(value, "7bit") || equal_ignoring_case(value, "8bit") ||
               equal_ignoring_case(value, "binary");
    } else if (name == "content-disposition") {
        const auto parsed = parse_parameterised(value, Backslash::escapes_quote);
        const std::string* field = parsed ? parsed->parameter("name") : nullptr;
        if (disposed || !field || parsed->value != "form-data" || !kernel::valid_utf8(*field)) return false;
        disposed = true;
        part.name = *field;
        const std::string* filename = parsed->parameter("filename");
        part.is_file = filename != nullptr;
        if (filename && kernel::valid_utf8(*filename)) part.filename = *filename;
    }
    return true;
}

// `lines`: each with its CRLF, without the empty one.
kernel::Result<Part> read_part_header(std::string_view lines) {
    Part part;
    bool disposed = false;
    while (!lines.empty()) {
        const std::string_view line = lines.substr(0, lines.find(line_end));
        if (!read_part_line(line, part, disposed)) return broken_multipart();
        lines.remove_prefix(line.size() + line_end.size());
    }
    if (!disposed) return broken_multipart();
    return part;
}

}  // namespace

Multipart::Multipart(std::string_view boundary, Parts& parts)
    : delimiter_(std::string(line_end) + "--" + std::string(boundary)), parts_(parts), kept_(line_end) {
    // The line end put in front lets the first delimiter, which may open the body, be found like all others.
}

bool Multipart::usable_boundary(std::string_view boundary) {
    return !boundary.empty() && boundary.size() <= longest_boundary && boundary.back() != ' ' &&
           std::all_of(boundary.begin(), boundary.end(), boundary_char);
}

kernel::Checked Multipart::feed(std::string_view piece) {
    if (state_ == State::epilogue) return {};
    kept_.erase(0, from_);
    from_ = 0;
    kept_ += piece;
    while (true) {
        const kernel::Result<Next> next = step();
        if (!next) return next.error();
        if (*next == Next::wait) return {};
    }
}

kernel::Checked Multipart::finish() {
    if (state_ != State::epilogue) return broken_multipart();
    return {};
}

kernel::Result<Multipart::Next> Multipart::step() {
    switch (state_) {
        case State::preamble:
            return preamble();
        case State::delimited:
            return delimited();
        case State::header:
            return header();
        case State::data:
            return data();
        case State::epilogue:
            break;
    }
    kept_.clear();
    from_ = 0;
    return Next::wait;
}

std::size_t Multipart::undecided(std::string_view text) const {
    for (std::size_t n = std::min(text.size(), delimiter_.size() - 1); n > 0; --n)
        if (std::string_view(delimiter_).starts_with(text.substr(text.size() - n))) return n;
    return 0;
}

kernel::Result<Multipart::Next> Multipart::preamble() {
    const std::size_t at = rest().find(delimiter_);
    const bool found = at != rest().npos;
    const std::size_t passed = found ? at : rest().size() - undecided(rest());
    passed_ += passed;
    from_ += passed;
    if (passed_ > longest_preamble) return broken_multipart();
    if (!found) return Next::wait;
    from_ += delimiter_.size();
    state_ = State::delimited;
    return Next::go_on;
}

// After a delimiter: "--" closes, blanks and a line end open a part.
kernel::Result<Multipart::Next> Multipart::delimited() {
    std::string_view text = rest();
    if (text.starts_with("--")) {
        state_ = State::epilogue;
        return Next::go_on;
    }
    if (text == "-") return Next::wait;
    const std::size_t padding = std::min(text.find_first_not_of(" \t"), text.size());
    if (padding > longest_padding) return broken_multipart();
    text.remove_prefix(padding);
    if (text.size() < line_end.size() && line_end.starts_with(text)) return Next::wait;
    if (!text.starts_with(line_end)) return broken_multipart();
    from_ += padding + line_end.size();
    state_ = State::header;
    return Next::go_on;
}

kernel::Result<Multipart::Next> Multipart::header() {
    const std::size_t at = rest().find("\r\n\r\n");
    if (std::min(at, rest().size()) > longest_part_header) return broken_multipart();
    if (at == rest().npos) return Next::wait;
    kernel::Result<Part> part = read_part_header(rest().substr(0, at + line_end.size()));
    if (!part) return part.error();
    if (auto taken = parts_.begin(*std::move(part)); !taken) return taken.error();
    // The second line end stays: a part without any data may be closed by it (RFC 2046 section 5.1.1, body-part).
    from_ += at + line_end.size();
    state_ = State::data;
    opening_ = true;
    return Next::go_on;
}

kernel::Result<Multipart::Next> Multipart::data() {
    if (opening_ && !rest().starts_with(delimiter_)) {
        if (std::string_view(delimiter_).starts_with(rest())) return Next::wait;
        from_ += line_end.size();
    }
    opening_ = false;
    const std::size_t at = rest().find(delimiter_);
    const bool found = at != rest().npos;
    const std::string_view sure = rest().substr(0, found ? at : rest().size() - undecided(rest()));
    if (!sure.empty())
        if (auto taken = parts_.data(sure); !taken) return taken.error();
    from_ += sure.size();
    if (!found) return Next::wait;
    from_ += delimiter_.size();
    state_ = State::delimited;
    if (auto ended = parts_.end(); !ended) return ended.error();
    return Next::go_on;
}

}  // namespace http
