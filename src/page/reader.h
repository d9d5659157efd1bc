// Reads a sent form's fields through the door, gathering what is wrong with them: each at its field, all at once.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <http/http.h>
#include <kernel/id.h>
#include <kernel/result.h>
#include <kernel/text.h>
#include <kernel/time.h>

namespace page {

class Reader {
public:
    explicit Reader(const http::Request& request) : request_(request) {}

    // Admitted text (kernel::admit); "" when it was refused or not sent.
    std::string text(std::string_view field, std::size_t max, kernel::Lines lines = kernel::Lines::one);
    // The same; an empty text is refused with `missing_key`.
    std::string need_text(std::string_view field, std::size_t max, std::string_view missing_key,
                          kernel::Lines lines = kernel::Lines::one);
    // The number of a thing, as number() reads it; `missing_key` when the field is empty.
    template <class SomeId>
    SomeId need_id(std::string_view field, std::string_view missing_key, std::string_view wrong_key) {
        const std::optional<std::int64_t> found = number(field, wrong_key);
        if (!found && !refused(field)) refuse(kernel::invalid(std::string(field), std::string(missing_key)));
        return SomeId(found.value_or(0));
    }
    // A number of digits as kernel::parse_index reads it; nothing when the field is empty. Anything else is refused
    // with `key` at the field.
    std::optional<std::int64_t> number(std::string_view field, std::string_view key);
    // Every value of the field, or of a text with numbers parted by spaces, commas or line ends.
    std::vector<std::int64_t> numbers(std::string_view field, std::string_view key);
    std::optional<kernel::Day> day(std::string_view field, std::string_view key);
    bool ticked(std::string_view field) const { return !request_.field(field).value_or("").empty(); }
    void refuse(kernel::Error error) { errors_.push_back(std::move(error)); }

    bool refused(std::string_view field) const;
    bool good() const { return errors_.empty(); }
    const std::vector<kernel::Error>& errors() const { return errors_; }

private:
    const http::Request& request_;
    std::vector<kernel::Error> errors_;
};

}  // namespace page
