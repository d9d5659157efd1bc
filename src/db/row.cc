#include "db.h"

namespace db {

namespace {

const char* kind_of_cell(const Row::Cell& cell) {
    constexpr const char* names[] = {"null", "an integer", "text", "bytes"};
    return names[cell.index()];
}

template <class T>
const T& cell_as(const Row& row, int column, const char* wanted) {
    if (column < 0 || static_cast<std::size_t>(column) >= row.cells.size())
        throw std::logic_error("db: there is no column " + std::to_string(column) + ", the row has " +
                               std::to_string(row.cells.size()));
    const Row::Cell& cell = row.cells[static_cast<std::size_t>(column)];
    if (const T* held = std::get_if<T>(&cell)) return *held;
    throw std::logic_error("db: column " + std::to_string(column) + " holds " + kind_of_cell(cell) + ", not " + wanted);
}

}  // namespace

bool Row::null(int column) const {
    if (column < 0 || static_cast<std::size_t>(column) >= cells.size())
        throw std::logic_error("db: there is no column " + std::to_string(column));
    return std::holds_alternative<std::monostate>(cells[static_cast<std::size_t>(column)]);
}

std::int64_t Row::integer(int column) const { return cell_as<std::int64_t>(*this, column, "an integer"); }
const std::string& Row::text(int column) const { return cell_as<std::string>(*this, column, "text"); }
kernel::View Row::bytes(int column) const { return cell_as<kernel::Bytes>(*this, column, "bytes"); }

std::optional<std::int64_t> Row::integer_or_null(int column) const {
    if (null(column)) return std::nullopt;
    return integer(column);
}

std::optional<std::string> Row::text_or_null(int column) const {
    if (null(column)) return std::nullopt;
    return text(column);
}

}  // namespace db
