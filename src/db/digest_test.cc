#include <set>

#include "fixture.h"

#include <rapidcheck.h>

namespace db {
namespace {

using Cell = Row::Cell;

void add_number(kernel::Bytes& to, std::uint64_t n) {
    for (int i = 7; i >= 0; --i) to.push_back(static_cast<std::uint8_t>(n >> (8 * i)));
}

// The twin: as database.h lays it down, everything in memory.
void add_cell(kernel::Bytes& to, const Cell& cell) {
    kernel::Bytes content;
    if (const auto* n = std::get_if<std::int64_t>(&cell)) add_number(content, static_cast<std::uint64_t>(*n));
    if (const auto* t = std::get_if<std::string>(&cell)) content.assign(t->begin(), t->end());
    if (const auto* b = std::get_if<kernel::Bytes>(&cell)) content = *b;
    to.push_back(static_cast<std::uint8_t>(cell.index()));
    if (cell.index() == 0) return;
    add_number(to, content.size());
    to.insert(to.end(), content.begin(), content.end());
}

kernel::Hash digest_of(const std::string& table, const std::vector<std::string>& columns,
                       const std::vector<std::vector<Cell>>& rows) {
    kernel::Bytes all;
    add_cell(all, table);
    add_cell(all, static_cast<std::int64_t>(columns.size()));
    for (const std::string& column : columns) add_cell(all, column);
    for (const auto& row : rows)
        for (const Cell& cell : row) add_cell(all, cell);
    all.push_back(4);
    add_number(all, rows.size());
    return kernel::sha256(all);
}

class Digests : public BothEngines {
protected:
    kernel::Hash digest() { return state_digest(*base().read(), test_classes(GetParam())); }
};

TEST_P(Digests, AreWhatTheHeaderSays) {
    writer().run("insert into pair (word, code, n, note) values ($1, $2, $3, $4)", "b", kernel::Bytes{0}, -1, "");
    writer().run("insert into pair (word, code, n, note) values ($1, $2, $3, $4)", "a", kernel::Bytes{}, 5, nullptr);
    writer().run("insert into pair (word, code, n, note) values ($1, $2, $3, $4)", "B", kernel::Bytes{}, 5, "回");
    const auto pair = digest_of("pair", {"code", "n", "note", "word"},
                                {{kernel::Bytes{}, std::int64_t{5}, std::string("回"), std::string("B")},
                                 {kernel::Bytes{}, std::int64_t{5}, Cell(), std::string("a")},
                                 {kernel::Bytes{0}, std::int64_t{-1}, std::string(), std::string("b")}});
    const auto thing = digest_of("thing", {"data", "id", "name", "parent", "size"}, {});
    const auto found = state_digests(*base().read(), test_classes(GetParam()));
    ASSERT_EQ(found.size(), 2u);
    EXPECT_EQ(found[0], std::pair(std::string("pair"), pair));
    EXPECT_EQ(found[1], std::pair(std::string("thing"), thing));
    kernel::Bytes all;
    for (const auto& [table, hash] : found) {
        add_cell(all, table);
        add_cell(all, kernel::Bytes(hash.begin(), hash.end()));
    }
    EXPECT_EQ(digest(), kernel::sha256(all));
}

TEST_P(Digests, ChangeWithEveryCell) {
    writer().run("insert into thing (id, name, size, data) values (1, 'one', 0, $1)", kernel::Bytes{});
    std::set<kernel::Hash> seen = {digest()};
    const auto is_new = [&] { return seen.insert(digest()).second; };
    writer().run("update thing set size = null");
    EXPECT_TRUE(is_new());
    writer().run("update thing set data = null");
    EXPECT_TRUE(is_new());
    writer().run("update thing set name = ''");
    EXPECT_TRUE(is_new());
    writer().run("insert into pair (word, code, n) values ('', $1, 0)", kernel::Bytes{});
    EXPECT_TRUE(is_new());
    writer().run("delete from pair");
    EXPECT_FALSE(is_new());
    base().local()->run("insert into local.session (id) values (1)");
    EXPECT_FALSE(is_new()) << "only state counts";
}

TEST_P(Digests, SeeTheOpenTransaction) {
    const kernel::Hash before = digest();
    Transaction t(writer());
    t->run("insert into thing (id, name) values (1, 'one')");
    EXPECT_NE(state_digest(writer(), test_classes(GetParam())), before);
    EXPECT_EQ(digest(), before);
    t.commit();
    EXPECT_EQ(state_digest(writer(), test_classes(GetParam())), digest());
}

INSTANTIATE_TEST_SUITE_P(Engines, Digests, testing::ValuesIn(engines), name_of_engine);

// ---- equal on both engines
// ---------------------------------------------------------------------------------------------

struct Pair {
    std::string word;
    kernel::Bytes code;
    std::int64_t n;
    std::optional<std::string> note;
};

rc::Gen<std::string> words_of_many_scripts() {
    return rc::gen::map(rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
                            "a", "B", "\x7f", "\x01", "é", "回", "音", "\xF0\x9F\x98\x80", "'", " ", "\xEF\xBF\xBF")),
                        [](const std::vector<std::string>& parts) {
                            std::string all;
                            for (const std::string& part : parts) all += part;
                            return all;
                        });
}

TEST(DigestsOfBothEngines, AreEqualInWhateverOrderRowsCame) {
    const TestPlace left(Engine::sqlite), right(Engine::postgres);
    const auto sqlite = Database::open(left.place(), test_files);
    const auto postgres = Database::open(right.place(), test_files);
    const auto fill = [](Connection& c, const std::vector<Pair>& rows) {
        Transaction t(c);
        t->run("delete from pair");
        for (const Pair& p : rows)
            t->run("insert into pair (word, code, n, note) values ($1, $2, $3, $4) on conflict do nothing", p.word,
                   p.code, p.n, p.note);
        t.commit();
    };
    EXPECT_TRUE(rc::check([&] {
        const auto made = *rc::gen::container<std::vector<Pair>>(rc::gen::construct<Pair>(
            words_of_many_scripts(), rc::gen::arbitrary<kernel::Bytes>(), rc::gen::arbitrary<std::int64_t>(),
            rc::gen::oneOf(
                rc::gen::just(std::optional<std::string>()),
                rc::gen::map(words_of_many_scripts(), [](std::string s) { return std::optional(std::move(s)); }))));
        std::map<std::tuple<std::string, kernel::Bytes, std::int64_t>, Pair> unique;
        for (const Pair& p : made) unique.insert({{p.word, p.code, p.n}, p});
        std::vector<Pair> rows;
        for (const auto& [key, p] : unique) rows.push_back(p);
        fill(sqlite->writer(), rows);
        std::reverse(rows.begin(), rows.end());
        fill(postgres->writer(), rows);
        const kernel::Hash a = state_digest(sqlite->writer(), test_classes(Engine::sqlite));
        const kernel::Hash b = state_digest(postgres->writer(), test_classes(Engine::postgres));
        RC_ASSERT(a == b);
        fill(sqlite->writer(), rows);
        RC_ASSERT(state_digest(sqlite->writer(), test_classes(Engine::sqlite)) == a);
    }));
}

}  // namespace
}  // namespace db
