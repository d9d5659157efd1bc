// The stage of the rehearsal: an invented office with posts and no names, a clock that is set, and a plan of what
// happens on which day. Everything is done through the same acts that the pages call; nothing is written past them.
#pragma once
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <dialogue/dialogue.h>
#include <discovery/discovery.h>
#include <kernel/clock.h>
#include <kernel/result.h>
#include <people/people.h>

#include "house.h"

namespace server {

// Throws when the rehearsal is refused something: it is written for these rules, so that is a fault of ours.
[[noreturn]] void refused(const kernel::Error&, std::string_view what);
template <class T>
T must(kernel::Result<T> result, std::string_view what) {
    if (!result) refused(result.error(), what);
    return *std::move(result);
}
inline void must(const kernel::Checked& checked, std::string_view what) {
    if (!checked) refused(checked.error(), what);
}

class Stage {
public:
    // `clock` is the house's own and stands where the rehearsal begins; it ends in the evening before `today`.
    Stage(House& house, kernel::SetClock& clock, const std::string& administrator, kernel::Day today);

    // Plans something for so many days before today (rehearsal_day), at that hour. What is planned earlier in the count
    // of days happens earlier, also on one working day.
    void on(int days_ago, int hour, std::function<void()>);
    void play();  // all of it, day by day; what the clock has to enter is entered each morning

    kernel::Day day(int days_ago) const;  // the working day that on() means
    // At the desk, of what was said until now.
    std::vector<discovery::Suggestion> suggested() const;
    people::Actor as(std::string_view login) const;
    static people::Actor visitor(std::string_view name);  // somebody's browser
    const people::Needs& needs() const { return house_.needs(); }
    db::Database& database() const { return house_.database(); }
    std::filesystem::path spool() const { return house_.options().data / "spool"; }

    const std::string administrator;  // login
    people::UnitId root, licensing, roads, inspection;
    std::vector<std::string> council;  // logins of the members of the body, the chair first

private:
    struct Planned {
        int days_ago, hour;
        std::function<void()> what;
    };
    void found();
    people::UnitId unit(std::string_view name);
    void officer(people::UnitId, std::string_view login, std::string_view post, std::vector<people::Role>);
    void morning(kernel::Day);

    House& house_;
    kernel::SetClock& clock_;
    kernel::Day today_;
    kernel::Calendar calendar_;
    std::vector<Planned> plan_;
};

// The accepted statement with this number in the conversation that was imported.
dialogue::StatementId numbered(db::Database&, dialogue::DialogueId, std::int64_t number);

// The stories; each plans its own days. Where they are imported, the rounds exist and are being prepared.
struct Imported {
    people::CycleId cycle;
    dialogue::DialogueId dialogue;
};
void plan_desk(Stage&);
void plan_rides(Stage&, const Imported&);        // the whole way: asked, decided, done or late, reported, judged
void plan_town(Stage&, const Imported&);         // a round that is under way
void plan_next(Stage&, people::CycleId before);  // the round after, open for whoever visits
// Paper, mail, a split message, another authority, receivers of what is confidential; their keys under that passphrase,
// which outlives the play.
void plan_ways(Stage&, const kernel::Secret& passphrase);
void plan_matter(Stage&);  // said by several, joined, suggested by the program, taken up, advised on
void plan_survey(Stage&, people::CycleId);
void open_survey(Stage&, people::CycleId);  // on the day it is called

}  // namespace server
