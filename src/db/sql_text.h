// Just enough reading of SQL to find parameters, written tables and the ends of statements: strings, quoted names and
// comments are passed over as a whole.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "db.h"

namespace db {

enum class Piece {
    word,       // a name, keyword or number
    parameter,  // $n
    mark,       // ?
    quoted,     // '…' or "…"
    comment,    // -- … or /* … */
    space,
    symbol,  // any other single byte
};
struct Token {
    Piece piece;
    std::string_view text;
};
std::vector<Token> tokens(std::string_view sql);

std::string lower(std::string_view ascii);

// The number of parameters: $1 to $n, each occurring. std::logic_error for a gap or a '?'.
std::size_t parameters(std::string_view sql);

// With `null` in place of the parameters whose value is null: a null needs no type then.
std::string without_nulls(std::string_view sql, const std::vector<Value>& values);

// The tables that insert, update and delete in this statement name, as written: "voice", "local.session".
std::vector<std::string> written_tables(std::string_view sql);

// A parameter that an insert or update stores: where, and whether it stands there alone and nowhere else. Insert
// without a list of columns: the column is empty.
struct StoredParameter {
    std::size_t number;  // from 0
    std::string table, column;
    bool alone;
};
std::vector<StoredParameter> stored_parameters(std::string_view sql);

// The statements of a script, without the semicolons, each with the comments before it; blank ones are left out.
std::vector<std::string_view> statements(std::string_view script);

// The words of a statement in lower case, without comments: "create", "table", "voice", "(" …
std::vector<std::string> words(std::string_view statement);

}  // namespace db
