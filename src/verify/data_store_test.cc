// A data folder's main.db: what it holds is served whole, and what is broken in it is named.
#include <sqlite3.h>

#include "payload.h"
#include "test_folder.h"

namespace {

using namespace verify;

// The ledger's own tables, of this log.
class DataFolder {
public:
    explicit DataFolder(const std::vector<Made>& made) {
        sqlite3_open(folder_.path("main.db").c_str(), &db_);
        run("create table migration (number int, name text)");
        run("insert into migration values (10, 'ledger'), (19, 'ledger_served')");
        run("create table entry (idx int primary key, leaf text, facts text, facts_salt blob, facts_open int)");
        run("create table entry_words (idx int primary key, words text, salt blob, open int)");
        run("create table tile (level int, n int, hashes blob, primary key (level, n))");
        run("create table log_head (one int primary key, epoch int, size int, checkpoint text, leader text)");
        const Memory log = log_of(made);
        for (const auto& [name, content] : log.files)
            if (const auto tile = merkle::parse_tile_path(name); tile && tile->level >= 0)
                run("insert into tile values (" + std::to_string(tile->level) + ", " + std::to_string(tile->n) + ", " +
                    blob(content) + ")");
        PayloadLine line;
        for (const Made& one : made) {
            read_payload_line(one.line, line);
            const std::string index = std::to_string(line.index);
            run("insert into entry values (" + index + ", " + text(one.leaf) + ", " + text(line.facts.bytes) + ", " +
                blob(kernel::text(line.facts.salt)) + ", 3)");
            if (line.has_words)
                run("insert into entry_words values (" + index + ", " + text(line.words.bytes) + ", " +
                    blob(kernel::text(line.words.salt)) + ", 0)");
        }
        run("insert into log_head values (1, 1, " + std::to_string(made.size()) + ", " +
            text(log.files.at("checkpoint")) + ", '')");
    }
    ~DataFolder() { sqlite3_close(db_); }
    DataFolder(const DataFolder&) = delete;
    DataFolder& operator=(const DataFolder&) = delete;

    void run(const std::string& sql) { ASSERT_EQ(sqlite3_exec(db_, sql.c_str(), {}, {}, {}), SQLITE_OK) << sql; }
    std::string file(const std::string& rest = "") const { return folder_.path("main.db") + rest; }
    std::unique_ptr<Source> open() const { return open_data(folder_.path()); }
    // What is found, with the log's key in hand: a data folder shows none.
    std::string fault(std::optional<std::int64_t>* index = nullptr) const {
        Ask ask;
        ask.key = log_key().verifier().text();
        try {
            check(*open(), ask);
            return "";
        } catch (const Fault& fault) {
            if (index) *index = fault.index;
            return fault.where + ": " + fault.why;
        }
    }
    // After a change that is taken back again.
    std::string fault_after(const std::string& sql, std::optional<std::int64_t>* index = nullptr) {
        std::filesystem::copy_file(file(), file(".kept"), std::filesystem::copy_options::overwrite_existing);
        run(sql);
        const std::string out = fault(index);
        std::filesystem::copy_file(file(".kept"), file(), std::filesystem::copy_options::overwrite_existing);
        return out;
    }

private:
    static std::string text(const std::string& value) {
        std::string out = "'";
        for (char c : value) out += c == '\'' ? "''" : std::string(1, c);
        return out + "'";
    }
    static std::string blob(std::string_view bytes) { return "x'" + kernel::hex(kernel::view(bytes)) + "'"; }

    ScratchFolder folder_;
    sqlite3* db_ = nullptr;
};

std::vector<Made> with_an_erasure() {
    std::vector<Made> made = entries(258);
    made[3] = erased(3, "gone");
    made.push_back(erasure(258, 3));
    return made;
}

TEST(DataStore, serves_the_log_with_every_payload) {
    const DataFolder folder(with_an_erasure());
    EXPECT_EQ(folder.fault(), "");
    const auto source = folder.open();
    EXPECT_FALSE(source->grows());
    EXPECT_EQ(source->name("tile/0/000"), folder.file(" (as tile/0/000)"));
    const Memory log = log_of(with_an_erasure());
    for (const auto& [name, content] : log.files) {
        if (name == "key") continue;
        EXPECT_EQ(source->get(name), content) << name;
    }
    EXPECT_EQ(source->get("tile/0/000.p/7"), log.files.at("tile/0/000").substr(0, 7 * 32));
    for (const char* absent : {"key", "policy", "tile/0/007", "tile/x", "payload/000"})
        EXPECT_FALSE(source->get(absent)) << absent;
}

TEST(DataStore, an_empty_log_and_one_of_an_older_schema) {
    DataFolder empty({});
    EXPECT_EQ(empty.fault(), "");
    DataFolder older(with_an_erasure());
    older.run("delete from migration where number = 19");
    EXPECT_NE(older.fault().find("its payload or salt is not what the ledger writes"), std::string::npos);
    older.run("update entry set facts_open = 1");
    EXPECT_EQ(older.fault(), "");
}

TEST(DataStore, marks_and_salts_that_the_ledger_does_not_write) {
    DataFolder folder(with_an_erasure());
    const std::string said =
        folder.file(", tables entry and entry_words: its payload or salt is not what the ledger writes");
    std::optional<std::int64_t> index;
    for (const char* change :
         {"update entry set facts_open = 1 where idx = 6", "update entry set facts_salt = x'00' where idx = 6",
          "update entry_words set open = 2 where idx = 6", "update entry_words set salt = x'' where idx = 6",
          "delete from entry where idx = 6"}) {
        EXPECT_EQ(folder.fault_after(change, &index), said) << change;
        EXPECT_EQ(index, 6) << change;
    }
    EXPECT_EQ(folder.fault_after("update entry set idx = -6 where idx = 7"), said);
    EXPECT_EQ(folder.fault(), "");
}

TEST(DataStore, a_head_that_does_not_fit) {
    DataFolder folder(entries(3));
    const std::string said = folder.file(", table log_head: size and checkpoint do not agree");
    EXPECT_EQ(folder.fault_after("update log_head set size = 4"), said);
    EXPECT_EQ(folder.fault_after("update log_head set checkpoint = ''"), said);
    EXPECT_EQ(folder.fault_after("delete from log_head"), said);
}

TEST(DataStore, entries_that_the_head_does_not_cover_or_that_are_not_there) {
    DataFolder folder(entries(300));
    std::optional<std::int64_t> index;
    EXPECT_EQ(folder.fault_after("delete from entry where idx = 299", &index),
              folder.file(" (as tile/entries/001.p/44): the bundle ends too early"));
    EXPECT_EQ(index, 299);
    EXPECT_EQ(folder.fault_after("insert into entry select 300, leaf, facts, facts_salt, 0 from entry where idx = 1"),
              folder.file(" (as tile/entries/001.p/45): the checkpoint does not cover this file"));
    EXPECT_EQ(folder.fault_after("insert into entry select 301, leaf, facts, facts_salt, 0 from entry where idx = 1"),
              folder.file(", table entry: entries are missing or doubled"));
    EXPECT_EQ(
        folder.fault_after("update entry set leaf = 'x' where idx = 260", &index),
        folder.file(" (as tile/entries/001.p/44): the leaf is not as the format says: here must stand {\"facts\":\""));
    EXPECT_EQ(index, 260);
    EXPECT_EQ(folder.fault_after("update entry set facts = cast(x'7bff7d' as text) where idx = 260"),
              folder.file(", table entry: its payload is not UTF-8"));
    EXPECT_EQ(folder.fault_after("update entry_words set words = cast(x'7bff7d' as text) where idx = 6"),
              folder.file(", table entry_words: its payload is not UTF-8"));
}

TEST(DataStore, tiles_that_are_none) {
    DataFolder folder(entries(300));
    for (const auto& [values, name] :
         std::initializer_list<std::pair<const char*, const char*>>{{"-1, 0, zeroblob(32)", "-1/0"},
                                                                    {"64, 0, zeroblob(32)", "64/0"},
                                                                    {"2, -1, zeroblob(32)", "2/-1"},
                                                                    {"2, 0, zeroblob(0)", "2/0"},
                                                                    {"2, 0, zeroblob(33)", "2/0"},
                                                                    {"2, 0, zeroblob(257 * 32)", "2/0"}})
        EXPECT_EQ(folder.fault_after(std::string("insert into tile values (") + values + ")"),
                  folder.file(", table tile: tile ") + name + " is no tile");
    EXPECT_EQ(folder.fault_after("insert into tile values (2, 0, zeroblob(32))"),
              folder.file(" (as tile/2/000.p/1): the checkpoint does not cover this file"));
    EXPECT_EQ(folder.fault_after("delete from tile where level = 1"),
              folder.file(" (as tile/1/000.p/1): this tile is missing"));
    EXPECT_EQ(folder.fault_after("update tile set hashes = x'' where level = 1"),
              folder.file(" (as tile/1/000.p/1): this tile has 0 bytes, not 32"));
}

TEST(DataStore, what_is_no_database_cannot_be_read) {
    ScratchFolder folder;
    const auto said = [&folder] { return unreadable([&] { open_data(folder.path()); }); };
    EXPECT_EQ(said(), "cannot open " + folder.path("main.db") + ": unable to open database file");
    folder.write("main.db", std::string(8192, 'x'));
    EXPECT_EQ(said(), "main.db: file is not a database");
    folder.write("main.db", "");
    EXPECT_EQ(said(), "main.db: no such table: migration");
}

TEST(DataStore, pages_that_do_not_hang_together) {
    const DataFolder folder(entries(600));
    std::fstream file(folder.file(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(-4096, std::ios::end);
    file << std::string(64, '\x55');
    file.close();
    EXPECT_TRUE(folder.fault().starts_with(folder.file(": "))) << folder.fault();
}

}  // namespace
