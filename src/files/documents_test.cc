#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include <kernel/text.h>

#include "files.h"
#include "pdf.h"
#include "picture.h"
#include "sanitizer.h"

namespace {

namespace fs = std::filesystem;

// A PDF of these objects, the first of which has number 1 and is the catalogue.
std::string pdf_of(const std::vector<std::string>& objects, const std::string& trailer = "") {
    std::string out = "%PDF-1.7\n";
    std::vector<std::size_t> places;
    for (const std::string& object : objects) {
        places.push_back(out.size());
        out += std::to_string(places.size()) + " 0 obj\n" + object + "\nendobj\n";
    }
    const std::size_t table = out.size();
    out += "xref\n0 " + std::to_string(objects.size() + 1) + "\n0000000000 65535 f \n";
    for (const std::size_t place : places) {
        std::string digits = std::to_string(place);
        out += std::string(10 - digits.size(), '0') + digits + " 00000 n \n";
    }
    return out + "trailer\n<< /Root 1 0 R /Size " + std::to_string(objects.size() + 1) + trailer + " >>\nstartxref\n" +
           std::to_string(table) + "\n%%EOF\n";
}

std::string stream(const std::string& content, const std::string& entries = "") {
    return "<< /Length " + std::to_string(content.size()) + " " + entries + " >>\nstream\n" + content + "\nendstream";
}

// One page: what it says of itself, what is drawn, and further objects, the first of which has number 6.
std::string one_page(const std::string& page, const std::string& drawn, std::vector<std::string> more = {},
                     const std::string& catalogue = "") {
    std::vector<std::string> objects{
        "<< /Type /Catalog /Pages 2 0 R " + catalogue + " >>",          "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /Contents 4 0 R " + page + " >>", stream(drawn),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    };
    objects.insert(objects.end(), more.begin(), more.end());
    return pdf_of(objects);
}
const std::string a4 = "/MediaBox [0 0 595 842] /Resources << /Font << /F 5 0 R >> >>";

// A picture as wide and high as a page: `side` dots each way, one bit each, in RunLengthDecode.
std::string picture_page(int side) {
    std::string packed;
    for (std::int64_t left = std::int64_t{side} * ((side + 7) / 8); left > 0; left -= 128) packed += "\x81\x55";
    packed += '\x80';
    const std::string size = std::to_string(side);
    return one_page("/MediaBox [0 0 500 500] /Resources << /XObject << /P 6 0 R >> >>", "500 0 0 500 0 0 cm /P Do",
                    {stream(packed, "/Type /XObject /Subtype /Image /Width " + size + " /Height " + size +
                                        " /ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /RunLengthDecode")});
}

class Documents : public testing::Test {
protected:
    void SetUp() override {
        std::string name = (fs::temp_directory_path() / "huiyin-pdf-XXXXXX").string();
        folder_ = ::mkdtemp(name.data());
        store_.emplace(folder_ / "blobs");
        documents_.emplace(*store_, fs::path(PROGRAMS) / "huiyin-pdf");
    }
    void TearDown() override { fs::remove_all(folder_); }

    kernel::Result<files::Document> take(const std::string& bytes) {
        const fs::path upload = folder_ / ("upload" + std::to_string(++count_));
        std::ofstream(upload, std::ios::binary) << bytes;
        auto taken = documents_->take(upload, "file1");
        fs::remove(upload);
        return taken;
    }
    std::string key_of(const std::string& bytes) {
        const auto taken = take(bytes);
        if (taken) return "taken";
        EXPECT_EQ(taken.error().field, "file1");
        return taken.error().key;
    }
    std::string blob(const kernel::Hash& hash) {
        const auto bytes = store_->get(hash);
        return bytes ? std::string(kernel::text(*bytes)) : "";
    }
    // Of everything that was kept, blobs and text.
    void expect_nowhere(const files::Document& document, std::initializer_list<const char*> traces) {
        for (const auto& page : document.pages)
            for (const std::string& kept : {blob(page.picture), blob(page.preview), page.text})
                for (const char* trace : traces) EXPECT_EQ(kept.find(trace), kept.npos) << trace;
    }
    std::atomic<int> count_ = 0;
    fs::path folder_;
    std::optional<files::Store> store_;
    std::optional<files::Documents> documents_;
};

TEST_F(Documents, PagesBecomePicturesAndText) {
    // The second page stands on its side, and says in GBK what no font in the file says: 路灯坏了.
    const std::string pdf = pdf_of(
        {"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R 6 0 R 10 0 R] /Count 3 >>",
         "<< /Type /Page /Parent 2 0 R /Contents 4 0 R " + a4 + " >>",
         stream("BT /F 24 Tf 50 700 Td (The lamp is broken.) Tj 0 -40 Td (Since May.) Tj ET"),
         "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
         "<< /Type /Page /Parent 2 0 R /Contents 7 0 R /MediaBox [0 0 595 842] /Rotate 90 "
         "/Resources << /Font << /S 8 0 R >> >> >>",
         stream("BT /S 24 Tf 50 700 Td <C2B7B5C6BBB5C1CB> Tj ET"),
         "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /GBK-EUC-H /DescendantFonts [9 0 R] >>",
         "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light "
         "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>",
         "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"});
    const auto document = take(pdf);
    ASSERT_TRUE(document) << document.error().key;
    ASSERT_EQ(document->pages.size(), 3u);
    const auto& first = document->pages[0];
    EXPECT_EQ(first.width, 1000);
    EXPECT_EQ(first.height, 1415);
    EXPECT_NE(first.text.find("The lamp is broken.\n"), first.text.npos) << first.text;
    EXPECT_NE(first.text.find("Since May."), first.text.npos);
    EXPECT_EQ(document->pages[1].width, 1000);
    EXPECT_EQ(document->pages[1].height, 707);
    EXPECT_NE(document->pages[1].text.find("路灯坏了"), std::string::npos) << document->pages[1].text;
    EXPECT_EQ(document->pages[2].text, "");
    EXPECT_GT(blob(first.picture).size(), 2 * blob(document->pages[2].picture).size()) << "something is drawn";
    // Any reader of WebP can show them; they stay another day when they are asked for.
    files::Photos photos(*store_, fs::path(PROGRAMS) / "huiyin-photo");
    std::ofstream(folder_ / "page", std::ios::binary) << blob(first.picture);
    const auto shown = photos.take(folder_ / "page", "photo");
    ASSERT_TRUE(shown);
    EXPECT_EQ(shown->width, 1000);
    EXPECT_TRUE(documents_->keep(first));
    store_->erase(first.preview);
    EXPECT_FALSE(documents_->keep(first));
}

TEST_F(Documents, NothingButPixelsAndTextSurvives) {
    std::ifstream in(fs::path(TESTDATA) / "turned.jpg", std::ios::binary);
    const std::string jpeg((std::istreambuf_iterator<char>(in)), {});
    ASSERT_NE(jpeg.find("secretcomment"), jpeg.npos);
    ASSERT_NE(jpeg.find("Exif"), jpeg.npos);
    const std::string pdf = one_page(
        "/MediaBox [0 0 500 500] /Resources << /XObject << /P 6 0 R >> >> /AA << /O 8 0 R >>",
        "500 0 0 500 0 0 cm /P Do",
        {stream(jpeg,
                "/Type /XObject /Subtype /Image /Width 120 /Height 80 /ColorSpace /DeviceRGB /BitsPerComponent 8 "
                "/Filter /DCTDecode"),
         stream("<x:xmpmeta xmlns:x='adobe:ns:meta/'>written by somebody at home</x:xmpmeta>",
                "/Type /Metadata /Subtype /XML"),
         "<< /S /JavaScript /JS (app.alert\\('secretscript'\\)) >>",
         "<< /Type /Filespec /F (secretfile.exe) /EF << /F 10 0 R >> >>",
         stream("MZ secretfile", "/Type /EmbeddedFile")},
        "/Metadata 7 0 R /OpenAction 8 0 R /Names << /EmbeddedFiles << /Names [(secretfile.exe) 9 0 R] >> >>");
    const auto document = take(pdf);
    ASSERT_TRUE(document) << document.error().key;
    ASSERT_EQ(document->pages.size(), 1u);
    EXPECT_GT(blob(document->pages[0].picture).size(), 3000u) << "the photograph is drawn";
    expect_nowhere(*document, {"Exif", "EXIF", "GPS", "secret", "somebody", "xmp", "XMP", "alert", "JFIF", "ICCP"});
}

TEST_F(Documents, NoPageIsLargerThanOthers) {
    const auto size_of = [&](const std::string& page) {
        const auto document = take(one_page(page, "0 0 100 100 re f"));
        if (!document) return document.error().key;
        return std::to_string(document->pages[0].width) + "x" + std::to_string(document->pages[0].height);
    };
    EXPECT_EQ(size_of("/MediaBox [0 0 14400 14400]"), "1000x1000");
    EXPECT_EQ(size_of("/MediaBox [0 0 14400 14400] /UserUnit 75000"), "1000x1000");
    EXPECT_EQ(size_of("/MediaBox [0 0 1 14400]"), "1x4000");
    EXPECT_EQ(size_of("/MediaBox [0 0 14400 1]"), "1000x1");
    EXPECT_EQ(size_of("/MediaBox [0 0 2000000000 2000000000]"), "1000x1000");
    EXPECT_EQ(size_of("/MediaBox [0 0 500 500] /CropBox [0 0 500 250]"), "1000x500");
}

TEST_F(Documents, RefusesWhatIsNoPdfOrTooMuch) {
    EXPECT_EQ(key_of(""), "files.pdf_kind");
    EXPECT_EQ(key_of("<html>%PDF</html>"), "files.pdf_kind");
    EXPECT_EQ(key_of(std::string(1100, ' ') + one_page(a4, "")), "files.pdf_kind");
    EXPECT_EQ(key_of("%PDF-1.7" + std::string(files::most_pdf_bytes, ' ')), "files.pdf_too_large");
    EXPECT_EQ(key_of("%PDF-1.7\n"), "files.pdf_broken");
    EXPECT_EQ(key_of("%PDF-1.7\n" + std::string(100'000, '[')), "files.pdf_broken");
    EXPECT_EQ(key_of("%PDF-1.7\n" + std::string(5000, '\xFF')), "files.pdf_broken");
    const std::string page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
                      catalogue = "<< /Type /Catalog /Pages 2 0 R >>";
    std::string kids;
    std::vector<std::string> pages{catalogue, ""};
    for (int i = 0; i < 10'000; ++i) {
        kids += std::to_string(pages.size() + 1) + " 0 R ";
        pages.push_back(page);
    }
    pages[1] = "<< /Type /Pages /Kids [" + kids + "] /Count 10000 >>";
    EXPECT_EQ(key_of(pdf_of(pages)), "files.pdf_pages");
    EXPECT_EQ(key_of(pdf_of({catalogue, "<< /Type /Pages /Kids [3 0 R] /Count 10000 >>", page})), "files.pdf_broken");
    // One that asks for a password, and one that is locked by an empty one, as office programs write it.
    EXPECT_EQ(key_of(pdf_of({catalogue, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page,
                             "<< /Filter /Standard /V 1 /R 2 /P -4 /O (01234567890123456789012345678901) "
                             "/U (01234567890123456789012345678901) >>"},
                            " /Encrypt 4 0 R /ID [<00112233445566778899AABBCCDDEEFF> "
                            "<00112233445566778899AABBCCDDEEFF>]")),
              "files.pdf_locked");
}

TEST_F(Documents, WhatGoesRoundInCirclesEnds) {
    const std::string xobject =
        "/Type /XObject /Subtype /Form /BBox [0 0 500 500] /Resources << /XObject << /P 6 0 R >> >>";
    const std::string looks = "/MediaBox [0 0 500 500] /Resources << /XObject << /P 6 0 R >> >>";
    const struct {
        const char* name;
        std::string pdf;
    } cases[] = {
        {"a drawing that draws itself", one_page(looks, "/P Do", {stream("/P Do /P Do", xobject)})},
        {"pages that hold themselves",
         pdf_of({"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R] /Count 1 >>"})},
        {"a length that is its own",
         pdf_of({"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                 "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>",
                 "<< /Length 4 0 R >>\nstream\nx\nendstream"})},
        {"a table before itself",
         pdf_of({"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] /Count 1 >>"}, " /Prev 9")},
        {"arrays in arrays", one_page("/MediaBox [0 0 9 9] /X " + std::string(50'000, '['), "")},
        {"a cut file", one_page(a4, "BT (x) Tj ET").substr(0, 300)},
    };
    for (const auto& c : cases) {
        const std::string key = key_of(c.pdf);
        EXPECT_TRUE(key == "files.pdf_broken" || key == "files.pdf_heavy" || key == "taken") << c.name << ": " << key;
    }
    EXPECT_EQ(key_of(one_page(a4, "BT /F 12 Tf (still here) Tj ET")), "taken");
}

// 900 million dots in two megabytes.
TEST_F(Documents, AHugePictureIsDrawnSmallOrRefused) {
    const std::string key = key_of(picture_page(30'000));
    EXPECT_TRUE(key == "taken" || key == "files.pdf_heavy") << key;
    EXPECT_EQ(key_of(picture_page(1'000)), "taken");
}

TEST_F(Documents, TextIsCleanWhateverThePageSays) {
    // Codes of a font that maps them to control characters, a half of a surrogate pair and a bidi override.
    const std::string map =
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def 1 begincodespacerange <00> <FF> "
        "endcodespacerange 5 beginbfchar <41> <0000> <42> <001B> <43> <D800> <44> <202E> <45> <0045> endbfchar endcmap "
        "CMapName currentdict /CMap defineresource pop end end";
    const auto document = take(one_page(
        "/MediaBox [0 0 500 500] /Resources << /Font << /G 6 0 R >> >>", "BT /G 30 Tf 50 400 Td (EABCDE) Tj ET",
        {"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 7 0 R >>", stream(map)}));
    ASSERT_TRUE(document) << document.error().key;
    const std::string& text = document->pages[0].text;
    EXPECT_TRUE(kernel::admit(text, "text", 1000, kernel::Lines::many)) << text;
}

TEST_F(Documents, SeveralAtOnce) {
    std::atomic<int> good = 0;
    std::vector<std::thread> all;
    for (int i = 0; i < 4; ++i)
        all.emplace_back([&, i] {
            const auto taken = take(one_page(a4, "BT /F 24 Tf 50 700 Td (Page " + std::to_string(i) + ") Tj ET"));
            good += taken && taken->pages[0].text.find("Page " + std::to_string(i)) != std::string::npos;
        });
    for (auto& one : all) one.join();
    EXPECT_EQ(good, 4);
}

}  // namespace
