#include <algorithm>

#include "db.h"
#include "sql_text.h"

namespace db {

namespace {

constexpr std::size_t longest_list = 16'384;

std::unique_ptr<Row::Cell> copy_of(const Value& value) {
    auto cell = std::make_unique<Row::Cell>();
    if (const auto* number = std::get_if<std::int64_t>(&value.held())) *cell = *number;
    if (const auto* text = std::get_if<std::string_view>(&value.held())) *cell = std::string(*text);
    if (const auto* bytes = std::get_if<kernel::View>(&value.held()))
        *cell = kernel::Bytes(bytes->begin(), bytes->end());
    return cell;
}

Value value_of(const Row::Cell& cell) {
    if (const auto* number = std::get_if<std::int64_t>(&cell)) return *number;
    if (const auto* text = std::get_if<std::string>(&cell)) return *text;
    if (const auto* bytes = std::get_if<kernel::Bytes>(&cell)) return *bytes;
    return nullptr;
}

// 1, 2, 4 … 16384.
std::size_t list_length(std::size_t n) {
    std::size_t length = 1;
    while (length < n) length *= 2;
    return std::min(length, longest_list);
}

}  // namespace

Query::Query(Sql start) { add(start.text(), nullptr, 0); }

Query& Query::where(Sql part) {
    condition(part.text(), nullptr, 0);
    return *this;
}
Query& Query::where(Sql part, Value v) {
    condition(part.text(), &v, 1);
    return *this;
}
Query& Query::where(Sql part, Value a, Value b) {
    const Value both[] = {a, b};
    condition(part.text(), both, 2);
    return *this;
}

Query& Query::where_in(Sql column, const std::vector<std::int64_t>& values) {
    if (values.size() > longest_list)
        throw std::length_error("db: a list of " + std::to_string(values.size()) + " values, above " +
                                std::to_string(longest_list));
    if (values.empty()) {
        condition("1 = 0", nullptr, 0);
        return *this;
    }
    std::vector<Value> list(values.begin(), values.end());
    list.resize(list_length(values.size()), Value(values.back()));
    std::string fragment(column.text());
    fragment += " in (?";
    for (std::size_t i = 1; i < list.size(); ++i) fragment += ", ?";
    fragment += ")";
    condition(fragment, list.data(), list.size());
    return *this;
}

Query& Query::then(Sql tail) {
    has_tail_ = true;
    add(tail.text(), nullptr, 0);
    return *this;
}
Query& Query::then(Sql tail, Value v) {
    has_tail_ = true;
    add(tail.text(), &v, 1);
    return *this;
}
Query& Query::then(Sql tail, Value a, Value b) {
    const Value both[] = {a, b};
    has_tail_ = true;
    add(tail.text(), both, 2);
    return *this;
}

std::vector<Value> Query::values() const {
    std::vector<Value> all;
    all.reserve(held_.size());
    for (const auto& cell : held_) all.push_back(value_of(*cell));
    return all;
}

void Query::condition(std::string_view fragment, const Value* values, std::size_t n) {
    if (has_tail_) throw std::logic_error("db: a condition after then(): " + std::string(fragment));
    text_ += has_where_ ? " and (" : " where (";
    has_where_ = true;
    add(fragment, values, n);
    text_ += ")";
}

void Query::add(std::string_view fragment, const Value* values, std::size_t n) {
    if (!text_.empty() && text_.back() != '(') text_ += " ";
    std::size_t used = 0;
    for (const Token& token : tokens(fragment)) {
        if (token.piece == Piece::parameter)
            throw std::logic_error("db: a numbered parameter in a fragment: " + std::string(fragment));
        if (token.piece == Piece::comment) continue;  // a line comment would swallow what is joined after it
        if (token.piece != Piece::mark) {
            text_ += token.text;
            continue;
        }
        if (used == n) break;
        held_.push_back(copy_of(values[used++]));
        text_ += "$" + std::to_string(held_.size());
    }
    if (used != n || static_cast<std::size_t>(std::ranges::count(tokens(fragment), Piece::mark, &Token::piece)) != n)
        throw std::logic_error("db: " + std::to_string(n) +
                               " values do not match the '?' in: " + std::string(fragment));
}

}  // namespace db
