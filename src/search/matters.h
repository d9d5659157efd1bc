// What can be found: the matters of the features below, as everybody may read them at this moment.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "words.h"

namespace db {
class Connection;
}
namespace ledger {
struct Entry;
}

namespace search {

// The numbers are stored.
enum class Kind { voice, statement, issue, measure, motion, sitting, survey, visit };
inline constexpr Kind all_kinds[] = {Kind::voice,  Kind::statement, Kind::issue,  Kind::measure,
                                     Kind::motion, Kind::sitting,   Kind::survey, Kind::visit};
std::string_view name(Kind);  // as in addresses and message keys search.kind_…
std::optional<Kind> parse_kind(std::string_view);
// The states that matters of this kind are asked for by: names, and the message key of each is KEY + name; no names
// where there are none.
struct States {
    std::string_view key;
    std::vector<std::string_view> names;
};
States states_of(Kind);

struct Matter {
    Kind kind = Kind::voice;
    std::int64_t id = 0;
    friend auto operator<=>(const Matter&, const Matter&) = default;
};
std::string address(const Matter&);
std::optional<Matter> matter_at(std::string_view address);

struct Attributes {
    std::int64_t cycle = 0, unit = 0;  // 0: none
    std::string state;                 // "" where its kind has none
    friend bool operator==(const Attributes&, const Attributes&) = default;
};
struct Document {
    Matter matter;
    Texts texts;
    std::string lang;  // BCP 47 of the texts
    Attributes attributes;
    bool sample = false;
};
// Nothing for what not everybody may read now: held, hidden, for the unit alone, confidential, erased, withdrawn, not
// published yet.
std::optional<Document> document(db::Connection&, const Matter&);
// Of which matters an entry says something.
std::vector<Matter> touched(db::Connection&, const ledger::Entry&);

}  // namespace search
