#include "statements_file.h"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include <page/page.h>

#include "routes_for_tests.h"

namespace dialogue {
namespace {

class StatementsFiles : public DialogueRoutes {
protected:
    std::string write(const std::string& name, const std::string& text) {
        const std::string path = (std::filesystem::path(folder.place().folder) / name).string();
        std::ofstream(path, std::ios::binary) << text;
        return path;
    }
    kernel::Result<StatementsTaken> take(const std::string& path, DialogueId into) {
        return import_statements(*world.needs, {path, into, "en"}, [](std::int64_t, std::int64_t) {});
    }
    // "en:More buses" …, oldest first.
    std::vector<std::string> said(DialogueId of) {
        std::vector<std::string> all;
        for (const Statement& one : statements(*world.database->read(), {of, State::accepted, {}, {}, 1000}))
            all.push_back(one.lang + ":" + one.text);
        return all;
    }
    std::string whole(const std::string& path) {
        std::string all;
        const http::Response response = get(path);
        while (response.stream(all)) {}
        return all;
    }
    const db::TestPlace folder{db::Engine::sqlite};
};

TEST_F(StatementsFiles, AreTakenOnceInTheirOrder) {
    const DialogueId into = world.opened();
    const std::string file =
        write("some.csv",
              "\xEF\xBB\xBFnumber,text,lang\r\n1,More buses,\r\n2,\"Fewer, \"\"cheaper\"\" ones\",en\r\n"
              "3,多开几班车,zh-Hans\r\n4,More buses,\r\n5,,en\r\n");
    const auto taken = must(take(file, into));
    EXPECT_EQ(taken.taken, 3);
    EXPECT_EQ(taken.passed_over, 2) << "the same again, and an empty one";
    const std::vector<std::string> want = {"en:More buses", "en:Fewer, \"cheaper\" ones", "zh-Hans:多开几班车"};
    EXPECT_EQ(said(into), want);
    const std::int64_t size = world.ledger->size();
    EXPECT_EQ(must(take(file, into)).taken, 3);
    EXPECT_EQ(world.ledger->size(), size) << "run again, it changes nothing";
    EXPECT_EQ(said(into), want);
    const DialogueId other = world.opened();
    must(take(file, other));
    EXPECT_EQ(said(other), want) << "into another dialogue it may go too";
    world.expect_same_after_rebuild(db::Engine::sqlite);
}

TEST_F(StatementsFiles, WhatGoesOutComesIn) {
    must(seed(*world.needs, world.as("clerk"), id, "=1+1 is what they pay", "en"));
    must(seed(*world.needs, world.as("clerk"), id, "“Quoted”, and, commas", "de"));
    must(set_aside(*world.needs, world.as("moderator"), s[1], Ground::duplicate, ""));
    for (const char* ending : {"csv", "jsonl"}) {
        const std::string file = write(std::string("out.") + ending, whole(at(std::string("/statements.") + ending)));
        const DialogueId into = world.opened();
        EXPECT_EQ(must(take(file, into)).taken, 4) << ending;
        EXPECT_EQ(said(into), said(id)) << ending;
    }
}

TEST_F(StatementsFiles, AThousandAreManyActsAndOneCutShortGoesOn) {
    std::string all;
    for (int i = 0; i < 1000; ++i) all += "{\"text\":\"Statement of many " + std::to_string(i) + "\"}\n";
    const std::string file = write("many.jsonl", all);
    const DialogueId into = world.opened();
    int acts = 0;
    struct Cut {};
    EXPECT_THROW((void)import_statements(*world.needs, {file, into, "en"},
                                         [&](std::int64_t, std::int64_t) {
                                             if (++acts == 4) throw Cut{};
                                         }),
                 Cut);
    EXPECT_EQ(said(into).size(), 300u);
    EXPECT_EQ(must(take(file, into)).taken, 1000);
    EXPECT_EQ(said(into).size(), 1000u);
    EXPECT_EQ(said(into).back(), "en:Statement of many 999");
}

TEST_F(StatementsFiles, WhatIsWrongIsNamedAndNothingTaken) {
    const std::string long_one(max_statement + 1, 'x');
    const struct {
        const char *name, *text, *key, *line;
    } cases[] = {
        {"a.csv", "id,statement\n1,x\n", "dialogue.file_column", "1"},
        {"b.csv", "text\nfine\nno,comma\n", "files.csv_columns", "3"},
        {"c.csv", "text\nfine\n\"open\n", "files.csv_quote", ""},
        {"d.csv", "text,lang\nfine,en\nfine too,no tag\n", "dialogue.file_lang", "3"},
        {"e.jsonl", "{\"text\":\"fine\"}\n[1]\n", "dialogue.file_json", "2"},
        {"f.jsonl", "{\"text\":\"fine\"}\n\n{\"text\":\"\xFF\"}\n", "dialogue.file_json", "3"},
        {"g.jsonl", "{\"text\":\"   \"}\n", "dialogue.file_text", "1"},
        {"h.csv", "", "files.csv_empty", ""},
    };
    const std::int64_t size = world.ledger->size();
    for (const auto& one : cases) {
        const auto taken = take(write(one.name, one.text), id);
        ASSERT_FALSE(taken) << one.name;
        EXPECT_EQ(taken.error().key, one.key) << one.name;
        const auto& args = taken.error().args;
        const auto named = [&](const char* what, const char* value) {
            return std::find(args.begin(), args.end(), std::pair<std::string, std::string>(what, value)) != args.end();
        };
        EXPECT_TRUE(named("file", one.name));
        EXPECT_TRUE(*one.line == 0 || named("line", one.line)) << page::say(page::Lang::en, taken.error());
    }
    EXPECT_EQ(take(write("i.csv", "text\n" + long_one + "\n"), id).error().key, "dialogue.file_text");
    EXPECT_EQ(take("/nowhere/at/all.csv", id).error().key, "files.csv_missing");
    EXPECT_EQ(take("/nowhere/at/all.jsonl", id).error().key, "files.csv_missing");
    EXPECT_EQ(take(write("j.csv", "text\nfine\n"), DialogueId(999999)).error().key, "dialogue.unknown");
    must(close(*world.needs, world.as("clerk"), id, "Over."));
    EXPECT_EQ(take(write("k.csv", "text\nfine\n"), id).error().key, "dialogue.closed");
    EXPECT_EQ(world.ledger->size(), size + 1);
}

}  // namespace
}  // namespace dialogue
