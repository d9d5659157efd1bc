#include "parts.h"

#include <map>
#include <optional>
#include <stdexcept>

#include <kernel/json.h>
#include <kernel/text.h>

#include "disk.h"
#include "sealed.h"

namespace backup {

kernel::Bytes log_part(const std::vector<ledger::WholeEntry>& entries) {
    kernel::Bytes out;
    for (const ledger::WholeEntry& entry : entries) {
        put_number(out, static_cast<std::uint64_t>(entry.index));
        put_piece(out, kernel::view(entry.leaf));
        put_piece(out, kernel::view(entry.facts));
        put_piece(out, entry.facts_salt);
        put_number(out, entry.facts_open ? 1 : 0);
    }
    return out;
}

kernel::Bytes words_part(const std::vector<ledger::WholeEntry>& entries, const kernel::Ring& ring) {
    kernel::Bytes out;
    for (const ledger::WholeEntry& entry : entries) {
        const auto key = entry.words ? ring.key(kernel::name_of_entry(entry.index)) : std::nullopt;
        if (!key) continue;
        kernel::Bytes plain;
        put_number(plain, entry.words->open ? 1 : 0);
        put_piece(plain, entry.words->salt);
        put_piece(plain, kernel::view(entry.words->bytes));
        put_number(out, static_cast<std::uint64_t>(entry.index));
        put_piece(out, seal(*key, plain));
    }
    return out;
}

std::vector<ledger::WholeEntry> read_parts(kernel::View log, kernel::View words, const kernel::Ring& ring,
                                           const std::string& name, std::vector<std::int64_t>& lost) {
    std::map<std::int64_t, kernel::View> sealed;
    for (Pieces pieces(words, name); !pieces.done();) {
        const auto index = static_cast<std::int64_t>(pieces.number());
        sealed[index] = pieces.piece();
    }
    std::vector<ledger::WholeEntry> all;
    for (Pieces pieces(log, name); !pieces.done();) {
        ledger::WholeEntry entry;
        entry.index = static_cast<std::int64_t>(pieces.number());
        entry.leaf = kernel::text(pieces.piece());
        entry.facts = kernel::text(pieces.piece());
        const kernel::View salt = pieces.piece();
        entry.facts_salt.assign(salt.begin(), salt.end());
        entry.facts_open = pieces.number() != 0;
        if (const auto found = sealed.find(entry.index); found != sealed.end()) {
            const auto key = ring.key(kernel::name_of_entry(entry.index));
            if (!key) lost.push_back(entry.index);
            const auto plain = key ? open(*key, found->second) : std::nullopt;
            if (key && !plain)
                throw std::runtime_error(name + ": the words of entry " + std::to_string(entry.index) +
                                         " do not open with their key");
            if (plain) {
                Pieces inner(*plain, name);
                ledger::WholeEntry::Words w;
                w.open = inner.number() != 0;
                const kernel::View words_salt = inner.piece();
                w.salt.assign(words_salt.begin(), words_salt.end());
                w.bytes = kernel::text(inner.piece());
                entry.words = std::move(w);
            }
        }
        all.push_back(std::move(entry));
    }
    return all;
}

std::optional<std::int64_t> erased_by(const std::string& leaf) {
    if (leaf.find("\"kind\":\"ledger.words_erased\"") == std::string::npos) return std::nullopt;
    const auto json = kernel::parse_json(leaf, kernel::Numbers::canonical);
    if (!json || !(*json)["parent"].integer()) throw std::runtime_error("an erasure without its target");
    return *(*json)["parent"].integer();
}

std::string row_line(const std::string& schema, const std::string& table, const std::vector<std::string>& columns,
                     const db::Row& row) {
    kernel::Json::Object cells;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const db::Row::Cell& cell = row.cells.at(i);
        kernel::Json value;
        if (const auto* number = std::get_if<std::int64_t>(&cell)) value = kernel::Json(*number);
        if (const auto* text = std::get_if<std::string>(&cell)) value = kernel::Json(*text);
        if (const auto* bytes = std::get_if<kernel::Bytes>(&cell))
            value = kernel::Json::Object{{"bytes", kernel::base64(*bytes)}};
        cells.insert_or_assign(columns[i], std::move(value));
    }
    return kernel::canonical(kernel::Json::Object{{"row", std::move(cells)}, {"schema", schema}, {"table", table}}) +
           '\n';
}

namespace {

db::Row::Cell cell(const kernel::Json& value) {
    if (value.is_null()) return {};
    if (value.integer()) return *value.integer();
    if (value.string()) return *value.string();
    auto bytes = kernel::parse_base64(value.need_string("bytes"));
    if (!bytes) throw std::runtime_error("a local row of the backup is damaged");
    return *std::move(bytes);
}

}  // namespace

std::vector<LocalRow> read_rows(std::string_view lines) {
    std::vector<LocalRow> all;
    for (std::string_view line : kernel::split(lines, '\n')) {
        if (line.empty()) continue;
        const auto json = kernel::parse_json(line, kernel::Numbers::canonical);
        if (!json || !(*json)["row"].object()) throw std::runtime_error("a local row of the backup is damaged");
        LocalRow one{json->need_string("schema"), json->need_string("table"), {}, {}};
        for (const auto& [name, value] : *(*json)["row"].object()) {
            one.columns.push_back(name);
            one.row.cells.push_back(cell(value));
        }
        if (row_line(one.schema, one.table, one.columns, one.row) != std::string(line) + '\n')
            throw std::runtime_error("a local row of the backup is damaged");
        all.push_back(std::move(one));
    }
    return all;
}

}  // namespace backup
