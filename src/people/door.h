// Reads a sent form, field by field: admits text, parses ids and roles, and gathers what is wrong, so that the form
// comes back with all of it at once. What it returns for a refused field is empty.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <http/http.h>
#include <kernel/id.h>
#include <kernel/result.h>
#include <kernel/text.h>

namespace people {

class Door {
public:
    explicit Door(const http::Request& request) : request_(request) {}

    // May be empty.
    std::string text(std::string_view field, std::size_t max, kernel::Lines lines = kernel::Lines::one);
    // Empty text is refused with this message.
    std::string need_text(std::string_view field, std::size_t max, std::string_view missing_key,
                          kernel::Lines lines = kernel::Lines::one);
    // Nothing when the field is empty; refused with this message when it is no number.
    template <class SomeId>
    std::optional<SomeId> id(std::string_view field, std::string_view wrong_key) {
        const std::optional<std::int64_t> n = index(field, wrong_key);
        return n ? std::optional(SomeId(*n)) : std::nullopt;
    }
    template <class SomeId>
    SomeId need_id(std::string_view field, std::string_view missing_key, std::string_view wrong_key) {
        const std::optional<SomeId> found = id<SomeId>(field, wrong_key);
        if (!found && !refused(field)) refuse(kernel::invalid(std::string(field), std::string(missing_key)));
        return found.value_or(SomeId());
    }
    void refuse(kernel::Error error) { errors_.push_back(std::move(error)); }

    bool refused() const { return !errors_.empty(); }
    bool refused(std::string_view field) const;
    std::vector<kernel::Error> errors() const { return errors_; }

private:
    std::optional<std::int64_t> index(std::string_view field, std::string_view wrong_key);

    const http::Request& request_;
    std::vector<kernel::Error> errors_;
};

}  // namespace people
