// PostgreSQL alone: what an earlier program wrote in clear is sealed by the first start, and a destroyed key takes the
// words out of every byte that the server ever kept of them.
#include <fstream>
#include <iterator>

#include <db/words_key.h>

#include "toy.h"

namespace {

constexpr std::string_view secret = "Xylophonquartz";

// A program of before: it seals nothing.
std::vector<kernel::EmbeddedFile> earlier_files() {
    static const std::string toy = [] {
        std::string sql(toy::migration.content);
        return sql.erase(sql.find("-- words:"), sql.find('\n', sql.find("-- words:")) - sql.find("-- words:") + 1);
    }();
    std::vector<kernel::EmbeddedFile> all = {{toy::migration.path, toy}};
    for (const kernel::EmbeddedFile& file : toy::files())
        if (file.path.starts_with("ledger/") && file.path.find("0014") == std::string_view::npos) all.push_back(file);
    return all;
}

class Sealed : public testing::Test {
protected:
    void open(const std::vector<kernel::EmbeddedFile>& files) {
        database_.reset();
        database_ = db::Database::open(place_.place(), files);
    }
    std::string text(db::Sql sql) { return database_->writer().one(sql)->text(0); }
    // In the files of these tables, once the server has written what it holds.
    bool on_disk(std::string_view bytes) {
        database_->writer().script("checkpoint");
        for (const db::Row& row : database_->writer().query(
                 "select current_setting('data_directory') || '/' || pg_relation_filepath(relname::regclass) from "
                 "pg_class where relname in ('entry_words', 'toy_note')")) {
            std::ifstream in(row.text(0), std::ios::binary);
            const std::string file{std::istreambuf_iterator<char>(in), {}};
            EXPECT_FALSE(file.empty()) << row.text(0);
            if (file.find(bytes) != std::string::npos) return true;
        }
        return false;
    }
    db::TestPlace place_{db::Engine::postgres};
    kernel::SetClock clock_{toy::morning};
    std::unique_ptr<db::Database> database_;
};

TEST_F(Sealed, what_an_earlier_program_wrote_is_sealed_at_the_first_start) {
    open(earlier_files());
    {
        const auto log = ledger::Ledger::start(*database_, clock_, toy::key(), toy::kinds());
        for (int i = 0; i < 600; ++i) ASSERT_TRUE(log->perform(toy::say(1, "Xylophonquartz " + std::to_string(i))));
        ASSERT_TRUE(log->perform(toy::erase(3)));
    }
    database_->writer().run("delete from words_key");  // which it did not have
    EXPECT_TRUE(on_disk(secret));
    const kernel::Hash before = db::state_digest(*database_->read(), database_->classes());
    open(toy::files());
    std::int64_t reported = 0;
    EXPECT_TRUE(
        ledger::replay_if_due(*database_, toy::kinds(), [&](std::int64_t done, std::int64_t) { reported = done; }));
    EXPECT_EQ(reported, 601);
    EXPECT_EQ(db::state_digest(*database_->read(), database_->classes()), before);
    EXPECT_EQ(text("select count(*)::text from entry_words where words like '{%'"), "0");
    EXPECT_EQ(text("select count(*)::text from toy_note where said like 'Xylo%'"), "0");
    EXPECT_FALSE(on_disk(secret));
    EXPECT_EQ(ledger::entry(*database_->read(), 599)->words->need_string("said"), "Xylophonquartz 599");
    toy::expect_sound(*database_->read());
    EXPECT_FALSE(ledger::replay_if_due(*database_, toy::kinds()));
}

TEST_F(Sealed, words_whose_key_is_gone_are_gone_from_what_the_server_keeps) {
    open(toy::files());
    {
        const auto log = ledger::Ledger::start(*database_, clock_, toy::key(), toy::kinds());
        for (int i = 0; i < 5; ++i) ASSERT_TRUE(log->perform(toy::say(1, "Xylophonquartz " + std::to_string(i))));
    }
    EXPECT_FALSE(on_disk(secret));
    // Somebody kept the tables as they were.
    database_->writer().script("create table kept as select * from entry_words; grant select on kept to public");
    {
        const auto log = ledger::Ledger::start(*database_, clock_, toy::key(), toy::kinds());
        ASSERT_TRUE(log->perform(toy::erase(2)));
        kernel::Ring ring = db::ring_of_words(place_.place().folder);
        ASSERT_TRUE(ring.destroy(kernel::name_of_entry(2)));
        std::ofstream(db::words_key(place_.place().folder), std::ios::trunc) << ring.text();
        ASSERT_TRUE(database_->checkpoint(db::Wal::empty));
        toy::expect_sound(*database_->read());
    }
    const auto kept = database_->writer().query("select words, salt from kept order by idx");
    EXPECT_EQ(kept.at(2).text(0), "");
    EXPECT_TRUE(kept.at(2).bytes(1).empty());
    EXPECT_EQ(kept.at(1).text(0), R"({"said":"Xylophonquartz 1"})");
    // In a snapshot from before the erasure an entry without its key has no words, and everything else.
    database_->writer().script("insert into entry_words select * from kept where idx = 2");
    EXPECT_FALSE(ledger::entry(*database_->read(), 2)->words);
    EXPECT_TRUE(ledger::entry(*database_->read(), 1)->words);
}

}  // namespace
