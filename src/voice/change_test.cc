#include "change.h"

#include <set>

#include <gtest/gtest.h>

#include <ledger/testing.h>

namespace voice::change {
namespace {

kernel::Day day(std::string_view iso) { return kernel::parse_day(iso).value(); }

Counted sample_count() {
    Counted c;
    c.from = day("2026-09-30");
    c.term.n = 5;
    c.calendar = "cn-2026";
    c.weekend = {0, 6};
    c.closed = {day("2026-10-01"), day("2026-10-02")};
    c.worked = {day("2026-10-10")};
    c.due = day("2026-10-09");
    c.late = day("2026-10-10");
    return c;
}

Received sample_voice() {
    Received c;
    c.cycle = people::CycleId(9);
    c.kind = Kind::complaint;
    c.reply = sample_count();
    c.accept_late = day("2026-10-08");
    c.terms = {5, 10, 10, 20, 3};
    c.speaker = "sealed";
    c.words = Words{"", "路灯不亮\nsecond line", "", "", "zh-Hans", {}};
    return c;
}

// As version 1 of voice.received wrote it.
Received masked(Received c) {
    c.masked = true;
    return c;
}

const std::vector<Change>& samples() {
    static const std::vector<Change> all = [] {
        const VoiceId v(40);
        const people::CycleId cycle(9);
        const people::OfficerId by(7), handler(8);
        const people::UnitId unit(3);
        Received held = masked(sample_voice());
        held.shown = Shown::held;
        held.held = Held{Ground::personal_data, day("2026-10-09")};
        held.words->title = "Lamp";
        held.words->place = "Bakery";
        held.words->position = "31.2304,121.4737";
        held.words->pictures = {
            {kernel::sha256(kernel::view("a")), kernel::sha256(kernel::view("b")), 20, 10, "the lamp"}};
        held.photos = 1;
        held.by_staff = true;
        Received typed = masked(sample_voice());
        typed.way = Way::telephone;
        typed.audience = Audience::unit_only;
        typed.shown = Shown::unit_only;
        typed.typist = by;
        typed.sample = true;
        const Words words{"Título", "Texto", "Madrid", "", "es", {}};
        return std::vector<Change>{
            masked(sample_voice()),
            held,
            typed,
            Imported{cycle, Kind::suggestion, "Somewhere, CC BY 4.0", day("2024-01-31"), false, std::string(64, 'a'),
                     17, words},
            Imported{cycle, Kind::praise, "Elsewhere", {}, true, "", 0, words},
            Published{v, by},
            Published{v, {}},
            PutOnHold{v, {Ground::unlawful, day("2026-10-09")}, by, "a look"},
            Hidden{v, Ground::advertising, {}, by, "sells lamps"},
            Hidden{v, Ground::duplicate, VoiceId(39), by, "same"},
            ShownAgain{v, 50, by, "it is none"},
            ShownAgain{v, {}, by, "my mistake"},
            AppealRefused{v, 50, by, "it is one"},
            Reported{cycle, v, Ground::threat_or_hate, "it threatens"},
            Reported{cycle, v, Ground::empty, {}},
            ReportDecided{v, 51, true, by, "so it does"},
            Assigned{v, unit, handler, day("2026-10-08"), by, {}, 0, true},
            Assigned{v, unit, {}, day("2026-10-08"), by, {}, 0, true},
            Bounced{v, unit, by, "not ours"},
            AskedBack{v, day("2026-10-08"), day("2026-10-22"), by, "which one?"},
            Resumed{v, sample_count(), {}},
            Answered{v, Answer::done, {}, day("2026-10-30"), by, "It burns."},
            Answered{v, Answer::dated, day("2026-12-31"), day("2026-10-30"), by, "Soon."},
            Extended{v, sample_count(), by, "parts are late"},
            Late{v, Duty::accept, 3, day("2026-10-10"), {}},
            Late{v, Duty::reply, 5, day("2026-10-20"), {}},
            Closed{v, true},
            Closed{v, false},
            Corrected{v, 40, Kind::question, {}, {}, by, "it asks", {}, {}},
            Corrected{v, 60, {}, Answer::long_term, day("2027-06-30"), by, "it takes longer", {}, {}},
            WordAdded{cycle, v, {}, "and another thing"},
            WordAdded{cycle, v, sample_count(), "the one at the bakery"},
            Rated{cycle, v, true, 4, day("2026-10-30"), "thank you"},
            Rated{cycle, v, false, 1, day("2026-10-30"), {}},
            Reopened{cycle, v, 1, {}, sample_count(), "still dark"},
            Reopened{cycle, v, 3, people::UnitId(1), sample_count(), "still dark"},
            Withdrawn{cycle, v, true},
            Appealed{cycle, v, 41, "it is true"},
            PlacesListed{{"Bakery", "桥"}},
            SealMade{kernel::sha256(kernel::view("key"))}};
    }();
    return all;
}

// Of kinds that came later.
const std::vector<Change>& samples_of_casework() {
    static const std::vector<Change> all = [] {
        const VoiceId v(40), master(30);
        const people::CycleId cycle(9);
        const people::OfficerId by(7);
        const people::UnitId unit(3);
        return std::vector<Change>{
            Joined{v, master, unit, by, "the same lamp"},
            Joined{v, master, {}, by, "the same lamp"},
            DueSooner{master, v, sample_count(), by},
            Parted{v, by, "another lamp"},
            Parted{v, {}, {}},
            AnsweredWith{v, master, 61, unit, Answer::dated, day("2026-12-31"), day("2026-10-30")},
            AnsweredWith{v, master, 61, {}, Answer::done, {}, day("2026-10-30")},
            KeptApart{cycle, v, "mine is green"},
            AgreementSaid{cycle, v, true, {}},
            AgreementSaid{cycle, v, false, "we said Friday"},
            AgreementJudged{cycle, v, false, "it never came"},
            AgreementFound{v, true, by, "seen on site"},
            AgreementFound{v, {}, {}, {}},
            FoundOpen{v, 70, unit, sample_count()},
            FoundOpen{v, 70, {}, sample_count()}};
    }();
    return all;
}

// What cases by presets and routing tables write: newer versions where an older one cannot say it.
const std::vector<Change>& samples_of_presets() {
    static const std::vector<Change> all = [] {
        const VoiceId v(40);
        const people::CycleId cycle(9);
        const people::OfficerId by(7);
        const people::UnitId unit(3);
        Counted month = sample_count();
        month.term = {deadline::Unit::months, 1, deadline::First::next_day, deadline::Ending::next_working_day};
        month.due = day("2026-10-30");
        month.late = day("2026-11-02");
        month.look = day("2026-10-26");
        Counted unknown = sample_count();
        unknown.beyond = true;
        Received full = sample_voice();
        full.reply = month;
        full.terms = {};
        full.preset = 12;
        full.accept_look = day("2026-10-05");
        full.table = 15;
        full.category = "lamps";
        full.district = "north";
        full.way = Way::open311;
        full.client = "Street app";
        full.origin = kernel::sha256(kernel::view("origin"));
        Received by_mail = sample_voice();
        by_mail.way = Way::email;
        by_mail.table = 15;
        by_mail.category = "";
        by_mail.audience = Audience::unit_only;
        by_mail.shown = Shown::unit_only;
        const Rung head{deadline::Level::far_overdue, {deadline::Whom::head, deadline::Whom::unit_above}, true};
        const Rung handler{deadline::Level::reminder, {deadline::Whom::handler}, false};
        return std::vector<Change>{
            full,
            by_mail,
            Assigned{v, unit, {}, day("2026-10-08"), {}, 15, 2, false},
            Paused{v, deadline::Reason::other_body, day("2026-10-08"), day("2026-10-22"), by, "the water board"},
            Resumed{v, sample_count(), by},
            Resumed{v, month, {}},
            Extended{v, unknown, by, "parts are late"},
            DueSoon{v, Duty::reply, 2, handler, day("2026-10-09")},
            DueSoon{v, Duty::accept, 0, {deadline::Level::due, {}, false}, {}},
            Late{v, Duty::reply, 20, day("2026-11-20"), head},
            Late{v, Duty::accept, 3, {}, Rung{}},
            Corrected{v, 40, {}, {}, {}, by, "it is a drain", "drains", ""},
            WordAdded{cycle, v, month, "the one at the bakery"},
            Reopened{cycle, v, 1, {}, month, "still dark"},
            DueSooner{VoiceId(30), v, unknown, by}};
    }();
    return all;
}

// With who is served what.
std::string whole_line_of(const ledger::Draft& d) {
    kernel::Json json = ledger::as_json(d);
    json.set("facts_open", d.facts_served == ledger::Served::open)
        .set("words_open", d.words_served == ledger::Served::open);
    return kernel::canonical(json);
}

TEST(VoiceChange, WhatWasWrittenOnceIsReadForEver) {
    const auto written = ledger::written_changes(TESTDATA "/changes.v1.jsonl");
    ASSERT_EQ(written.size(), samples().size());
    for (std::size_t i = 0; i < written.size(); ++i) {
        EXPECT_EQ(decode(ledger::as_entry(written[i])), samples()[i]) << "line " << i + 1;
        EXPECT_EQ(whole_line_of(encode(samples()[i])), kernel::canonical(written[i])) << "line " << i + 1;
    }
}

TEST(VoiceChange, WhatCaseworkWroteIsReadForEver) {
    const auto written = ledger::written_changes(TESTDATA "/changes.casework.jsonl");
    ASSERT_EQ(written.size(), samples_of_casework().size());
    for (std::size_t i = 0; i < written.size(); ++i) {
        EXPECT_EQ(decode(ledger::as_entry(written[i])), samples_of_casework()[i]) << "line " << i + 1;
        EXPECT_EQ(whole_line_of(encode(samples_of_casework()[i])), kernel::canonical(written[i])) << "line " << i + 1;
    }
}

const std::vector<Change>& samples_of_calls() {
    static const std::vector<Change> all = [] {
        CalledBack rated{
            VoiceId(40),       Call::rated,           1, true, 4, day("2026-10-30"), {}, people::OfficerId(7),
            people::UnitId(5), "It burns, thank you."};
        CalledBack again{
            VoiceId(40),       Call::rated,  2, false, 1, {}, Again{1, {}, sample_count()}, people::OfficerId(7),
            people::UnitId(5), "Still dark."};
        CalledBack above = again;
        above.nth = 1, above.stars = 2, above.again = Again{3, people::UnitId(2), sample_count()};
        const CalledBack nobody{VoiceId(40),          Call::not_reached, 3, false, 0, {}, {},
                                people::OfficerId(7), people::UnitId(5), {}};
        const CalledBack refused{VoiceId(40),       Call::refused,   1, false, 0, {}, {}, people::OfficerId(7),
                                 people::UnitId(5), "No, thank you."};
        return std::vector<Change>{rated, again, above, nobody, refused};
    }();
    return all;
}

TEST(VoiceChange, WhatCallsWroteIsReadForEver) {
    const auto written = ledger::written_changes(TESTDATA "/changes.call_back.jsonl");
    ASSERT_EQ(written.size(), samples_of_calls().size());
    for (std::size_t i = 0; i < written.size(); ++i) {
        EXPECT_EQ(decode(ledger::as_entry(written[i])), samples_of_calls()[i]) << "line " << i + 1;
        EXPECT_EQ(whole_line_of(encode(samples_of_calls()[i])), kernel::canonical(written[i])) << "line " << i + 1;
    }
    ledger::Entry broken = ledger::as_entry(written[0]);
    broken.facts.set("term", kernel::Json());
    EXPECT_THROW(decode(broken), std::runtime_error) << "rated, but neither left at that nor taken up again";
    broken = ledger::as_entry(written[0]);
    broken.facts.set("outcome", "shouted at");
    EXPECT_THROW(decode(broken), std::runtime_error);
}

TEST(VoiceChange, WhatPresetsAndTablesWroteIsReadForEver) {
    const auto written = ledger::written_changes(TESTDATA "/changes.presets.jsonl");
    ASSERT_EQ(written.size(), samples_of_presets().size());
    for (std::size_t i = 0; i < written.size(); ++i) {
        EXPECT_EQ(decode(ledger::as_entry(written[i])), samples_of_presets()[i]) << "line " << i + 1;
        EXPECT_EQ(whole_line_of(encode(samples_of_presets()[i])), kernel::canonical(written[i])) << "line " << i + 1;
    }
}

TEST(VoiceChange, TheSecondVersionOfAVoiceIsReadForEver) {
    const auto written = ledger::written_changes(TESTDATA "/changes.v2.jsonl");
    ASSERT_EQ(written.size(), 1U);
    EXPECT_EQ(decode(ledger::as_entry(written[0])), Change(sample_voice()));
    EXPECT_EQ(whole_line_of(encode(sample_voice())), kernel::canonical(written[0]));
}

const std::vector<Change>& samples_of_parts() {
    static const std::vector<Change> all = [] {
        SplitOff part{VoiceId(40),    1,  Kind::complaint,      {{0, 12}, {20, 31}},
                      sample_count(), 0,  people::UnitId(3),    day("2026-10-08"),
                      "lamps",        "", people::OfficerId(7), "The lamp"};
        SplitOff other = part;
        other.nth = 2, other.passages = {{13, 19}}, other.overdue = 2, other.unit.reset(), other.category.reset();
        other.district.reset(), other.title = "The drain";
        return std::vector<Change>{Split{VoiceId(40), 2, people::OfficerId(7)}, part, other,
                                   KeptWhole{people::CycleId(9), VoiceId(40), "the water comes from the lamp"},
                                   PutTogether{VoiceId(40), people::OfficerId(7), "one matter after all"}};
    }();
    return all;
}

TEST(VoiceChange, WhatPartsWroteIsReadForEver) {
    const auto written = ledger::written_changes(TESTDATA "/changes.parts.jsonl");
    ASSERT_EQ(written.size(), samples_of_parts().size());
    for (std::size_t i = 0; i < written.size(); ++i) {
        EXPECT_EQ(decode(ledger::as_entry(written[i])), samples_of_parts()[i]) << "line " << i + 1;
        EXPECT_EQ(whole_line_of(encode(samples_of_parts()[i])), kernel::canonical(written[i])) << "line " << i + 1;
    }
    ledger::Entry broken = ledger::as_entry(written[1]);
    broken.facts.set("passages", kernel::Json::Array{kernel::Json::Array{12, 3}});
    EXPECT_THROW(decode(broken), std::runtime_error) << "a passage that ends before it begins";
}

TEST(VoiceChange, WhatCameWithAPdfIsReadForEver) {
    Received c = sample_voice();
    const kernel::Hash a = kernel::sha256(kernel::view("a")), b = kernel::sha256(kernel::view("b"));
    c.words->papers = {{{{a, b, 1000, 1414, "The lamp\nis dark."}, {b, a, 1000, 700, ""}}, "a letter"}};
    c.papers = 1;
    Received full = c;
    full.preset = 12, full.terms = {}, full.table = 15, full.category = "lamps";
    full.words->pictures = {{a, b, 20, 10, "the lamp"}};
    full.photos = 1;
    const Change both[] = {c, full};
    const auto written = ledger::written_changes(TESTDATA "/changes.papers.jsonl");
    ASSERT_EQ(written.size(), 2U);
    for (std::size_t i = 0; i < written.size(); ++i) {
        EXPECT_EQ(written[i].need_integer("v"), 4);
        EXPECT_EQ(decode(ledger::as_entry(written[i])), both[i]) << "line " << i + 1;
        EXPECT_EQ(whole_line_of(encode(both[i])), kernel::canonical(written[i])) << "line " << i + 1;
    }
}

TEST(VoiceChange, EveryKindHasASample) {
    std::set<std::size_t> seen;
    for (const Change& one : samples()) seen.insert(one.index());
    for (const Change& one : samples_of_casework()) seen.insert(one.index());
    for (const Change& one : samples_of_presets()) seen.insert(one.index());
    for (const Change& one : samples_of_calls()) seen.insert(one.index());
    for (const Change& one : samples_of_parts()) seen.insert(one.index());
    EXPECT_EQ(seen.size(), std::variant_size_v<Change>);
}

TEST(VoiceChange, WithoutWordsTheFactsStillDecode) {
    for (const kernel::Json& written : ledger::written_changes(TESTDATA "/changes.v1.jsonl")) {
        ledger::Entry entry = ledger::as_entry(written);
        entry.words.reset();
        const Change bare = decode(entry);
        EXPECT_EQ(kernel::canonical(encode(bare).facts), kernel::canonical(written["facts"]));
        EXPECT_FALSE(encode(bare).words);
    }
}

TEST(VoiceChange, WordsOfWhatIsNotPublicAreClosed) {
    for (const Change& one : samples()) {
        const ledger::Draft closed = encode(one, ledger::Served::closed);
        if (!closed.words) continue;
        const bool organisation = closed.kind == "voice.held" || closed.kind == "voice.hidden" ||
                                  closed.kind == "voice.shown_again" || closed.kind == "voice.appeal_refused" ||
                                  closed.kind == "voice.report_decided";
        const bool said = closed.kind == "voice.received" || closed.kind == "voice.imported";
        if (!said) { EXPECT_EQ(closed.words_served == ledger::Served::open, organisation) << closed.kind; }
        const bool never = closed.kind == "voice.appealed" || closed.kind == "voice.reported";
        if (never) { EXPECT_EQ(encode(one).words_served, ledger::Served::closed) << closed.kind; }
    }
}

TEST(VoiceChange, RefusesWhatNoVersionWrote) {
    ledger::Entry entry = ledger::as_entry(ledger::written_changes(TESTDATA "/changes.v1.jsonl").front());
    for (const int version : {0, 5}) {
        entry.v = version;
        EXPECT_THROW(decode(entry), std::runtime_error) << version;
    }
    entry.v = 1;
    entry.kind = "voice.unheard_of";
    EXPECT_THROW(decode(entry), std::runtime_error);
    for (const kernel::Json& written : ledger::written_changes(TESTDATA "/changes.v1.jsonl"))
        for (const auto& [member, value] : *written["facts"].object()) {
            ledger::Entry broken = ledger::as_entry(written);
            broken.facts.object()->insert_or_assign(member, kernel::Json(1.5));
            // Optional members are read as absent, all others are missed.
            try {
                EXPECT_NE(kernel::canonical(encode(decode(broken)).facts), kernel::canonical(broken.facts));
            } catch (const std::runtime_error&) {}
        }
}

}  // namespace
}  // namespace voice::change
