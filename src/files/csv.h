// CSV as RFC 4180 says, strictly read and safely written.
#pragma once
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <kernel/result.h>

namespace files {

// Reads a file row by row, never whole. Quotes doubled inside quotes; CRLF or LF; a BOM is taken away; the encoding is
// UTF-8 or GB18030 (converted by ICU). Every row must have as many fields as the first; a row of one empty field (an
// empty line) is passed over where more than one column is expected. Limits: 1 MiB a field, 20,000 columns.
// Refusals name line and column of the fault, both from 1, column in bytes: files.csv_quote, files.csv_columns
// {want, got}, files.csv_encoding, files.csv_nul, files.csv_too_long, files.csv_empty, each with {line, column}, code
// malformed; files.csv_missing {path}, not_found. After a refusal the reader gives nothing more.
class CsvReader {
public:
    // "" finds out: valid UTF-8 throughout the first 64 KiB (or a BOM) means UTF-8, anything else GB18030.
    static kernel::Result<CsvReader> open(const std::string& path, std::string_view encoding = "");
    CsvReader(CsvReader&&) noexcept;
    CsvReader& operator=(CsvReader&&) noexcept;
    ~CsvReader();

    const std::vector<std::string>& header() const;
    std::optional<std::size_t> column(std::string_view name) const;  // of the header, exactly
    // The next row, with as many cells as the header; nothing at the end of the file.
    kernel::Result<std::optional<std::vector<std::string>>> next();
    std::int64_t line() const;   // where the last row began
    std::uint64_t at() const;    // bytes consumed, for progress
    std::uint64_t size() const;  // of the file

private:
    struct Scan;
    explicit CsvReader(std::unique_ptr<Scan>);
    std::unique_ptr<Scan> scan_;
};

// One row for a spreadsheet: RFC 4180 quoting, CRLF, and a leading ' where a cell would otherwise be taken as a formula
// (it begins with = + - @ TAB CR and is no plain number). The first row of a file is preceded by csv_bom.
std::string csv_row(const std::vector<std::string>& cells);
// The same at the end of `out`, for tables of many rows.
void add_csv_row(std::string& out, std::span<const std::string_view> cells);
inline void add_csv_row(std::string& out, std::initializer_list<std::string_view> cells) {
    add_csv_row(out, std::span<const std::string_view>(cells.begin(), cells.size()));
}
inline constexpr std::string_view csv_bom = "\xEF\xBB\xBF";

}  // namespace files
