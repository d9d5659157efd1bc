#include "target.h"

#include <algorithm>

#include <kernel/text.h>

#include "header_value.h"

namespace http {
namespace {

// Makes origin form of absolute form; false for what is neither.
bool to_origin_form(std::string_view& raw, std::string_view host) {
    if (raw.starts_with('/')) return true;
    const std::size_t colon = raw.find("://");
    if (colon == raw.npos) return false;
    const std::string_view scheme = raw.substr(0, colon);
    if (!equal_ignoring_case(scheme, "http") && !equal_ignoring_case(scheme, "https")) return false;
    raw.remove_prefix(colon + 3);
    const std::size_t end = std::min(raw.find_first_of("/?"), raw.size());
    // RFC 9112 section 3.2.2 lets the target override Host; a proxy that looked at the other of the two would disagree.
    if (!equal_ignoring_case(raw.substr(0, end), host) || host.empty()) return false;
    raw.remove_prefix(end);
    return raw.empty() || raw.starts_with('/');
}

bool clean_segment(std::string_view decoded) {
    if (decoded == "." || decoded == "..") return false;
    return std::none_of(decoded.begin(), decoded.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 || byte == 0x7F || byte == '/' || byte == '\\';
    });
}

bool decode_path(std::string_view raw, std::string& path) {
    while (!raw.empty()) {
        raw.remove_prefix(1);  // the slash
        const std::string_view segment = raw.substr(0, raw.find('/'));
        raw.remove_prefix(segment.size());
        const std::optional<std::string> decoded = percent_decode_strictly(segment);
        if (!decoded || !clean_segment(*decoded)) return false;
        path += '/';
        path += *decoded;
    }
    return kernel::valid_utf8(path);
}

}  // namespace

kernel::Result<Target> parse_target(std::string_view raw, std::string_view host) {
    const kernel::Error malformed = kernel::refuse(kernel::Code::malformed, "http.malformed");
    if (raw == "*") return Target{"*", "*", {}};
    if (!to_origin_form(raw, host) || raw.find('#') != raw.npos) return malformed;
    Target out;
    out.origin = raw.empty() ? "/" : std::string(raw);
    const std::string_view whole = out.origin;
    const std::size_t question = std::min(whole.find('?'), whole.size());
    if (!decode_path(whole.substr(0, question), out.path)) return malformed;
    if (question == whole.size()) return out;
    kernel::Result<Pairs> query = parse_urlencoded(whole.substr(question + 1), longest_target);
    if (!query) return query.error();
    out.query = *std::move(query);
    return out;
}

}  // namespace http
