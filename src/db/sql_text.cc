#include "sql_text.h"

#include <algorithm>
#include <charconv>
#include <set>

namespace db {

namespace {

bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
}
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'; }

template <class Test>
std::size_t run_of(std::string_view sql, std::size_t from, Test test) {
    while (from < sql.size() && test(sql[from])) ++from;
    return from;
}

// A doubled quote inside is two pieces side by side, which comes to the same.
std::size_t end_of_quoted(std::string_view sql, std::size_t from) {
    const std::size_t close = sql.find(sql[from], from + 1);
    return close == std::string_view::npos ? sql.size() : close + 1;
}

std::size_t end_of_comment(std::string_view sql, std::size_t from) {
    const bool line = sql[from] == '-';
    const std::size_t close = line ? sql.find('\n', from) : sql.find("*/", from + 2);
    if (close == std::string_view::npos) return sql.size();
    return line ? close : close + 2;
}

Token token_at(std::string_view sql, std::size_t from) {
    const char c = sql[from];
    const char next = from + 1 < sql.size() ? sql[from + 1] : '\0';
    Piece piece = Piece::symbol;
    std::size_t end = from + 1;
    if (is_space(c)) {
        piece = Piece::space;
        end = run_of(sql, from, is_space);
    } else if (is_word(c)) {
        piece = Piece::word;
        end = run_of(sql, from, is_word);
    } else if (c == '$' && is_digit(next)) {
        piece = Piece::parameter;
        end = run_of(sql, from + 1, is_digit);
    } else if (c == '?') {
        piece = Piece::mark;
    } else if (c == '\'' || c == '"') {
        piece = Piece::quoted;
        end = end_of_quoted(sql, from);
    } else if ((c == '-' && next == '-') || (c == '/' && next == '*')) {
        piece = Piece::comment;
        end = end_of_comment(sql, from);
    }
    return {piece, sql.substr(from, end - from)};
}

std::size_t number_of(std::string_view parameter) {
    std::size_t n = 0;
    const auto [end, error] = std::from_chars(parameter.data() + 1, parameter.data() + parameter.size(), n);
    if (error != std::errc() || n == 0 || n > 32'766)
        throw std::logic_error("db: no such parameter: " + std::string(parameter));
    return n;
}

std::string unquoted(const Token& token) {
    if (token.piece == Piece::quoted) return std::string(token.text.substr(1, token.text.size() - 2));
    return lower(token.text);
}

}  // namespace

std::vector<Token> tokens(std::string_view sql) {
    std::vector<Token> all;
    for (std::size_t at = 0; at < sql.size(); at += all.back().text.size()) all.push_back(token_at(sql, at));
    return all;
}

std::string lower(std::string_view ascii) {
    std::string text(ascii);
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

std::size_t parameters(std::string_view sql) {
    std::set<std::size_t> seen;
    for (const Token& token : tokens(sql)) {
        if (token.piece == Piece::mark) throw std::logic_error("db: '?' in: " + std::string(sql));
        if (token.piece == Piece::parameter) seen.insert(number_of(token.text));
    }
    if (!seen.empty() && *seen.rbegin() != seen.size())
        throw std::logic_error("db: parameters are not numbered $1 to $n in: " + std::string(sql));
    return seen.size();
}

std::string without_nulls(std::string_view sql, const std::vector<Value>& values) {
    std::string text;
    for (const Token& token : tokens(sql)) {
        const bool null = token.piece == Piece::parameter &&
                          std::holds_alternative<std::monostate>(values.at(number_of(token.text) - 1).held());
        text += null ? std::string_view("null") : token.text;
    }
    return text;
}

std::vector<std::string> written_tables(std::string_view sql) {
    std::vector<Token> all = tokens(sql);
    std::erase_if(all, [](const Token& t) { return t.piece == Piece::space || t.piece == Piece::comment; });
    std::vector<std::string> words;
    for (const Token& token : all) words.push_back(token.piece == Piece::word ? lower(token.text) : "");
    const auto word = [&](std::size_t i) { return i < words.size() ? std::string_view(words[i]) : std::string_view(); };

    std::vector<std::string> tables;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const std::string_view before = i > 0 ? word(i - 1) : std::string_view();
        std::size_t at = 0;
        if (word(i) == "into") at = i + 1;
        if (word(i) == "delete" && word(i + 1) == "from") at = i + 2;
        // Not the update of "do update set", "for update", "on update".
        if (word(i) == "update" && before != "do" && before != "for" && before != "key" && before != "on") at = i + 1;
        if (at == 0) continue;
        if (word(at) == "only") ++at;
        if (word(at) == "or") at += 2;
        if (at >= all.size()) continue;
        std::string table = unquoted(all[at]);
        if (at + 2 < all.size() && all[at + 1].text == ".") table += "." + unquoted(all[at + 2]);
        tables.push_back(std::move(table));
    }
    return tables;
}

std::vector<std::string_view> statements(std::string_view script) {
    std::vector<std::string_view> all;
    std::size_t start = 0, at = 0;
    bool blank = true;
    const auto close = [&] {
        if (!blank) all.push_back(script.substr(start, at - start));
        blank = true;
    };
    for (const Token& token : tokens(script)) {
        if (token.text == ";") {
            close();
            start = at + 1;
        } else if (token.piece != Piece::space && token.piece != Piece::comment) {
            blank = false;
        }
        at += token.text.size();
    }
    close();
    return all;
}

std::vector<std::string> words(std::string_view statement) {
    std::vector<std::string> all;
    for (const Token& token : tokens(statement))
        if (token.piece != Piece::space && token.piece != Piece::comment) all.push_back(unquoted(token));
    return all;
}

}  // namespace db
