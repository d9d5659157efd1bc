// Reads what was sent, as a form or as JSON, field by field: admits text, parses what has a form, and gathers what is
// wrong, so that the form comes back with all of it at once. What it returns for a refused field is empty.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <http/http.h>
#include <kernel/id.h>
#include <kernel/json.h>
#include <kernel/result.h>
#include <kernel/text.h>
#include <kernel/time.h>

#include "voice.h"

namespace voice {

class Reader {
public:
    explicit Reader(const http::Request& form) : form_(&form) {}
    explicit Reader(const kernel::Json& json) : json_(&json) {}

    std::optional<std::string_view> raw(std::string_view field);
    std::string text(std::string_view field, std::size_t max, kernel::Lines lines = kernel::Lines::many);
    std::optional<kernel::Day> day(std::string_view field);  // voice.no_such_day
    bool ticked(std::string_view field);                     // "yes", or true in JSON
    template <class Id>
    std::optional<Id> id(std::string_view field, std::string_view wrong_key) {
        const std::optional<std::int64_t> n = index(field, wrong_key);
        return n ? std::optional(Id(*n)) : std::nullopt;
    }
    // One of several names; `missing_key` when it is empty or none of them.
    template <class Case>
    std::optional<Case> one_of(std::string_view field, std::optional<Case> (*parse)(std::string_view),
                               std::string_view missing_key) {
        const std::optional<std::string_view> sent = raw(field);
        const std::optional<Case> found = sent ? parse(*sent) : std::nullopt;
        if (!found) refuse(kernel::invalid(std::string(field), std::string(missing_key)));
        return found;
    }

    void refuse(kernel::Error error) { errors_.push_back(std::move(error)); }
    bool refused() const { return !errors_.empty(); }
    bool refused(std::string_view field) const;
    const std::vector<kernel::Error>& errors() const { return errors_; }

private:
    std::optional<std::int64_t> index(std::string_view field, std::string_view wrong_key);

    const http::Request* form_ = nullptr;
    const kernel::Json* json_ = nullptr;
    std::vector<kernel::Error> errors_;
};

// A voice as it was sent, but for its photographs. The form asks for the audience; in JSON it is open unless said.
Draft read_voice(Reader&, people::CycleId, std::string_view lang_if_not_said, bool audience_needed);

}  // namespace voice
