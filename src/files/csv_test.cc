#include "csv.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace {

using files::CsvReader;
using Rows = std::vector<std::vector<std::string>>;

class Csv : public testing::Test {
protected:
    void SetUp() override {
        path_ = std::filesystem::temp_directory_path() / ("huiyin-csv-" + std::to_string(::getpid()));
    }
    void TearDown() override { std::filesystem::remove(path_); }

    kernel::Result<Rows> read(std::string_view bytes, std::string_view encoding = "") {
        std::ofstream(path_, std::ios::binary) << bytes;
        auto reader = CsvReader::open(path_.string(), encoding);
        if (!reader) return reader.error();
        Rows rows{reader->header()};
        for (;;) {
            auto row = reader->next();
            if (!row) return row.error();
            if (!*row) return rows;
            rows.push_back(**row);
        }
    }
    std::filesystem::path path_;
};

struct Read {
    const char* name;
    std::string bytes;
    Rows rows;
};

TEST_F(Csv, ReadsWhatRfc4180Says) {
    const Read cases[] = {
        {"plain", "a,b\r\n1,2\r\n", {{"a", "b"}, {"1", "2"}}},
        {"no newline at the end", "a,b\n1,2", {{"a", "b"}, {"1", "2"}}},
        {"a BOM is taken away",
         "\xEF\xBB\xBF"
         "a\nx\n",
         {{"a"}, {"x"}}},
        {"quotes, commas and newlines inside quotes",
         "a,b\n\"x \"\"y\"\", z\",\"1\n2\"\n",
         {{"a", "b"}, {"x \"y\", z", "1\n2"}}},
        {"CR LF inside quotes stays", "a\n\"1\r\n2\"\r\n", {{"a"}, {"1\r\n2"}}},
        {"empty cells", "a,b,c\n,,\n\"\",x,\n", {{"a", "b", "c"}, {"", "", ""}, {"", "x", ""}}},
        {"empty lines are passed over", "a,b\n\n1,2\n\r\n", {{"a", "b"}, {"1", "2"}}},
        {"an empty line is a row where there is one column", "a\n\nx\n", {{"a"}, {""}, {"x"}}},
        {"a CR in the middle belongs to the cell", "a\n1\r2\n", {{"a"}, {"1\r2"}}},
    };
    for (const Read& c : cases) {
        auto rows = read(c.bytes);
        ASSERT_TRUE(rows) << c.name << " " << rows.error().key;
        EXPECT_EQ(*rows, c.rows) << c.name;
    }
}

struct Fault {
    const char* name;
    std::string bytes, key, line, column;
};

std::string argument(const kernel::Error& error, std::string_view name) {
    for (const auto& [key, value] : error.args)
        if (key == name) return value;
    return "";
}

TEST_F(Csv, NamesLineAndColumnOfAFault) {
    std::string long_file = "a,b\n";
    for (int line = 2; line < 1203; ++line) long_file += "x,y\n";
    const Fault cases[] = {
        {"a quote that never closes", long_file + "x,\"y\n", "files.csv_quote", "1203", "3"},
        {"text after a closing quote", "a,b\n\"x\"y,z\n", "files.csv_quote", "2", "4"},
        {"a quote inside a plain cell", "a,b\nx\"y,z\n", "files.csv_quote", "2", "2"},
        {"too few cells", "a,b\nx\n", "files.csv_columns", "2", "1"},
        {"too many cells", "a,b\nx,y,z\n", "files.csv_columns", "2", "1"},
        {"a zero byte", std::string("a,b\nx,\0y\n", 9), "files.csv_nul", "2", "3"},
        {"nothing", "", "files.csv_empty", "1", "1"},
        {"a cell of more than 1 MiB", "a\n" + std::string((1 << 20) + 1, 'x') + "\n", "files.csv_too_long", "2", "1"},
    };
    for (const Fault& c : cases) {
        auto rows = read(c.bytes);
        ASSERT_FALSE(rows) << c.name;
        EXPECT_EQ(rows.error().key, c.key) << c.name;
        EXPECT_EQ(argument(rows.error(), "line"), c.line) << c.name;
        EXPECT_EQ(argument(rows.error(), "column"), c.column) << c.name;
    }
    auto wrong = read("a,b\nx,\xC3\x28\n", "utf-8");
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().key, "files.csv_encoding");
    EXPECT_EQ(argument(wrong.error(), "column"), "3");
}

TEST_F(Csv, FindsOutGb18030) {
    // 意见,内容 / 路灯,不亮 / a four-byte character (U+20000).
    const std::string bytes = "\xD2\xE2\xBC\xFB,\xC4\xDA\xC8\xDD\n\xC2\xB7\xB5\xC6,\xB2\xBB\xC1\xC1\x95\x32\x82\x36\n";
    auto rows = read(bytes);
    ASSERT_TRUE(rows);
    EXPECT_EQ(*rows, (Rows{{"意见", "内容"}, {"路灯", "不亮\U00020000"}}));
    auto broken = read("a\n\xFF\xFF\n", "gb18030");
    ASSERT_FALSE(broken);
    EXPECT_EQ(broken.error().key, "files.csv_encoding");
}

TEST_F(Csv, RefusesWhatIsNotThere) {
    EXPECT_EQ(CsvReader::open("/nowhere/at/all.csv").error().key, "files.csv_missing");
    std::ofstream(path_) << "a\n";
    EXPECT_EQ(CsvReader::open(path_.string(), "latin-1").error().key, "files.csv_encoding_unknown");
}

TEST_F(Csv, WritesWhatItReads) {
    const Rows rows = {{"a", "b"}, {"x,\"y\"", "1\r\n2"}, {"", "plain"}};
    std::string bytes(files::csv_bom);
    for (const auto& row : rows) bytes += files::csv_row(row);
    auto back = read(bytes);
    ASSERT_TRUE(back);
    EXPECT_EQ(*back, rows);
}

TEST(CsvWrite, GuardsFormulas) {
    EXPECT_EQ(files::csv_row({"=1+1"}), "\"'=1+1\"\r\n");
    EXPECT_EQ(files::csv_row({"@SUM(A1)", "+cmd", "-x"}), "\"'@SUM(A1)\",\"'+cmd\",\"'-x\"\r\n");
    EXPECT_EQ(files::csv_row({"-12.5", "+3", "-"}), "-12.5,+3,\"'-\"\r\n");
    EXPECT_EQ(files::csv_row({"\t=1"}), "\"'\t=1\"\r\n");
}

}  // namespace
