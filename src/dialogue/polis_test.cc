#include "polis.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>

#include <gtest/gtest.h>

#include <files/csv.h>

#include "store.h"
#include "test_world.h"

namespace dialogue {
namespace {

namespace fs = std::filesystem;

const std::string london = TESTDATA "/london.youth.policing";
const auto quiet = [](std::int64_t, std::int64_t) {};

// A copy of the small conversation that a test may break.
class Folder {
public:
    Folder() {
        std::string pattern = (fs::temp_directory_path() / "huiyin-polis-XXXXXX").string();
        if (!mkdtemp(pattern.data())) throw std::runtime_error("no temporary folder");
        path_ = pattern;
        for (const auto& file : fs::directory_iterator(london)) fs::copy(file.path(), path_ / file.path().filename());
    }
    ~Folder() { fs::remove_all(path_); }
    std::string path() const { return path_.string(); }
    std::string read(const std::string& file) const {
        std::ifstream in(path_ / file, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    void write(const std::string& file, const std::string& text) const {
        std::ofstream(path_ / file, std::ios::binary) << text;
    }
    void replace(const std::string& file, const std::string& old, const std::string& now) const {
        std::string text = read(file);
        const std::size_t at = text.find(old);
        if (at == std::string::npos) throw std::runtime_error(old + " is not in " + file);
        write(file, text.replace(at, old.size(), now));
    }
    void remove(const std::string& file) const { fs::remove(path_ / file); }

private:
    fs::path path_;
};

kernel::Result<PolisTaken> take(World& world, const std::string& folder, std::optional<CycleId> into = {},
                                const std::string& lang = "en") {
    PolisImport asked;
    asked.folder = folder;
    asked.cycle = into;
    asked.lang = lang;
    return import_polis(*world.needs, asked, quiet);
}

// (statement, choice) -> people, from the final matrix of the source.
std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t> matrix_counts(const std::string& folder) {
    auto reader = *files::CsvReader::open(folder + "/participants-votes.csv");
    std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t> counts;
    while (auto row = *reader.next())
        for (std::size_t i = 0; i < row->size(); ++i)
            if (const auto number = kernel::parse_index(reader.header()[i]); number && !(*row)[i].empty())
                ++counts[{*number, std::stol((*row)[i])}];
    return counts;
}

void expect_counts_of_matrix(World& world, DialogueId id, const std::string& folder) {
    auto counts = matrix_counts(folder);
    auto db = world.database->read();
    for (const auto& [number, statement_id] : numbered(*db, id)) {
        const Counts c = statement(*db, statement_id)->counts;
        EXPECT_EQ(c.agree, (counts[{number, 1}])) << number;
        EXPECT_EQ(c.disagree, (counts[{number, -1}])) << number;
        EXPECT_EQ(c.pass, (counts[{number, 0}])) << number;
    }
}

class PolisImportTest : public testing::TestWithParam<db::Engine> {
protected:
    World world{GetParam()};
};

TEST_P(PolisImportTest, TakesAWholeConversationAndKeepsItsSource) {
    std::vector<std::pair<std::int64_t, std::int64_t>> steps;
    PolisImport asked;
    asked.folder = london;
    const PolisTaken taken = must(
        import_polis(*world.needs, asked, [&](std::int64_t done, std::int64_t of) { steps.emplace_back(done, of); }));
    EXPECT_EQ(taken.statements, 39);
    EXPECT_EQ(taken.votes_cast, 640);
    EXPECT_EQ(steps.front(), (std::pair<std::int64_t, std::int64_t>{0, 679}));
    EXPECT_EQ(steps.back(), (std::pair<std::int64_t, std::int64_t>{679, 679}));
    EXPECT_TRUE(std::is_sorted(steps.begin(), steps.end()));

    const Figures f = world.count(taken.dialogue);
    EXPECT_EQ(f.accepted, 36);
    EXPECT_EQ(f.set_aside, 3);
    EXPECT_EQ(f.never_moderated, 0);
    EXPECT_EQ(f.imported_people, 26);
    EXPECT_EQ(f.people, 0);
    EXPECT_EQ(f.votes_cast, 640);
    EXPECT_EQ(f.votes, 638);
    expect_counts_of_matrix(world, taken.dialogue, london);

    auto db = world.database->read();
    const Dialogue d = dialogue(*db, taken.dialogue).value();
    EXPECT_EQ(d.question, "What is the best way to engage more young people in local scrutiny of policing?");
    EXPECT_NE(d.source.find("CC BY 4.0"), std::string::npos);
    EXPECT_NE(d.source.find("https://pol.is/9xxwa9jpkm"), std::string::npos);
    EXPECT_EQ(d.first, kernel::parse_day("2022-07-27"));
    const cycle::Cycle round = cycle::cycle(*db, d.cycle).value();
    EXPECT_EQ(round.name, d.question);
    EXPECT_EQ(round.source, d.source);
    EXPECT_EQ(round.phase, cycle::Phase::prepare);
    // Nobody was enrolled here: imported people are counted apart.
    EXPECT_EQ(people::turnout(*db, d.cycle).people, 0);
    const Statement aside = statements(*db, {taken.dialogue, State::set_aside, {}, {}, 1}).at(0);
    EXPECT_EQ(aside.ground, Ground::not_recorded);
    EXPECT_EQ(aside.origin, Origin::imported);
    EXPECT_EQ(aside.day.days, kernel::parse_day("2022-07-26")->days);
    EXPECT_FALSE(ledger::public_entries(*db, aside.id.value(), 1).at(0).words.has_value());
}

TEST_P(PolisImportTest, AgainChangesNothingAndReplayIsTheSame) {
    const PolisTaken first = must(take(world, london));
    const std::int64_t size = world.ledger->size();
    const PolisTaken second = must(take(world, london));
    EXPECT_EQ(world.ledger->size(), size);
    EXPECT_EQ(second.dialogue, first.dialogue);
    EXPECT_EQ(second.cycle, first.cycle);
    EXPECT_EQ(second.statements, 0);
    EXPECT_EQ(second.votes_cast, 0);
    // The same files into a round that was named are another import.
    const PolisTaken named = must(take(world, london, world.round));
    EXPECT_EQ(named.cycle, world.round);
    EXPECT_EQ(named.votes_cast, 640);
    EXPECT_EQ(figures(*world.database->read(), world.round).imported_people, 26);
    world.expect_same_after_rebuild();
}

TEST_P(PolisImportTest, GoesOnWhereItStopped) {
    // Stops after each step once: what is in the ledger then is what a killed process leaves.
    struct Stop {};
    std::optional<PolisTaken> whole;
    int stopped = 0;
    for (int calls = 1; !whole; ++calls) {
        ASSERT_LT(calls, 20);
        int left = calls;
        PolisImport asked;
        asked.folder = london;
        try {
            whole = must(import_polis(*world.needs, asked, [&](std::int64_t, std::int64_t) {
                if (--left < 0) throw Stop();
            }));
        } catch (const Stop&) { ++stopped; }
    }
    EXPECT_GT(stopped, 0);
    const Figures f = world.count(whole->dialogue);
    EXPECT_EQ(f.votes_cast, 640);
    EXPECT_EQ(f.votes, 638);
    EXPECT_EQ(f.statements(), 39);
    EXPECT_EQ(cycle::cycles(*world.database->read(), std::nullopt, 10).size(), 2u);
    expect_counts_of_matrix(world, whole->dialogue, london);
}

TEST_P(PolisImportTest, TheMatrixAloneGivesTheSameCounts) {
    Folder folder;
    folder.remove("votes.csv");
    const PolisTaken taken = must(take(world, folder.path()));
    const Figures f = world.count(taken.dialogue);
    EXPECT_EQ(f.votes_cast, 638);
    EXPECT_EQ(f.votes, 638);
    EXPECT_EQ(f.imported_people, 26);
    EXPECT_EQ(dialogue(*world.database->read(), taken.dialogue)->first, std::nullopt);
    expect_counts_of_matrix(world, taken.dialogue, london);
}

TEST_P(PolisImportTest, ABrokenFileIsRefusedWithItsPlaceAndNothingIsTaken) {
    struct Case {
        std::string label, file, old, now, key, line, column;
    };
    const Case cases[] = {
        {"quote", "comments.csv", "\"Youth", "Youth\"", "files.csv_quote", "", ""},
        {"fields", "votes.csv", ",1,2,-1", ",1,2", "files.csv_columns", "3", ""},
        {"vote", "votes.csv", ",1,2,-1", ",1,2,-2", "dialogue.polis_choice", "3", "5"},
        {"voter", "votes.csv", ",1,2,-1", ",1,x,-1", "dialogue.polis_number", "3", "4"},
        {"voter too large", "votes.csv", ",1,2,-1", ",1,1048576,-1", "dialogue.polis_number", "3", "4"},
        {"statement", "votes.csv", ",1,2,-1", ",999,2,-1", "dialogue.polis_unknown", "3", "3"},
        {"time", "votes.csv", "1658933844092", "soon", "dialogue.polis_number", "3", "1"},
        {"header", "votes.csv", "voter-id", "voter", "dialogue.polis_column", "1", "1"},
        {"moderated", "comments.csv", ",35,23,2,1,1,", ",35,23,2,1,2,", "dialogue.polis_state", "2", "7"},
        {"statement twice", "comments.csv", ",38,23,3,0,1,", ",35,23,3,0,1,", "dialogue.polis_twice", "3", "3"},
        {"no text", "comments.csv", "Eliminate bias - wider background check to see the type of people they are hiring",
         "", "dialogue.polis_text", "2", "8"},
        {"no topic", "summary.csv", "topic,", "tropic,", "dialogue.polis_column", "1", "1"},
    };
    const std::int64_t size = world.ledger->size();
    for (const Case& c : cases) {
        Folder folder;
        if (c.label == "quote")
            folder.write(c.file, folder.read(c.file) + "1,\"open\n");
        else
            folder.replace(c.file, c.old, c.now);
        const auto refused = take(world, folder.path());
        ASSERT_FALSE(refused.has_value()) << c.label;
        const kernel::Error& e = refused.error();
        EXPECT_EQ(e.key, c.key) << c.label;
        EXPECT_EQ(e.code, kernel::Code::malformed) << c.label;
        std::map<std::string, std::string> args(e.args.begin(), e.args.end());
        EXPECT_EQ(args["file"], c.file) << c.label;
        EXPECT_EQ(args["line"], c.line.empty() ? args["line"] : c.line) << c.label;
        EXPECT_FALSE(args["line"].empty()) << c.label;
        EXPECT_EQ(args["column"], c.column.empty() ? args["column"] : c.column) << c.label;
        EXPECT_FALSE(args["column"].empty()) << c.label;
    }
    Folder folder;
    folder.remove("comments.csv");
    EXPECT_EQ(take(world, folder.path()).error().key, "files.csv_missing");
    EXPECT_EQ(take(world, london, CycleId(9999)).error().key, "cycle.unknown");
    EXPECT_EQ(world.ledger->size(), size);
}

INSTANTIATE_TEST_SUITE_P(Engines, PolisImportTest, testing::ValuesIn(db::engines),
                         db::engine_name<testing::TestParamInfo<db::Engine>>);

// The copied conversation always; all five where the environment says that they are at hand. The two that the demo
// carries are counted in test/demo.
TEST(PolisConversations, HaveExactlyTheFiguresOfTheirSource) {
    const char* given = std::getenv("HUIYIN_DATA");
    const std::string data = given ? std::string(given) + "/polis/" : TESTDATA "/";
    struct Case {
        std::string folder, lang;
        std::int64_t accepted, set_aside, never, people, cast, pairs;
    };
    const Case cases[] = {
        {"vtaiwan.uberx", "zh-Hant", 99, 78, 20, 1921, 49997, 49443},
        {"american-assembly.bowling-green", "en", 607, 289, 0, 2031, 225524, 225524},
        {"scoop-hivemind.biodiversity", "en", 154, 162, 0, 536, 29802, 29719},
        {"ssis.land-bank-farmland.2rumnecbeh.2021-08-01", "en", 186, 105, 6, 404, 33530, 33463},
        {"london.youth.policing", "en", 36, 3, 0, 26, 640, 638},
    };
    World world(db::Engine::sqlite);
    int taken_in = 0;
    for (const Case& c : cases) {
        const std::string folder = data + c.folder;
        if (!given && !fs::exists(folder)) continue;
        ++taken_in;
        const PolisTaken taken = must(take(world, folder, std::nullopt, c.lang));
        const Figures f = world.count(taken.dialogue);
        EXPECT_EQ(f.accepted, c.accepted) << c.folder;
        EXPECT_EQ(f.set_aside, c.set_aside) << c.folder;
        EXPECT_EQ(f.never_moderated, c.never) << c.folder;
        EXPECT_EQ(f.imported_people, c.people) << c.folder;
        EXPECT_EQ(f.votes_cast, c.cast) << c.folder;
        EXPECT_EQ(f.votes, c.pairs) << c.folder;
        expect_counts_of_matrix(world, taken.dialogue, folder);
    }
    EXPECT_EQ(taken_in, given ? 5 : 1);
}

}  // namespace
}  // namespace dialogue
