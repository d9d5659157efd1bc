#include "files.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include "picture.h"

namespace {

namespace fs = std::filesystem;

class Files : public testing::Test {
protected:
    void SetUp() override {
        std::string name = (fs::temp_directory_path() / "huiyin-files-XXXXXX").string();
        folder_ = ::mkdtemp(name.data());
    }
    void TearDown() override { fs::remove_all(folder_); }
    fs::path folder_;
};

TEST_F(Files, KeepsBlobsByContent) {
    files::Store store(folder_ / "blobs");
    const auto hash = store.put(kernel::view("hello"));
    EXPECT_EQ(kernel::hex(hash), "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
    EXPECT_EQ(store.put(kernel::view("hello")), hash);
    EXPECT_EQ(kernel::text(*store.get(hash)), "hello");
    EXPECT_EQ(store.size(hash), 5u);
    const fs::path place = folder_ / "blobs" / "2c" / kernel::hex(hash).substr(2);
    struct stat info {};
    ASSERT_EQ(::stat(place.c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777, 0600u);
    store.erase(hash);
    store.erase(hash);
    EXPECT_FALSE(store.get(hash));
    EXPECT_FALSE(store.size(hash));
}

TEST_F(Files, WhatNobodySentIsSweptAfterADay) {
    files::Store store(folder_ / "blobs");
    const auto sent = store.put(kernel::view("sent")), left = store.put(kernel::view("left")),
               touched = store.put(kernel::view("touched")), again = store.put(kernel::view("again"));
    const auto place = [&](const kernel::Hash& hash) {
        const std::string name = kernel::hex(hash);
        return folder_ / "blobs" / name.substr(0, 2) / name.substr(2);
    };
    const fs::path draft = place(sent).parent_path() / ".draft-0123456789abcdef",
                   young = place(sent).parent_path() / ".draft-fedcba9876543210", other = folder_ / "blobs" / "notes";
    for (const fs::path& file : {draft, young, other}) std::ofstream(file) << "half a picture";
    const auto in_use = [&](const kernel::Hash& hash) { return hash == sent; };
    const auto go_on = [] { return false; };
    EXPECT_EQ(store.sweep(in_use, go_on), 0) << "all of today";
    const auto yesterday = fs::file_time_type::clock::now() - std::chrono::hours(25);
    for (const fs::path& file : {place(sent), place(left), place(touched), place(again), draft, other})
        fs::last_write_time(file, yesterday);
    EXPECT_TRUE(store.touch(touched));
    EXPECT_EQ(store.put(kernel::view("again")), again);
    EXPECT_EQ(store.sweep(in_use, [] { return true; }), 0) << "it is stopped";
    EXPECT_EQ(store.sweep(in_use, go_on), 2);
    EXPECT_FALSE(store.get(left));
    EXPECT_FALSE(store.touch(left));
    EXPECT_FALSE(fs::exists(draft));
    for (const auto& hash : {sent, touched, again}) EXPECT_TRUE(store.get(hash));
    EXPECT_TRUE(fs::exists(young));
    EXPECT_TRUE(fs::exists(other));
}

TEST_F(Files, NoticesDamage) {
    files::Store store(folder_ / "blobs");
    const auto hash = store.put(kernel::view("hello"));
    std::ofstream(folder_ / "blobs" / "2c" / kernel::hex(hash).substr(2)) << "jello";
    EXPECT_THROW(store.get(hash), std::runtime_error);
}

TEST_F(Files, ManyMayPutTheSameAtOnce) {
    files::Store store(folder_ / "blobs");
    std::vector<std::thread> all;
    for (int i = 0; i < 8; ++i)
        all.emplace_back([&] {
            for (int n = 0; n < 20; ++n) store.put(kernel::view(std::to_string(n)));
        });
    for (auto& t : all) t.join();
    std::size_t found = 0;
    for (const auto& entry : fs::recursive_directory_iterator(folder_ / "blobs")) found += entry.is_regular_file();
    EXPECT_EQ(found, 20u);
}

fs::path decoder() { return fs::path(PROGRAMS) / "huiyin-photo"; }

TEST_F(Files, PhotographsLoseTheirMetadataAndStandUpright) {
    files::Store store(folder_ / "blobs");
    files::Photos photos(store, decoder());
    for (const char* name : {"turned.jpg", "plain.png", "plain.webp"}) {
        const fs::path upload = folder_ / "upload";
        fs::copy_file(fs::path(TESTDATA) / name, upload, fs::copy_options::overwrite_existing);
        auto photo = photos.take(upload, "photo");
        ASSERT_TRUE(photo) << name << " " << photo.error().key;
        const auto bytes = store.get(photo->hash);
        ASSERT_TRUE(bytes);
        const std::string_view text = kernel::text(*bytes);
        EXPECT_EQ(files::kind_of(text), files::PictureKind::webp);
        for (const char* trace : {"Exif", "EXIF", "GPS", "somebody", "secretcomment", "XMP"})
            EXPECT_EQ(text.find(trace), text.npos) << name << " " << trace;
        // The JPEG says that it was taken on its side: 120 × 80 stands upright as 80 × 120.
        EXPECT_EQ(photo->width, std::string(name) == "turned.jpg" ? 80 : 120) << name;
        EXPECT_EQ(photo->height, std::string(name) == "turned.jpg" ? 120 : 80) << name;
        EXPECT_TRUE(store.get(photo->small));
    }
}

TEST_F(Files, RefusesWhatIsNoPhotograph) {
    files::Store store(folder_ / "blobs");
    files::Photos photos(store, decoder());
    const std::string jpeg = [] {
        std::ifstream in(fs::path(TESTDATA) / "turned.jpg", std::ios::binary);
        return std::string((std::istreambuf_iterator<char>(in)), {});
    }();
    struct {
        const char* name;
        std::string bytes, key;
    } cases[] = {
        {"empty", "", "files.photo_kind"},
        {"HTML called .jpg", "<html><script>alert(1)</script>", "files.photo_kind"},
        {"SVG", "<svg xmlns='http://www.w3.org/2000/svg'/>", "files.photo_kind"},
        {"a JPEG's first bytes alone", "\xFF\xD8\xFF\xE0", "files.photo_broken"},
        {"a JPEG cut in the middle", jpeg.substr(0, jpeg.size() / 2), "files.photo_broken"},
        {"a PNG's signature and noise", std::string("\x89PNG\r\n\x1A\n", 8) + std::string(500, 'x'),
         "files.photo_broken"},
        {"a WebP of lies", "RIFF\x10\xFF\xFF\xFFWEBPVP8 zzzzzzzzzzzzzzzzzz", "files.photo_broken"},
        {"more than 8 MB", std::string("\xFF\xD8\xFF", 3) + std::string((8u << 20) + 1, 'x'), "files.photo_too_large"},
    };
    // A PNG header that claims 30,000 × 30,000 pixels.
    std::string flood("\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\x75\x30\0\0\x75\x30\x08\x02\0\0\0", 29);
    flood += std::string("\x57\x02\x11\xC2", 4);
    for (const auto& c : cases) {
        std::ofstream(folder_ / "upload", std::ios::binary | std::ios::trunc) << c.bytes;
        auto photo = photos.take(folder_ / "upload", "photo2");
        ASSERT_FALSE(photo) << c.name;
        EXPECT_EQ(photo.error().key, c.key) << c.name;
        EXPECT_EQ(photo.error().field, "photo2") << c.name;
    }
    std::ofstream(folder_ / "upload", std::ios::binary | std::ios::trunc) << flood;
    auto photo = photos.take(folder_ / "upload", "photo");
    ASSERT_FALSE(photo);
    EXPECT_TRUE(photo.error().key == "files.photo_pixels" || photo.error().key == "files.photo_broken")
        << photo.error().key;
}

// A machine that others keep busy is no fault of the picture.
TEST_F(Files, SaysThatItIsBusyWhenTheDecoderTakesTooLong) {
    const fs::path slow = folder_ / "slow";
    std::ofstream(slow) << "#!/usr/bin/sh\nwhile :; do :; done\n";
    fs::permissions(slow, fs::perms::owner_all);
    files::Store store(folder_ / "blobs");
    files::Photos photos(store, slow, 1);
    const auto photo = photos.take(fs::path(TESTDATA) / "plain.png", "photo");
    ASSERT_FALSE(photo);
    EXPECT_EQ(photo.error().key, "files.photo_busy");
    EXPECT_EQ(photo.error().code, kernel::Code::unavailable);
}

// A server's standard error may be a file, which the decoder may not write to: what it says there is no end of it.
TEST_F(Files, WhatTheDecoderComplainsOfIsNoFault) {
    const fs::path loud = folder_ / "loud";
    std::ofstream(loud) << "#!/usr/bin/sh\necho 'one byte is odd' >&2\nexit " << files::picture_too_many_pixels << "\n";
    fs::permissions(loud, fs::perms::owner_all);
    files::Store store(folder_ / "blobs");
    files::Photos photos(store, loud);
    const int before = ::dup(2), file = ::open((folder_ / "log").c_str(), O_WRONLY | O_CREAT, 0600);
    ::dup2(file, 2);
    const auto photo = photos.take(fs::path(TESTDATA) / "plain.png", "photo");
    ::dup2(before, 2);
    ::close(file);
    ::close(before);
    ASSERT_FALSE(photo);
    EXPECT_EQ(photo.error().key, "files.photo_pixels");
}

TEST_F(Files, SaysWhenThereIsNoDecoder) {
    files::Store store(folder_ / "blobs");
    files::Photos photos(store, folder_ / "nothing-here");
    EXPECT_THROW((void)photos.take(fs::path(TESTDATA) / "plain.png", "photo"), std::runtime_error);
}

}  // namespace
