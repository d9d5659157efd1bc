#include "kept_photos.h"

#include <gtest/gtest.h>

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

TEST(VoiceKeptPhotos, NoMoreThanThreeComeBack) {
    http::Request request;
    request.visitor = "visitor-a";
    for (int i = 0; i < 5; ++i)
        request.form.emplace_back(
            "kept", keep(photo_key, "visitor-a", {kernel::sha256(kernel::view(std::to_string(i))), {}, 10, 10, ""}));
    std::vector<kernel::Error> errors;
    EXPECT_EQ(photos_of(request, nullptr, photo_key, errors).size(), max_photos);
    EXPECT_TRUE(errors.empty());
}

}  // namespace
}  // namespace voice
