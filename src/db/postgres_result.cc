#include "postgres_result.h"

#include <libpq-fe.h>

#include <cstdint>
#include <limits>

#include "failure.h"

namespace db {

namespace {

// Oids of pg_type, fixed for ever.
enum Type : Oid {
    type_bool = 16,
    type_bytea = 17,
    type_char = 18,
    type_name = 19,
    type_int8 = 20,
    type_int2 = 21,
    type_int4 = 23,
    type_text = 25,
    type_oid = 26,
    type_unknown = 705,
    type_bpchar = 1042,
    type_varchar = 1043,
    type_numeric = 1700,
};

kernel::View field(const PGresult* result, int row, int column) {
    const char* start = PQgetvalue(result, row, column);
    return kernel::view({start, static_cast<std::size_t>(PQgetlength(result, row, column))});
}

std::int64_t unsigned_of(kernel::View big_endian) {
    std::uint64_t value = 0;
    for (const std::uint8_t byte : big_endian) value = value << 8 | byte;
    return static_cast<std::int64_t>(value);
}

std::int64_t signed_of(kernel::View bytes) {
    const std::int64_t value = unsigned_of(bytes);
    if (bytes.size() == 2) return static_cast<std::int16_t>(value);
    if (bytes.size() == 4) return static_cast<std::int32_t>(value);
    return value;
}

[[noreturn]] void not_ours(int column) {
    throw std::logic_error("db: column " + std::to_string(column) + " is neither an integer, text, bytes nor null");
}

// What sum() of bigint gives: count of digits, weight of the first, sign, scale, then digits to the base 10,000. With a
// scale it is avg() or a fraction, which are not ours even when they happen to be whole.
std::int64_t whole_numeric(kernel::View bytes, int column) {
    const auto part = [&](std::size_t i) { return signed_of(bytes.subspan(2 * i, 2)); };
    if (bytes.size() < 8) not_ours(column);
    const std::int64_t digits = part(0), weight = part(1);
    const bool negative = part(2) == 0x4000;
    if ((part(2) != 0 && !negative) || part(3) != 0 || digits > weight + 1 || weight > 4) not_ours(column);
    // Negative numbers reach one further.
    std::int64_t value = 0;
    for (std::int64_t i = 0; i <= weight; ++i) {
        const std::int64_t digit = i < digits ? part(static_cast<std::size_t>(4 + i)) : 0;
        if (__builtin_mul_overflow(value, 10'000, &value) || __builtin_sub_overflow(value, digit, &value))
            not_ours(column);
    }
    if (!negative && __builtin_sub_overflow(0, value, &value)) not_ours(column);
    return value;
}

Row::Cell cell_of(const PGresult* result, int row, int column) {
    if (PQgetisnull(result, row, column)) return {};
    const kernel::View bytes = field(result, row, column);
    switch (PQftype(result, column)) {
        case type_int2:
        case type_int4:
        case type_int8:
            return signed_of(bytes);
        case type_bool:
        case type_oid:
            return unsigned_of(bytes);
        case type_numeric:
            return whole_numeric(bytes, column);
        case type_text:
        case type_varchar:
        case type_bpchar:
        case type_name:
        case type_char:
        case type_unknown:
            return std::string(kernel::text(bytes));
        case type_bytea:
            return kernel::Bytes(bytes.begin(), bytes.end());
        default:
            not_ours(column);
    }
}

Kind kind_of(std::string_view state) {
    const std::string_view group = state.substr(0, 2);
    if (state == "23505") return Kind::unique;
    if (state == "23503") return Kind::foreign_key;
    if (state == "23502" || state == "23514") return Kind::check;
    if (state == "55P03" || state == "40P01" || state == "40001") return Kind::busy;
    if (state == "53100") return Kind::full;
    if (state == "22021") return Kind::encoding;
    if (group == "08" || state == "57P01" || state == "57P02" || state == "57P03") return Kind::lost;
    return Kind::other;
}

std::string_view error_field(const PGresult* result, int code) {
    const char* value = PQresultErrorField(result, code);
    return value == nullptr ? std::string_view() : std::string_view(value);
}

}  // namespace

void read_row(const PGresult* result, int row, Row& into) {
    const int columns = PQnfields(result);
    into.cells.clear();
    into.cells.reserve(static_cast<std::size_t>(columns));
    for (int i = 0; i < columns; ++i) into.cells.push_back(cell_of(result, row, i));
}

Failure postgres_failure(const PGresult* result, std::string_view sql, bool preparing) {
    const std::string_view state = error_field(result, PG_DIAG_SQLSTATE);
    std::string reason = "SQLSTATE ";
    reason += state.empty() ? std::string_view("unknown") : state;
    for (const int code : {PG_DIAG_TABLE_NAME, PG_DIAG_COLUMN_NAME, PG_DIAG_CONSTRAINT_NAME}) {
        const std::string_view name = error_field(result, code);
        if (!name.empty()) reason += ", " + std::string(name);
    }
    // Said before any value was bound, the sentence is about the SQL alone.
    if (preparing) reason += ", " + std::string(error_field(result, PG_DIAG_MESSAGE_PRIMARY));
    return failure(kind_of(state), reason, sql);
}

}  // namespace db
