// What a write-ahead log held is overwritten before its blocks go back to the file system.
#include <filesystem>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "database.h"
#include "testing.h"

namespace db {
namespace {

namespace fs = std::filesystem;

const kernel::EmbeddedFile files[] = {{"a/0100_a.sql",
                                       "-- main\n-- state: what was said\ncreate table said (id {int} not null primary "
                                       "key, text {text} not null) {table-end};\n"}};

std::string bytes_of(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

bool holds(const fs::path& folder, std::string_view marker) {
    for (const auto& file : fs::recursive_directory_iterator(folder))
        if (file.is_regular_file() && bytes_of(file.path()).find(marker) != std::string::npos) return true;
    return false;
}

constexpr std::string_view marker = "Xylophonquartz, und noch mehr davon";

TEST(WipingDisk, ADeletedLogHeldNothingAnyMore) {
    TestPlace place(Engine::sqlite);
    const fs::path folder = place.place().folder, kept = folder / "kept";
    {
        auto database = Database::open(place.place(), files);
        database->writer().run("insert into said (id, text) values (1, $1)", marker);
        ASSERT_TRUE(holds(folder, marker));
        // A second name shows what the blocks hold once the first is gone.
        fs::create_hard_link(folder / "main.db-wal", kept);
        ASSERT_NE(bytes_of(kept).find(marker), std::string::npos);
    }
    EXPECT_FALSE(fs::exists(folder / "main.db-wal"));
    const std::string left = bytes_of(kept);
    EXPECT_GT(left.size(), 4096u);
    EXPECT_EQ(left.find_first_not_of('\0'), std::string::npos);
    fs::remove(kept);
    auto again = Database::open(place.place(), files);
    EXPECT_EQ(again->read()->one("select text from said where id = 1")->text(0), marker);
}

TEST(WipingDisk, DeletedRowsAreInNoFileAfterEmptyingTheLog) {
    TestPlace place(Engine::sqlite);
    const fs::path folder = place.place().folder;
    auto database = Database::open(place.place(), files);
    for (int i = 0; i < 300; ++i)
        database->writer().run("insert into said (id, text) values ($1, $2)", i, std::string(i * 7 % 900, 'x'));
    database->writer().run("insert into said (id, text) values (300, $1)",
                           std::string(marker) + std::string(9000, 'y'));
    database->checkpoint(Wal::move);
    database->writer().run("delete from said where id = 300");
    EXPECT_TRUE(holds(folder, marker));
    ASSERT_TRUE(database->checkpoint(Wal::empty));
    EXPECT_FALSE(holds(folder, marker));
    EXPECT_EQ(database->read()->one("select count(*) from said")->integer(0), 300);
}

TEST(CopyPlace, IsWholeAndOfOneMoment) {
    TestPlace place(Engine::sqlite);
    const fs::path folder = place.place().folder, copy = folder / "copy";
    auto database = Database::open(place.place(), files);
    for (int i = 0; i < 50; ++i) database->writer().run("insert into said (id, text) values ($1, 'x')", i);
    copy_place(folder, copy);  // beside the open database
    database->writer().run("insert into said (id, text) values (99, 'later')");
    EXPECT_EQ(open_main(copy)->one("select count(*) from said")->integer(0), 50);
    EXPECT_ANY_THROW(put_back(copy, folder));  // the folder is in use
    database.reset();
    put_back(copy, folder);
    auto again = Database::open(place.place(), files);
    EXPECT_EQ(again->read()->one("select count(*) from said")->integer(0), 50);
}

TEST(LocalRows, GoOutAndComeBack) {
    for (const Engine engine : engines) {
        TestPlace place(engine), other(engine);
        constexpr kernel::EmbeddedFile local[] = {{"a/0100_a.sql",
                                                   "-- main\n-- local: a test\ncreate table box (id {int} not null "
                                                   "primary key, b {bytes} not null, t {text}) {table-end};\n"}};
        auto from = Database::open(place.place(), local), to = Database::open(other.place(), local);
        from->writer().run("insert into box (id, b, t) values (1, $1, null), (2, $1, '字')", kernel::Bytes{0, 255});
        auto reading = from->read();
        int rows = 0;
        each_local_row(*reading, from->classes(),
                       [&](const std::string& schema, const std::string& table, const std::vector<std::string>& columns,
                           const Row& row) {
                           if (table != "box") return;
                           ++rows;
                           put_row(to->writer(), schema, table, columns, row);
                       });
        EXPECT_EQ(rows, 2);
        EXPECT_EQ(to->read()->one("select t from box where id = 2")->text(0), "字");
        EXPECT_TRUE(to->read()->one("select t from box where id = 1")->null(0));
        EXPECT_ANY_THROW(put_row(to->writer(), "main", "box", {"nothing"}, Row{}));
        EXPECT_ANY_THROW(put_row(to->writer(), "main", "box\" drop", {"id"}, Row{}));
    }
}

}  // namespace
}  // namespace db
