#include "door.h"

#include <algorithm>

namespace people {

std::string Door::text(std::string_view field, std::size_t max, kernel::Lines lines) {
    kernel::Result<std::string> admitted = kernel::admit(request_.field(field).value_or(""), field, max, lines);
    if (admitted) return *std::move(admitted);
    refuse(admitted.error());
    return {};
}

std::string Door::need_text(std::string_view field, std::size_t max, std::string_view missing_key,
                            kernel::Lines lines) {
    std::string admitted = text(field, max, lines);
    if (admitted.empty() && !refused(field)) refuse(kernel::invalid(std::string(field), std::string(missing_key)));
    return admitted;
}

std::optional<std::int64_t> Door::index(std::string_view field, std::string_view wrong_key) {
    const std::string_view typed = request_.field(field).value_or("");
    if (typed.empty()) return std::nullopt;
    const std::optional<std::int64_t> n = kernel::parse_index(typed);
    if (!n) refuse(kernel::invalid(std::string(field), std::string(wrong_key)));
    return n;
}

bool Door::refused(std::string_view field) const {
    return std::any_of(errors_.begin(), errors_.end(),
                       [&](const kernel::Error& error) { return error.field == field; });
}

}  // namespace people
