#include "sealed_words.h"

#include <limits>

#include <kernel/seal.h>

#include "failure.h"
#include "sql_text.h"
#include "words_key.h"

namespace db {
namespace {

// No text that people write begins with a control character; what does is refused where it is not sealed.
constexpr std::string_view mark = "\x02words:";
constexpr std::string_view purpose = "words in a database";
constexpr std::size_t entry_bytes = 8;
constexpr std::int64_t proof_entry = std::numeric_limits<std::int64_t>::max();  // no log has it
constexpr std::string_view proof = "huiyin words.key";

std::string place_of(std::int64_t entry, char type) { return std::to_string(entry) + type; }

bool begins_with_mark(kernel::View bytes) { return kernel::text(bytes).starts_with(mark); }

bool is_marked(const Value& value) {
    if (const auto* text = std::get_if<std::string_view>(&value.held())) return text->starts_with(mark);
    if (const auto* bytes = std::get_if<kernel::View>(&value.held())) return begins_with_mark(*bytes);
    return false;
}

Failure no_key(const std::filesystem::path& path, const std::string& what) {
    return failure(Kind::lost, path.string() + what +
                                   ": without it nobody can read the words in this PostgreSQL database; put back the "
                                   "file that was there, or restore a backup");
}

std::optional<Row> proof_in(Connection& connection) {
    return connection.one("select proof from words_key where one = 1");
}

}  // namespace

SealedWords::SealedWords(std::filesystem::path folder, const std::vector<Migration>& migrations)
    : folder_(std::move(folder)), ring_(ring_of_words(folder_)) {
    for (const Migration& migration : migrations)
        for (const std::string& column : migration.words) {
            columns_.insert(column);
            tables_.insert(column.substr(0, column.find('.')));
        }
}

void SealedWords::require_key(Connection& connection, const std::filesystem::path& folder) {
    if (!std::filesystem::exists(words_key(folder)) && proof_in(connection))
        throw no_key(words_key(folder), " is missing");
}

void SealedWords::prove(Connection& connection, std::optional<bool> fresh) const {
    const auto row = proof_in(connection);
    if (row) {
        const auto plain = unseal(row->bytes(0), 'b');
        if (!plain || kernel::text(*plain) != proof) throw no_key(words_key(folder_), " is another one");
    } else if (fresh) {
        connection.run("insert into words_key (one, proof, shrunk) values (1, $1, $2)",
                       seal(key(proof_entry).value(), proof_entry, 'b', kernel::view(proof)), *fresh ? 1 : 0);
    }
}

void SealedWords::reload() {
    kernel::Ring fresh = ring_of_words(folder_);
    const std::lock_guard lock(mutex_);
    ring_ = std::move(fresh);
    known_.fill({});
}

std::optional<kernel::Hash> SealedWords::key(std::int64_t entry) const {
    const std::lock_guard lock(mutex_);
    Known& known = known_[static_cast<std::size_t>(entry) % known_.size()];
    if (known.entry != entry) known = {entry, ring_.key(kernel::name_of_entry(entry))};
    return known.key;
}

kernel::Bytes SealedWords::seal(const kernel::Hash& key, std::int64_t entry, char type, kernel::View plain) const {
    kernel::Bytes out;
    for (int shift = 56; shift >= 0; shift -= 8)
        out.push_back(static_cast<std::uint8_t>(static_cast<std::uint64_t>(entry) >> shift));
    const kernel::Bytes sealed = kernel::seal(key, purpose, place_of(entry, type), plain);
    out.insert(out.end(), sealed.begin(), sealed.end());
    return out;
}

std::optional<kernel::Bytes> SealedWords::unseal(kernel::View sealed, char type) const {
    if (sealed.size() < entry_bytes) return std::nullopt;
    std::uint64_t number = 0;
    for (const std::uint8_t byte : sealed.first(entry_bytes)) number = number << 8 | byte;
    const auto entry = static_cast<std::int64_t>(number);
    if (entry < 0) return std::nullopt;
    const auto of_entry = key(entry);
    if (!of_entry) return kernel::Bytes();
    return kernel::unseal(*of_entry, purpose, place_of(entry, type), sealed.subspan(entry_bytes));
}

std::vector<bool> SealedWords::parameters(std::string_view sql) const {
    std::vector<bool> which;
    for (const StoredParameter& stored : stored_parameters(sql)) {
        const bool sealed = stored.column.empty() ? tables_.contains(stored.table)
                                                  : columns_.contains(stored.table + '.' + stored.column);
        if (!sealed) continue;
        if (!stored.alone)
            throw std::logic_error("db: a parameter that becomes words must stand alone, once: " + std::string(sql));
        which.resize(std::max(which.size(), stored.number + 1));
        which[stored.number] = true;
    }
    return which;
}

std::vector<Value> SealedWords::sealed(const std::vector<Value>& values, const std::vector<bool>& which,
                                       std::optional<std::int64_t> entry, Held& held) const {
    std::vector<Value> out = values;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto* text = std::get_if<std::string_view>(&values[i].held());
        const auto* bytes = std::get_if<kernel::View>(&values[i].held());
        const bool asked = i < which.size() && which[i] && ((text && !text->empty()) || (bytes && !bytes->empty()));
        if (asked && !entry) throw std::logic_error("db: words that are of no entry");
        const auto of_entry = asked ? key(*entry) : std::nullopt;
        if (!of_entry) {
            if (is_marked(values[i]))
                throw failure(Kind::encoding, "a control character at the start of $" + std::to_string(i + 1));
        } else if (text) {
            held.texts.push_back(std::string(mark) + kernel::base64(seal(*of_entry, *entry, 't', kernel::view(*text))));
            out[i] = Value(held.texts.back());
        } else {
            const kernel::View start = kernel::view(mark);
            kernel::Bytes cell(start.begin(), start.end());
            const kernel::Bytes sealed = seal(*of_entry, *entry, 'b', *bytes);
            cell.insert(cell.end(), sealed.begin(), sealed.end());
            held.bytes.push_back(std::move(cell));
            out[i] = Value(held.bytes.back());
        }
    }
    return out;
}

void SealedWords::open(Row& row) const {
    for (Row::Cell& cell : row.cells) {
        std::optional<kernel::Bytes> plain;
        if (auto* text = std::get_if<std::string>(&cell)) {
            if (!text->starts_with(mark)) continue;
            if (const auto sealed = kernel::parse_base64(std::string_view(*text).substr(mark.size())))
                plain = unseal(*sealed, 't');
            if (plain) *text = std::string(kernel::text(*plain));
        } else if (auto* bytes = std::get_if<kernel::Bytes>(&cell)) {
            if (!begins_with_mark(*bytes)) continue;
            plain = unseal(kernel::View(*bytes).subspan(mark.size()), 'b');
            if (plain) *bytes = *plain;
        } else {
            continue;
        }
        if (!plain) throw failure(Kind::other, "a cell of words is not what was sealed");
    }
}

}  // namespace db
