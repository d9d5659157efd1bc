// The clock of one kind of matter, as an institution writes it down: what has to be done within which term, what stops
// the clock, who may extend it, how long a wrong assignment may go back. Values with their checks and their JSON, which
// is strict: what is not known is refused by its path. Pure.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <kernel/json.h>
#include <kernel/result.h>

#include "deadline.h"

namespace deadline {

// The event that a term counts from. A matter that restarts when its author corrects it counts from `corrected` then.
enum class Start {
    received,
    confirmed,
    registered,
    assigned,
    accepted,
    acknowledged,
    corrected,
    adopted,
    formed,
    published,
    decided,
    answered,
    closed,
    informed
};
std::string_view name(Start);
std::optional<Start> parse_start(std::string_view);

// Why a clock may stand.
enum class Reason { author_asked, third_party, other_body, hearing, correction };
inline constexpr Reason all_reasons[] = {Reason::author_asked, Reason::third_party, Reason::other_body, Reason::hearing,
                                         Reason::correction};
std::string_view name(Reason);
std::optional<Reason> parse_reason(std::string_view);

// Something that has to be done, and what happens around its last day.
struct Duty {
    Start start = Start::received;
    Term term;
    Ladder ladder;
    // Once its last step is over: entered again every so many working days after the due day; 0: never again.
    int then_every = 0;
    friend bool operator==(const Duty&, const Duty&) = default;
};
// The first step later than `at` working days after the due day (before it when negative): of the ladder, then of what
// is entered again, which has the level and the receivers of the last one. Nothing when there is none.
std::optional<Step> step_after(const Ladder&, int then_every, int at);

// The clock may stand for one reason, once, and at most so long; after that it runs again by itself.
struct Stop {
    Reason reason = Reason::author_asked;
    Term longest;
    friend bool operator==(const Stop&, const Stop&) = default;
};

// A new last day, decided before the old one is over.
struct Extension {
    int most = 0;  // how many; 0: none
    Term longest;  // of each
    Whom approver = Whom::head;
    bool before_due = true;  // asked for on the due day at the latest
    friend bool operator==(const Extension&, const Extension&) = default;
};

// A wrong assignment goes back. What its assignment says cannot go back, does not.
struct Bounce {
    int most = 0;                     // how many of one matter; 0: none
    Term within;                      // of the assignment
    std::optional<int> within_hours;  // instead of `within`: counted by the minute of the entries
    friend bool operator==(const Bounce&, const Bounce&) = default;
};

// All refusals have code invalid and stand at the field: deadline.span {most}, deadline.span_zero (a term in which
// nothing could be done), deadline.every {most}, deadline.times {most}, deadline.hours {most}, deadline.reason_twice,
// and those of check(Ladder).
inline constexpr int most_extensions = 10, most_bounces = 10, most_hours = 720, longest_every = 250;
kernel::Checked check(const Duty&);
kernel::Checked check(const std::vector<Stop>&);
kernel::Checked check(const Extension&);
kernel::Checked check(const Bounce&);

// ---- JSON ----------------------------------------------------------------------------------------------------------
// What is written is whole: every member is there. What is read may leave out what has a standard: `first`, `ending` of
// a term, `ladder`, `then_every`, `start` of a duty, `to`, `public` of a step, `approver`, `before_due` of an
// extension.
kernel::Json as_json(const Term&);
kernel::Json as_json(const Ladder&);
kernel::Json as_json(const Duty&);
kernel::Json as_json(const Stop&);
kernel::Json as_json(const std::vector<Stop>&);
kernel::Json as_json(const Extension&);
kernel::Json as_json(const Bounce&);

// Reads one object strictly: each member once and by its type; finish() refuses those that nobody asked for. The first
// fault is kept, later ones are not: deadline.json_member {path} (missing, or of another type), deadline.json_unknown
// {path}, deadline.json_word {path, word}, and what a check() above refuses, all with code invalid and the path, such
// as "reply.term.n", as field.
class JsonReader {
public:
    explicit JsonReader(const kernel::Json&, std::string path = {});
    int integer(std::string_view member);
    int integer(std::string_view member, int standard);
    bool boolean(std::string_view member, bool standard);
    std::string text(std::string_view member);
    std::string text(std::string_view member, std::string standard);
    bool has(std::string_view member) const;
    const kernel::Json& json(std::string_view member);  // null when missing, which is a fault
    const kernel::Json::Array& array(std::string_view member);
    template <class Word, class Parse>
    Word word(std::string_view member, Word standard, Parse parse) {
        if (!has(member)) return standard;
        const std::string said = text(member);
        const std::optional<Word> found = parse(said);
        if (!found) fail("deadline.json_word", member, said);
        return found.value_or(standard);
    }
    Term term(std::string_view member);
    Ladder ladder(std::string_view member);
    Duty duty(std::string_view member);
    std::vector<Stop> stops(std::string_view member);
    Extension extension(std::string_view member);
    Bounce bounce(std::string_view member);

    // Of something that this reader's own members hold.
    JsonReader inside(std::string_view member);
    void take(JsonReader& inner);  // finishes it; its fault is this one's
    void check(const kernel::Checked&, std::string_view member);
    void fail(std::string_view key, std::string_view member, std::string_view word = {});
    kernel::Checked finish();

private:
    const kernel::Json& json_;
    const std::string path_;
    std::vector<std::string> asked_;
    std::optional<kernel::Error> fault_;
};

}  // namespace deadline
