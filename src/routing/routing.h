// Routing: which unit gets a matter, by its category, district and kind, as the table in force says. Tables are set by
// administrators, each with its version and for ever readable; a change is tried on past cases first. README.md.
#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <kernel/id.h>
#include <kernel/result.h>
#include <kernel/time.h>
#include <people/people.h>

namespace routing {

using TableId = kernel::Id<struct TableTag>;
using Once = std::optional<kernel::Hash>;

// Code points of admitted text; lines of each list.
inline constexpr std::size_t max_code = 40, max_name = 80, max_reason = 500;
inline constexpr std::size_t max_categories = 200, max_districts = 200, max_rows = 1000;

// Those not given are "": then one that was given stands for them.
struct Names {
    std::string zh_hans, zh_hant, en;
    friend bool operator==(const Names&, const Names&) = default;
};
struct Named {
    std::string_view text;  // of the Names: lives as long as they do
    page::Lang lang;        // of the text
};
// In this language; else in the other Chinese writing, else in whatever language there is.
Named name_in(page::Lang, const Names&);

// One of a published list: a category, or a coarse district. Its code is a fact for ever, its names may change.
struct Listed {
    std::string code;  // 1 to 40 of a-z 0-9 . _ -, the first a letter or digit
    Names names;
    friend bool operator==(const Listed&, const Listed&) = default;
};
// "" in category, district or kind: whatever it is, also none.
struct Row {
    std::string category, district, kind;
    people::UnitId unit;
    bool returnable = true;  // whether the unit may hand the matter back as not its own
    friend bool operator==(const Row&, const Row&) = default;
};
struct Lists {
    std::vector<Listed> categories, districts;  // in the order in which people choose from them
    std::vector<Row> rows;
    friend bool operator==(const Lists&, const Lists&) = default;
};

struct Routed {
    people::UnitId unit;
    bool returnable = true;
    std::size_t row = 0;  // of Lists::rows, from 0
    friend bool operator==(const Routed&, const Routed&) = default;
};

// A table's lists with what finds a row in them. Immutable; any thread.
class Sheet {
public:
    // Of two rows with the same conditions, which set_table() refuses, the first holds.
    explicit Sheet(Lists);
    Sheet(const Sheet&) = delete;
    Sheet& operator=(const Sheet&) = delete;

    const Lists& lists() const { return lists_; }
    bool has_category(std::string_view code) const;
    bool has_district(std::string_view code) const;
    // The most specific row that fits: the one with most conditions; of as many, one that names the category goes
    // before one that does not, then one that names the district. "": not known of the matter, and only rows without
    // that condition fit; so it is with a code that the lists do not have. Nothing when no row fits: then a clerk
    // assigns.
    std::optional<Routed> route(std::string_view category, std::string_view district, std::string_view kind) const;

private:
    using Conditions = std::array<std::string_view, 3>;  // into lists_
    Lists lists_;
    std::map<Conditions, std::size_t> rows_;
};

struct Table {
    TableId id;
    std::int64_t version = 0;  // from 1
    kernel::Instant since;
    people::OfficerId by;
    std::shared_ptr<const Sheet> sheet;  // never null
};
// What is read of a table is kept in memory by the digest of its lists: asked for again, it costs the caller one read
// of a short row. On a connection of the writer they see what its transaction has written.
std::optional<Table> in_force(db::Connection&);  // nothing until the first one is set
std::optional<Table> table(db::Connection&, TableId);
// By a table of its entry; nothing also when there is no such table.
std::optional<Routed> route(db::Connection&, TableId, std::string_view category, std::string_view district,
                            std::string_view kind);

// Without its lists, for choosing one; `reason` is "" once erased.
struct Version {
    TableId id;
    std::int64_t version = 0;
    kernel::Instant since;
    people::OfficerId by;
    std::string reason;
};
std::optional<Version> version(db::Connection&, TableId);
std::vector<Version> versions(db::Connection&, std::optional<TableId> before, int at_most);  // newest first

// ---- what two tables say differently -------------------------------------------------------------------------------
template <class T>
struct Altered {
    std::optional<T> before, after;  // one of them absent: added, removed
    friend bool operator==(const Altered&, const Altered&) = default;
};
// Of each list in the order of the newer one, then what it has no more. A row is the same as long as its conditions
// are; the order of the lists alone is no difference.
struct Difference {
    std::vector<Altered<Listed>> categories, districts;
    std::vector<Altered<Row>> rows;
    bool none() const { return categories.empty() && districts.empty() && rows.empty(); }
};
Difference difference(const Lists& before, const Lists& after);

// ---- a change tried on past cases ----------------------------------------------------------------------------------
// A case that was answered. Not recorded of it (it is older than the lists): nothing, and then it cannot be compared;
// asked for and not given: "".
struct Past {
    std::int64_t number = 0;
    std::optional<std::string> category, district;
    std::string kind;
    people::UnitId unit;  // that answered it
    bool comparable() const { return category && district; }
};
inline constexpr int tried_at_most = 1000;
// Answered cases, newest first; those before this number.
using PastCases = std::function<std::vector<Past>(db::Connection&, std::optional<std::int64_t> before, int at_most)>;

// ---- the act -------------------------------------------------------------------------------------------------------
// What higher features know, handed in by the program.
struct Kind {
    std::string code, message_key;  // "help", "voice.kind_help"
};
struct Hooks {
    std::vector<Kind> kinds;  // of matters
    PastCases past;
    std::function<std::string(std::int64_t number)> case_link;
    people::PartOfMatter words;  // of the reasons, on a table's page
};
struct Draft {
    Lists lists;
    std::string reason;
    std::optional<TableId> seen;  // in force when it was written: nothing when none was
};
// By an administrator; in force at once, for what comes after. All faults of the lists are found by faults() of
// rules.h; the first of them is refused here, at the field of its line (category_2_code, row_7_unit …) with the
// argument `row`. Also routing.changed_meanwhile {entry} (conflict) when another table came into force since `seen`;
// routing.nothing_changed at "reason"; people.reason_missing, kernel.text_too_long.
kernel::Result<TableId> set_table(const people::Needs&, const Hooks&, const people::Actor&, const Draft&, Once = {});

// ---- wiring --------------------------------------------------------------------------------------------------------
void add_kinds(std::vector<ledger::Kind>&);
void add_routes(http::Router&, const people::Needs&, Hooks);
struct Slip {
    std::string kind_key, link;
};
std::optional<Slip> slip(db::Connection&, std::int64_t entry);
// Against closing a unit that the table in force names: routing.unit_has_rows, conflict. For people::Hooks.
kernel::Checked may_close(db::Connection&, people::UnitId);

}  // namespace routing
