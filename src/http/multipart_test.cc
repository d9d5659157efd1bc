#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "body.h"

namespace {

using http::Limits;
using http::Multipart;
using http::Part;
using http::Request;

// What a parser gave, as text: "name/filename/type=data;" for each part, or the key of the refusal alone.
struct Written final : http::Parts {
    kernel::Checked begin(Part part) override {
        text += part.name + '/' + (part.is_file ? part.filename : "-") + '/' + part.content_type + '=';
        return {};
    }
    kernel::Checked data(std::string_view piece) override {
        EXPECT_FALSE(piece.empty());
        text += piece;
        return {};
    }
    kernel::Checked end() override {
        text += ';';
        return {};
    }
    std::string text;
};

std::string parsed(std::string_view bytes, std::vector<std::size_t> cuts, std::string_view boundary = "AaB03x") {
    Written parts;
    Multipart parser(boundary, parts);
    cuts.push_back(bytes.size());
    std::sort(cuts.begin(), cuts.end());
    std::size_t from = 0;
    for (std::size_t cut : cuts) {
        const auto fed = parser.feed(bytes.substr(from, cut - from));
        if (!fed) return fed.error().key;
        from = cut;
    }
    const auto finished = parser.finish();
    return finished ? parts.text : finished.error().key;
}

std::vector<std::size_t> byte_by_byte(std::size_t size) {
    std::vector<std::size_t> out(size);
    for (std::size_t i = 0; i < size; ++i) out[i] = i;
    return out;
}

const std::string text_part = "--AaB03x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n";
const std::string close_line = "\r\n--AaB03x--\r\n";
constexpr const char* broken = "http.multipart";

struct MultipartCase {
    std::string bytes, expected;
};

std::vector<MultipartCase> multipart_cases() {
    const std::string open = "--AaB03x\r\n";
    const std::string named = "Content-Disposition: form-data; name=\"a\"";
    return {
        {text_part + "hello" + close_line, "a/-/=hello;"},
        {text_part + "hello\r\n--AaB03x--", "a/-/=hello;"},
        {text_part + close_line, "a/-/=;"},
        {open + named + "\r\n\r\n--AaB03x--", "a/-/=;"},  // no data at all (RFC 2046: [CRLF *OCTET])
        {"preamble\r\n" + text_part + "x" + close_line + "epilogue\r\n--AaB03x\r\n", "a/-/=x;"},
        {text_part + "a--AaB03x and --AaB03 and\r\n-AaB03x and \r\n\r\n" + close_line,
         "a/-/=a--AaB03x and --AaB03 and\r\n-AaB03x and \r\n\r\n;"},
        {text_part + "\r\r\n\r\n-" + close_line, "a/-/=\r\r\n\r\n-;"},
        {text_part + "one\r\n--AaB03x \t \r\n" + named + "\r\n\r\ntwo" + close_line, "a/-/=one;a/-/=two;"},
        {open +
             "content-disposition:form-data; filename=\"../../etc/passwd\"; name=f\r\nContent-Type: "
             "image/png\r\n\r\n\1\2" +
             close_line,
         "f/../../etc/passwd/image/png=\1\2;"},
        {open + "Content-Disposition: form-data; name=\"q\\\"q\"; filename=\"C:\\x\\y.png\"\r\n\r\n1" + close_line,
         "q\"q/C:\\x\\y.png/=1;"},
        {open + named + "; filename*=UTF-8''%41\r\n\r\n1" + close_line, "a/-/=1;"},
        {open + named + "\r\nContent-Transfer-Encoding: 8bit\r\nX-Other: 1\r\n\r\n1" + close_line, "a/-/=1;"},
        {"--AaB03x--\r\n", ""},
        {"", broken},
        {text_part + "hello", broken},
        {text_part + "hello\r\n--AaB03x", broken},
        {text_part + "hello\r\n--AaB03x\r\n", broken},
        {text_part + "hello\r\n--AaB03xyz--", broken},
        {text_part + "hello\r\n--AaB03x-\r\n", broken},
        {text_part + "hello\r\n--AaB03x\n\n", broken},
        {text_part + "hello\n--AaB03x--\n", broken},
        {text_part + "hello\r\n--AaB03x" + std::string(65, ' ') + "\r\n", broken},
        {open + "\r\n\r\n1" + close_line, broken},
        {open + "Content-Type: text/plain\r\n\r\n1" + close_line, broken},
        {open + "Content-Disposition: attachment; name=\"a\"\r\n\r\n1" + close_line, broken},
        {open + "Content-Disposition: form-data\r\n\r\n1" + close_line, broken},
        {open + "Content-Disposition: form-data; name=\"a\r\n\r\n1" + close_line, broken},
        {open + "Content-Disposition: form-data; name=\"\xff\"\r\n\r\n1" + close_line, broken},
        {open + named + "\r\n" + named + "\r\n\r\n1" + close_line, broken},
        {open + named + "\r\nContent-Type: a/b\r\nContent-Type: c/d\r\n\r\n1" + close_line, broken},
        {open + named + "\r\nContent-Transfer-Encoding: base64\r\n\r\nMQ==" + close_line, broken},
        {open + named + "\r\n folded\r\n\r\n1" + close_line, broken},
        {open + named + "\nX: 1\r\n\r\n1" + close_line, broken},
        {open + named + "\r\nX: " + std::string(9000, 'x') + "\r\n\r\n1" + close_line, broken},
        {open + named + "\r\nX: " + std::string(9000, 'x'), broken},
        {std::string(1025, 'p') + "\r\n" + text_part + "1" + close_line, broken},
        {std::string(1020, 'p') + "\r\n" + text_part + "1" + close_line, "a/-/=1;"},
    };
}

TEST(MultipartParser, GivesTheSamePartsHoweverTheBytesAreCut) {
    for (const MultipartCase& one : multipart_cases()) {
        EXPECT_EQ(parsed(one.bytes, {}), one.expected) << one.bytes;
        EXPECT_EQ(parsed(one.bytes, byte_by_byte(one.bytes.size())), one.expected) << "byte by byte: " << one.bytes;
    }
}

RC_GTEST_PROP(MultipartParser, CutsChangeNothing, ()) {
    const auto cases = multipart_cases();
    const auto& one = cases[*rc::gen::inRange<std::size_t>(0, cases.size())];
    const auto cuts =
        *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(0, one.bytes.size() + 1));
    RC_ASSERT(parsed(one.bytes, cuts) == one.expected);
}

// Data made mostly of what delimiters are made of.
RC_GTEST_PROP(MultipartParser, DataSurvives, ()) {
    const auto data = *rc::gen::container<std::string>(rc::gen::element('\r', '\n', '-', 'x', 'a'));
    const std::string boundary = "xa";
    RC_PRE(("\r\n" + data).find("\r\n--xa") == std::string::npos);
    const std::string bytes = "--xa\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n" + data + "\r\n--xa--";
    const auto cuts = *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(0, bytes.size() + 1));
    RC_ASSERT(parsed(bytes, cuts, boundary) == "a/-/=" + data + ";");
}

RC_GTEST_PROP(MultipartParser, NoiseIsNoDanger, ()) {
    const auto pieces = *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
        "--xa", "\r\n", "--", "\r", "\n", "Content-Disposition: form-data; name=a", ": ", "x", " "));
    std::string bytes;
    for (const std::string& piece : pieces) bytes += piece;
    RC_ASSERT(parsed(bytes, {}, "xa") == parsed(bytes, byte_by_byte(bytes.size()), "xa"));
}

TEST(MultipartParser, KnowsUsableBoundaries) {
    EXPECT_TRUE(Multipart::usable_boundary("----WebKitFormBoundary7MA4YWxkTrZu0gW"));
    EXPECT_TRUE(Multipart::usable_boundary("a b"));
    EXPECT_TRUE(Multipart::usable_boundary(std::string(70, 'b')));
    for (std::string bad :
         {std::string(), std::string("a "), std::string(71, 'b'), std::string("a\r\nb"), std::string("é")})
        EXPECT_FALSE(Multipart::usable_boundary(bad)) << bad;
}

class BodyTest : public testing::Test {
protected:
    BodyTest()
        : folder(std::filesystem::temp_directory_path() / ("huiyin-spool-" + kernel::hex(kernel::random_bytes(8)))) {
        http::prepare_spool(folder.string());
    }
    ~BodyTest() override { std::filesystem::remove_all(folder); }

    std::size_t files() const {
        return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder), {}));
    }
    // The refusal's key, or "" with `request` filled.
    std::string take(const std::string& type, const std::string& bytes, const Limits& limits,
                     bool with_length = false) {
        request.headers["content-type"] = type;
        http::Body body(limits, folder.string());
        std::optional<std::uint64_t> length;
        if (with_length) length = bytes.size();
        if (auto opened = body.open(request, length); !opened) return opened.error().key;
        for (std::size_t at = 0; at < bytes.size(); at += 7)
            if (auto taken = body.take(std::string_view(bytes).substr(at, 7)); !taken) return taken.error().key;
        if (auto closed = body.close(request); !closed) return closed.error().key;
        return {};
    }
    std::string multipart(const std::string& bytes, const Limits& limits) {
        return take("multipart/form-data; boundary=AaB03x", bytes, limits);
    }
    std::string file_part(const std::string& filename, const std::string& content) const {
        return "--AaB03x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"" + filename +
               "\"\r\nContent-Type: image/png\r\n\r\n" + content + "\r\n";
    }
    const std::filesystem::path folder;
    Request request;
};

TEST_F(BodyTest, TakesFormsAndJsonOnly) {
    EXPECT_EQ(take("application/x-www-form-urlencoded", "a=%E5%9B%9E&b=2", {}), "");
    EXPECT_EQ(request.field("a"), "回");
    EXPECT_EQ(take("application/json; charset=utf-8", "{\"a\":1}", {}), "");
    EXPECT_EQ(request.body, "{\"a\":1}");
    for (const char* type :
         {"", "text/plain", "application/x-www-form-urlencoded; charset=gbk", "application/json; charset=latin1",
          "text/xml", "application/json/x", "multipart/mixed; boundary=a"})
        EXPECT_EQ(take(type, "a", {}), "http.media_type") << type;
    for (const char* type :
         {"multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"a\xc3\xa9\""})
        EXPECT_NE(take(type, "a", {}), "") << type;
    EXPECT_EQ(take("text/plain", "note", Limits{.any_type = true}), "");
    EXPECT_EQ(request.body, "note");
    request.headers["content-encoding"] = "gzip";
    EXPECT_EQ(take("application/json", "{}", {}), "http.media_type");
}

TEST_F(BodyTest, UnderApiFormsAreNoJson) {
    request.path = "/api/v1/voices";
    EXPECT_EQ(take("application/x-www-form-urlencoded", "a=1", {}), "http.media_type");
    EXPECT_EQ(take("multipart/form-data; boundary=a", "--a--", {}), "http.media_type");
    EXPECT_EQ(take("multipart/form-data; boundary=a", "--a--", Limits{.files = 1}), "");
}

TEST_F(BodyTest, HoldsTheLimits) {
    EXPECT_EQ(take("application/json", "12345", Limits{.body = 4}, true), "http.too_large");
    EXPECT_EQ(take("application/json", "1234", Limits{.body = 4}, true), "");
    EXPECT_EQ(take("application/x-www-form-urlencoded", "a=1&b=2", Limits{.fields = 1}), "http.too_many_fields");
    EXPECT_EQ(take("application/x-www-form-urlencoded", "a=%ff", {}), "http.not_utf8");
    EXPECT_EQ(multipart(text_part + "12345" + close_line, Limits{.field_bytes = 4}), "http.too_large");
    EXPECT_EQ(multipart(text_part + "\xff" + close_line, {}), "http.not_utf8");
    EXPECT_EQ(multipart(text_part + "1\r\n" + text_part + "2" + close_line, Limits{.fields = 1}),
              "http.too_many_fields");
    EXPECT_EQ(multipart(text_part + "123\r\n" + text_part + "456" + close_line, Limits{.body = 5, .files = 1}),
              "http.too_large");
    EXPECT_EQ(multipart(text_part + "1", {}), "http.multipart");
    EXPECT_EQ(multipart(file_part("a", "1") + "--AaB03x--", {}), "http.too_many_files");
    EXPECT_EQ(multipart(file_part("a", "12345") + "--AaB03x--", Limits{.files = 1, .file_bytes = 4}), "http.too_large");
    EXPECT_EQ(multipart(file_part("a", "1") + file_part("b", "2") + "--AaB03x--", Limits{.files = 1}),
              "http.too_many_files");
    EXPECT_EQ(files(), 0u);
    EXPECT_EQ(http::Body(Limits{.body = 10, .files = 3, .file_bytes = 100}, "").limit(), 10u);
}

TEST_F(BodyTest, SpoolsFilesThatGoWithTheUpload) {
    const std::string bytes = file_part("../../x.png", std::string(1000, 'p')) + text_part + "note\r\n" +
                              file_part("", "") + file_part("b", "second") + "--AaB03x--";
    ASSERT_EQ(multipart(bytes, Limits{.files = 3}), "");
    ASSERT_EQ(request.uploads.size(), 2u);
    EXPECT_EQ(request.field("a"), "note");
    const http::Upload& first = *request.uploads[0];
    EXPECT_EQ(first.field, "f");
    EXPECT_EQ(first.filename, "../../x.png");
    EXPECT_EQ(first.content_type, "image/png");
    EXPECT_EQ(first.size, 1000u);
    EXPECT_EQ(std::filesystem::path(first.path).parent_path(), folder);
    std::ifstream file(first.path);
    std::stringstream content;
    content << file.rdbuf();
    EXPECT_EQ(content.str(), std::string(1000, 'p'));
    struct stat info {};
    ASSERT_EQ(stat(first.path.c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777, 0600u);
    ASSERT_EQ(stat(folder.c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777, 0700u);
    EXPECT_EQ(files(), 2u);
    request.uploads.clear();
    EXPECT_EQ(files(), 0u);
}

TEST_F(BodyTest, SpoolForgetsWhatACrashLeft) {
    std::ofstream(folder / "upload-old") << "x";
    std::ofstream(folder / "other") << "x";
    http::prepare_spool(folder.string());
    EXPECT_EQ(files(), 1u);
}

TEST_F(BodyTest, ABrokenDiskIsNoRefusal) {
    std::filesystem::remove_all(folder);
    EXPECT_THROW((void)multipart(file_part("a", "1") + "--AaB03x--", Limits{.files = 1}), std::system_error);
}

}  // namespace
