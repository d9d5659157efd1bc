// libFuzzer target: CSV of strangers, in UTF-8 and GB18030. Every row has as many cells as the header, all of them
// UTF-8; what our writer makes of a row is read back as that row.
// needs: files/csv_read.cc files/csv_write.cc -licui18n
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <string>

#include <files/csv.h>
#include <kernel/text.h>

namespace {

void need(bool holds) {
    if (!holds) std::abort();
}

std::string file_of(const char* name) { return "/dev/shm/huiyin-fuzz-" + std::to_string(getpid()) + name; }

void put(const std::string& path, std::string_view bytes) { std::ofstream(path, std::ios::binary) << bytes; }

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const std::string path = file_of(".csv"), written = file_of(".out.csv");
    put(path, {reinterpret_cast<const char*>(data), size});
    for (const char* encoding : {"", "utf-8", "gb18030"}) {
        auto reader = files::CsvReader::open(path, encoding);
        if (!reader) continue;
        const std::size_t width = reader->header().size();
        std::string copy(files::csv_bom);
        std::vector<std::vector<std::string>> rows{reader->header()};
        while (true) {
            const auto row = reader->next();
            if (!row || !*row) break;
            need((**row).size() == width);
            rows.push_back(**row);
        }
        bool plain = true;  // the writer puts a ' before what looks like a formula: then it is another text on purpose
        for (const auto& row : rows) {
            bool empty = row.size() == 1 && row[0].empty();
            for (const std::string& cell : row) {
                need(kernel::valid_utf8(cell));
                plain = plain && !empty &&
                        (cell.empty() || std::string_view("=+-@\t\r'").find(cell[0]) == std::string_view::npos);
            }
            copy += files::csv_row(row);
        }
        if (!plain) continue;
        put(written, copy);
        auto again = files::CsvReader::open(written, "utf-8");
        need(again.has_value() && again->header() == rows[0]);
        for (std::size_t i = 1; i < rows.size(); ++i) {
            const auto row = again->next();
            need(row && *row && **row == rows[i]);
        }
    }
    return 0;
}
