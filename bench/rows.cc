// huiyin-rows: the limit that the server is held against. Takes the rows that a load wrote into main.db and writes the
// same rows once more, into a copy of the file as it was before the load, with SQLite alone: one thread, prepared
// statements, groups of the size that the server's had, each group committed to disk (WAL, synchronous=FULL). Nothing
// is read, checked, hashed, signed, encoded or moved out of the WAL meanwhile: no server that writes these rows is
// faster.
//   huiyin-rows voices|votes BEFORE.db AFTER.db GROUP FOLDER
// Prints one JSON object: acts, items (votes, where the acts are votes), seconds. Fails where the rows are not the
// same.
#include <sqlite3.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <initializer_list>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

struct Close {
    void operator()(sqlite3* db) const { sqlite3_close(db); }
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    void operator()(sqlite3_value* value) const { sqlite3_value_free(value); }
};
using Value = std::unique_ptr<sqlite3_value, Close>;
using Row = std::vector<Value>;

class File {
public:
    File(const std::string& path, int flags) {
        sqlite3* handle = nullptr;
        const int code = sqlite3_open_v2(path.c_str(), &handle, flags, nullptr);
        db_.reset(handle);
        check(code, path);
    }
    sqlite3* get() const { return db_.get(); }
    void run(const char* sql) const { check(sqlite3_exec(get(), sql, nullptr, nullptr, nullptr), sql); }
    void check(int code, std::string_view what) const {
        if (code != SQLITE_OK && code != SQLITE_ROW && code != SQLITE_DONE)
            throw std::runtime_error(std::string(what) + ": " + sqlite3_errmsg(get()));
    }

private:
    std::unique_ptr<sqlite3, Close> db_;
};

class Statement {
public:
    Statement(const File& file, const std::string& sql) : file_(file) {
        sqlite3_stmt* handle = nullptr;
        file.check(sqlite3_prepare_v3(file.get(), sql.c_str(), -1, SQLITE_PREPARE_PERSISTENT, &handle, nullptr), sql);
        handle_.reset(handle);
    }
    sqlite3_stmt* get() const { return handle_.get(); }
    bool step() const {
        const int code = sqlite3_step(get());
        file_.check(code, sqlite3_sql(get()));
        return code == SQLITE_ROW;
    }
    void run(std::initializer_list<std::int64_t> numbers) const {
        int at = 0;
        for (const std::int64_t number : numbers) sqlite3_bind_int64(get(), ++at, number);
        step();
        sqlite3_reset(get());
    }
    void run(const Row& row) const {
        int at = 0;
        for (const Value& value : row) sqlite3_bind_value(get(), ++at, value.get());
        step();
        sqlite3_reset(get());
    }
    std::int64_t number(int column) const { return sqlite3_column_int64(get(), column); }
    std::string_view text(int column) const {
        const auto size = static_cast<std::size_t>(sqlite3_column_bytes(get(), column));
        return {reinterpret_cast<const char*>(sqlite3_column_blob(get(), column)), size};
    }

private:
    const File& file_;
    std::unique_ptr<sqlite3_stmt, Close> handle_;
};

struct Vote {
    std::int64_t statement = 0;
    char choice = 'p';
};
// What one entry brings.
struct Act {
    struct Part {
        std::size_t table;
        Row row;
    };
    std::vector<Part> parts;
    bool counted = false, newcomer = false;
    std::int64_t cycle = 0, day = 0;     // of a voice
    std::int64_t dialogue = 0, who = 0;  // of votes
    std::vector<Vote> votes;
};

struct Table {
    const char *name, *key;
};
constexpr Table tables[] = {
    {"entry", "idx"}, {"entry_words", "idx"}, {"participant", "id"}, {"voice", "id"}, {"voice_words", "voice"}};

std::vector<Vote> votes_of(std::string_view text) {
    std::vector<Vote> votes;
    while (!text.empty()) {
        Vote vote;
        const char* end = text.data() + text.size();
        const char* letter = std::from_chars(text.data(), end, vote.statement).ptr;
        if (letter == text.data() || letter == end) throw std::runtime_error("votes that cannot be read");
        vote.choice = *letter;
        votes.push_back(vote);
        text.remove_prefix(static_cast<std::size_t>(letter + 1 - text.data()));
    }
    // As they are written: by statement.
    std::sort(votes.begin(), votes.end(), [](const Vote& a, const Vote& b) { return a.statement < b.statement; });
    return votes;
}

// What stands in the file after the load from entry `from` on, before anything is timed.
class Load {
public:
    Load(const File& after, bool votes, std::int64_t from) : from_(from) {
        const Statement head(after, "select size, checkpoint from log_head");
        head.step();
        size_ = head.number(0);
        checkpoint_ = head.text(1);
        acts_.resize(static_cast<std::size_t>(size_ - from));
        for (std::size_t table = 0; table < std::size(tables); ++table) take_table(after, table);
        if (votes)
            take_votes(after);
        else
            take_voices(after);
        const Statement tile(after, "select level, n, hashes from tile order by level, n");
        while (tile.step()) {
            const auto level = static_cast<std::size_t>(tile.number(0));
            if (tiles_.size() <= level) tiles_.resize(level + 1);
            tiles_[level].emplace_back(tile.text(2));
        }
    }
    std::int64_t from() const { return from_; }
    std::int64_t size() const { return size_; }
    const std::string& checkpoint() const { return checkpoint_; }
    const Act& act(std::int64_t index) const { return acts_[static_cast<std::size_t>(index - from_)]; }
    const std::string& tile(std::size_t level, std::int64_t n) const {
        return tiles_.at(level).at(static_cast<std::size_t>(n));
    }

private:
    Act& at(std::int64_t index) { return acts_[static_cast<std::size_t>(index - from_)]; }
    std::string since(const std::string& sql, const char* key) const {
        return sql + " where " + key + " >= " + std::to_string(from_) + " order by " + key;
    }
    void take_table(const File& after, std::size_t table) {
        const Table& t = tables[table];
        const Statement row(after, since(std::string("select ") + t.key + ", * from " + t.name, t.key));
        while (row.step()) {
            Row values;
            for (int column = 1; column < sqlite3_column_count(row.get()); ++column)
                values.emplace_back(sqlite3_value_dup(sqlite3_column_value(row.get(), column)));
            Act& act = at(row.number(0));
            act.parts.push_back({table, std::move(values)});
            act.newcomer = act.newcomer || std::string_view(t.name) == "participant";
        }
    }
    void take_voices(const File& after) {
        const Statement row(after, since("select id, cycle, counted_day from voice", "id"));
        while (row.step()) {
            Act& act = at(row.number(0));
            act.counted = true, act.cycle = row.number(1), act.day = row.number(2);
        }
    }
    void take_votes(const File& after) {
        const Statement row(after,
                            since("select e.idx, d.cycle, d.id, json_extract(e.facts, '$.who'), json_extract(e.facts, "
                                  "'$.votes') from entry e join dialogue d on d.id = json_extract(e.facts, "
                                  "'$.dialogue')",
                                  "e.idx"));
        while (row.step()) {
            Act& act = at(row.number(0));
            act.counted = true, act.cycle = row.number(1), act.dialogue = row.number(2);
            act.who = act.newcomer ? row.number(0) : row.number(3);
            act.votes = votes_of(row.text(4));
        }
    }

    std::int64_t from_, size_ = 0;
    std::string checkpoint_;
    std::vector<Act> acts_;
    std::vector<std::vector<std::string>> tiles_;
};

std::string insert_into(const File& file, const char* table) {
    const Statement any(file, std::string("select * from ") + table + " limit 0");
    std::string sql = std::string("insert into ") + table + " values (?";
    for (int column = 1; column < sqlite3_column_count(any.get()); ++column) sql += ", ?";
    return sql + ")";
}

class Writer {
public:
    explicit Writer(const File& file) {
        for (const Table& table : tables) inserts_.emplace_back(file, insert_into(file, table.name));
        const auto on = [&file](const char* sql) { return Statement(file, sql); };
        ones_.reserve(16);
        for (const char* sql :
             {"update turnout set people = people + 1 where cycle = ?",
              "update voice_count set voices = voices + 1, open_to_public = open_to_public + 1 where cycle = ?",
              "update voice_day set received = received + 1 where unit = 0 and day = ?",
              "insert into dialogue_vote (participant, statement, choice) values (?, ?, ?) on conflict (participant, "
              "statement) do update set choice = excluded.choice",
              "update dialogue_count set agree = agree + ?, disagree = disagree + ?, pass = pass + ? where statement = "
              "?",
              "insert into dialogue_voter (dialogue, participant, votes) values (?, ?, ?) on conflict (dialogue, "
              "participant) do update set votes = votes + excluded.votes",
              "update dialogue_figures set people = people + ?, votes_cast = votes_cast + ?, votes = votes + ? where "
              "dialogue = ?",
              "insert into tile (level, n, hashes) values (?, ?, ?) on conflict (level, n) do update set hashes = "
              "excluded.hashes",
              "update log_head set size = ?, checkpoint = ? where one = 1", "begin immediate", "commit"})
            ones_.push_back(on(sql));
    }

    void group(const Load& load, std::int64_t from, std::int64_t to) const {
        ones_[begin].run({});
        for (std::int64_t index = from; index < to; ++index) write(load.act(index));
        tiles(load, from, to);
        sqlite3_bind_int64(ones_[head].get(), 1, to);
        sqlite3_bind_text64(ones_[head].get(), 2, load.checkpoint().data(), load.checkpoint().size(), SQLITE_STATIC,
                            SQLITE_UTF8);
        ones_[head].step();
        sqlite3_reset(ones_[head].get());
        ones_[commit].run({});
    }

private:
    enum One { turnout, voices, days, vote, count, voter, figures, tile, head, begin, commit };

    void write(const Act& act) const {
        for (const Act::Part& part : act.parts) inserts_[part.table].run(part.row);
        if (act.newcomer) ones_[turnout].run({act.cycle});
        if (!act.counted) return;
        if (act.dialogue == 0) {
            ones_[voices].run({act.cycle});
            ones_[days].run({act.day});
            return;
        }
        for (const Vote& v : act.votes)
            ones_[vote].run({act.who, v.statement, v.choice == 'a' ? 1 : v.choice == 'd' ? -1 : 0});
        const auto n = static_cast<std::int64_t>(act.votes.size());
        ones_[voter].run({act.dialogue, act.who, n});
        for (const Vote& v : act.votes)
            ones_[count].run({v.choice == 'a', v.choice == 'd', v.choice == 'p', v.statement});
        ones_[figures].run({act.newcomer, n, n, act.dialogue});
    }
    // The tiles that grew, each whole.
    void tiles(const Load& load, std::int64_t from, std::int64_t to) const {
        for (std::size_t level = 0; (from >> (8 * level)) != (to >> (8 * level)); ++level) {
            const std::int64_t before = from >> (8 * level), now = to >> (8 * level);
            for (std::int64_t n = before / 256; n * 256 < now; ++n) {
                const auto bytes = static_cast<std::uint64_t>(32 * std::min<std::int64_t>(now - n * 256, 256));
                sqlite3_stmt* statement = ones_[tile].get();
                sqlite3_bind_int64(statement, 1, static_cast<std::int64_t>(level));
                sqlite3_bind_int64(statement, 2, n);
                sqlite3_bind_blob64(statement, 3, load.tile(level, n).data(), bytes, SQLITE_STATIC);
                ones_[tile].step();
                sqlite3_reset(statement);
            }
        }
    }

    std::vector<Statement> inserts_, ones_;
};

std::int64_t size_of(const File& file) {
    const Statement head(file, "select size from log_head");
    if (!head.step()) throw std::runtime_error("there is no log in the file");
    return head.number(0);
}

int columns_of(const File& file, const std::string& table) {
    const Statement info(file, "select count(*) from pragma_table_info('" + table + "')");
    info.step();
    return static_cast<int>(info.number(0));
}

// A row of counters is there before its first increment: its keys, and 0 in every other column that it has by now.
void add_counters(const File& file, const std::string& after) {
    file.run(("attach '" + after + "' as load").c_str());
    const std::pair<std::string, std::vector<std::string>> tables[] = {
        {"turnout", {"cycle"}}, {"voice_count", {"cycle"}}, {"voice_day", {"unit", "day"}}};
    for (const auto& [table, keys] : tables) {
        std::string values;
        for (const std::string& key : keys) values += (values.empty() ? "" : ", ") + key;
        for (int i = static_cast<int>(keys.size()); i < columns_of(file, table); ++i) values += ", 0";
        file.run(("insert or ignore into " + table + " select " + values + " from load." + table).c_str());
    }
    file.run("detach load");
}

// Both files hold the same: what was timed is what the load wrote.
void compare(const File& file, const std::string& after) {
    file.run(("attach '" + after + "' as load").c_str());
    for (const char* table :
         {"entry", "entry_words", "tile", "participant", "turnout", "voice", "voice_words", "voice_count", "voice_day",
          "dialogue_vote", "dialogue_voter", "dialogue_count", "dialogue_figures"}) {
        const std::string name = table;
        const Statement differ(file, "select (select count(*) from main." + name + ") - (select count(*) from load." +
                                         name + "), count(*) from (select * from main." + name +
                                         " except select * from load." + name + ")");
        differ.step();
        if (differ.number(0) != 0 || differ.number(1) != 0)
            throw std::runtime_error("the rows of " + name + " are not those of the load");
    }
    file.run("detach load");
}

void measure(bool votes, const std::string& before, const std::string& after, std::int64_t group,
             const std::filesystem::path& folder) {
    const std::string path = folder / "main.db";
    std::filesystem::copy_file(before, path, std::filesystem::copy_options::overwrite_existing);
    const File source(after, SQLITE_OPEN_READONLY), file(path, SQLITE_OPEN_READWRITE);
    const Load load(source, votes, size_of(file));
    add_counters(file, after);
    for (const char* sql : {"pragma journal_mode=wal", "pragma synchronous=full", "pragma wal_autocheckpoint=0",
                            "pragma secure_delete=on", "pragma cache_size=-32768"})
        file.run(sql);
    const Writer writer(file);
    std::int64_t acts = 0, items = 0;
    for (std::int64_t index = load.from(); index < load.size(); ++index) {
        const Act& act = load.act(index);
        acts += act.counted;
        items += static_cast<std::int64_t>(act.votes.size());
    }
    const auto start = std::chrono::steady_clock::now();
    for (std::int64_t from = load.from(); from < load.size(); from += group)
        writer.group(load, from, std::min(from + group, load.size()));
    const double took = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    compare(file, after);
    std::printf("{\"acts\":%lld,\"items\":%lld,\"seconds\":%.4f}\n", static_cast<long long>(acts),
                static_cast<long long>(items), took);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 6) return 2;
    try {
        measure(std::string_view(argv[1]) == "votes", argv[2], argv[3], std::max<std::int64_t>(std::stoll(argv[4]), 1),
                argv[5]);
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "huiyin-rows: %s\n", error.what());
        return 1;
    }
}
