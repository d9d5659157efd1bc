// For this module's tests: a small made-up log from which everything can be counted, as a list that can be changed
// before it is read.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "audit.h"

namespace audit {

struct Written {
    std::string kind;
    std::int64_t subject = 0;
    kernel::Json facts;
    std::string time = "2026-07-01T04:00:00Z";
    bool served = true;
};
using Log = std::vector<Written>;

inline kernel::Json json_of(std::string_view text) { return *kernel::parse_json(text); }

// A log that is written one entry after the other, at a time that is set.
struct Writer {
    Log log;
    std::string time = "2026-07-01T04:00:00Z";

    std::int64_t add(std::string kind, std::int64_t subject, std::string_view facts) {
        const auto index = static_cast<std::int64_t>(log.size());
        log.push_back({std::move(kind), subject < 0 ? index : subject, json_of(facts), time});
        return index;
    }
    void on(const std::string& day) { time = day + "T04:00:00Z"; }
};

inline void read(Audit& audit, const Log& log) {
    for (std::size_t i = 0; i < log.size(); ++i) {
        const std::string facts = kernel::canonical(log[i].facts);
        Entry e{static_cast<std::int64_t>(i),        log[i].kind, 1, log[i].subject, {},
                *kernel::parse_instant(log[i].time), {}};
        if (log[i].served) e.facts = facts;
        audit.take(e);
    }
}
inline Report read(const Log& log) {
    Audit audit;
    read(audit, log);
    return audit.finish();
}

// Working days counted from a Wednesday, 1 July 2026, with nothing closed but the weekend.
inline std::string term(const char* from, int days, const char* due, const char* late) {
    return std::string(R"({"calendar":"weekdays","closed":[],"days":)") + std::to_string(days) + R"(,"due":")" + due +
           R"(","from":")" + from + R"(","late":")" + late + R"(","weekend":[0,6],"worked":[]})";
}

inline constexpr std::string_view rules =
    R"({"chair_casts":false,"majority":{"base":"filled","denominator":2,"numerator":1,"strict":true},"notice_days":3,)"
    R"("preset":"","quorum":{"base":"filled","denominator":3,"numerator":2,"strict":false},"source":"","tag":""})";

// One of everything, and all of it true.
struct Story : Writer {
    std::int64_t unit, other, desk, round, body, sitting, issue, motion, counted, measure, reported, review, opened,
        closed, judged, voice, answered, late_voice, late, card, promised, measure_late;

    Story() {
        ground();
        ask();
        decide();
        judge();
        handle();
        on("2026-10-01");
        card = add("scorecard.published", unit,
                   R"({"figures":[{"key":"answered_in_time","part":1,"whole":2},{"key":"solved","part":1,"whole":2},)"
                   R"({"key":"satisfied","part":1,"whole":1},{"key":"measures_on_time","part":1,"whole":2},)"
                   R"({"key":"returned","part":0,"whole":1},{"key":"hidden_share","part":0,"whole":2}],)"
                   R"("from":"2026-07-01","k":5,"sample":false,"to":"2026-09-30"})");
    }

private:
    static std::string n(std::int64_t number) { return std::to_string(number); }

    void ground() {
        add("people.installed", 0, R"({"organisation":"A"})");
        const auto root = add("people.unit_made", -1, R"({"by":0,"name":"A","parent":null,"sample":false})");
        add("people.calendar_set", 0, R"({"by":0,"holidays":[],"makeup_days":[],"name":"weekdays","weekend":[0,6]})");
        unit = add("people.unit_made", -1, R"({"by":0,"name":"B","parent":)" + n(root) + R"(,"sample":false})");
        other = add("people.unit_made", -1, R"({"by":0,"name":"C","parent":)" + n(root) + R"(,"sample":false})");
        desk = add("cycle.desk_opened", -1, R"({"lang":"en","organiser":1})");
        round = add("cycle.opened", -1, R"({"by":1,"lang":"en","organiser":1,"sample":false,"source":""})");
    }
    void ask() {
        issue = add("issue.suggested", -1, R"({"by":1,"cycle":)" + n(round) + R"(,"lang":"en","sample":false})");
        add("issue.moved", issue, R"({"by":1,"marks":0,"state":"confirmed"})");
        add("visit.recorded", -1,
            R"({"by":1,"cycle":)" + n(round) + R"(,"day":"2026-07-01","issue":)" + n(issue) +
                R"(,"lang":"en","may_decide":true,"met":7,"sample":false,"unit":3})");
    }
    void decide() {
        const std::string seat = R"({"chair":false,"member":)";
        body = add("decision.body_set_up", -1,
                   R"({"by":1,"rules":)" + std::string(rules) + R"(,"sample":false,"seats":3,"unit":1})");
        for (int member : {21, 22, 23})
            add("decision.member_seated", body, R"({"by":1,"chair":false,"member":)" + std::to_string(member) + "}");
        add("decision.clerks_named", body, R"({"by":2,"clerks":[1]})");
        sitting = add("decision.sitting_called", -1,
                      R"({"body":)" + n(body) + R"(,"by":1,"cycle":)" + n(round) + R"(,"day":"2026-07-06","roll":[)" +
                          seat + "21}," + seat + "22}," + seat + R"(23}],"rules":)" + std::string(rules) +
                          R"(,"sample":false,"seats":3})");
        motion = add("decision.motion_tabled", -1,
                     R"({"by":1,"issue":)" + n(issue) +
                         R"(,"kind":"adopt_measures","lang":"en","measures":[{"baseline":{"decimals":0,"value":0},)"
                         R"("criterion":0,"cycle":)" +
                         n(round) + R"(,"due":"2026-08-31","issue":)" + n(issue) +
                         R"(,"kind":"fix","lang":"en","owner":31,"owner_unit":)" + n(unit) +
                         R"(,"sample":false,"target":{"decimals":1,"value":105}}],"sample":false,"secret":false,)"
                         R"("sitting":)" +
                         n(sitting) + "}");
        add("issue.moved", issue, R"({"because":)" + n(sitting) + R"(,"by":1,"marks":0,"state":"before_body"})");
        on("2026-07-06");
        for (int member : {21, 22})
            add("decision.attended", sitting, R"({"by":1,"here":true,"member":)" + std::to_string(member) + "}");
        add("decision.sitting_moved", sitting, R"({"by":1,"state":"agenda"})");
        add("decision.sitting_moved", sitting, R"({"by":1,"state":"open"})");
        add("decision.motion_put", motion, R"({"by":1})");
        add("decision.voted", motion, R"({"by":21,"vote":"no"})");
        add("decision.voted", motion, R"({"by":22,"vote":"yes"})");
        add("decision.voted", motion, R"({"by":21,"vote":"yes"})");
        counted = add("decision.counted", motion,
                      R"({"base":3,"by":1,"needed":2,"quorum":true,"state":"carried","tally":)"
                      R"({"abstain":0,"no":0,"yes":2}})");
        measure = add("measure.adopted", -1,
                      R"({"baseline":"0","by":0,"criterion":0,"cycle":)" + n(round) +
                          R"(,"due":"2026-08-31","issue":)" + n(issue) + R"(,"kind":"fix","lang":"en","motion":)" +
                          n(motion) + R"(,"owner":31,"sample":false,"target":"10.5","unit":)" + n(unit) + "}");
        add("issue.moved", issue, R"({"because":)" + n(motion) + R"(,"by":1,"marks":0,"state":"adopted"})");
        promised = add("measure.adopted", -1,
                       R"({"baseline":"0","by":32,"criterion":0,"cycle":)" + n(round) +
                           R"(,"due":"2026-09-25","kind":"pledge","lang":"en","owner":32,"sample":false,"target":"1",)"
                           R"("unit":)" +
                           n(unit) + "}");
    }
    void judge() {
        on("2026-08-28");
        reported =
            add("measure.reported", measure,
                R"({"by":31,"day":"2026-08-28","done":true,"late":0,"nobody":false,"percent":100,"value":"11"})");
        add("measure.verified", measure, R"({"by":41,"confirmed":true})");
        review = add("review.drafted", -1,
                     R"({"accept_percent":60,"by":41,"closes":"2026-09-04","criteria":[0,0],"cycle":)" + n(round) +
                         R"(,"k":5,"lang":"en","measure":)" + n(measure) +
                         R"(,"panels":[{"group":"recipients","roll":6,"secrecy":"secret","weight":70},)"
                         R"({"group":"delegates","roll":2,"secrecy":"named","weight":30}],"sample":false})");
        opened = add("review.opened", review, R"({"by":41,"roll":[["a1","a2","a3","a4","a5","a6"],["b1","b2"]]})");
        on("2026-09-05");
        // 4 of 5 marks are good among the recipients, 1 of 2 among the delegates: 0.7 * 80 + 0.3 * 50 = 71 per cent.
        closed =
            add("review.closed", review,
                R"({"accepted":true,"applied":true,"by":0,"day":"2026-09-05","enough":true,"lost":false,"panels":[)"
                R"({"answers":["444520","000000"],"cast":6,"spent":["a1","a2","a3","a4","a5","a6"]},)"
                R"({"ballots":["50","10"],"cast":2,"spent":["b1","b2"]}],"percent":71,"unit":)" +
                    n(unit) + "}");
        judged = add("measure.judged", measure, R"({"accepted":true,"nobody":false,"review":)" + n(review) + "}");
        add("issue.moved", issue, R"({"because":)" + n(judged) + R"(,"by":0,"marks":0,"state":"resolved"})");
        on("2026-09-28");
        measure_late = add("measure.late", promised, R"({"days":1,"due":"2026-09-25","next":"2026-10-02"})");
        // Reported a day later, so that it is out of the clock's hands: late stays late.
        on("2026-09-29");
        add("measure.reported", promised,
            R"({"by":32,"day":"2026-09-29","done":true,"late":2,"nobody":false,"percent":100,"value":"1"})");
    }
    std::int64_t receive(const char* from, const char* due, const char* late_from) {
        return add("voice.received", desk,
                   R"({"accept_late":"2026-07-03","audience":"open","by_staff":false,"cycle":)" + n(desk) +
                       R"(,"kind":"question","photos":0,"reply":)" + term(from, 5, due, late_from) +
                       R"(,"sample":false,"shown":"published","speaker":"x","terms":{},"way":"web"})");
    }
    void handle() {
        on("2026-07-01");  // times may not go back in a real log; what is counted does not rest on that
        voice = receive("2026-07-01", "2026-07-08", "2026-07-09");
        late_voice = receive("2026-07-01", "2026-07-08", "2026-07-09");
        for (std::int64_t id : {voice, late_voice})
            add("voice.assigned", id, R"({"by":1,"day":"2026-07-01","unit":)" + n(unit) + R"(,"voice":)" + n(id) + "}");
        on("2026-07-03");
        answered =
            add("voice.answered", voice, R"({"answer":"done","by":31,"term":"2026-07-20","voice":)" + n(voice) + "}");
        add("voice.rated", desk,
            R"({"cycle":)" + n(desk) + R"(,"solved":true,"stars":5,"term":"2026-07-20","voice":)" + n(voice) +
                R"(,"way":"author"})");
        on("2026-07-09");
        late = add("voice.late", late_voice,
                   R"({"days":1,"duty":"reply","next":"2026-07-15","voice":)" + n(late_voice) + "}");
    }
};

}  // namespace audit
