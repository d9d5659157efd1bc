// For this module's tests: one place for each engine and suite, emptied before each test.
#pragma once
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>

#include "database.h"
#include "failure.h"
#include "testing.h"

namespace db {

inline constexpr kernel::EmbeddedFile test_files[] = {
    {"test/0900_thing.sql",
     "-- main\n"
     "-- state: for tests\n"
     "create table thing (\n"
     "    id {int} primary key,\n"
     "    name {text} not null unique,\n"
     "    size {int} check (size >= 0),\n"
     "    data {bytes},\n"
     "    parent {int} references thing (id)\n"
     ") {table-end};\n"
     "-- state: for tests, with a key of several columns\n"
     "create table pair (\n"
     "    word {text} not null,\n"
     "    code {bytes} not null,\n"
     "    n {int} not null,\n"
     "    note {text},\n"
     "    primary key (word, code, n)\n"
     ") {table-end-keyed};\n"},
    {"test/0901_local.sql",
     "-- local\n-- local: for tests\ncreate table session (id {int} primary key, word {text}) {table-end};\n"
     "create index session_by_word on session (word);\n"},
    {"test/0902_derived.sql",
     "-- derived\n-- derived: for tests\ncreate table mark (id {int} primary key, at {int}) {table-end};\n"},
};

// What a place of these files has, on either engine.
inline std::vector<TableClass> test_classes(Engine engine) { return table_classes(migrations(engine, test_files)); }

class BothEngines : public testing::TestWithParam<Engine> {
protected:
    struct Shared {
        explicit Shared(Engine engine) : place(engine), base(Database::open(place.place(), test_files)) {}
        TestPlace place;
        std::unique_ptr<Database> base;
    };
    static std::map<Engine, std::unique_ptr<Shared>>& all() {
        static std::map<Engine, std::unique_ptr<Shared>> shared;
        return shared;
    }
    static void TearDownTestSuite() { all().clear(); }

    void SetUp() override {
        std::unique_ptr<Shared>& mine = all()[GetParam()];
        if (mine == nullptr) mine = std::make_unique<Shared>(GetParam());
        shared_ = mine.get();
        Connection& w = writer();
        w.run("delete from thing");
        w.run("delete from pair");
        shared_->base->local()->run("delete from local.session");
        shared_->base->derived()->run("delete from derived.mark");
    }

    Database& base() { return *shared_->base; }
    Connection& writer() { return shared_->base->writer(); }
    const Place& place() { return shared_->place.place(); }
    bool sqlite() const { return GetParam() == Engine::sqlite; }

private:
    Shared* shared_ = nullptr;
};

// The Failure that `work` throws; a test failure when it throws none.
template <class Work>
Failure failure_of(Work work) {
    try {
        work();
    } catch (const Failure& failure) { return failure; }
    ADD_FAILURE() << "nothing was thrown";
    return {Kind::other, "nothing was thrown"};
}

inline constexpr auto name_of_engine = [](const auto& info) { return engine_name(info); };

}  // namespace db
