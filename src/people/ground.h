// The published grounds on which words are hidden, the same for everything public; and "report this", which names one.
// Criticism of the organisation is none.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace http {
struct Request;
}
namespace page {
class Form;
struct Page;
}  // namespace page

namespace people {

// The numbers are stored. not_recorded: hidden elsewhere, before an import; nothing is hidden here on it.
enum class Ground { personal_data, threat_or_hate, unlawful, advertising, duplicate, empty, not_recorded };
inline constexpr Ground all_grounds[] = {Ground::personal_data, Ground::threat_or_hate, Ground::unlawful,
                                         Ground::advertising,   Ground::duplicate,      Ground::empty};
std::string_view name(Ground);                         // "personal_data" …: in the ledger and the API
std::optional<Ground> parse_ground(std::string_view);  // of the published ones
std::string ground_key(Ground);                        // its message, "people.ground_personal_data"

// The form at `link` + "/report" with the fields ground and remark; `number` names the matter ("Message 17").
page::Page report_page(const http::Request&, page::Form, std::string_view link, std::string_view number);

}  // namespace people
