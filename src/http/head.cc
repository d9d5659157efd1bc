#include "head.h"

#include "header_value.h"

namespace http {
namespace {

constexpr std::size_t longest_method = 32;
constexpr std::size_t version_size = 8;  // "HTTP/1.1"

bool digit(char c) { return c >= '0' && c <= '9'; }

bool is_version(std::string_view text) {
    return text.size() == version_size && text.starts_with("HTTP/") && digit(text[5]) && text[6] == '.' &&
           digit(text[7]);
}

}  // namespace

void HeadWatch::reset() {
    begin_ = at_ = line_ = lines_ = 0;
    status_ = 0;
    after_cr_ = false;
}

HeadWatch::Step HeadWatch::refuse(int status) {
    status_ = status;
    return Step::refused;
}

// A line feed ends a line only after a carriage return, a carriage return stands nowhere else; no other control
// character but a tab within a field; a line that begins with a blank would be obs-fold.
bool HeadWatch::good(char c, std::size_t at) const {
    if (after_cr_ || c == '\n') return after_cr_ && c == '\n';
    if (c == '\r') return true;
    const auto byte = static_cast<unsigned char>(c);
    if (at == line_ && (c == ' ' || c == '\t')) return false;
    if (lines_ == 0) return byte > 0x1F && byte < 0x7F;
    return c == '\t' || (byte > 0x1F && byte != 0x7F);
}

HeadWatch::Step HeadWatch::look(std::string_view all) {
    while (at_ < all.size()) {
        const char c = all[at_];
        if (!good(c, at_)) return refuse(400);
        ++at_;
        if (at_ - begin_ > limits_.bytes ||
            (lines_ == 0 && at_ - line_ > limits_.target + longest_method + version_size + 4))
            return too_long();
        after_cr_ = c == '\r';
        if (c != '\n') continue;
        const Step step = line_ended(all.substr(line_, at_ - line_ - 2));
        if (step != Step::more) return step;
        line_ = at_;
    }
    return Step::more;
}

HeadWatch::Step HeadWatch::too_long() { return refuse(lines_ == 0 ? 414 : 431); }

HeadWatch::Step HeadWatch::line_ended(std::string_view line) {
    if (line.empty()) {
        if (lines_ > 0) return Step::done;
        if (begin_ > 0) return refuse(400);
        begin_ = at_;
        return Step::more;
    }
    if (lines_++ == 0) return request_line(line);
    return lines_ > limits_.fields + 1 ? refuse(431) : Step::more;
}

HeadWatch::Step HeadWatch::request_line(std::string_view line) {
    const std::size_t first = line.find(' ');
    const std::size_t last = line.rfind(' ');
    if (first == line.npos || first == last) return refuse(400);
    const std::string_view target = line.substr(first + 1, last - first - 1);
    const std::string_view version = line.substr(last + 1);
    if (first > longest_method || !is_token(line.substr(0, first))) return refuse(400);
    if (target.empty() || target.find(' ') != target.npos || !is_version(version)) return refuse(400);
    if (target.size() > limits_.target) return refuse(414);
    return version == "HTTP/1.1" || version == "HTTP/1.0" ? Step::more : refuse(505);
}

}  // namespace http
