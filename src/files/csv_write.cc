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

std::string csv_row(const std::vector<std::string>& cells) {
    std::string row;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i) row += ',';
        const bool guarded = taken_as_formula(cells[i]);
        if (!guarded && cells[i].find_first_of(",\"\r\n") == std::string::npos) {
            row += cells[i];
            continue;
        }
        row += '"';
        if (guarded) row += '\'';
        for (char c : cells[i]) {
            if (c == '"') row += '"';
            row += c;
        }
        row += '"';
    }
    return row += "\r\n";
}

}  // namespace files
