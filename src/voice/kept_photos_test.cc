#include "kept_photos.h"

#include <filesystem>

#include <gtest/gtest.h>

#include <files/files.h>

namespace voice {
namespace {

const kernel::Bytes photo_key(32, 7);

TEST(VoiceKeptPhotos, ATokenIsGoodInItsBrowserAndUnaltered) {
    const Photo photo{kernel::sha256(kernel::view("a")), kernel::sha256(kernel::view("b")), 2000, 1500, ""};
    const std::string token = keep(photo_key, "visitor-a", photo);
    EXPECT_EQ(kept(photo_key, "visitor-a", token), photo);
    EXPECT_FALSE(kept(photo_key, "visitor-b", token)) << "another's photograph cannot be sent";
    EXPECT_FALSE(kept(kernel::Bytes(32, 8), "visitor-a", token));
    for (std::size_t i = 0; i < token.size(); ++i) {
        std::string altered = token;
        altered[i] = altered[i] == '1' ? '2' : '1';
        EXPECT_FALSE(kept(photo_key, "visitor-a", altered)) << i;
    }
    for (std::string_view bad : {"", ".", "a.b.c.d.e", "...."}) EXPECT_FALSE(kept(photo_key, "visitor-a", bad)) << bad;
}

TEST(VoiceKeptPhotos, APdfComesBackWithItsPagesToItsBrowserAlone) {
    const std::filesystem::path folder = std::filesystem::temp_directory_path() / "voice_kept_paper";
    std::filesystem::remove_all(folder);
    files::Store store(folder);
    const kernel::Hash page = store.put(kernel::view("page")), small = store.put(kernel::view("small"));
    const Paper paper{{{page, small, 1000, 1414, "Invoice\nof the lamp"}, {page, small, 1000, 700, ""}}, ""};
    const std::string token = keep(store, photo_key, "visitor-a", paper);
    EXPECT_EQ(kept_paper(store, photo_key, "visitor-a", token), paper);
    EXPECT_FALSE(kept_paper(store, photo_key, "visitor-b", token));
    for (std::string_view bad : {"", ".", "a.b"}) EXPECT_FALSE(kept_paper(store, photo_key, "visitor-a", bad)) << bad;
    const std::string photo = keep(photo_key, "visitor-a", {page, small, 10, 10, ""});
    EXPECT_FALSE(kept_paper(store, photo_key, "visitor-a", photo)) << "a photograph is no PDF";
    http::Request request;
    request.visitor = "visitor-a";
    request.form = {{"kept", photo}, {"kept", photo}, {"kept_paper", token}, {"kept_paper", token}};
    std::vector<kernel::Error> errors;
    const Attached all = attached(request, {&store, nullptr, nullptr}, photo_key, errors);
    EXPECT_EQ(all.photos.size(), 2u);
    EXPECT_EQ(all.papers.size(), 1u) << "three of both";
    std::filesystem::remove_all(folder);
}

TEST(VoiceKeptPhotos, NoMoreThanThreeComeBack) {
    http::Request request;
    request.visitor = "visitor-a";
    for (int i = 0; i < 5; ++i)
        request.form.emplace_back(
            "kept", keep(photo_key, "visitor-a", {kernel::sha256(kernel::view(std::to_string(i))), {}, 10, 10, ""}));
    std::vector<kernel::Error> errors;
    EXPECT_EQ(attached(request, {}, photo_key, errors).n(), max_photos);
    EXPECT_TRUE(errors.empty());
}

}  // namespace
}  // namespace voice
