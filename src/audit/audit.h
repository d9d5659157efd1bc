// Counts again, out of what a public log serves and nothing else, what an installation says of itself: motions,
// reviews, scorecards, the states of measures and issues, participation. And compares it with what the log claims.
// Pure: entries in, findings out; no clock, no zone, no files. One thread.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <kernel/bytes.h>
#include <kernel/json.h>
#include <kernel/time.h>

namespace audit {

// One entry as the log serves it, in order, from 0 on. Whoever hands it over has checked leaf, commitment and tree.
struct Entry {
    std::int64_t index = 0;
    std::string_view kind;
    std::int64_t v = 1, subject = 0;
    std::optional<std::int64_t> parent;
    kernel::Instant time;
    std::optional<std::string_view> facts;  // absent: not served
    // SHA-256(00 || leaf), as the tree has it: what lots are drawn by. Without one for each entry before, the roots
    // that draws name are not counted again.
    std::optional<kernel::Hash> leaf = {};
};

// What is counted: "motion", "sitting", "review", "measure", "issue", "dialogue", "statement", "voice", "survey",
// "scorecard", "round", "log". A scorecard has its unit's number, and its period.
struct Name {
    std::string kind;
    std::int64_t id = 0;
    std::string from, to;  // of scorecards: days
    friend auto operator<=>(const Name&, const Name&) = default;
};
std::string text(const Name&);  // "scorecard of unit 3, 2026-07-01 to 2026-09-30"

struct Fault {
    Name matter;
    std::optional<std::int64_t> entry;  // where it is; of published figures: the last entry that the matter rests on
    std::string what;
};
struct Matter {
    Name name;
    bool claimed = false;               // the log itself says what was counted here
    std::optional<std::int64_t> entry;  // the claim, or the last entry about it
    std::string says;                   // its figures in a few words
    kernel::Json figures;               // as the JSON API names them
};
// What can not be counted from what is served: said, not passed over.
struct Hidden {
    Name matter;
    std::string what;
};
struct Report {
    std::vector<Matter> matters;
    std::vector<Fault> faults;  // by entry
    std::vector<Hidden> hidden;
    std::vector<std::string> unknown;  // kinds of entries that this program does not know, with how many there are
};

struct World;
class Audit {
public:
    Audit();
    ~Audit();
    void take(const Entry&);  // std::logic_error when it is not the next one
    // After the last entry. Once.
    Report finish();
    // The figures of one matter as they stand now; nothing when there is no such matter. A scorecard has its unit's
    // number and any period of whole months.
    std::optional<kernel::Json> figures(const Name&) const;

    // Compares a document of the JSON API with the figures: one matter, or a list of some. Every figure that both have
    // is compared. A document that says it was made from a log of another length is not compared, and is counted.
    struct Published {
        std::int64_t compared = 0, other_length = 0;
        std::vector<Fault> faults;
    };
    void compare(const kernel::Json& document, Published&) const;

private:
    std::unique_ptr<World> world_;
};

// Where the JSON API shows a matter, below the institution's address; "" where it does not.
std::string api_address(const Name&);

std::string text(const Report&);
kernel::Json json(const Report&);
std::string text(const Fault&);
kernel::Json json(const Fault&);

}  // namespace audit
