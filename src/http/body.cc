#include "body.h"

#include <kernel/text.h>

#include "header_value.h"

namespace http {
namespace {

constexpr std::size_t part_header_room = 4 * 1024;  // for each file, over its own bytes
constexpr std::uint64_t largest_reservation = 1u << 20;

std::string readable(std::uint64_t bytes) {
    if (bytes >= 1u << 20) return std::to_string(bytes >> 20) + " MB";
    return bytes >= 1024 ? std::to_string(bytes >> 10) + " kB" : std::to_string(bytes) + " B";
}

kernel::Error larger_than(std::uint64_t limit) {
    return kernel::refuse(kernel::Code::too_large, "http.too_large", {{"limit", readable(limit)}});
}

kernel::Error too_many_of(const char* key, std::size_t max) {
    return kernel::refuse(kernel::Code::too_large, key, {{"max", std::to_string(max)}});
}

kernel::Error media_type_refused() { return kernel::refuse(kernel::Code::unsupported, "http.media_type"); }

bool is_utf8_charset(const Parameterised& type) {
    const std::string* charset = type.parameter("charset");
    return !charset || equal_ignoring_case(*charset, "utf-8");
}

}  // namespace

kernel::Result<Body::Kind> Body::kind_of(const Request& request) const {
    const std::string_view coding = request.header("content-encoding");
    if (!coding.empty() && !equal_ignoring_case(coding, "identity")) return media_type_refused();
    if (limits_.any_type) return Kind::raw;
    const auto type = parse_parameterised(request.header("content-type"));
    if (!type || !is_utf8_charset(*type)) return media_type_refused();
    if (type->value == "application/json") return Kind::raw;
    if (type->value == "multipart/form-data" && (!request.under_api() || limits_.files > 0)) return Kind::multipart;
    if (type->value == "application/x-www-form-urlencoded" && !request.under_api()) return Kind::urlencoded;
    return media_type_refused();
}

kernel::Checked Body::open(const Request& request, std::optional<std::uint64_t> length) {
    const kernel::Result<Kind> kind = kind_of(request);
    if (!kind) return kind.error();
    kind_ = *kind;
    if (kind_ == Kind::multipart)
        if (auto opened = open_multipart(request); !opened) return opened.error();
    if (length && *length > limit()) return over_limit();
    if (length && kind_ != Kind::multipart) text_.reserve(std::min(*length, largest_reservation));
    return {};
}

kernel::Checked Body::open_multipart(const Request& request) {
    const auto type = parse_parameterised(request.header("content-type"));
    const std::string* boundary = type ? type->parameter("boundary") : nullptr;
    if (!boundary || !Multipart::usable_boundary(*boundary))
        return kernel::refuse(kernel::Code::malformed, "http.multipart");
    parser_ = std::make_unique<Multipart>(*boundary, static_cast<Parts&>(*this));
    return {};
}

std::uint64_t Body::limit() const {
    return limits_.body + (parser_ ? limits_.files * (limits_.file_bytes + part_header_room) : 0);
}

kernel::Error Body::over_limit() const { return larger_than(limit()); }

kernel::Checked Body::take(std::string_view piece) {
    if (parser_) return parser_->feed(piece);
    text_ += piece;
    return {};
}

kernel::Checked Body::close(Request& request) {
    if (kind_ == Kind::urlencoded) {
        kernel::Result<Pairs> form = parse_urlencoded(text_, limits_.fields);
        if (!form) return form.error();
        request.form = *std::move(form);
    } else if (kind_ == Kind::raw) {
        request.body = std::move(text_);
    } else {
        if (auto ended = parser_->finish(); !ended) return ended.error();
        request.form = std::move(form_);
        request.uploads = std::move(uploads_);
    }
    return {};
}

kernel::Checked Body::begin(Part part) {
    part_ = std::move(part);
    value_.clear();
    if (form_.size() >= limits_.fields && !part_.is_file) return too_many_of("http.too_many_fields", limits_.fields);
    return {};
}

kernel::Checked Body::data(std::string_view piece) {
    if (!part_.is_file) {
        text_bytes_ += piece.size();
        if (value_.size() + piece.size() > limits_.field_bytes) return larger_than(limits_.field_bytes);
        if (text_bytes_ > limits_.body) return larger_than(limits_.body);
        value_ += piece;
        return {};
    }
    // A file field left empty by the browser is a part without data: only the first byte makes it a file.
    if (!file_) {
        if (uploads_.size() >= limits_.files) return too_many_of("http.too_many_files", limits_.files);
        file_ = std::make_unique<SpoolFile>(spool_);
    }
    if (file_->size() + piece.size() > limits_.file_bytes) return larger_than(limits_.file_bytes);
    file_->write(piece);
    return {};
}

kernel::Checked Body::end() {
    if (!part_.is_file) {
        if (!kernel::valid_utf8(value_)) return kernel::refuse(kernel::Code::malformed, "http.not_utf8");
        form_.emplace_back(std::move(part_.name), std::move(value_));
        value_.clear();
    } else if (file_) {
        uploads_.push_back(
            file_->keep({std::move(part_.name), std::move(part_.filename), std::move(part_.content_type), {}, 0}));
        file_.reset();
    }
    return {};
}

}  // namespace http
