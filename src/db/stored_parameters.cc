// Which parameters of a statement become cells, and of which columns.
#include <algorithm>

#include "sql_text.h"

namespace db {

namespace {

using Tokens = std::vector<Token>;

class Reading {
public:
    explicit Reading(std::string_view sql) : all_(tokens(sql)) {
        std::erase_if(all_, [](const Token& t) { return t.piece == Piece::space || t.piece == Piece::comment; });
    }

    std::vector<StoredParameter> found() {
        std::string into;
        for (std::size_t i = 0; i < all_.size(); ++i) {
            if (word(i) == "into") into = insert(i + 1);
            const bool upsert = word(i) == "do" && word(i + 1) == "update" && word(i + 2) == "set";
            if (upsert) assignments(into, i + 3);
            if (word(i) == "update" && (i == 0 || word(i - 1) != "do") && word(i + 1) != "set") update(i + 1);
        }
        for (StoredParameter& one : stored_) one.alone = one.alone && stored_as_often(one);
        return std::move(stored_);
    }

private:
    std::string word(std::size_t i) const {
        return i < all_.size() && all_[i].piece == Piece::word ? lower(all_[i].text) : std::string();
    }
    bool is(std::size_t i, std::string_view symbol) const { return i < all_.size() && all_[i].text == symbol; }
    std::string name(std::size_t i) const {
        if (i < all_.size() && all_[i].piece == Piece::quoted)
            return std::string(all_[i].text.substr(1, all_[i].text.size() - 2));
        return word(i);
    }
    // Of a table; `i` is then behind it.
    std::string table(std::size_t& i) const {
        std::string out = name(i++);
        if (!is(i, ".")) return out;
        out += '.' + name(i + 1);
        i += 2;
        return out;
    }

    // To the end of an expression: a comma, a bracket that closes, or one of these words, outside of brackets.
    std::size_t end_of(std::size_t i, std::initializer_list<std::string_view> words) const {
        for (int depth = 0; i < all_.size(); ++i) {
            if (is(i, "(")) ++depth;
            if (is(i, ")") && depth-- == 0) return i;
            if (depth > 0) continue;
            if (is(i, ",") || std::ranges::find(words, word(i)) != words.end()) return i;
        }
        return i;
    }
    void store(std::size_t from, std::size_t end, const std::string& table, const std::string& column) {
        for (std::size_t i = from; i < end; ++i)
            if (all_[i].piece == Piece::parameter)
                stored_.push_back({std::stoul(std::string(all_[i].text.substr(1))) - 1, table, column,
                                   end == from + 1 && !column.empty()});
    }

    std::string insert(std::size_t i) {
        const std::string into = table(i);
        std::vector<std::string> columns;
        if (is(i, "(")) {
            for (++i; i < all_.size() && !is(i, ")"); ++i)
                if (!is(i, ",")) columns.push_back(name(i));
            ++i;
        }
        const auto column = [&](std::size_t n) { return n < columns.size() ? columns[n] : std::string(); };
        if (word(i) == "select") {
            std::size_t n = 0;
            do {
                const std::size_t end = end_of(i + 1, {"from", "where", "union", "on", "returning", "order", "limit"});
                store(i + 1, end, into, column(n++));
                i = end;
            } while (is(i, ","));
        }
        if (word(i) == "values")
            for (++i; is(i, "("); i += is(i, ",") ? 1 : 0) {
                std::size_t n = 0;
                do {
                    const std::size_t end = end_of(i + 1, {});
                    store(i + 1, end, into, column(n++));
                    i = end;
                } while (is(i, ","));
                ++i;
            }
        return into;
    }

    void update(std::size_t i) {
        if (word(i) == "only") ++i;
        const std::string changed = table(i);
        while (i < all_.size() && word(i) != "set") ++i;
        assignments(changed, i + 1);
    }
    void assignments(const std::string& table, std::size_t i) {
        while (i < all_.size()) {
            const std::string column = is(i, "(") ? std::string() : name(i);
            const std::size_t start = is(i + 1, "=") ? i + 2 : i;
            const std::size_t end = end_of(start, {"where", "from", "returning"});
            store(start, end, table, column);
            if (!is(end, ",")) return;
            i = end + 1;
        }
    }

    // Not also compared, or part of something else.
    bool stored_as_often(const StoredParameter& one) const {
        const std::string text = "$" + std::to_string(one.number + 1);
        const auto used = std::ranges::count_if(all_, [&](const Token& t) { return t.text == text; });
        const auto kept =
            std::ranges::count_if(stored_, [&](const StoredParameter& other) { return other.number == one.number; });
        return used == 1 && kept == 1;
    }

    Tokens all_;
    std::vector<StoredParameter> stored_;
};

}  // namespace

std::vector<StoredParameter> stored_parameters(std::string_view sql) { return Reading(sql).found(); }

}  // namespace db
