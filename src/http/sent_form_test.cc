// Forms and uploads over real sockets: cookies, tokens, spool files.
#include <gtest/gtest.h>

#include <filesystem>

#include "server_for_tests.h"

namespace {

using http::Limits;
using http::Request;
using http::Response;
using http::testing::form_type;
using http::testing::get;
using http::testing::post;
using http::testing::RawClient;
using http::testing::Reply;
using http::testing::text;
using http::testing::without_csrf;

class SentFormTest : public http::testing::ServerTest {};

TEST_F(SentFormTest, ReadingLeavesNoCookieAndFormsAreGuarded) {
    house.router.get("/read", [](const Request&) {
        Response out = text("page");
        out.cacheable = true;
        return out;
    });
    house.router.get("/form", [](const Request& request) {
        Response out = text(http::csrf_token(request));
        out.cacheable = true;
        return out;
    });
    house.router.post("/form", [](const Request& request) { return text("by " + request.visitor); });
    house.router.post("/api/v1/x", [](const Request&) { return text("ok"); });
    RawClient client(house.start());
    const Reply page = client.ask(get("/read"));
    EXPECT_EQ(page.header("set-cookie"), "");
    EXPECT_EQ(page.header("cache-control"), "no-cache");
    EXPECT_EQ(client.ask(get("/read", "If-None-Match: " + page.header("etag") + "\r\n")).status, 304);
    const Reply form = client.ask(get("/form"));
    EXPECT_EQ(form.header("cache-control"), "no-store");
    const std::string cookie = form.header("set-cookie").substr(0, form.header("set-cookie").find(';'));
    ASSERT_TRUE(cookie.starts_with("visitor="));
    const std::string with_cookie = "Cookie: " + cookie + "\r\n";
    EXPECT_EQ(client.ask(get("/form", with_cookie)).header("set-cookie"), "");
    const std::string body = "csrf=" + form.body;
    EXPECT_EQ(client.ask(post("/form", body, form_type, with_cookie)).body, "by " + cookie.substr(8));
    EXPECT_EQ(
        client.ask(post("/form", "{}", "application/json", with_cookie + "X-CSRF-Token: " + form.body + "\r\n")).status,
        200);
    EXPECT_EQ(client.ask(post("/form", body, form_type)).body, "http.csrf 403 /form");
    EXPECT_EQ(client.ask(post("/form", "csrf=x", form_type, with_cookie)).status, 403);
    EXPECT_EQ(client.ask(post("/form", "", form_type, with_cookie)).status, 403);
    EXPECT_EQ(client.ask(post("/form", body, form_type, with_cookie + "Origin: http://evil\r\n")).status, 403);
    EXPECT_EQ(client.ask(post("/form", body, form_type, with_cookie + "Sec-Fetch-Site: cross-site\r\n")).status, 403);
    EXPECT_EQ(client.ask(post("/api/v1/x", "{}")).status, 200);
}

TEST_F(SentFormTest, UploadsAreStreamedToTheSpool) {
    const auto folder =
        std::filesystem::temp_directory_path() / ("huiyin-uploads-" + kernel::hex(kernel::random_bytes(8)));
    house.settings.spool = folder.string();
    Limits photos = without_csrf();
    photos.files = 2;
    photos.file_bytes = 3'000'000;
    std::string path;
    house.router.post(
        "/photos",
        [&](const Request& request) {
            std::string out(request.field("note").value_or("-"));
            for (const auto& upload : request.uploads) {
                path = upload->path;
                out += " " + upload->filename + ":" + std::to_string(std::filesystem::file_size(upload->path));
            }
            return text(out);
        },
        photos);
    const auto files = [&] { return std::distance(std::filesystem::directory_iterator(folder), {}); };
    const auto part = [](std::string_view filename, std::size_t size) {
        return "--b\r\nContent-Disposition: form-data; name=\"p\"; filename=\"" + std::string(filename) + "\"\r\n\r\n" +
               std::string(size, 'p') + "\r\n";
    };
    const std::string note = "--b\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nhi\r\n";
    const std::uint16_t port = house.start();
    {
        RawClient client(port);
        const Reply reply = client.ask(post("/photos", part("a.png", 2'500'000) + note + part("b", 10) + "--b--",
                                            "multipart/form-data; boundary=b"));
        EXPECT_EQ(reply.body, "hi a.png:2500000 b:10");
        EXPECT_EQ(client.ask(post("/photos", part("a", 10) + "--b", "multipart/form-data; boundary=b")).status, 400);
    }
    for (const std::string& bad : {part("a", 3'000'001), part("a", 1) + part("b", 1) + part("c", 1)}) {
        RawClient client(port);
        EXPECT_EQ(client.ask(post("/photos", bad + "--b--", "multipart/form-data; boundary=b")).status, 413);
    }
    {
        RawClient gone(port);  // in the middle of a file
        gone.send(
            "POST /photos HTTP/1.1\r\nHost: t\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: "
            "100000\r\n\r\n" +
            part("a", 50'000));
    }
    house.server.reset();
    EXPECT_EQ(files(), 0);
    EXPECT_FALSE(std::filesystem::exists(path));
    std::filesystem::remove_all(folder);
}

}  // namespace
