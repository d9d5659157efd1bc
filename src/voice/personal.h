// Numbers that tell who somebody is: telephone, identity and plate numbers and e-mail addresses in what people wrote.
// They are pointed out before sending; the author may go on. A pure function of the text; what it looks for is public.
//
// Telephones: mainland mobile (1[3-9] and 9 digits, with or without +86) and landline (0 area 7-8 digits), Taiwan (09
// and 8 digits, 0[2-8] and 7-8 digits, +886), United Kingdom (07…, 01…, 02…, 03… with 10 or 11 digits, +44), and any
// other number written with + and 8 to 15 digits. Groups may be parted by spaces, hyphens and brackets. Identity
// numbers: GB 11643-1999 (18 characters, date of birth, check character by ISO 7064 MOD 11-2), and Taiwan's (a letter,
// nine digits, weighted sum). Plates: GA 36 (province, letter, five characters; new energy six with D or F; 挂 学 警 港
// 澳 at the end).
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace voice {

enum class Personal { telephone, identity, plate, email };
std::string_view name(Personal);  // as in message keys voice.personal_…

struct Found {
    Personal what = Personal::telephone;
    std::string text;  // as it was written
    friend bool operator==(const Found&, const Found&) = default;
};
// In the order of the text, none overlapping. `text` is valid UTF-8.
std::vector<Found> find_personal(std::string_view text);

}  // namespace voice
