#include <gtest/gtest.h>

#include "page.h"

namespace page {
namespace {

http::Request reader(const std::string& accept, const std::string& cookie = "", const std::string& asked = "") {
    http::Request request;
    request.path = "/";
    if (!accept.empty()) request.headers["accept-language"] = accept;
    if (!cookie.empty()) request.cookies["lang"] = cookie;
    if (!asked.empty()) request.query.emplace_back("lang", asked);
    return request;
}

TEST(Lang, tags_that_people_write) {
    const std::pair<const char*, std::optional<Lang>> cases[] = {{"zh", Lang::zh_hans},
                                                                 {"zh-CN", Lang::zh_hans},
                                                                 {"zh-SG", Lang::zh_hans},
                                                                 {"zh-Hans", Lang::zh_hans},
                                                                 {"ZH-hans-TW", Lang::zh_hans},
                                                                 {"zh-TW", Lang::zh_hant},
                                                                 {"zh_hk", Lang::zh_hant},
                                                                 {"zh-MO", Lang::zh_hant},
                                                                 {"zh-Hant", Lang::zh_hant},
                                                                 {"zh-Hant-CN", Lang::zh_hant},
                                                                 {"yue", Lang::zh_hant},
                                                                 {"cmn-Hans", Lang::zh_hans},
                                                                 {"en", Lang::en},
                                                                 {"en-GB", Lang::en},
                                                                 {"EN-us", Lang::en},
                                                                 {"eng", std::nullopt},
                                                                 {"fr", std::nullopt},
                                                                 {"", std::nullopt},
                                                                 {"*", std::nullopt},
                                                                 {"zhx", std::nullopt}};
    for (const auto& [text, lang] : cases) EXPECT_EQ(parse_lang(text), lang) << text;
    for (Lang lang : all_langs) EXPECT_EQ(parse_lang(tag(lang)), lang);
}

TEST(Lang, of_a_reader) {
    set_up({});
    struct Case {
        const char* accept;
        const char* cookie;
        const char* asked;
        Lang lang;
    };
    const Case cases[] = {{"", "", "", Lang::zh_hans},
                          {"zh-TW,zh;q=0.9,en;q=0.8", "", "", Lang::zh_hant},
                          {"en;q=0.5, zh-HK;q=0.7", "", "", Lang::zh_hant},
                          {"fr-FR,de;q=0.9,en;q=0.2", "", "", Lang::en},
                          {"fr, *;q=0.1", "", "", Lang::zh_hans},
                          {"en;q=0, zh-SG;q=0.001", "", "", Lang::zh_hans},
                          {"en;q=2, zh-TW;q=0.3", "", "", Lang::zh_hant},
                          {"en;q=x,zh-TW", "", "", Lang::zh_hant},
                          {";;,,=;q=", "", "", Lang::zh_hans},
                          {"en", "zh-Hant", "", Lang::zh_hant},
                          {"en", "klingon", "", Lang::en},
                          {"en", "zh-Hant", "zh-CN", Lang::zh_hans},
                          {"en", "zh-Hant", "??", Lang::zh_hant}};
    for (const Case& c : cases) EXPECT_EQ(lang_of(reader(c.accept, c.cookie, c.asked)), c.lang) << c.accept;
}

TEST(Lang, default_of_the_installation) {
    page::Setup fixed;
    fixed.default_lang = Lang::en;
    set_up(fixed);
    EXPECT_EQ(lang_of(reader("fr")), Lang::en);
    set_up({});
}

}  // namespace
}  // namespace page
