// A page that the machine has changed is refused, and named.
#include <sqlite3.h>

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "database.h"
#include "page_check.h"
#include "testing.h"

namespace db {
namespace {

namespace fs = std::filesystem;

const kernel::EmbeddedFile one_table[] = {
    {"a/0100_a.sql",
     "-- main\n-- state: what was said\ncreate table said (id {int} not null primary "
     "key, text {text} not null) {table-end};\n"}};

class CheckedDisk : public ::testing::Test {
protected:
    std::unique_ptr<Database> open() { return Database::open(place_.place(), one_table); }
    void fill() {
        auto database = open();
        Transaction transaction(database->writer());
        for (int i = 0; i < 2'000; ++i)
            database->writer().run("insert into said (id, text) values ($1, $2)", i, std::string(i % 900, 'x'));
        transaction.commit();
    }
    void flip(std::int64_t byte, int bit) {
        std::fstream file(main(), std::ios::binary | std::ios::in | std::ios::out);
        file.seekg(byte);
        const char old = static_cast<char>(file.get());
        file.seekp(byte);
        file.put(static_cast<char>(old ^ 1 << bit));
    }
    std::vector<std::int64_t> damaged() { return check_pages(place_.place().folder).front().damaged; }
    fs::path main() { return place_.place().folder / "main.db"; }

    TestPlace place_{Engine::sqlite};
};

TEST_F(CheckedDisk, EveryPageHasItsCheck) {
    fill();
    for (const PageReport& report : check_pages(place_.place().folder)) {
        EXPECT_TRUE(report.checked) << report.file;
        EXPECT_TRUE(report.damaged.empty()) << report.file;
        EXPECT_GT(report.pages, 0) << report.file;
    }
}

TEST_F(CheckedDisk, AChangedBitIsFoundWhereverItIs) {
    fill();
    const auto size = static_cast<std::int64_t>(fs::file_size(main()));
    for (std::int64_t byte = 1; byte < size; byte += 20'011) {
        flip(byte, static_cast<int>(byte % 8));
        EXPECT_EQ(damaged(), std::vector{byte / 4'096 + 1}) << byte;
        flip(byte, static_cast<int>(byte % 8));
    }
    // SQLite's own header, which says whether there are checks at all.
    for (int i = 0; i < 200; ++i) {
        const std::int64_t byte = i / 2;
        const int bit = byte == 20 ? 3 : (i * 5) % 8;
        flip(byte, bit);
        EXPECT_EQ(damaged(), std::vector<std::int64_t>{1}) << byte << ' ' << bit;
        flip(byte, bit);
    }
    EXPECT_TRUE(damaged().empty());
}

TEST_F(CheckedDisk, WhatIsDamagedIsNotServed) {
    fill();
    const auto page = static_cast<std::int64_t>(fs::file_size(main())) / 4'096 / 2;
    flip(page * 4'096 + 3'000, 3);
    auto database = open();
    try {
        database->read()->query("select id, text from said order by id");
        FAIL() << "a damaged page was served";
    } catch (const Failure& failure) {
        EXPECT_EQ(failure.kind, Kind::lost);
        EXPECT_NE(std::string(failure.what()).find("main.db, page " + std::to_string(page + 1)), std::string::npos)
            << failure.what();
    }
    EXPECT_EQ(database->read()->one("select text from said where id = 0")->text(0), "");
}

TEST_F(CheckedDisk, AFileThatHidesItsChecksIsRefused) {
    fill();
    for (int bit = 0; bit < 8; ++bit) {
        flip(20, bit);
        EXPECT_THROW(open(), Failure) << bit;
        flip(20, bit);
    }
    EXPECT_NO_THROW(open());
}

// As another program writes one: SQLite's own layer, and no room for checks.
TEST_F(CheckedDisk, AFileWithoutChecksGetsThem) {
    fill();
    const fs::path bare = place_.place().folder / "bare.db";
    sqlite3* db = nullptr;
    ASSERT_EQ(sqlite3_open(bare.c_str(), &db), SQLITE_OK);
    const std::string copy = "attach '" + main().string() +
                             "' as old; create table migration as select * from old.migration; create table said (id "
                             "int not null primary key, text text not null) strict; insert into said select * from "
                             "old.said;";
    char* what = nullptr;
    ASSERT_EQ(sqlite3_exec(db, copy.c_str(), nullptr, nullptr, &what), SQLITE_OK) << what;
    sqlite3_close(db);
    fs::rename(bare, main());
    EXPECT_FALSE(check_pages(place_.place().folder).front().checked);
    {
        auto database = open();
        EXPECT_EQ(database->read()->one("select count(*) from said")->integer(0), 2'000);
    }
    const PageReport after = check_pages(place_.place().folder).front();
    EXPECT_TRUE(after.checked);
    EXPECT_TRUE(after.damaged.empty());
    EXPECT_GT(after.pages, 100);
}

TEST_F(CheckedDisk, ACopyHasChecksAndADamagedPageIsNotCopied) {
    fill();
    const fs::path folder = place_.place().folder, copy = folder / "copy";
    copy_place(folder, copy);
    for (const PageReport& report : check_pages(copy)) {
        EXPECT_TRUE(report.checked) << report.file;
        EXPECT_TRUE(report.damaged.empty()) << report.file;
    }
    flip(static_cast<std::int64_t>(fs::file_size(main())) - 2'000, 1);
    EXPECT_THROW(copy_place(folder, folder / "second"), Failure);
}

}  // namespace
}  // namespace db
