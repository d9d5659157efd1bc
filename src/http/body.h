// Takes one request's body as it arrives and makes of it what the handler is given: a form, uploads, or raw bytes.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "form.h"
#include "http.h"
#include "multipart.h"
#include "spool.h"

namespace http {

// Used by one thread at a time.
class Body final : Parts {
public:
    Body(const Limits& limits, std::string spool) : limits_(limits), spool_(std::move(spool)) {}

    // Decides by the header, before a byte of the body is read. Refusals: http.media_type (unsupported), http.too_large
    // {limit} (too_large), http.multipart (malformed).
    kernel::Checked open(const Request&, std::optional<std::uint64_t> length);
    std::uint64_t limit() const;                                   // bytes of the whole, with the files
    kernel::Error over_limit() const;                              // http.too_large
    bool to_disk() const { return limits_.files > 0 && parser_; }  // take() may wait for the disk
    // Further refusals: http.too_large, http.too_many_files {max}, http.too_many_fields {max} (too_large),
    // http.not_utf8 (malformed). Throws std::system_error when the disk fails.
    kernel::Checked take(std::string_view piece);
    kernel::Checked close(Request&);  // fills form, uploads or body

private:
    enum class Kind { raw, urlencoded, multipart };
    kernel::Checked begin(Part) override;
    kernel::Checked data(std::string_view piece) override;
    kernel::Checked end() override;
    kernel::Result<Kind> kind_of(const Request&) const;
    kernel::Checked open_multipart(const Request&);

    const Limits limits_;
    const std::string spool_;
    Kind kind_ = Kind::raw;
    std::string text_;  // raw or urlencoded
    std::unique_ptr<Multipart> parser_;
    Part part_;  // the one being taken
    std::string value_;
    std::unique_ptr<SpoolFile> file_;
    std::size_t text_bytes_ = 0;  // of all text fields
    Pairs form_;
    std::vector<std::shared_ptr<Upload>> uploads_;
};

}  // namespace http
