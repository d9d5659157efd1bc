#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>

#include "catalogue.h"
#include "database.h"
#include "unwritten.h"

namespace db {

namespace {

struct FreeDigest {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

// SHA-256 of cells, as database.h lays them down.
class Digest {
public:
    Digest() : context_(EVP_MD_CTX_new()) {
        if (context_ == nullptr || EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) != 1)
            throw std::runtime_error("db: SHA-256 is not available");
    }
    void add(const Row::Cell& cell) {
        if (const auto* number = std::get_if<std::int64_t>(&cell)) add_integer(*number);
        if (const auto* text = std::get_if<std::string>(&cell)) add_typed(2, kernel::view(*text));
        if (const auto* bytes = std::get_if<kernel::Bytes>(&cell)) add_typed(3, *bytes);
        if (std::holds_alternative<std::monostate>(cell)) add_byte(0);
    }
    void add_text(std::string_view text) { add_typed(2, kernel::view(text)); }
    void add_bytes(kernel::View bytes) { add_typed(3, bytes); }
    void add_integer(std::int64_t number) { add_typed(1, big_endian(static_cast<std::uint64_t>(number))); }
    void add_end(std::uint64_t rows) {
        add_byte(4);
        add_raw(big_endian(rows));
    }
    kernel::Hash finish() {
        kernel::Hash hash;
        if (EVP_DigestFinal_ex(context_.get(), hash.data(), nullptr) != 1)
            throw std::runtime_error("db: SHA-256 failed");
        return hash;
    }

private:
    static std::array<std::uint8_t, 8> big_endian(std::uint64_t number) {
        std::array<std::uint8_t, 8> bytes;
        for (std::size_t i = 0; i < 8; ++i) bytes[i] = static_cast<std::uint8_t>(number >> (56 - 8 * i));
        return bytes;
    }
    void add_byte(std::uint8_t byte) { add_raw({&byte, 1}); }
    void add_typed(std::uint8_t type, kernel::View content) {
        add_byte(type);
        add_raw(big_endian(content.size()));
        add_raw(content);
    }
    void add_raw(kernel::View bytes) {
        if (EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) != 1)
            throw std::runtime_error("db: SHA-256 failed");
    }
    std::unique_ptr<EVP_MD_CTX, FreeDigest> context_;
};

std::string joined(const std::vector<const CatalogueColumn*>& columns) {
    std::string text;
    for (const CatalogueColumn* column : columns) text += (text.empty() ? "" : ", ") + quoted_name(column->name);
    return text;
}

kernel::Hash table_digest(Connection& connection, const CatalogueTable& table) {
    std::vector<const CatalogueColumn*> by_name, key;
    for (const CatalogueColumn& column : table.columns) {
        by_name.push_back(&column);
        if (column.key > 0) key.push_back(&column);
    }
    if (key.empty()) throw std::logic_error("db: state table " + table.name + " has no primary key");
    std::ranges::sort(by_name, {}, &CatalogueColumn::name);
    std::ranges::sort(key, {}, &CatalogueColumn::key);

    Digest digest;
    digest.add_text(table.name);
    digest.add_integer(static_cast<std::int64_t>(by_name.size()));
    for (const CatalogueColumn* column : by_name) digest.add_text(column->name);
    std::uint64_t rows = 0;
    const std::string sql =
        "select " + joined(by_name) + " from " + quoted_name(table.name) + " order by " + joined(key);
    Unwritten::stream(connection, sql, [&](const Row& row) {
        for (const Row::Cell& cell : row.cells) digest.add(cell);
        ++rows;
    });
    digest.add_end(rows);
    return digest.finish();
}

std::vector<TableClass> classes_of(const Connection& connection) {
    return table_classes(migrations(connection.engine()));
}

}  // namespace

std::vector<std::pair<std::string, kernel::Hash>> state_digests(Connection& connection,
                                                                const std::vector<TableClass>& classes) {
    std::optional<Transaction> snapshot;
    if (!connection.in_transaction()) snapshot.emplace(connection);
    const std::vector<CatalogueTable> tables = catalogue(connection);
    std::vector<std::pair<std::string, kernel::Hash>> all;
    for (const TableClass& state : classes) {
        if (state.kind != "state") continue;
        const auto table = std::ranges::find_if(
            tables, [&](const CatalogueTable& t) { return t.schema == "main" && t.name == state.table; });
        if (table == tables.end()) throw std::logic_error("db: there is no state table " + state.table);
        all.emplace_back(state.table, table_digest(connection, *table));
    }
    std::ranges::sort(all);
    return all;
}

std::vector<std::pair<std::string, kernel::Hash>> state_digests(Connection& connection) {
    return state_digests(connection, classes_of(connection));
}

kernel::Hash state_digest(Connection& connection, const std::vector<TableClass>& classes) {
    Digest digest;
    for (const auto& [table, hash] : state_digests(connection, classes)) {
        digest.add_text(table);
        digest.add_bytes(hash);
    }
    return digest.finish();
}

kernel::Hash state_digest(Connection& connection) { return state_digest(connection, classes_of(connection)); }

}  // namespace db
