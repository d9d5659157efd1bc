// Reads a sent form's fields through the door, gathering what is wrong with them: each at its field, all at once.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <http/http.h>
#include <kernel/result.h>
#include <kernel/text.h>
#include <kernel/time.h>

namespace page {

class Reader {
public:
    explicit Reader(const http::Request& request) : request_(request) {}

    // Admitted text (kernel::admit); "" when it was refused or not sent.
    std::string text(std::string_view field, std::size_t max, kernel::Lines lines = kernel::Lines::one);
    // A number of digits as kernel::parse_index reads it; nothing when the field is empty. Anything else is refused
    // with `key` at the field.
    std::optional<std::int64_t> number(std::string_view field, std::string_view key);
    // Every value of the field, or of a text with numbers parted by spaces, commas or line ends.
    std::vector<std::int64_t> numbers(std::string_view field, std::string_view key);
    std::optional<kernel::Day> day(std::string_view field, std::string_view key);
    bool ticked(std::string_view field) const { return !request_.field(field).value_or("").empty(); }
    void refuse(kernel::Error error) { errors_.push_back(std::move(error)); }

    bool good() const { return errors_.empty(); }
    const std::vector<kernel::Error>& errors() const { return errors_; }

private:
    const http::Request& request_;
    std::vector<kernel::Error> errors_;
};

}  // namespace page
