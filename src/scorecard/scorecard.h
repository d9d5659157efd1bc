// Scorecards (成绩单): per unit and period, figures with honest denominators, n and interval, each with a link to what
// is behind it. Nothing is counted here that another feature does not keep as a counter.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <kernel/result.h>
#include <kernel/time.h>
#include <measure/measure.h>
#include <people/people.h>
#include <voice/voice.h>

namespace jobs {
struct Task;
}

namespace scorecard {

// Something counted beside a figure: "late", "withdrawn" …, as in message keys scorecard.count_…
struct Count {
    std::string key;
    std::int64_t n = 0;
    std::string link;  // to the list
    friend bool operator==(const Count&, const Count&) = default;
};
struct Figure {
    std::string key;  // "answered_in_time", "solved", "satisfied", "measures_on_time", "returned", "hidden_share"
    std::int64_t part = 0, whole = 0;  // the denominator includes the unresolved, the withdrawn and the silent
    bool shown = true;                 // false below k: "too few to say"
    double low = 0, high = 1;          // Wilson 95 %
    std::string link;                  // to the entries behind the whole
    std::string link_part;             // to those of the part
    std::vector<Count> inside;         // of the whole, besides the part
    std::vector<Count> outside;        // what the figure leaves out, and why it does
};
struct Card {
    people::UnitId unit;   // 0: what no unit has
    kernel::Day from, to;  // whole months
    std::int64_t k = 5;
    std::vector<Figure> figures;        // of the unit itself
    std::vector<people::UnitId> below;  // the units under it, as the tree stands now
    std::vector<Figure> with_below;     // of it and them together; none without such units
    // Typed for a caller, who cannot rate; by staff in their own name, apart.
    std::int64_t typed = 0, by_staff = 0;
    std::string typed_link, by_staff_link;
    struct Hidden {
        people::Ground ground{};
        std::int64_t n = 0;
        std::string link;
    };
    std::vector<Hidden> hidden_by;
    // Cases taken over from an earlier register, in none of the figures above; none where there are no such.
    std::vector<Figure> before;
    std::int64_t taken_over = 0;
    bool sample = false;  // something of a rehearsal is in it
};
// Messages by the day they came, measures by the month they are due. `from` and `to` are widened to whole months.
Card card(db::Connection&, people::UnitId, kernel::Day from, kernel::Day to);
Card own_card(db::Connection&, people::UnitId, kernel::Day from, kernel::Day to);  // without the units under it

// ---- published ------------------------------------------------------------------------------------------------------
// A card as it stood at an entry: figures go on changing when people rate, reopen or withdraw; what was published
// stays.
struct Published {
    std::int64_t entry = 0;  // everything before it was counted
    people::UnitId unit;
    kernel::Day from, to;
    kernel::Instant minute;
    std::int64_t k = 5;
    bool sample = false;
    struct Value {
        std::string key;
        std::int64_t part = 0, whole = 0;
        friend bool operator==(const Value&, const Value&) = default;
    };
    std::vector<Value> values;
};
std::vector<Published> published(db::Connection&, people::UnitId, kernel::Day from, kernel::Day to);  // oldest first
// The clock's act: once for each unit and period that is over. Refuses scorecard.published_already,
// scorecard.not_over, scorecard.nothing_counted; conflict.
kernel::Result<std::int64_t> publish(const people::Needs&, people::UnitId, kernel::Day from, kernel::Day to);

// ---- wiring ---------------------------------------------------------------------------------------------------------
struct Slip {
    std::string kind_key, link;
};
std::optional<Slip> slip(db::Connection&, std::int64_t entry);
void add_kinds(std::vector<ledger::Kind>&);
void add_routes(http::Router&, const people::Needs&);
std::vector<jobs::Task> tasks(const people::Needs&);  // publishes the quarter that is over
// A part of a unit's page: since the beginning.
page::Html part_of_unit(const http::Request&, db::Connection&, people::UnitId);

}  // namespace scorecard
