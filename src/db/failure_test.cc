// The same mistake has the same kind of Failure on both engines, and no text of a Failure has a value in it.
#include "fixture.h"

namespace db {
namespace {

constexpr const char* secret = "Geheimnis";

class Failures : public BothEngines {
protected:
    void SetUp() override {
        BothEngines::SetUp();
        writer().run("insert into thing (id, name, size) values (1, 'first', 1)");
        writer().run("insert into thing (id, name, parent) values (2, 'second', 1)");
    }
};

struct Mistake {
    const char* what;
    Kind kind;
    std::function<void(Connection&)> make;
};

const Mistake mistakes[] = {
    {"primary key taken", Kind::unique,
     [](Connection& c) { c.run("insert into thing (id, name) values ($1, $2)", 1, secret); }},
    {"unique taken", Kind::unique,
     [](Connection& c) { c.run("insert into thing (id, name) values ($1, $2)", 3, "first"); }},
    {"unique taken by update", Kind::unique, [](Connection& c) { c.run("update thing set name = $1", secret); }},
    {"key of several columns taken", Kind::unique,
     [](Connection& c) {
         for (int i = 0; i < 2; ++i)
             c.run("insert into pair (word, code, n) values ($1, $2, $3)", secret, kernel::Bytes{1}, 7);
     }},
    {"no such parent", Kind::foreign_key,
     [](Connection& c) { c.run("insert into thing (id, name, parent) values ($1, $2, $3)", 3, secret, 99); }},
    {"parent still needed", Kind::foreign_key, [](Connection& c) { c.run("delete from thing where id = $1", 1); }},
    {"check", Kind::check,
     [](Connection& c) { c.run("insert into thing (id, name, size) values ($1, $2, $3)", 3, secret, -1); }},
    {"not null", Kind::check, [](Connection& c) { c.run("insert into thing (id, name) values ($1, $2)", 3, nullptr); }},
    {"not null in a key", Kind::check,
     [](Connection& c) { c.run("insert into pair (word, code, n) values ($1, $2, $3)", secret, nullptr, 1); }},
    {"left out, not null", Kind::check, [](Connection& c) { c.run("insert into thing (id, size) values ($1, 1)", 3); }},
    {"words in an integer", Kind::other,
     [](Connection& c) { c.run("insert into thing (id, name, size) values ($1, 'x', $2)", 3, secret); }},
    {"words in an integer key", Kind::other,
     [](Connection& c) { c.run("insert into thing (id, name) values ($1, 'x')", secret); }},
    {"an integer in bytes", Kind::other,
     [](Connection& c) { c.run("insert into thing (id, name, data) values (3, 'x', $1)", 3); }},
    {"words in bytes", Kind::other,
     [](Connection& c) { c.run("insert into thing (id, name, data) values (3, 'x', $1)", secret); }},
    {"syntax", Kind::other, [](Connection& c) { c.run("insert intro thing values ($1)", secret); }},
    {"no such table", Kind::other, [](Connection& c) { c.query("select 1 from nowhere where x = $1", secret); }},
    {"no such column", Kind::other,
     [](Connection& c) { c.query("select nothing from thing where name = $1", secret); }},
    {"a double-quoted word is a name", Kind::other, [](Connection& c) { c.query("select \"x\" from thing"); }},
    {"writes local", Kind::other,
     [](Connection& c) { c.run("insert into local.session (id, word) values (1, $1)", secret); }},
    {"writes derived", Kind::other, [](Connection& c) { c.change("delete from derived.mark where id = $1", 1); }},
    {"not UTF-8", Kind::encoding, [](Connection& c) { c.query("select $1", "Geheimnis\xff"); }},
    {"overlong", Kind::encoding, [](Connection& c) { c.run("update thing set name = $1", "Geheimnis\xc0\xaf"); }},
    {"a surrogate", Kind::encoding,
     [](Connection& c) { c.change("update thing set name = $1", "Geheimnis\xed\xa0\x80"); }},
    {"NUL", Kind::encoding, [](Connection& c) { c.query("select $1", std::string_view("Geheim\0nis", 10)); }},
};

void expect_no_value(const Failure& failure, const char* what) {
    const std::string text = failure.what();
    EXPECT_EQ(text.find("Geheim"), std::string::npos) << what << ": " << text;
    EXPECT_NE(text.find("database, " + std::string(name(failure.kind))), std::string::npos) << text;
}

TEST_P(Failures, HaveTheSameKindOutsideATransaction) {
    for (const Mistake& mistake : mistakes) {
        const Failure failure = failure_of([&] { mistake.make(writer()); });
        EXPECT_EQ(failure.kind, mistake.kind) << mistake.what << ": " << failure.what();
        expect_no_value(failure, mistake.what);
        EXPECT_EQ(writer().one("select count(*) from thing")->integer(0), 2) << mistake.what;
        writer().run("delete from pair");
    }
}

TEST_P(Failures, HaveTheSameKindInsideATransaction) {
    for (const Mistake& mistake : mistakes) {
        const Failure failure = failure_of([&] {
            Transaction t(writer());
            t->run("insert into thing (id, name) values (10, 'ten')");
            mistake.make(t.connection());
            t.commit();
        });
        EXPECT_EQ(failure.kind, mistake.kind) << mistake.what << ": " << failure.what();
        expect_no_value(failure, mistake.what);
        EXPECT_EQ(writer().one("select count(*) from thing")->integer(0), 2) << mistake.what;
    }
}

TEST_P(Failures, NameTheConstraint) {
    const auto text_of = [&](auto work) { return std::string(failure_of(work).what()); };
    const std::string taken = text_of([&] { writer().run("insert into thing (id, name) values (3, 'first')"); });
    EXPECT_NE(taken.find(sqlite() ? "SQLite 2067" : "SQLSTATE 23505"), std::string::npos) << taken;
    EXPECT_NE(taken.find(sqlite() ? "thing.name" : "thing_name_key"), std::string::npos) << taken;
    const std::string null = text_of([&] { writer().run("insert into thing (id) values (3)"); });
    EXPECT_NE(null.find(sqlite() ? "thing.name" : "thing, name"), std::string::npos) << null;
    const std::string column = text_of([&] { writer().query("select nothing from thing"); });
    EXPECT_NE(column.find("nothing"), std::string::npos) << column;
}

TEST_P(Failures, SpoilTheTransactionOnly) {
    {
        Transaction t(writer());
        t->run("insert into thing (id, name) values (10, 'ten')");
        EXPECT_EQ(failure_of([&] {
                      t->run("insert into thing (id, name) values (1, 'x')");
                      t->query("select 1");
                  }).kind,
                  Kind::unique);
        EXPECT_EQ(failure_of([&] { t->run("select 1"); }).kind, Kind::other);
        EXPECT_EQ(failure_of([&] { t->query("select 1"); }).kind, Kind::other);
        EXPECT_EQ(failure_of([&] { t.savepoint(); }).kind, Kind::other);
        EXPECT_EQ(failure_of([&] { t.commit(); }).kind, Kind::other);
    }
    EXPECT_FALSE(writer().in_transaction());
    EXPECT_EQ(writer().one("select count(*) from thing")->integer(0), 2);
    writer().run("insert into thing (id, name) values (10, 'ten')");
}

TEST_P(Failures, RefusedTextSpoilsNothing) {
    Transaction t(writer());
    t->run("insert into thing (id, name) values (10, 'ten')");
    EXPECT_EQ(failure_of([&] { t->run("update thing set name = $1", "\xff"); }).kind, Kind::encoding);
    EXPECT_THROW(t->run("select $1"), std::logic_error);
    t->run("insert into thing (id, name) values (11, 'eleven')");
    t.commit();
    EXPECT_EQ(writer().one("select count(*) from thing")->integer(0), 4);
}

TEST_P(Failures, OfWhatWaitsSurfaceAtTheCommitAtTheLatest) {
    for (const bool asking : {true, false}) {
        const Failure failure = failure_of([&] {
            Transaction t(writer());
            t->run("insert into thing (id, name) values (10, 'ten')");
            t->run("insert into thing (id, name) values (10, 'again')");
            t->run("insert into thing (id, name) values (11, 'eleven')");
            if (asking) t->query("select 1");
            if (!asking) t.commit();
        });
        EXPECT_EQ(failure.kind, Kind::unique);
        EXPECT_NE(std::string(failure.what()).find("'again'"), std::string::npos) << "names the statement that failed";
        EXPECT_EQ(writer().one("select count(*) from thing")->integer(0), 2);
    }
}

TEST_P(Failures, LeaveTheStatementUsable) {
    for (int round = 0; round < 3; ++round) {
        EXPECT_EQ(
            failure_of([&] { writer().run("insert into thing (id, name, size) values ($1, $2, $3)", 1, "x", 1); }).kind,
            Kind::unique);
        writer().run("insert into thing (id, name, size) values ($1, $2, $3)", 20 + round, std::to_string(round), 1);
        EXPECT_EQ(failure_of([&] { writer().query("select nowhere from thing"); }).kind, Kind::other);
    }
}

TEST_P(Failures, ReadersMayNotWrite) {
    auto reader = base().read();
    EXPECT_EQ(failure_of([&] { reader->run("insert into thing (id, name) values (3, 'x')"); }).kind, Kind::other);
    EXPECT_EQ(failure_of([&] { reader->run("delete from local.session"); }).kind, Kind::other);
    EXPECT_EQ(failure_of([&] { reader->run("create table stray (id bigint)"); }).kind, Kind::other);
    auto local = base().local();
    EXPECT_EQ(failure_of([&] { local->run("delete from thing"); }).kind, Kind::other);
    EXPECT_EQ(failure_of([&] { local->run("update derived.mark set at = 1"); }).kind, Kind::other);
    local->run("insert into local.session (id, word) values (1, 'x')");
    auto derived = base().derived();
    EXPECT_EQ(failure_of([&] { derived->run("delete from thing"); }).kind, Kind::other);
    EXPECT_EQ(failure_of([&] { derived->run("delete from local.session"); }).kind, Kind::other);
    derived->run("insert into derived.mark (id, at) values (1, 7)");
    const Row row = *writer().one("select s.word, m.at from local.session s join derived.mark m on m.id = s.id");
    EXPECT_EQ(row.text(0), "x");
    EXPECT_EQ(row.integer(1), 7);
}

INSTANTIATE_TEST_SUITE_P(Engines, Failures, testing::ValuesIn(engines), name_of_engine);

TEST(FailureText, CutsLongSql) {
    const std::string text = failure(Kind::full, "SQLite 13", std::string(5'000, 'x')).what();
    EXPECT_LT(text.size(), 500u);
    EXPECT_EQ(text.substr(0, 30), "database, full: SQLite 13; in:");
}

}  // namespace
}  // namespace db
