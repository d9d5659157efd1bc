// Cases of another register: what is taken over, what it counts as, and what is refused before anything is taken.
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include <ledger/testing.h>

#include "figures.h"
#include "import_rows.h"
#include "test_world.h"
#include "there.h"

namespace voice {
namespace {

TEST(TakenOver, HowItCameOutThereIsSaidByItsOwnDays) {
    const auto day = [](const char* text) { return kernel::parse_day(text); };
    struct Row {
        const char* what;
        Outcome outcome;
        Before came;
    };
    for (const Row& row : {
             Row{"no answer", {false, day("2024-03-01"), {}, day("2024-03-15")}, Before::unanswered},
             {"on the last day", {true, day("2024-03-01"), day("2024-03-15"), day("2024-03-15")}, Before::in_time},
             {"the day after", {true, day("2024-03-01"), day("2024-03-16"), day("2024-03-15")}, Before::late},
             {"the same day", {true, day("2024-03-01"), day("2024-03-01"), day("2024-03-15")}, Before::in_time},
             {"before it was said", {true, day("2024-03-01"), day("2024-02-28"), day("2024-03-15")}, Before::replied},
             {"no term", {true, day("2024-03-01"), day("2024-03-15"), {}}, Before::replied},
             {"no day of the answer", {true, day("2024-03-01"), {}, day("2024-03-15")}, Before::replied},
             {"no day at all", {true, {}, {}, {}}, Before::replied},
         })
        EXPECT_EQ(came(row.outcome), row.came) << row.what;
}

TEST(TakenOver, TermsAndRatingsAsPeopleWriteThem) {
    EXPECT_EQ(parse_term("15wd")->n, 15);
    EXPECT_EQ(parse_term("15wd")->unit, deadline::Unit::working_days);
    EXPECT_EQ(parse_term("30d")->unit, deadline::Unit::days);
    EXPECT_EQ(parse_term("2w")->unit, deadline::Unit::weeks);
    EXPECT_EQ(parse_term("1m")->unit, deadline::Unit::months);
    for (const char* wrong : {"", "wd", "15", "0wd", "-1d", "15 wd", "15wdx", "1001wd", "99999999999d", "1y"})
        EXPECT_FALSE(parse_term(wrong)) << wrong;
    EXPECT_EQ(rating_said("5"), 5);
    EXPECT_EQ(rating_said("满意"), 4);
    EXPECT_EQ(rating_said("不滿意"), 2);
    for (const char* wrong : {"", "0", "6", "10", "good"}) EXPECT_FALSE(rating_said(wrong)) << wrong;
}

change::Counted counted_there() {
    change::Counted c;
    c.from = day_of("2024-03-01"), c.calendar = "none", c.weekend = {0, 6};
    c.due = day_of("2024-03-22"), c.late = day_of("2024-03-25");
    c.term = {deadline::Unit::working_days, 15, deadline::First::next_day, deadline::Ending::as_it_falls};
    return c;
}

TEST(TakenOver, WhatWasWrittenOnceIsReadForEver) {
    change::TakenOver whole;
    whole.replied = true, whole.replied_on = day_of("2024-03-18"), whole.rating = 4, whole.unit = people::UnitId(3);
    whole.term = counted_there(), whole.origin = kernel::sha256(kernel::view("17"));
    whole.reply = "It burns.", whole.number = "17", whole.named = "Roads";
    change::TakenOver bare;
    bare.unit_only = true;
    const change::Words words{"Lamp", "It is dark.", "", "", "en", {}};
    const std::vector<change::Change> samples = {
        change::Imported{people::CycleId(9), Kind::complaint, "Old register", day_of("2024-03-01"), false,
                         std::string(64, 'a'), 17, words, whole},
        change::Imported{people::CycleId(9), Kind::help, "Old register", {}, true, "", 0, words, bare}};
    const auto written = ledger::written_changes(TESTDATA "/changes.taken_over.jsonl");
    ASSERT_EQ(written.size(), samples.size());
    for (std::size_t i = 0; i < written.size(); ++i) {
        kernel::Json line = ledger::as_json(change::encode(samples[i]));
        const ledger::Draft d = change::encode(samples[i]);
        line.set("facts_open", d.facts_served == ledger::Served::open)
            .set("words_open", d.words_served == ledger::Served::open);
        EXPECT_EQ(kernel::canonical(line), kernel::canonical(written[i])) << "line " << i + 1;
        EXPECT_EQ(change::decode(ledger::as_entry(written[i])), samples[i]) << "line " << i + 1;
    }
}

class TakenOverRows : public testing::TestWithParam<db::Engine> {
protected:
    World world{GetParam()};
    ColumnMap map;
    void SetUp() override {
        map.text = "text", map.title = "title", map.date = "said", map.fixed_lang = "en";
        Register& r = map.cases.emplace();
        r.reply = "answer", r.reply_date = "answered", r.unit = "office", r.rating = "stars", r.number = "id";
        r.units = {{"Road works", world.roads}, {"Somebody else", people::UnitId()}};
        r.term = must(parse_term("15wd"));
    }
    static std::string head() { return "id,title,text,said,answer,answered,office,stars\n"; }
    std::string file(const std::string& rows, const std::string& name = "cases.csv") {
        const auto full = std::filesystem::temp_directory_path() /
                          ("huiyin-register-" + std::to_string(getpid()) + db::engine_name(Named{GetParam()}) + name);
        std::ofstream(full, std::ios::binary) << rows;
        files_.push_back(full);
        return full;
    }
    void TearDown() override {
        for (const auto& one : files_) std::filesystem::remove(one);
    }
    kernel::Result<Imported> import(const std::string& path) {
        return import_csv(*world.needs, world.desk, path, map, "Old register", {});
    }
    BeforeCounts counted(people::UnitId unit) {
        return before_counts(*world.database->read(), {unit}, day_of("2024-01-01"), day_of("2024-12-31"));
    }
    std::vector<VoiceId> behind(Figure what, people::UnitId unit) {
        Filter f;
        f.counted = Counting{{unit}, day_of("2024-01-01"), day_of("2024-12-31"), what, false};
        std::vector<VoiceId> all;
        for (const Voice& v : voices(*world.database->read(), f)) all.push_back(v.id);
        return all;
    }

private:
    struct Named {
        db::Engine param;
    };
    std::vector<std::filesystem::path> files_;
};

TEST_P(TakenOverRows, StandWithTheirAnswersAndCountApart) {
    const Imported done =
        must(import(file(head() + "1,Lamp,It is dark.,2024-03-01,It burns.,2024-03-18,Road works,5\n"
                                  "2,Hole,A hole.,2024-03-01,Filled.,2024-05-01,Road works,2\n"
                                  "3,Bus,No bus.,2024-03-02,,,Somebody else,\n"
                                  "4,Tree,A tree.,2024-03-03,Cut.,2024-02-01,,满意\n"
                                  "5,Call me,Call 13800138000.,2024-03-04,We did.,2024-03-05,Road works,\n"
                                  "1,Lamp,It is dark.,2024-03-01,It burns.,2024-03-18,Road works,5\n")));
    EXPECT_EQ(done.read, 6);
    EXPECT_EQ(done.taken, 5);
    EXPECT_EQ(done.twice, 1);
    EXPECT_EQ(done.closed, 1);
    const auto all = voices(*world.database->read(), {});
    ASSERT_EQ(all.size(), 5U);
    EXPECT_EQ(all[0].shown, Shown::unit_only) << "a telephone number is not published unasked";
    EXPECT_EQ(all[0].text, "");
    EXPECT_EQ(all[4].before, Before::in_time);
    EXPECT_EQ(all[4].unit, world.roads);
    EXPECT_EQ(all[4].state, State::noted);
    EXPECT_FALSE(all[4].due) << "nothing is due here";
    const There there = find_there(*world.database->read(), all[4].id).value();
    EXPECT_EQ(there.reply, "It burns.");
    EXPECT_EQ(there.number, "1");
    EXPECT_EQ(there.named, "Road works");
    EXPECT_EQ(there.rating, 5);
    EXPECT_EQ(there.due, day_of("2024-03-22")) << "fifteen working days";

    const BeforeCounts roads = counted(world.roads), none = counted(people::UnitId());
    EXPECT_EQ(roads.taken, 3);
    EXPECT_EQ(roads.in_time, 2);
    EXPECT_EQ(roads.late, 1);
    EXPECT_EQ(roads.rated, 2);
    EXPECT_EQ(roads.satisfied, 1);
    EXPECT_EQ(none.taken, 2);
    EXPECT_EQ(none.unanswered, 1);
    EXPECT_EQ(none.replied, 1) << "answered before it was said: its days say nothing";
    EXPECT_EQ(behind(Figure::before, world.roads).size(), 3U);
    EXPECT_EQ(behind(Figure::before_late, world.roads), std::vector<VoiceId>{all[3].id});
    EXPECT_EQ(behind(Figure::before_in_time, world.roads).size(), 2U);
    EXPECT_EQ(behind(Figure::before_satisfied, world.roads), std::vector<VoiceId>{all[4].id});
    EXPECT_EQ(behind(Figure::before_unanswered, people::UnitId()), std::vector<VoiceId>{all[2].id});

    const UnitCounts ours =
        unit_counts(*world.database->read(), {world.roads, people::UnitId()}, kernel::Day{0}, day_of("2200-12-31"));
    EXPECT_EQ(ours.received + ours.in_time + ours.late + ours.rated + ours.satisfied, 0) << "no promise kept here";
    world.go_to("2028-01-03");
    world.tick();
    EXPECT_EQ(world.count().late, 0);
    EXPECT_EQ(refused(assign(*world.needs, world.as("clerk"), all[3].id, world.lamps, {})), "voice.refused_noted");
    EXPECT_TRUE(may_close(*world.database->read(), world.lamps)) << "nothing is owed";
    world.expect_same_after_rebuild();
}

TEST_P(TakenOverRows, ErasedWordsTakeTheAnswerAlong) {
    must(import(file(head() + "1,Lamp,It is dark.,2024-03-01,It burns.,2024-03-18,Road works,5\n")));
    const VoiceId id = voices(*world.database->read(), {}).at(0).id;
    world.erase(id.value());
    const There there = find_there(*world.database->read(), id).value();
    EXPECT_EQ(there.reply + there.number + there.named, "");
    EXPECT_EQ(there.came, Before::in_time) << "facts stay";
    EXPECT_EQ(counted(world.roads).in_time, 1);
    world.expect_same_after_rebuild();
}

TEST_P(TakenOverRows, ANumberIsTakenOnceWhateverFileItStandsIn) {
    const std::string one = "1,Lamp,It is dark.,2024-03-01,It burns.,2024-03-18,Road works,5\n";
    must(import(file(head() + one)));
    const Imported later = must(import(file(head() + one + "2,Hole,A hole.,2024-03-02,,,,\n", "later.csv")));
    EXPECT_EQ(later.known, 1);
    EXPECT_EQ(later.taken, 1);
    const std::int64_t size = world.ledger->size();
    EXPECT_EQ(must(import(file(head() + one + "2,Hole,A hole.,2024-03-02,,,,\n", "later.csv"))).taken, 1);
    EXPECT_EQ(world.ledger->size(), size);
    EXPECT_EQ(world.count().voices, 2);
}

TEST_P(TakenOverRows, GoesOnWhereItStopped) {
    std::string rows = head();
    for (int i = 0; i < 40; ++i) {
        const std::string n = std::to_string(i % 35);
        rows += n + ",t,text " + n + ",2024-03-01,answer,2024-03-05,Road works,\n";
    }
    const std::string path = file(rows), digest = kernel::hex(kernel::sha256(kernel::view(rows)));
    // As if the process had ended after three rows.
    for (int row : {1, 2, 3}) {
        const std::string n = std::to_string(row - 1);
        change::Imported c;
        c.cycle = world.desk, c.source = "Old register", c.file = digest, c.row = row;
        c.words = change::Words{"t", "text " + n, "", "", "en", {}};
        c.before.emplace().number = n;
        c.before->origin = origin_of(*world.needs, c.source, n);
        must(world.ledger->perform(
            [&](ledger::Writing& w) -> kernel::Result<std::int64_t> { return w.append(change::encode(c)); }));
    }
    const Imported done = must(import(path));
    EXPECT_EQ(done.twice, 5);
    EXPECT_EQ(done.known, 0);
    EXPECT_EQ(done.taken, 35);
    EXPECT_EQ(world.count().voices, 35);
    EXPECT_EQ(import_progress(*world.database->read(), digest, world.desk).row, 35);
}

TEST_P(TakenOverRows, ABrokenFileLeavesNothing) {
    const std::int64_t size = world.ledger->size();
    const std::string good = "1,Lamp,It is dark.,2024-03-01,It burns.,2024-03-18,Road works,5\n";
    const auto broken = [&](const std::string& row, std::string_view key, std::string_view line = "3") {
        const auto result = import(file(head() + good + row));
        ASSERT_FALSE(result) << row.substr(0, 80);
        EXPECT_EQ(result.error().key, key) << row.substr(0, 80);
        bool said = false;
        for (const auto& [name, value] : result.error().args) said |= name == "line" && value == line;
        EXPECT_TRUE(said) << row.substr(0, 80);
    };
    broken("2,a,b,yesterday,c,2024-03-18,Road works,5\n", "voice.import_date");
    broken("2,a,b,2024-03-01,c,18th,Road works,5\n", "voice.import_date");
    broken("2,a,b,2024-03-01,c,2024-03-18,Road works,good\n", "voice.import_rating");
    broken("2,a,b,2024-03-01,c,2024-03-18,Nobody,5\n", "voice.import_unit_open");
    broken("1,Lamp,It is light.,2024-03-01,It burns.,2024-03-18,Road works,5\n", "voice.import_number_twice");
    broken("2,a,b,2024-03-01,\"c,2024-03-18,Road works,5\n", "files.csv_quote");
    broken("2,a,b\n", "files.csv_columns");
    broken("2,a,b,2024-03-01," + std::string((1 << 20) + 1, 'x') + ",2024-03-18,,5\n", "files.csv_too_long");
    broken("2,a,b,2024-03-01,\xFF\xFE,2024-03-18,Road works,5\n", "files.csv_encoding");
    std::string long_answer;
    for (int i = 0; i < 20'001; ++i) long_answer += "字";
    broken("2,a,b,2024-03-01," + long_answer + ",2024-03-18,,5\n", "voice.import_row");
    map.cases->reply = "";
    EXPECT_EQ(refused(import(file(head() + good))), "voice.import_no_column");
    EXPECT_EQ(world.ledger->size(), size);
}

TEST_P(TakenOverRows, TheUnitsOfTheFileAreMappedByHandWhereTheyAreNotOurs) {
    const std::string path = file(
        "id,title,text,said,answer,answered,office,stars\n1,a,b,,c,,Roads,\n2,a,b,,c,,=Works,\n3,a,b,,c,,=Works,\n");
    const auto named = must(units_named(*world.needs, path, map));
    ASSERT_EQ(named.size(), 2U);
    EXPECT_EQ(named[0].name, "=Works");
    EXPECT_EQ(named[0].rows, 2);
    EXPECT_FALSE(named[0].unit);
    EXPECT_EQ(named[1].unit, world.roads);
    const std::string list = units_list(named);
    EXPECT_EQ(refused(read_units(*world.needs, file(list, "units.csv"))), "voice.import_units_open");
    const std::string number = std::to_string(world.lamps.value());
    std::string filled = list;
    filled.replace(filled.find(",2,") + 3, 0, number);
    const auto units = must(read_units(*world.needs, file(filled, "units.csv")));
    EXPECT_EQ(units.at("=Works"), world.lamps) << "the guard against formulas is no part of the name";
    EXPECT_EQ(units.at("Roads"), world.roads);
    EXPECT_EQ(refused(read_units(*world.needs, file("name,unit\na,99999\n", "units.csv"))),
              "voice.import_unit_unknown");
    EXPECT_EQ(refused(read_units(*world.needs, file("name,number\na,1\n", "units.csv"))), "voice.import_no_column");
}

INSTANTIATE_TEST_SUITE_P(Engines, TakenOverRows, testing::ValuesIn(db::engines),
                         [](const auto& i) { return db::engine_name(i); });

}  // namespace
}  // namespace voice
