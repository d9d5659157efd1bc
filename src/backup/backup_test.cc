// On both engines: what is backed up comes back, in parts; what was erased does not; what is harmed is refused.
#include "backup.h"

#include <fstream>

#include <db/database.h>
#include <db/testing.h>
#include <files/files.h>
#include <gtest/gtest.h>
#include <kernel/clock.h>
#include <ledger/key.h>

#include "disk.h"
#include "keys.h"
#include "manifest.h"

namespace backup {
namespace {

namespace fs = std::filesystem;

class Backups : public testing::TestWithParam<db::Engine> {
protected:
    Backups() : place(GetParam()), database(db::Database::open(place.place())) {
        folder = fs::temp_directory_path() / ("huiyin-backup-" + kernel::hex(kernel::random_bytes(8)));
        data = folder / "data", to = folder / "backup", keys = folder / "keys";
        fs::create_directories(data);
        ledger::make_key(data / "log.key", "backup.example/log");
        write_file(data / "server.key", kernel::Bytes(32, 9));
        store = std::make_unique<files::Store>(data / "files");
        kinds = {{"toy.said", [](db::Connection&, const ledger::Entry&) {}, [](db::Connection&, std::int64_t) {}}};
        log = ledger::Ledger::start(*database, clock, ledger::load_key(data / "log.key"), kinds);
    }
    ~Backups() override { fs::remove_all(folder); }

    void say(int n) {
        const auto done = log->perform([&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            std::int64_t last = 0;
            for (int i = 0; i < n; ++i) {
                ledger::Draft d;
                d.kind = "toy.said";
                d.facts = kernel::Json::Object{{"n", i}};
                d.words = kernel::Json::Object{{"text", "marker " + std::to_string(w.next_index())}};
                last = w.append(std::move(d));
            }
            return last;
        });
        ASSERT_TRUE(done);
    }
    void erase(std::int64_t index) {
        ASSERT_TRUE(log->perform([&](ledger::Writing& w) { return ledger::erase_words(w, index, "ordered"); }));
    }
    void forget(std::int64_t index, const std::vector<kernel::Hash>& pictures = {}) {
        destroy_keys(data, {index}, "ordered", pictures, [](const fs::path&) { FAIL() << "out of reach"; });
    }
    Made run() { return make(*database, data, to, keys); }

    struct Back {
        explicit Back(db::Engine engine) : place(engine), database(db::Database::open(place.place())) {}
        db::TestPlace place;
        std::unique_ptr<db::Database> database;
        fs::path data;
        Restored done;
    };
    std::unique_ptr<Back> back(db::Engine engine, const std::optional<std::string>& at_least = {}) {
        auto b = std::make_unique<Back>(engine);
        b->data = folder / ("back-" + kernel::hex(kernel::random_bytes(4)));
        b->done = restore(to, keys, at_least, *b->database, b->data, kinds, clock);
        return b;
    }
    std::string refused(const std::optional<std::string>& at_least = {}) {
        try {
            back(db::Engine::sqlite, at_least);
        } catch (const std::runtime_error& e) { return e.what(); }
        return "";
    }

    db::TestPlace place;
    kernel::SetClock clock{kernel::start_of(kernel::parse_day("2026-11-23").value())};
    std::unique_ptr<db::Database> database;
    ledger::Kinds kinds;
    fs::path folder, data, to, keys;
    std::unique_ptr<files::Store> store;
    std::unique_ptr<ledger::Ledger> log;
};

TEST_P(Backups, ComeBackOnEitherEngine) {
    say(4100);
    const kernel::Hash picture = store->put(kernel::view("a picture"));
    const Made made = run();
    EXPECT_EQ(made.size, 4100);
    EXPECT_EQ(made.entries, 4100);
    EXPECT_EQ(made.pictures, 1);
    for (db::Engine engine : db::engines) {
        auto b = back(engine);
        EXPECT_EQ(b->done.size, 4100);
        EXPECT_EQ(b->done.erased, 0);
        EXPECT_EQ(ledger::head(*b->database->read()), ledger::head(*database->read()));
        EXPECT_EQ(ledger::entry(*b->database->read(), 4099)->words->need_string("text"), "marker 4099");
        EXPECT_EQ(files::Store(b->data / "files").get(picture),
                  kernel::Bytes(kernel::view("a picture").begin(), kernel::view("a picture").end()));
        EXPECT_EQ(read_file(b->data / "log.key"), read_file(data / "log.key"));
        EXPECT_EQ(read_file(b->data / "server.key"), read_file(data / "server.key"));
    }
}

TEST_P(Backups, KeysThatWereDestroyedDoNotLieBeside) {
    say(3);
    run();
    forget(1);
    // As a run leaves them that was killed before it had wiped the old bytes.
    for (const fs::path& file : {data / "words.key", keys})
        for (const char* ending : {".old", ".draft"}) std::ofstream(file.string() + ending) << "a destroyed key";
    forget(1);
    for (const fs::path& file : {data / "words.key", keys})
        for (const char* ending : {".old", ".draft"})
            EXPECT_FALSE(fs::exists(file.string() + ending)) << file << ending;
    // Killed a moment earlier, the second name is still the file's own.
    const auto before = need_file(keys);
    fs::create_hard_link(keys, keys.string() + ".old");
    fs::create_hard_link(data / "words.key", (data / "words.key.old"));
    forget(1);
    EXPECT_EQ(need_file(keys), before);
    EXPECT_EQ(back(GetParam())->done.erased, 1);
}

TEST_P(Backups, AreCheckedAgainstWhatTheLeavesCommitTo) {
    say(4100);
    const auto set_facts = [&](std::int64_t index, const std::string& facts) {
        db::Transaction transaction(database->writer());
        database->writer().run("update entry set facts = $1 where idx = $2", facts, index);
        transaction.commit();
    };
    // In a full part, which is otherwise written once, and in the open end.
    for (const std::int64_t index : {std::int64_t{5}, std::int64_t{4099}}) {
        say(1);  // so that the open end has to be written
        const std::string good = ledger::whole_entries(*database->read(), index, index + 1, 1).at(0).facts;
        set_facts(index, "{\"n\":-1}");
        try {
            run();
            ADD_FAILURE() << index;
        } catch (const std::runtime_error& e) {
            EXPECT_NE(std::string_view(e.what()).find("entry " + std::to_string(index) + ": its facts are not"),
                      std::string_view::npos)
                << e.what();
        }
        set_facts(index, good);
        EXPECT_EQ(run().size, log->size()) << "repaired, it is read anew";
    }
    say(1);
    {
        db::Transaction transaction(database->writer());
        database->writer().run("delete from entry_words where idx = 4102");
        transaction.commit();
    }
    EXPECT_THROW(run(), std::runtime_error) << "words that nothing erased are missing";
}

TEST_P(Backups, CopyOnlyWhatIsNew) {
    say(4096);
    store->put(kernel::view("a picture"));
    run();
    say(3);
    const Made second = run();
    EXPECT_EQ(second.entries, 3);
    EXPECT_EQ(second.pictures, 0);
    const Made third = run();
    EXPECT_EQ(third.entries, 0);
    EXPECT_FALSE(fs::exists(to / part_name("log", 4096, 2)));
    say(1);
    run();
    EXPECT_FALSE(fs::exists(to / part_name("log", 4096, 3)));  // the end of before is gone
    EXPECT_EQ(back(db::Engine::sqlite)->done.size, 4100);
}

TEST_P(Backups, ForgetWhatWasErasedAfterThem) {
    say(10);
    const kernel::Hash picture = store->put(kernel::view("a picture"));
    run();
    erase(4);
    forget(4, {picture});
    auto old = back(db::Engine::sqlite);
    EXPECT_EQ(old->done.erased, 1);
    EXPECT_EQ(old->done.pictures, 0);
    EXPECT_EQ(ledger::size(*old->database->read()), 11);
    EXPECT_FALSE(ledger::entry(*old->database->read(), 4)->words);
    EXPECT_EQ(ledger::entry(*old->database->read(), 10)->kind, "ledger.words_erased");
    EXPECT_EQ(ledger::entry(*old->database->read(), 10)->facts.need_string("basis"), "ordered");
    EXPECT_TRUE(ledger::entry(*old->database->read(), 5)->words);
    store->erase(picture);
    run();
    auto fresh = back(db::Engine::sqlite);
    EXPECT_EQ(fresh->done.erased, 0);
    EXPECT_EQ(ledger::head(*fresh->database->read()), ledger::head(*database->read()));
    EXPECT_FALSE(fs::exists(to / picture_name(picture)));
    forget(4);  // again: nothing happens
}

// The words of a part may have been written before the log erased them, and their key may not be destroyed yet.
TEST_P(Backups, LeaveOutWhatTheirOwnLogErased) {
    say(4096);
    run();
    erase(17);
    run();
    auto b = back(db::Engine::sqlite);
    EXPECT_EQ(b->done.erased, 0);
    EXPECT_FALSE(ledger::entry(*b->database->read(), 17)->words);
}

TEST_P(Backups, OlderOrOtherOnesAreRefused) {
    say(5);
    const std::string first = log->checkpoint();
    run();
    say(1);
    const std::string second = log->checkpoint();
    EXPECT_EQ(refused(first), "");
    EXPECT_NE(refused(second).find("older than the checkpoint"), std::string::npos);
    EXPECT_NE(refused("no checkpoint").find("--at-least"), std::string::npos);
    std::string forged = first;
    forged[forged.size() - 8] = forged[forged.size() - 8] == 'A' ? 'B' : 'A';
    EXPECT_NE(refused(forged), "");
    run();
    EXPECT_EQ(refused(second), "");
}

TEST_P(Backups, HarmIsFoundWhereverItIs) {
    say(30);
    store->put(kernel::view("a picture"));
    run();
    std::vector<fs::path> all = {keys};
    for (const auto& file : fs::recursive_directory_iterator(to))
        if (file.is_regular_file()) all.push_back(file.path());
    EXPECT_GE(all.size(), 6u);
    for (const fs::path& file : all) {
        const kernel::Bytes whole = need_file(file);
        for (std::size_t at : {std::size_t{0}, whole.size() / 2, whole.size() - 1}) {
            kernel::Bytes harmed = whole;
            harmed[at] ^= 1;
            write_file(file, harmed);
            EXPECT_NE(refused(), "") << file << " at " << at;
        }
        write_file(file, kernel::View(whole).first(whole.size() - 1));
        EXPECT_NE(refused(), "") << file << " cut";
        fs::remove(file);
        EXPECT_NE(refused(), "") << file << " missing";
        write_file(file, whole);
    }
    EXPECT_EQ(refused(), "");
}

TEST_P(Backups, ABrokenRunLeavesTheOneBefore) {
    say(5);
    run();
    say(4096);
    std::ofstream(to / "in-the-way") << "x";
    fs::create_directories(to / (part_name("log", 0, 4096) + ".draft"));  // the part cannot be written
    EXPECT_ANY_THROW(run());
    EXPECT_EQ(back(db::Engine::sqlite)->done.size, 5);
    fs::remove(to / (part_name("log", 0, 4096) + ".draft"));
    EXPECT_EQ(run().size, 4101);
    EXPECT_EQ(back(db::Engine::sqlite)->done.size, 4101);
    EXPECT_FALSE(fs::exists(to / "in-the-way"));
    fs::remove(to / "manifest");
    EXPECT_NE(refused().find("no complete backup"), std::string::npos);
}

TEST_P(Backups, DoNotMix) {
    say(5);
    run();
    const fs::path other = folder / "other";
    fs::create_directories(other);
    ledger::make_key(other / "log.key", "other.example/log");
    write_file(other / "server.key", kernel::Bytes(32, 9));
    EXPECT_ANY_THROW(make(*database, other, to, folder / "other.keys"));
    std::ofstream(folder / "precious") << "something else";
    EXPECT_ANY_THROW(make(*database, data, folder / "new", folder / "precious"));
    EXPECT_EQ(fs::file_size(folder / "precious"), 14u);
    auto b = std::make_unique<Back>(GetParam());
    restore(to, keys, {}, *b->database, folder / "once", kinds, clock);
    EXPECT_ANY_THROW(restore(to, keys, {}, *b->database, folder / "twice", kinds, clock));
}

INSTANTIATE_TEST_SUITE_P(Engines, Backups, testing::ValuesIn(db::engines),
                         [](const auto& each) { return db::engine_name(each); });

}  // namespace
}  // namespace backup
