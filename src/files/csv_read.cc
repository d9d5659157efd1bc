#include <algorithm>
#include <fstream>

#include <kernel/text.h>
#include <unicode/ucnv.h>

#include "csv.h"

namespace files {
namespace {

constexpr std::size_t most_in_field = 1 << 20;
constexpr std::size_t most_columns = 20'000;
constexpr std::size_t block = 256 * 1024;
constexpr std::size_t looked_at = 64 * 1024;
constexpr std::string_view bom = "\xEF\xBB\xBF";

// GB18030 to UTF-8; nothing when some bytes are no GB18030.
std::optional<std::string> from_gb18030(std::string_view bytes) {
    UErrorCode status = U_ZERO_ERROR;
    UConverter* converter = ucnv_open("gb18030", &status);
    if (U_FAILURE(status)) return std::nullopt;
    ucnv_setToUCallBack(converter, UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
    std::u16string wide(bytes.size() + 1, u'\0');
    const std::int32_t n = ucnv_toUChars(converter, wide.data(), static_cast<std::int32_t>(wide.size()), bytes.data(),
                                         static_cast<std::int32_t>(bytes.size()), &status);
    ucnv_close(converter);
    if (U_FAILURE(status)) return std::nullopt;
    status = U_ZERO_ERROR;
    UConverter* utf8 = ucnv_open("utf-8", &status);
    if (U_FAILURE(status)) return std::nullopt;
    std::string text(static_cast<std::size_t>(n) * 3 + 1, '\0');
    const std::int32_t length =
        ucnv_fromUChars(utf8, text.data(), static_cast<std::int32_t>(text.size()), wide.data(), n, &status);
    ucnv_close(utf8);
    if (U_FAILURE(status)) return std::nullopt;
    text.resize(static_cast<std::size_t>(length));
    return text;
}

// UTF-8 but for a last character that the cut may have split.
bool looks_like_utf8(std::string_view start) {
    for (std::size_t cut = 0; cut < 4 && cut <= start.size(); ++cut)
        if (kernel::valid_utf8(start.substr(0, start.size() - cut))) return true;
    return false;
}

}  // namespace

struct CsvReader::Scan {
    std::ifstream in;
    bool gb18030 = false, dead = false;
    std::string buffer;
    std::size_t from = 0;
    std::int64_t line = 1, column = 1, row_line = 1;
    std::uint64_t consumed = 0, size = 0;
    std::vector<std::string> header;

    int peek() {
        if (from == buffer.size()) {
            buffer.resize(block);
            in.read(buffer.data(), block);
            buffer.resize(static_cast<std::size_t>(in.gcount()));
            from = 0;
            if (buffer.empty()) return -1;
        }
        return static_cast<unsigned char>(buffer[from]);
    }
    int take() {
        const int c = peek();
        if (c < 0) return c;
        ++from, ++consumed;
        if (c == '\n') {
            ++line, column = 1;
        } else {
            ++column;
        }
        return c;
    }
    kernel::Error fault(std::string key, std::int64_t at_line, std::int64_t at_column,
                        std::vector<std::pair<std::string, std::string>> more = {}) {
        dead = true;
        more.emplace_back("line", std::to_string(at_line));
        more.emplace_back("column", std::to_string(at_column));
        return {kernel::Code::malformed, std::move(key), {}, std::move(more)};
    }

    kernel::Result<std::string> field(bool& ends_row);
    kernel::Checked convert(std::string& cell, std::int64_t at_line, std::int64_t at_column);
    kernel::Result<std::optional<std::vector<std::string>>> row(std::size_t want);
};

// In GB18030 the second byte of a character may be any of 0x40–0x7E, but never a quote, comma, CR or LF, and the digits
// of four-byte characters are none of them either: splitting before converting is safe.
kernel::Checked CsvReader::Scan::convert(std::string& cell, std::int64_t at_line, std::int64_t at_column) {
    if (cell.find('\0') != std::string::npos) return fault("files.csv_nul", at_line, at_column);
    if (gb18030) {
        auto text = from_gb18030(cell);
        if (!text) return fault("files.csv_encoding", at_line, at_column);
        cell = std::move(*text);
    } else if (!kernel::valid_utf8(cell)) {
        return fault("files.csv_encoding", at_line, at_column);
    }
    return {};
}

kernel::Result<std::string> CsvReader::Scan::field(bool& ends_row) {
    std::string cell;
    const std::int64_t at_line = line, at_column = column;
    const bool quoted = peek() == '"';
    if (quoted) {
        take();
        for (;;) {
            const int c = take();
            if (c < 0) return fault("files.csv_quote", at_line, at_column);
            if (c == '"') {
                if (peek() != '"') break;
                take();
            }
            cell.push_back(static_cast<char>(c));
            if (cell.size() > most_in_field) return fault("files.csv_too_long", at_line, at_column);
        }
    }
    for (;;) {
        const std::int64_t here_line = line, here_column = column;
        const int c = take();
        if (c < 0 || c == '\n') {
            ends_row = true;
            break;
        }
        if (c == ',') break;
        if (c == '\r' && (peek() == '\n' || peek() < 0)) continue;
        // Text after a closing quote, or a quote inside an unquoted field.
        if (quoted || c == '"') return fault("files.csv_quote", here_line, here_column);
        cell.push_back(static_cast<char>(c));
        if (cell.size() > most_in_field) return fault("files.csv_too_long", at_line, at_column);
    }
    if (auto good = convert(cell, at_line, at_column); !good) return good.error();
    return cell;
}

kernel::Result<std::optional<std::vector<std::string>>> CsvReader::Scan::row(std::size_t want) {
    if (dead) return std::optional<std::vector<std::string>>{};
    for (;;) {
        if (peek() < 0) return std::optional<std::vector<std::string>>{};
        row_line = line;
        std::vector<std::string> cells;
        if (want) cells.reserve(want);
        bool ends = false;
        while (!ends) {
            auto cell = field(ends);
            if (!cell) return cell.error();
            cells.push_back(std::move(*cell));
            if (cells.size() > most_columns) return fault("files.csv_too_long", row_line, 1);
        }
        if (cells.size() == 1 && cells[0].empty() && want != 1) continue;
        if (want && cells.size() != want)
            return fault("files.csv_columns", row_line, 1,
                         {{"want", std::to_string(want)}, {"got", std::to_string(cells.size())}});
        return std::optional(std::move(cells));
    }
}

CsvReader::CsvReader(std::unique_ptr<Scan> scan) : scan_(std::move(scan)) {}
CsvReader::CsvReader(CsvReader&&) noexcept = default;
CsvReader& CsvReader::operator=(CsvReader&&) noexcept = default;
CsvReader::~CsvReader() = default;

kernel::Result<CsvReader> CsvReader::open(const std::string& path, std::string_view encoding) {
    auto scan = std::make_unique<Scan>();
    scan->in.open(path, std::ios::binary);
    if (!scan->in) return kernel::Error{kernel::Code::not_found, "files.csv_missing", {}, {{"path", path}}};
    scan->in.seekg(0, std::ios::end);
    scan->size = static_cast<std::uint64_t>(std::max<std::streamoff>(0, scan->in.tellg()));
    scan->in.seekg(0);
    std::string start(looked_at, '\0');
    scan->in.read(start.data(), static_cast<std::streamsize>(start.size()));
    start.resize(static_cast<std::size_t>(scan->in.gcount()));
    scan->in.clear();
    const bool has_bom = start.starts_with(bom);
    scan->in.seekg(has_bom ? static_cast<std::streamoff>(bom.size()) : 0);
    if (has_bom) scan->consumed = bom.size();
    if (encoding.empty()) {
        scan->gb18030 = !has_bom && !looks_like_utf8(start);
    } else if (encoding == "gb18030") {
        scan->gb18030 = true;
    } else if (encoding != "utf-8") {
        return kernel::Error{
            kernel::Code::unsupported, "files.csv_encoding_unknown", "encoding", {{"encoding", std::string(encoding)}}};
    }
    auto header = scan->row(0);
    if (!header) return header.error();
    if (!*header) return scan->fault("files.csv_empty", 1, 1);
    scan->header = std::move(**header);
    return CsvReader(std::move(scan));
}

const std::vector<std::string>& CsvReader::header() const { return scan_->header; }

std::optional<std::size_t> CsvReader::column(std::string_view name) const {
    const auto found = std::find(scan_->header.begin(), scan_->header.end(), name);
    if (found == scan_->header.end()) return std::nullopt;
    return static_cast<std::size_t>(found - scan_->header.begin());
}

kernel::Result<std::optional<std::vector<std::string>>> CsvReader::next() { return scan_->row(scan_->header.size()); }
std::int64_t CsvReader::line() const { return scan_->row_line; }
std::uint64_t CsvReader::at() const { return scan_->consumed; }
std::uint64_t CsvReader::size() const { return scan_->size; }

}  // namespace files
