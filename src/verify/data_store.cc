// A data folder's main.db, read-only, as a log that serves everything: also the payloads that are kept for those
// entitled. A file of its own, so that whoever checks a log from outside need not read it or link sqlite3.
#include <sqlite3.h>

#include <kernel/bytes.h>
#include <kernel/json.h>
#include <kernel/text.h>
#include <stdexcept>

#include "fault.h"
#include "payload.h"
#include "source.h"

namespace verify {
namespace {

class Rows {
public:
    Rows(sqlite3* db, const char* sql, std::initializer_list<std::int64_t> values) : db_(db) {
        if (sqlite3_prepare_v2(db, sql, -1, &statement_, nullptr) != SQLITE_OK) failed();
        int at = 0;
        for (std::int64_t value : values) sqlite3_bind_int64(statement_, ++at, value);
    }
    ~Rows() { sqlite3_finalize(statement_); }
    Rows(const Rows&) = delete;
    bool next() {
        const int code = sqlite3_step(statement_);
        if (code != SQLITE_ROW && code != SQLITE_DONE) failed();
        return code == SQLITE_ROW;
    }
    bool null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
    std::int64_t integer(int column) const { return sqlite3_column_int64(statement_, column); }
    std::string bytes(int column) const {
        const void* from = sqlite3_column_blob(statement_, column);
        const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
        return size ? std::string(static_cast<const char*>(from), size) : std::string();
    }

private:
    [[noreturn]] void failed() const { throw std::runtime_error(std::string("main.db: ") + sqlite3_errmsg(db_)); }
    sqlite3* db_;
    sqlite3_stmt* statement_ = nullptr;
};

class Data final : public Source {
public:
    explicit Data(const std::string& folder) : file_(folder + "/main.db") {
        sqlite3* db = nullptr;
        const int code = sqlite3_open_v2(file_.c_str(), &db, SQLITE_OPEN_READONLY, nullptr);
        db_.reset(db);  // also what could not be opened must be closed
        if (code != SQLITE_OK) throw std::runtime_error("cannot open " + file_ + ": " + sqlite3_errmsg(db));
        sqlite3_busy_timeout(db, 5000);
        // One snapshot for all of the check.
        Rows(db, "begin", {}).next();
        check_file();
    }

    std::string name(const std::string& address) const override { return file_ + " (as " + address + ")"; }

    std::optional<std::string> get(const std::string& address) override {
        if (address == "checkpoint") {
            Rows rows(db_.get(), "select checkpoint from log_head where one = 1", {});
            rows.next();  // check_file() found it in this snapshot
            return rows.bytes(0);
        }
        if (const auto payloads = parse_payload_path(address)) return payload_lines(*payloads);
        const auto tile = merkle::parse_tile_path(address);
        if (!tile) return std::nullopt;
        return tile->level < 0 ? entries(*tile) : hashes(*tile);
    }

    // The tiles as they lie there, and one bundle for each 256 entries: what the checkpoint does not cover is seen.
    std::optional<std::vector<std::string>> addresses() override {
        std::vector<std::string> out;
        Rows tiles(db_.get(), "select level, n, length(hashes) from tile order by level, n", {});
        while (tiles.next()) {
            const std::int64_t bytes = tiles.integer(2), level = tiles.integer(0), n = tiles.integer(1);
            if (level < 0 || level > 63 || n < 0 || bytes < 32 || bytes > 32 * merkle::tile_width || bytes % 32)
                throw Fault(file_ + ", table tile", std::nullopt, std::nullopt,
                            "tile " + std::to_string(level) + "/" + std::to_string(n) + " is no tile");
            out.push_back(merkle::tile_path({static_cast<int>(level), n, static_cast<int>(bytes / 32)}));
        }
        Rows last(db_.get(), "select max(idx), count(*) from entry", {});
        last.next();
        const std::int64_t count = last.integer(1);
        if (count && last.integer(0) != count - 1)
            throw Fault(file_ + ", table entry", last.integer(0), std::nullopt, "entries are missing or doubled");
        for (std::int64_t n = 0; const int width = merkle::tile_fill(0, n, count); ++n) {
            out.push_back(merkle::tile_path({-1, n, width}));
            out.push_back(payload_path(n, width));
        }
        return out;
    }

private:
    // Pages that do not hang together, and values of another type than their column's.
    void check_file() {
        Rows rows(db_.get(), "pragma integrity_check(1)", {});
        rows.next();
        const std::string said = rows.bytes(0);
        if (said != "ok")
            throw Fault(file_, std::nullopt, std::nullopt,
                        kernel::valid_utf8(said) ? said : "its pages do not hang together");
        // Whether a payload is served is no part of what is committed to; its marks are two bits apart.
        Rows marked(db_.get(), "select count(*) from migration where number = 19", {});
        const std::int64_t served = marked.next() && marked.integer(0) > 0 ? 3 : 1;
        Rows odd(db_.get(),
                 "select idx from entry where idx < 0 or facts_open not in (0, ?1) or length(facts_salt) <> 32"
                 " union all select idx from entry_words where open not in (0, ?1) or length(salt) <> 32"
                 " or idx not in (select idx from entry) limit 1",
                 {served});
        if (odd.next())
            throw Fault(file_ + ", tables entry and entry_words", odd.integer(0), std::nullopt,
                        "its payload or salt is not what the ledger writes");
        Rows head(db_.get(), "select size, checkpoint from log_head where one = 1", {});
        if (!head.next() || head.bytes(1).find("\n" + std::to_string(head.integer(0)) + "\n") == std::string::npos)
            throw Fault(file_ + ", table log_head", std::nullopt, std::nullopt, "size and checkpoint do not agree");
    }

    std::optional<std::string> hashes(const merkle::TileAddress& tile) {
        Rows rows(db_.get(), "select hashes from tile where level = ?1 and n = ?2", {tile.level, tile.n});
        if (!rows.next()) return std::nullopt;
        return rows.bytes(0).substr(0, static_cast<std::size_t>(tile.width) * 32);
    }

    std::optional<std::string> entries(const merkle::TileAddress& bundle) {
        const std::int64_t from = bundle.n * merkle::tile_width;
        Rows rows(db_.get(), "select leaf from entry where idx >= ?1 and idx < ?2 order by idx",
                  {from, from + bundle.width});
        std::string out;
        while (rows.next()) {
            const std::string leaf = rows.bytes(0);
            out += static_cast<char>(leaf.size() >> 8);
            out += static_cast<char>(leaf.size());
            out += leaf;
        }
        return out;
    }

    std::optional<std::string> payload_lines(const merkle::TileAddress& bundle) {
        const std::int64_t from = bundle.n * merkle::tile_width;
        Rows rows(db_.get(),
                  "select e.idx, e.facts, e.facts_salt, w.words, w.salt, instr(e.leaf, ',\"words\":') > 0"
                  " from entry e left join entry_words w on w.idx = e.idx"
                  " where e.idx >= ?1 and e.idx < ?2 order by e.idx",
                  {from, from + bundle.width});
        std::string out;
        while (rows.next()) {
            out += "{\"facts\":" + quoted(rows, 1) + ",\"facts_salt\":\"" + base64(rows.bytes(2)) +
                   "\",\"index\":" + std::to_string(rows.integer(0));
            if (!rows.null(3))
                out += ",\"words\":" + quoted(rows, 3) + ",\"words_salt\":\"" + base64(rows.bytes(4)) + "\"";
            else if (rows.integer(5))
                out += ",\"words_erased\":true";
            out += "}\n";
        }
        return out;
    }

    // What is no text cannot stand in a line.
    std::string quoted(const Rows& rows, int column) const {
        const std::string text = rows.bytes(column);
        if (!kernel::valid_utf8(text))
            throw Fault(file_ + (column == 1 ? ", table entry" : ", table entry_words"), rows.integer(0), std::nullopt,
                        "its payload is not UTF-8");
        return kernel::canonical(text);
    }
    static std::string base64(const std::string& bytes) { return kernel::base64(kernel::view(bytes)); }

    std::string file_;
    std::unique_ptr<sqlite3, int (*)(sqlite3*)> db_{nullptr, sqlite3_close};
};

}  // namespace

std::unique_ptr<Source> open_data(const std::string& folder) { return std::make_unique<Data>(folder); }

}  // namespace verify
