// On PostgreSQL words stand in the database sealed, and nowhere else changes anything; SQLite has the same face.
#include "sealed_words.h"

#include <fstream>

#include <gtest/gtest.h>

#include "fixture.h"
#include "postgres_session.h"
#include "words_key.h"

namespace db::sealed_words_test {
namespace {

const kernel::EmbeddedFile files[] = {
    {"a/0100_a.sql",
     "-- main\n-- words: said (text, more, data)\n-- state: what was said\ncreate table said (id {int} not null "
     "primary "
     "key, box {text} not null, text {text} not null, more {text}, data {bytes}) {table-end};\n"}};
constexpr const char* text = "Xylophonquartz, 七号灯柱";

class Words : public testing::TestWithParam<Engine> {
protected:
    Words() { open(); }
    void open() {
        database_.reset();
        database_ = Database::open(place_.place(), files);
    }
    void say(int id) {
        const WordsOf sealed(writer(), id);
        writer().run("insert into said (id, box, text, more, data) values ($1, $2, $3, null, $4)", id, "a box", text,
                     kernel::Bytes{0, 1, 255});
    }
    Connection& writer() { return database_->writer(); }
    Row one(int id) { return database_->read()->one("select text, more, data from said where id = $1", id).value(); }
    void destroy(int id) {
        kernel::Ring ring = ring_of_words(place_.place().folder);
        ring.destroy(kernel::name_of_entry(id));
        std::ofstream(words_key(place_.place().folder), std::ios::binary | std::ios::trunc) << ring.text();
    }
    std::string why_not_opened() {
        database_.reset();
        try {
            open();
        } catch (const Failure& failure) { return failure.what(); }
        return "";
    }
    TestPlace place_{GetParam()};
    std::unique_ptr<Database> database_;
};
INSTANTIATE_TEST_SUITE_P(Engines, Words, testing::ValuesIn(engines), engine_name<testing::TestParamInfo<Engine>>);

TEST_P(Words, ComeBackAsTheyWere) {
    say(1);
    {
        const WordsOf sealed(writer(), 2);
        writer().run("insert into said (id, box, text, more) values (2, 'b', '', $1)", "more");
        writer().run("update said set more = $2 where id = $1", 1, "afterwards");
    }
    EXPECT_EQ(one(1).text(0), text);
    EXPECT_EQ(one(1).text(1), "afterwards");
    const Row first = one(1);
    EXPECT_EQ(kernel::Bytes(first.bytes(2).begin(), first.bytes(2).end()), (kernel::Bytes{0, 1, 255}));
    EXPECT_EQ(one(2).text(0), "");
    EXPECT_TRUE(one(2).null(2));
    EXPECT_EQ(writer().one("select coalesce(more, text) from said where id = 2")->text(0), "more");
    std::string all;
    writer().each("select text from said order by id", [&](const Row& row) { all += row.text(0) + ';'; });
    EXPECT_EQ(all, std::string(text) + ";;");
    EXPECT_EQ(writer().one("select count(*) from said where more is not null and text <> ''")->integer(0), 1);
    open();
    EXPECT_EQ(one(1).text(0), text);
}

TEST_P(Words, HaveTheSameDigestOnBothEngines) {
    say(1);
    TestPlace other(Engine::sqlite);
    auto plain = Database::open(other.place(), files);
    plain->writer().run("insert into said (id, box, text, data) values (1, 'a box', $1, $2)", text,
                        kernel::Bytes{0, 1, 255});
    EXPECT_EQ(state_digest(*database_->read(), database_->classes()), state_digest(*plain->read(), plain->classes()));
}

class Sealed : public Words {};
INSTANTIATE_TEST_SUITE_P(Engines, Sealed, testing::Values(Engine::postgres),
                         engine_name<testing::TestParamInfo<Engine>>);

TEST_P(Sealed, StandInTheDatabaseAsCiphertextAlone) {
    say(1);
    say(2);
    PostgresSession raw(place_.place().postgres, Access::everything);
    const auto rows = raw.query("select text, data, box from said order by id");
    EXPECT_EQ(rows[0].text(0).find("Xylo"), std::string::npos);
    EXPECT_GT(rows[0].text(0).size(), 40u);
    EXPECT_NE(rows[0].text(0), rows[1].text(0));
    EXPECT_GT(rows[0].bytes(1).size(), 30u);
    EXPECT_EQ(rows[0].text(2), "a box");
    // Moved to another row it is still what it was; changed by a bit it is nothing.
    raw.run("update said set text = (select text from said where id = 1), more = '' where id = 2");
    EXPECT_EQ(one(2).text(0), text);
    raw.run("update said set text = overlay(text placing 'QUFB' from 24) where id = 2");
    EXPECT_THROW(one(2), Failure);
    raw.run("update said set text = left(text, 12) where id = 2");
    EXPECT_THROW(one(2), Failure);
    raw.run("update said set text = 'as before words were sealed' where id = 2");
    EXPECT_EQ(one(2).text(0), "as before words were sealed");
}

TEST_P(Sealed, AreGoneWithTheirKey) {
    say(1);
    say(2);
    destroy(1);
    ASSERT_TRUE(database_->checkpoint(Wal::empty));
    EXPECT_EQ(one(1).text(0), "");
    EXPECT_TRUE(one(1).bytes(2).empty());
    EXPECT_EQ(one(2).text(0), text);
    say(3);
    EXPECT_EQ(one(3).text(0), text);
}

TEST_P(Sealed, RefuseWhatWouldNotBeSealed) {
    EXPECT_THROW(writer().run("insert into said (id, box, text) values (1, 'b', $1)", text), std::logic_error);
    const WordsOf sealed(writer(), 1);
    EXPECT_THROW(writer().run("insert into said (id, box, text) values (1, 'b', lower($1))", text), std::logic_error);
    EXPECT_THROW(writer().run("insert into said (id, box, text) values (1, $1, $1)", text), std::logic_error);
    EXPECT_THROW(writer().run("insert into said values (1, 'b', $1)", text), std::logic_error);
    // Somebody writes what looks sealed where nothing is.
    try {
        writer().run("insert into said (id, box, text) values (1, $1, '')", "\x02words:AAAA");
        FAIL() << "taken";
    } catch (const Failure& failure) { EXPECT_EQ(failure.kind, Kind::encoding); }
    writer().run("insert into said (id, box, text) values (1, 'b', $1)", "\x02words:AAAA");
    EXPECT_EQ(one(1).text(0), "\x02words:AAAA");
}

TEST_P(Sealed, AreNotOpenedWithoutTheirKeys) {
    say(1);
    const auto path = words_key(place_.place().folder);
    database_.reset();
    std::filesystem::rename(path, path.string() + ".aside");
    EXPECT_NE(why_not_opened().find("words.key is missing"), std::string::npos);
    EXPECT_FALSE(std::filesystem::exists(path)) << "another one would only hide it";
    EXPECT_THROW(Database::open_to_read(place_.place(), files), Failure);
    ring_of_words(place_.place().folder);  // makes one
    EXPECT_NE(why_not_opened().find("words.key is another one"), std::string::npos);
    EXPECT_THROW(Database::open_to_read(place_.place(), files), Failure);
    std::filesystem::rename(path.string() + ".aside", path);
    EXPECT_EQ(why_not_opened(), "");
    EXPECT_EQ(one(1).text(0), text);
    EXPECT_EQ(Database::open_to_read(place_.place(), files)->read()->one("select text from said")->text(0), text);
}

TEST_P(Sealed, NeedAFolder) { EXPECT_THROW(Database::open(Place{{}, place_.place().postgres}, files), Failure); }

}  // namespace
}  // namespace db::sealed_words_test
