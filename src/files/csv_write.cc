#include <algorithm>

#include "csv.h"

namespace files {
namespace {

bool plain_number(std::string_view cell) {
    std::size_t at = cell.starts_with('-') || cell.starts_with('+') ? 1 : 0;
    bool digits = false, point = false;
    for (; at < cell.size(); ++at) {
        if (cell[at] >= '0' && cell[at] <= '9') {
            digits = true;
        } else if (cell[at] == '.' && !point) {
            point = true;
        } else {
            return false;
        }
    }
    return digits;
}

bool taken_as_formula(std::string_view cell) {
    return !cell.empty() && std::string_view("=+-@\t\r").find(cell[0]) != std::string_view::npos && !plain_number(cell);
}

}  // namespace

void add_csv_row(std::string& out, std::span<const std::string_view> cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i) out += ',';
        const std::string_view cell = cells[i];
        const bool guarded = taken_as_formula(cell);
        if (!guarded && cell.find_first_of(",\"\r\n") == std::string_view::npos) {
            out += cell;
            continue;
        }
        out += '"';
        if (guarded) out += '\'';
        for (char c : cell) {
            if (c == '"') out += '"';
            out += c;
        }
        out += '"';
    }
    out += "\r\n";
}

std::string csv_row(const std::vector<std::string>& cells) {
    const std::vector<std::string_view> views(cells.begin(), cells.end());
    std::string row;
    add_csv_row(row, views);
    return row;
}

}  // namespace files
