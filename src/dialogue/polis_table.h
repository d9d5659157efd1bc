// One file of a Polis export, with faults that name file, line and column.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <files/csv.h>
#include <kernel/result.h>

namespace dialogue::polis {

struct Table {
    std::string_view file;
    files::CsvReader reader;

    // What is wrong with a field of the last row; columns count from 1.
    kernel::Error fault(std::string_view key, std::size_t column) const {
        return {kernel::Code::malformed,
                std::string(key),
                std::string(file),
                {{"file", std::string(file)},
                 {"line", std::to_string(reader.line())},
                 {"column", std::to_string(column + 1)},
                 {"name", reader.header().at(column)}}};
    }
    kernel::Result<std::size_t> column(std::string_view name) const {
        if (const auto found = reader.column(name)) return *found;
        return kernel::Error{
            kernel::Code::malformed,
            "dialogue.polis_column",
            std::string(file),
            {{"file", std::string(file)}, {"line", "1"}, {"column", "1"}, {"name", std::string(name)}}};
    }
    kernel::Result<std::optional<std::vector<std::string>>> next() {
        auto row = reader.next();
        if (!row) return named(row.error(), file);
        return row;
    }
    static kernel::Error named(kernel::Error error, std::string_view file) {
        error.field = std::string(file);
        error.args.emplace_back("file", std::string(file));
        return error;
    }
};

inline kernel::Result<Table> open_table(const std::string& folder, std::string_view file) {
    auto reader = files::CsvReader::open((std::filesystem::path(folder) / file).string(), "utf-8");
    if (!reader) return Table::named(reader.error(), file);
    return Table{file, *std::move(reader)};
}

}  // namespace dialogue::polis
