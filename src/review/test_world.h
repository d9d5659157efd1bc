// For this module's tests: the town of <measure/testing.h>, more of its staff and a measure that may be judged, on a
// fresh place of one engine.
#pragma once
#include <string>
#include <vector>

#include <dialogue/dialogue.h>
#include <issue/issue.h>
#include <jobs/testing.h>
#include <kernel/code.h>
#include <measure/testing.h>
#include <voice/voice.h>

#include "acts.h"
#include "box.h"
#include "review.h"
#include "store.h"

namespace review {

using kernel::on;

using Codes = std::vector<std::vector<std::string>>;

struct World : measure::TestTown {
    explicit World(db::Engine engine)
        : TestTown(engine, {cycle::add_kinds, voice::add_kinds, dialogue::add_kinds, issue::add_kinds,
                            measure::add_kinds, add_kinds}) {
        cycle::set_gates({gate()});
        using people::Role;
        officer(roads, "roads_clerk", {Role::clerk});
        officer(audit, "audit_head", {Role::head});
        judged = verified();
    }

    measure::MeasureId adopted(const std::string& title = "Buses come on time",
                               std::optional<issue::IssueId> of = std::nullopt) {
        measure::Draft d = promise(today() + 14, title);
        d.issue = of;
        return measure::MeasureId(must(within([&](ledger::Writing& w) -> kernel::Checked {
            measure::adopt(w, d, 7);
            return {};
        })));
    }
    void done(measure::MeasureId id) {
        must(measure::report_done(*needs, as("owner"), id,
                                  {100, measure::Decimal::parse("6"), "Two buses more", "Timetable"}));
        must(measure::verify(*needs, as("auditor"), id, true, "Counted at the stop"));
    }
    measure::MeasureId verified(std::optional<issue::IssueId> of = std::nullopt) {
        const measure::MeasureId id = adopted("Buses come on time", of);
        done(id);
        return id;
    }
    // Riders in secret, delegates by name, neighbours in secret; until Friday in eleven days.
    Draft draft_of(measure::MeasureId of, std::int64_t riders = 30) {
        Draft d;
        d.measure = of;
        d.lang = "en";
        d.questions = {{"All in all: was it done?", criterion}, {"Is the wait shorter?", criterion}};
        d.panels = {{Group::recipients, "Riders of line 7", "drawn by lot", 60, Secrecy::secret, riders},
                    {Group::delegates, "Delegates", "named by the council", 20, Secrecy::named, 2},
                    {Group::peers, "Neighbouring units", "all of them", 20, Secrecy::secret, 6}};
        d.closes = kernel::local_day(clock.now()) + 11;
        return d;
    }
    ReviewId drafted(const Draft& d) { return must(draft(*needs, as("clerk"), d)); }
    ReviewId drafted() { return drafted(draft_of(judged)); }
    Codes opened(ReviewId id) { return must(open(*needs, as("clerk"), id)); }
    kernel::Result<std::string> put(ReviewId id, const std::string& code, std::vector<int> answers,
                                    const std::string& name = "", const std::string& reasons = "") {
        return cast(*needs, id, code, answers, name, reasons);
    }
    // So many of a secret panel say that.
    void many(ReviewId id, const std::vector<std::string>& codes, std::size_t from, std::size_t n, int overall,
              int second = 3) {
        for (std::size_t i = from; i < from + n; ++i) must(put(id, codes.at(i), {overall, second}));
    }
    // As it is in life: 24 of 30 riders find it good, both delegates judge, of the neighbours too few.
    Codes voted(ReviewId id) {
        const Codes codes = opened(id);
        many(id, codes[0], 0, 18, 5);
        many(id, codes[0], 18, 4, 2);
        many(id, codes[0], 22, 2, 0);
        must(put(id, codes[1][0], {4, 4}, "A. Delegate", "I rode it"));
        must(put(id, codes[1][1], {2, 0}, "B. Delegate", "It is late at night"));
        many(id, codes[2], 0, 4, 1);
        return codes;
    }
    Review get(ReviewId id) { return review(*database->read(), id).value(); }
    measure::Measure measured() { return measure::measure(*database->read(), judged).value(); }
    // The clock's tasks, once.
    void tick() { jobs::run_once(tasks(*needs)); }
    std::int64_t count(db::Sql sql) { return database->read()->one(sql)->integer(0); }
    // What lies in the boxes of all reviews: spent codes, ballots, keys.
    std::size_t waiting() {
        auto db = database->read();
        Filter all;
        all.at_most = 1000;
        std::size_t n = 0;
        for (const Review& r : reviews(*db, all))
            n += spent_in(*db, r.id).size() + ballots_in(*db, r.id).size() + (key_of(*db, r.id) ? 1 : 0);
        return n;
    }

    measure::MeasureId judged;
};

}  // namespace review
