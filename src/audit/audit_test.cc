// A log of which everything is true has no fault; each lie in it is found, at its entry.
#include <algorithm>
#include <fstream>

#include "test_story.h"
#include "world.h"

namespace audit {
namespace {

std::string all_of(const Report& report) {
    std::string out;
    for (const Fault& f : report.faults) out += text(f);
    return out;
}

TEST(Audit, TheStoryIsTrue) {
    const Story s;
    const Report report = read(s.log);
    EXPECT_EQ(all_of(report), "");
    EXPECT_TRUE(report.unknown.empty());
    const auto find = [&](const char* kind, std::int64_t id) {
        return *std::find_if(report.matters.begin(), report.matters.end(),
                             [&](const Matter& m) { return m.name.kind == kind && m.name.id == id; });
    };
    EXPECT_EQ(find("motion", s.motion).says, "carried: 2 yes, 0 no, 0 abstain; 2 of 3 needed, quorum there");
    EXPECT_EQ(find("review", s.review).says,
              "accepted with 71 per cent, 60 needed; recipients 6 of 6, 4 of 5 good; delegates 2 of 2, 1 of 2 good");
    EXPECT_EQ(find("measure", s.measure).says, "accepted, due 2026-08-31");
    EXPECT_EQ(find("measure", s.promised).says, "reported, due 2026-09-25, 2 working days late");
    EXPECT_EQ(find("issue", s.issue).says, "resolved: 0 messages, 0 statements, 1 visits");
    EXPECT_EQ(find("sitting", s.sitting).says, "voted: 2 present of 3 on the roll, 3 seats");
    EXPECT_TRUE(find("scorecard", s.unit).claimed);
}

// One lie: the member of the facts at that path becomes this.
kernel::Json& at(kernel::Json& json, std::string_view path) {
    kernel::Json* here = &json;
    while (!path.empty()) {
        const std::string step(path.substr(0, path.find('.')));
        path.remove_prefix(std::min(path.size(), step.size() + 1));
        here = here->array() ? &here->array()->at(static_cast<std::size_t>(std::stoi(step))) : &(*here->object())[step];
    }
    return *here;
}

struct Lie {
    const char* what;
    std::int64_t Story::*entry;
    const char* path;
    const char* value;
    std::int64_t Story::*named;  // the entry that the fault must name
    const char* says;            // and what it must say of it
};

constexpr Lie lies[] = {
    {"an extra ballot", &Story::closed, "panels.1.cast", "3", &Story::closed, "3 ballots and 2 used codes"},
    {"an extra ballot with its answers", &Story::closed, "panels.1",
     R"({"ballots":["50","50","50"],"cast":3,"spent":["b1","b2"]})", &Story::closed, "3 ballots and 2 used codes"},
    {"a code used twice", &Story::closed, "panels.0.spent", R"(["a1","a2","a3","a4","a5","a5"])", &Story::closed,
     "panel 1: code a5 was used twice"},
    {"a code of nobody", &Story::closed, "panels.0.spent", R"(["a1","a2","a3","a4","a5","c9"])", &Story::closed,
     "code c9 is not on its roll"},
    {"a code of another panel", &Story::closed, "panels.1.spent", R"(["a1","b2"])", &Story::closed,
     "panel 2: code a1 is not on its roll"},
    {"two codes alike on the roll", &Story::opened, "roll.1", R"(["b1","b1"])", &Story::opened, "on the roll twice"},
    {"more codes than evaluators", &Story::opened, "roll.1", R"(["b1","b2","b3"])", &Story::opened,
     "3 codes for a roll of 2"},
    {"a verdict turned round", &Story::closed, "accepted", "false", &Story::closed, "says returned with 71"},
    {"a better percentage", &Story::closed, "percent", "90", &Story::closed,
     "says accepted with 90 per cent; the ballots give accepted with 71"},
    {"a mark made better", &Story::closed, "panels.0.answers.0", R"("444540")", &Story::closed,
     "the ballots give accepted with 85 per cent"},
    {"an answer too many", &Story::closed, "panels.0.answers.1", R"("0000000")", &Story::closed,
     "7 answers of 6 ballots"},
    {"closed early, with a ballot missing", &Story::closed, "panels.1", R"({"ballots":["50"],"cast":1,"spent":["b1"]})",
     &Story::closed, "the ballots give accepted with 86 per cent"},
    {"weights that favour", &Story::review, "panels.1.weight", "60", &Story::review, "130 together, not 100"},
    {"a threshold below k", &Story::review, "k", "2", &Story::review, "shows panels from 2 on, the least here is 5"},
    {"another unit's score", &Story::closed, "unit", "4", &Story::closed, "the measure is of unit 3"},
    {"a verdict that was not applied", &Story::closed, "applied", "false", &Story::closed, "it was not applied"},
    {"accepted, though the review returned it", &Story::closed, "panels.0.answers.0", R"("111120")", &Story::judged,
     "accepted against the verdict of review"},
    {"a tally changed", &Story::counted, "tally.yes", "3", &Story::counted,
     "says 3 yes, 0 no, 0 abstain; the votes are 2 yes"},
    {"lost, though carried", &Story::counted, "state", R"("lost")", &Story::counted,
     "says lost; by its frozen rules it is carried"},
    {"an easier majority", &Story::counted, "needed", "1", &Story::counted,
     "says 1 of 3 were needed; by its frozen rules 2 of 3"},
    {"a measure of another motion", &Story::measure, "due", R"("2027-08-31")", &Story::measure, "not what motion"},
    {"a lower target than the motion's", &Story::measure, "target", R"("10.4")", &Story::measure, "not what motion"},
    {"done in time, though late", &Story::reported, "day", R"("2026-09-02")", &Story::reported,
     "as 0 working days late; due on 2026-08-31 it is 2"},
    {"less late than it was", &Story::measure_late, "days", "3", &Story::measure_late,
     "said to be 3 working days late; it was due on 2026-09-25"},
    {"a scorecard that flatters", &Story::card, "figures.0.part", "2", &Story::card,
     "says answered_in_time 2 of 2; the log gives answered_in_time 1 of 2"},
    {"a denominator without the late", &Story::card, "figures.0.whole", "1", &Story::card,
     "says answered_in_time 1 of 1"},
    {"a scorecard with another k", &Story::card, "k", "1", &Story::card, "says k = 1, it was 5"},
    {"a scorecard of half a month", &Story::card, "to", R"("2026-09-15")", &Story::card, "of no whole months"},
    {"a due day put off", &Story::voice, "reply.due", R"("2026-07-10")", &Story::voice,
     "due 2026-07-10, but 5 working days from 2026-07-01 end on 2026-07-08"},
    {"late by fewer days", &Story::late, "days", "0", &Story::late, "said to be 0 working days late"},
    {"a message that nobody sent", &Story::late, "voice", "3", &Story::late, "there is no message 3"},
    {"facts that are none", &Story::late, "duty", "7", &Story::late, "voice.late"},
};

TEST(Audit, EveryLieIsFoundAtItsEntry) {
    for (const Lie& lie : lies) {
        Story s;
        at(s.log[static_cast<std::size_t>(s.*lie.entry)].facts, lie.path) = json_of(lie.value);
        const Report report = read(s.log);
        const bool found = std::any_of(report.faults.begin(), report.faults.end(), [&](const Fault& f) {
            return f.entry == s.*lie.named && f.what.find(lie.says) != std::string::npos;
        });
        EXPECT_TRUE(found) << lie.what << " at " << s.*lie.named << ":\n" << all_of(report);
    }
}

// What is left out is found as what is still missing.
TEST(Audit, WhatIsLeftOutIsFound) {
    const auto without = [](std::int64_t Story::*entry) {
        Story s;
        Written& gone = s.log[static_cast<std::size_t>(s.*entry)];
        gone.kind = "people.unit_renamed", gone.facts = kernel::Json::Object{};
        return all_of(read(s.log));
    };
    const Story s;
    EXPECT_NE(without(&Story::late).find("no entry says that it is late"), std::string::npos);
    EXPECT_NE(without(&Story::measure).find("0 of its 1 measures were adopted"), std::string::npos);
    EXPECT_NE(without(&Story::judged).find("its verdict was applied, and no entry of its measure follows"),
              std::string::npos);
    EXPECT_NE(without(&Story::closed).find("which has not judged it"), std::string::npos);
    EXPECT_NE(without(&Story::counted).find("which was not carried for it"), std::string::npos);
    // With its lateness left out it would be on the scorecard as still running.
    EXPECT_NE(without(&Story::late).find("says answered_in_time 1 of 2; the log gives answered_in_time 1 of 1"),
              std::string::npos);
}

TEST(Audit, CarriedWithoutQuorum) {
    Story s;
    auto gone =
        std::find_if(s.log.begin(), s.log.end(), [](const Written& w) { return w.kind == "decision.attended"; });
    gone->facts.set("here", false);
    const std::string faults = all_of(read(s.log));
    EXPECT_NE(faults.find("opened without its quorum: 1 present of 3"), std::string::npos) << faults;
    EXPECT_NE(faults.find("who was not there"), std::string::npos) << faults;
    EXPECT_NE(faults.find("motion " + std::to_string(s.motion) + ", entry " + std::to_string(s.counted) +
                          ": says carried; by its frozen rules it is no_quorum"),
              std::string::npos)
        << faults;
    EXPECT_NE(faults.find("measure " + std::to_string(s.measure)), std::string::npos) << faults;
}

TEST(Audit, WhoIsNotNamedAsAClerkKeepsNoBody) {
    Story s;
    auto named =
        std::find_if(s.log.begin(), s.log.end(), [](const Written& w) { return w.kind == "decision.clerks_named"; });
    named->facts.set("clerks", kernel::Json::Array{kernel::Json(9)});
    const std::string faults = all_of(read(s.log)), why = "who is no clerk of body " + std::to_string(s.body);
    for (const auto& [kind, id] : {std::pair{"sitting ", s.sitting}, {"motion ", s.motion}})
        EXPECT_NE(faults.find(kind + std::to_string(id)), std::string::npos) << faults;
    EXPECT_NE(faults.find(why), std::string::npos) << faults;
    named->facts.set("clerks", kernel::Json::Array{});
    EXPECT_EQ(all_of(read(s.log)).find(why), std::string::npos) << "any of its unit and above";
}

TEST(Audit, WhatIsNotServedIsAFaultUnlessItIsAVote) {
    Story s;
    s.log[static_cast<std::size_t>(s.late)].served = false;
    EXPECT_NE(all_of(read(s.log)).find("its facts are not served"), std::string::npos);

    Story voted;
    const auto dialogue = voted.add("dialogue.opened", -1, R"({"cycle":)" + std::to_string(voted.round) + "}");
    const auto statement = voted.add("dialogue.seeded", dialogue, "{}");
    const std::string votes =
        R"({"dialogue":)" + std::to_string(dialogue) + R"(,"votes":")" + std::to_string(statement);
    voted.add("dialogue.votes_cast", voted.round, votes + R"(a","who":0})");
    const auto who = voted.add("dialogue.votes_cast", voted.round, votes + R"(d","who":0})");
    voted.add("dialogue.votes_cast", voted.round, votes + R"(p","who":)" + std::to_string(who) + "}");
    voted.add("dialogue.votes_imported", dialogue, R"({"votes":"0:)" + std::to_string(statement) + R"(a"})");
    Audit inside;
    read(inside, voted.log);
    EXPECT_EQ((*inside.figures({"statement", statement, {}, {}}))["counts"],
              json_of(R"({"agree":2,"disagree":0,"pass":1})"));
    EXPECT_EQ((*inside.figures({"dialogue", dialogue, {}, {}}))["figures"],
              json_of(R"({"accepted":1,"imported_people":1,"never_moderated":0,"pending":0,"people":2,"set_aside":0,)"
                      R"("votes":3,"votes_cast":4})"));
    voted.add("support.given", voted.round, R"({"voice":1,"who":0})");
    for (Written& w : voted.log)
        if (w.kind.starts_with("dialogue.votes") || w.kind.starts_with("support.")) w.served = false;
    Audit outside;
    read(outside, voted.log);
    const Report report = outside.finish();
    EXPECT_EQ(all_of(report), "");
    EXPECT_EQ((*outside.figures({"dialogue", dialogue, {}, {}}))["figures"]["votes"], kernel::Json());
    ASSERT_EQ(report.hidden.size(), 2u);
    EXPECT_EQ(report.hidden[0].matter.id, dialogue);
    EXPECT_EQ(report.hidden[1].matter.id, voted.round) << "who joined its messages";
    EXPECT_NE(text(report).find("not public"), std::string::npos);
}

TEST(Audit, UnknownKindsAndVersionsAreSaid) {
    Story s;
    s.add("library.opened", -1, "{}");
    EXPECT_EQ(read(s.log).unknown, std::vector<std::string>{"library.opened: 1"});
    Audit audit;
    audit.take({0, "voice.late", 3, 0, {}, {0}, "{}"});
    EXPECT_NE(all_of(audit.finish()).find("version 3 is not known"), std::string::npos);
    EXPECT_THROW(audit.take({7, "voice.late", 1, 0, {}, {0}, "{}"}), std::logic_error);
}

// Facts of any shape end in a fault, never in anything worse.
TEST(Audit, FactsOfTheWrongShapeAreFaults) {
    const char* shapes[] = {"{}",
                            R"({"voice":0,"unit":9007199254740991,"by":1,"day":"x"})",
                            R"({"panels":7})",
                            R"({"rules":{"quorum":null}})",
                            "[]",
                            "",
                            "{\"a\":"};
    const Story s;
    for (std::size_t i = 0; i < s.log.size(); ++i)
        for (const char* shape : shapes) {
            Audit audit;
            for (std::size_t j = 0; j < s.log.size(); ++j) {
                const std::string facts = i == j ? shape : kernel::canonical(s.log[j].facts);
                audit.take({static_cast<std::int64_t>(j),
                            s.log[j].kind,
                            1,
                            s.log[j].subject,
                            {},
                            *kernel::parse_instant(s.log[j].time),
                            facts});
            }
            audit.finish();
        }
}

// Two rounds, of which the second inherits the first; an issue of the first that nobody decided on.
struct Inherited : Story {
    std::int64_t open, next, went;
    explicit Inherited(bool closed = true, const std::string& state = "confirmed") {
        const std::string first = std::to_string(round);
        open = add("issue.suggested", -1, R"({"by":1,"cycle":)" + first + R"(,"lang":"en","sample":false})");
        add("issue.moved", open, R"({"by":1,"marks":0,"state":")" + state + R"("})");
        for (const char* phase : {"consult", "decide", "act", "report", "review", "closed"})
            if (closed || phase != std::string("closed"))
                add("cycle.phase_entered", round, R"({"by":1,"phase":")" + std::string(phase) + R"("})");
        next = add("cycle.opened", -1,
                   R"({"by":1,"inherits":)" + first + R"(,"lang":"en","organiser":1,"sample":false,"source":""})");
        went = add("issue.moved", open,
                   R"({"because":)" + std::to_string(next) + R"(,"by":0,"marks":0,"state":"carried_over"})");
    }
};

TEST(Audit, WhatIsOpenGoesOnIntoTheRoundThatInheritsIt) {
    const Inherited s;
    Audit audit;
    read(audit, s.log);
    EXPECT_EQ(all_of(audit.finish()), "");
    kernel::Json issue = *audit.figures({"issue", s.open, {}, {}});
    EXPECT_EQ(issue.need_string("state"), "confirmed");
    EXPECT_EQ(issue.need_integer("cycle"), s.next);
    EXPECT_EQ((*issue["carried"].array())[0].need_integer("from"), s.round);
    const kernel::Json before = (*audit.figures({"round", s.round, {}, {}}))["issues"],
                       after = (*audit.figures({"round", s.next, {}, {}}))["issues"];
    EXPECT_EQ(before.need_integer("carried_over"), 1);
    EXPECT_EQ(before.need_integer("confirmed"), 0);
    EXPECT_EQ(before.need_integer("resolved"), 1);
    EXPECT_EQ(after.need_integer("confirmed"), 1);
    EXPECT_EQ(after.need_integer("inherited"), 1);
    // As the list of a round's issues publishes them.
    issue.set("marks", kernel::Json::Array{});
    kernel::Json published = kernel::Json::Object{{"issues", kernel::Json::Array{issue}},
                                                  {"round", kernel::Json::Object{{"id", s.next}, {"issues", after}}}};
    Audit::Published good, bad;
    audit.compare(published, good);
    EXPECT_TRUE(good.faults.empty());
    at(published, "round.issues.inherited") = 0;
    at(published, "issues.0.cycle") = s.round;
    audit.compare(published, bad);
    EXPECT_EQ(bad.faults.size(), 2u);
}

TEST(Audit, NothingGoesOnOutOfARunningRoundOrDecidedOrElsewhere) {
    EXPECT_NE(all_of(read(Inherited(false).log)).find("is not closed"), std::string::npos);
    EXPECT_NE(all_of(read(Inherited(true, "dismissed").log)).find("and it was dismissed"), std::string::npos);
    Inherited s;
    at(s.log[static_cast<std::size_t>(s.went)].facts, "because") = s.desk;
    EXPECT_NE(all_of(read(s.log)).find("which does not inherit"), std::string::npos);
    at(s.log[static_cast<std::size_t>(s.went)].facts, "because") = 99999;
    EXPECT_NE(all_of(read(s.log)).find("there is no round 99999"), std::string::npos);
}

TEST(Compare, EveryFigureThatBothHaveIsCompared) {
    const Story s;
    Audit audit;
    read(audit, s.log);
    audit.finish();
    const auto compared = [&](const kernel::Json& document) {
        Audit::Published p;
        audit.compare(document, p);
        return p;
    };
    kernel::Json card = *audit.figures({"scorecard", s.unit, "2026-07-01", "2026-09-30"});
    card.set("position", static_cast<std::int64_t>(s.log.size()));
    EXPECT_TRUE(compared(card).faults.empty());
    EXPECT_GT(compared(card).compared, 60);
    at(card, "published.0.figures.0.part") = 2;
    ASSERT_EQ(compared(card).faults.size(), 1u);
    EXPECT_EQ(compared(card).faults[0].what, "published as published[0].figures[0].part 2; the log gives 1");
    card.set("position", 1);
    EXPECT_EQ(compared(card).other_length, 1);
    EXPECT_TRUE(compared(card).faults.empty());

    kernel::Json motion = *audit.figures({"motion", s.motion, {}, {}});
    EXPECT_TRUE(compared(kernel::Json().set("motions", kernel::Json::Array{motion})).faults.empty());
    at(motion, "tally.yes") = 5;
    const auto wrong = compared(kernel::Json().set("motions", kernel::Json::Array{motion}));
    ASSERT_EQ(wrong.faults.size(), 1u);
    EXPECT_EQ(wrong.faults[0].entry, s.counted);
    motion.set("id", 9999);
    EXPECT_EQ(compared(motion).faults[0].what, "published, and the log has none such");
}

// Whatever a feature has ever written is known here, and whether it is served.
TEST(Audit, KnowsEveryKindThatTheFeaturesWrite) {
    int kinds = 0;
    for (const char* name :
         {"claim/testdata/changes.v1",       "confidential/testdata/changes.v1",  "contact/testdata/changes.v1",
          "contact/testdata/changes.v2",     "cycle/testdata/changes.v1",         "decision/testdata/changes.v1",
          "desk/testdata/changes.v1",        "dialogue/testdata/changes.v1",      "erasure/testdata/changes.v1",
          "erasure/testdata/term.v1",        "georeport/testdata/changes.v1",     "handover/testdata/changes.v1",
          "issue/testdata/changes.v1",       "issue/testdata/arranged.v1",        "issue/testdata/advised.v1",
          "mail/testdata/changes.v1",        "measure/testdata/changes.v1",       "measure/testdata/changes.v2",
          "paper/testdata/changes.v1",       "people/testdata/changes_v1",        "people/testdata/changes_v2",
          "people/testdata/contractors_v2",  "preset/testdata/changes.v1",        "review/testdata/changes.v1",
          "routing/testdata/changes.v1",     "scorecard/testdata/changes.v1",     "scorecard/testdata/changes.v2",
          "spotcheck/testdata/changes.v1",   "survey/testdata/changes.v1",        "visit/testdata/changes.v1",
          "visit/testdata/changes.v2",       "visit/testdata/receptions.v1",      "voice/testdata/changes.call_back",
          "voice/testdata/changes.casework", "voice/testdata/changes.parts",      "voice/testdata/changes.papers",
          "voice/testdata/changes.presets",  "voice/testdata/changes.taken_over", "voice/testdata/changes.v1",
          "support/testdata/changes.v1",     "opinion_map/testdata/changes.v1"}) {
        std::ifstream in(SOURCE "/src/" + std::string(name) + ".jsonl");
        for (std::string line; std::getline(in, line); ++kinds) {
            const kernel::Json written = json_of(line);
            const std::string kind = written.need_string("kind");
            Audit audit;
            audit.take({0, kind, written["v"].integer() ? *written["v"].integer() : 1, 0, {}, {0}, {}});
            const Report report = audit.finish();
            EXPECT_TRUE(report.unknown.empty()) << kind;
            bool kept = false;
            for (const char* one : {"confidential.entered", "contact.given", "handover.agreed", "handover.handed",
                                    "dialogue.votes", "issue.answers_gathered", "paper.codes_made", "support.",
                                    "survey.answered", "visit.slot", "voice.seal_made"})
                kept |= kind.starts_with(one);
            EXPECT_EQ(all_of(report).find("not served") == std::string::npos, kept) << kind << all_of(report);
        }
    }
    EXPECT_GT(kinds, 60);
}

}  // namespace
}  // namespace audit
