#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <set>

#include <gtest/gtest.h>

#include "import_rows.h"
#include "test_world.h"

namespace voice {
namespace {

TEST(VoiceImportRows, DaysAsPeopleWriteThem) {
    struct Row {
        std::string_view text, iso;
    };
    for (const Row& row :
         {Row{"2019-02-28", "2019-02-28"}, Row{"2019-02-28T11:25:05", "2019-02-28"}, Row{"2019/2/8", "2019-02-08"},
          Row{"28/02/2019", "2019-02-28"}, Row{"28.2.2019 12:00", "2019-02-28"}, Row{"2019.2.28", "2019-02-28"},
          Row{"", ""}, Row{"yesterday", ""}, Row{"2019-02-30", ""}, Row{"28/02/19", ""}, Row{"2019", ""},
          Row{"2019-13-01", ""}, Row{"1/2", ""}, Row{"-1-2-2019", ""}}) {
        const auto day = said_on(row.text);
        EXPECT_EQ(day ? kernel::iso(*day) : "", row.iso) << row.text;
    }
}

TEST(VoiceImportRows, KindsAsPeopleWriteThem) {
    EXPECT_EQ(kind_said("投诉"), Kind::complaint);
    EXPECT_EQ(kind_said("申訴"), Kind::complaint);
    EXPECT_EQ(kind_said("help"), Kind::help);
    EXPECT_FALSE(kind_said("城乡建设"));
}

TEST(VoiceImportRows, WhatCannotBeShownBecomesAMark) {
    EXPECT_EQ(readable("a\r\nb\rc\td"), "a\nb\nc\td");
    EXPECT_EQ(readable(std::string_view("a\0b\x1B[31m", 8)), "a\uFFFDb\uFFFD[31m");
    EXPECT_EQ(readable("left \u202E right \u2066 \uFDD0"), "left \uFFFD right \uFFFD \uFFFD");
    EXPECT_EQ(readable("<script>alert('汉字 \U0001F600')</script>"), "<script>alert('汉字 \U0001F600')</script>")
        << "markup is text";
}

class VoiceImport : public testing::TestWithParam<db::Engine> {
protected:
    World world{GetParam()};
    ColumnMap map;
    void SetUp() override {
        map.text = "text";
        map.title = "title";
        map.fixed_lang = "es";
    }
    std::string file(const std::string& content, const std::string& name = "messages.csv") {
        const std::string path = world.database->engine() == db::Engine::sqlite ? "sqlite-" + name : "postgres-" + name;
        const auto full = std::filesystem::temp_directory_path() / ("huiyin-import-" + std::to_string(getpid()) + path);
        std::ofstream(full, std::ios::binary) << content;
        files_.push_back(full);
        return full;
    }
    void TearDown() override {
        for (const auto& one : files_) std::filesystem::remove(one);
    }
    kernel::Result<Imported> import(const std::string& path) {
        return import_csv(*world.needs, world.desk, path, map, "Somewhere, CC BY 4.0", {});
    }

private:
    std::vector<std::filesystem::path> files_;
};

TEST_P(VoiceImport, RowsBecomeVoicesThatNobodyOwesAnAnswer) {
    map.date = "created";
    const std::string path = file(
        "\xEF\xBB\xBFid,title,text,created\r\n1,Uno,\"Dos, \"\"tres\"\"\",01/02/2024\r\n2,,   ,02/02/2024\r\n"
        "3,<b>Tres</b>,<script>alert(1)</script>,bad\r\n4,Cuatro,,\r\n");
    const Imported done = must(import(path));
    EXPECT_EQ(done.read, 4);
    EXPECT_EQ(done.taken, 3);
    EXPECT_EQ(done.empty, 1);
    const auto all = voices(*world.database->read(), {});
    ASSERT_EQ(all.size(), 3u);
    EXPECT_EQ(all[0].text, "Cuatro") << "a title without a text is the text";
    EXPECT_EQ(all[0].title, "");
    EXPECT_EQ(all[2].text, "Dos, \"tres\"");
    EXPECT_EQ(all[2].title, "Uno");
    EXPECT_EQ(all[2].state, State::noted);
    EXPECT_EQ(all[2].way, Way::imported);
    EXPECT_EQ(all[2].source, "Somewhere, CC BY 4.0");
    EXPECT_EQ(all[2].received.ms, day_of("2024-02-01").days * 86'400'000 + 12 * 3'600'000);
    EXPECT_EQ(all[2].lang, "es");
    EXPECT_FALSE(all[2].due);
    EXPECT_EQ(all[1].text, "<script>alert(1)</script>") << "stored as it was; the page escapes it";
    EXPECT_EQ(world.count().noted, 3);
    EXPECT_EQ(people::turnout(*world.database->read(), world.desk).people, 0);
    world.go_to("2028-01-03");
    world.tick();
    EXPECT_EQ(world.count().late, 0);
    EXPECT_EQ(refused(answer(*world.needs, world.as("roads"), all[0].id, Answer::done, "x", {})), "voice.not_yours");
}

TEST_P(VoiceImport, TheSameFileTwiceIsTakenOnceAndALongerOneIsAnother) {
    const std::string rows = "title,text\na,one\nb,two\n";
    const std::string path = file(rows);
    EXPECT_EQ(must(import(path)).taken, 2);
    const std::int64_t size = world.ledger->size();
    EXPECT_EQ(must(import(path)).taken, 2);
    EXPECT_EQ(world.ledger->size(), size);
    EXPECT_EQ(must(import(file(rows + "c,three\n", "longer.csv"))).taken, 3);
    EXPECT_EQ(world.count().voices, 5);
}

TEST_P(VoiceImport, GoesOnWhereItStopped) {
    std::string rows = "title,text\n";
    for (int i = 0; i < 50; ++i) rows += i % 7 == 3 ? std::string(",\n") : "t,text " + std::to_string(i) + "\n";
    const std::string path = file(rows);
    // As if the process had ended in the middle: the first rows stand in the ledger.
    const std::string digest = [&] {
        std::ifstream in(path, std::ios::binary);
        const std::string all((std::istreambuf_iterator<char>(in)), {});
        return kernel::hex(kernel::sha256(kernel::view(all)));
    }();
    for (int row : {1, 2, 3, 5}) {
        change::Imported c;
        c.cycle = world.desk;
        c.source = "Somewhere, CC BY 4.0";
        c.file = digest;
        c.row = row;
        c.words = change::Words{"t", "text " + std::to_string(row - 1), "", "", "es", {}};
        must(world.ledger->perform(
            [&](ledger::Writing& w) -> kernel::Result<std::int64_t> { return w.append(change::encode(c)); }));
    }
    const Imported done = must(import(path));
    EXPECT_EQ(done.read, 50);
    EXPECT_EQ(done.empty, 7);
    EXPECT_EQ(done.taken, 43);
    EXPECT_EQ(world.count().voices, 43);
    std::set<std::string> texts;
    Filter f;
    f.at_most = 100;
    for (const Voice& v : voices(*world.database->read(), f)) EXPECT_TRUE(texts.insert(v.text).second) << v.text;
}

TEST_P(VoiceImport, ABrokenFileLeavesNothing) {
    std::string rows = "title,text\n";
    for (int i = 2; i <= 1202; ++i) rows += "a,row " + std::to_string(i) + "\n";
    const std::int64_t size = world.ledger->size();
    const auto broken = import(file(rows + "a,\"broken\" quote\n"));
    ASSERT_FALSE(broken);
    EXPECT_EQ(broken.error().key, "files.csv_quote");
    EXPECT_EQ(broken.error().args.at(0), (std::pair<std::string, std::string>("line", "1203")));
    const auto columns = import(file("title,text\na,b\na,b,c\n", "columns.csv"));
    EXPECT_EQ(columns.error().key, "files.csv_columns");
    std::string text;
    for (int i = 0; i < 20'001; ++i) text += "字";
    const auto too_long = import(file("title,text\na,b\na," + text + "\n", "long.csv"));
    EXPECT_EQ(too_long.error().key, "voice.import_row");
    EXPECT_EQ(too_long.error().args.at(0), (std::pair<std::string, std::string>("line", "3")));
    map.text = "words";
    EXPECT_EQ(refused(import(file("title,text\na,b\n", "no.csv"))), "voice.import_no_column");
    const auto check = [&](const std::string& path, std::string_view source) {
        const auto ok = check_csv(*world.needs, path, map, source);
        return ok ? "" : ok.error().key;
    };
    EXPECT_EQ(check(file("title,text\na,b\n", "no.csv"), "s"), "voice.import_no_column");
    map.text = "text";
    EXPECT_EQ(check(file("title,text\na,b\na,b,c\n", "columns.csv"), "s"), "files.csv_columns");
    EXPECT_EQ(check(file("title,text\na,b\n", "src.csv"), ""), "voice.import_no_source");
    EXPECT_EQ(check(file("title,text\na,b\n", "good.csv"), "s"), "");
    EXPECT_EQ(refused(import_csv(*world.needs, world.desk, file("title,text\na,b\n", "src.csv"), map, "", {})),
              "voice.import_no_source");
    EXPECT_EQ(refused(import_csv(*world.needs, people::CycleId(99'999), file("title,text\na,b\n", "cycle.csv"), map,
                                 "s", {})),
              "cycle.unknown");
    EXPECT_THROW((void)import("/no/such/file.csv"), std::exception);
    EXPECT_EQ(world.ledger->size(), size);
}

TEST_P(VoiceImport, Gb18030) {
    // 标题,内容 / 路灯,不亮 in GB18030.
    map.title = "标题";
    map.text = "内容";
    map.fixed_lang = "zh-Hans";
    const std::string path = file("\xB1\xEA\xCC\xE2,\xC4\xDA\xC8\xDD\n\xC2\xB7\xB5\xC6,\xB2\xBB\xC1\xC1\n");
    EXPECT_EQ(must(import(path)).taken, 1);
    EXPECT_EQ(voices(*world.database->read(), {}).at(0).text, "不亮");
}

TEST_P(VoiceImport, PlacesAreChosenFromAList) {
    Draft draft = world.draft();
    draft.place = "Anywhere at all";
    must(receive(*world.needs, world.browser("v1"), draft, {}));
    EXPECT_EQ(must(import_places(*world.needs, file("place,district\nBakery,North\nBridge,South\nBakery,South\n,\n"))),
              2);
    EXPECT_EQ(refused(receive(*world.needs, world.browser("v2"), draft, {})), "voice.place_unknown");
    draft.place = "Bridge";
    must(receive(*world.needs, world.browser("v3"), draft, {}));
    draft.place = "";
    must(receive(*world.needs, world.browser("v4"), draft, {}));
    EXPECT_EQ(places(*world.database->read(), "ri", 10), std::vector<std::string>{"Bridge"});
    EXPECT_EQ(must(import_places(*world.needs, file("name\nHarbour\n", "other.csv"))), 1)
        << "the newer list replaces the older";
    EXPECT_EQ(places(*world.database->read(), "", 10), std::vector<std::string>{"Harbour"});
    world.expect_same_after_rebuild();
}

INSTANTIATE_TEST_SUITE_P(Engines, VoiceImport, testing::ValuesIn(db::engines),
                         [](const auto& i) { return db::engine_name(i); });

}  // namespace
}  // namespace voice
