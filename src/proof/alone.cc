#include "alone.h"

#include <kernel/embedded.h>
#include <kernel/json.h>
#include <page/page.h>

namespace proof {
namespace {

constexpr const char* keys[] = {"title",    "lead",        "file",         "or_paste",    "leaf",       "leaf_hint",
                                "key",      "key_hint",    "check",        "good",        "log",        "good_unsigned",
                                "bad_tree", "bad_key",     "leaf_missing", "unable",      "unreadable", "entry",
                                "policy",   "policy_hint", "witnessed",    "unwitnessed", "bad_policy", "bad_witness"};

constexpr std::string_view style =
    "html{color-scheme:light dark}body{font:1.1rem/1.6 system-ui,sans-serif;max-width:42rem;margin:2rem auto;padding:0 "
    "1rem;color:#1a1a1a;"
    "background:#fff}label{display:block;margin:1.2rem 0 .3rem;font-weight:600}textarea{width:100%;font:.9rem/1.4 "
    "monospace;box-sizing:border-box}button{font:inherit;padding:.5rem 1rem}nav button{font-size:.9rem}"
    "#check{margin:1.2rem 0}.good,.bad{padding:.3rem 1rem;border-left:.4rem solid}.good{border-color:#1b6e3c}"
    ".bad{border-color:#a3201d}small{color:#4d4d4d}@media(prefers-color-scheme:dark){body{color:#eee;background:#"
    "161616}"
    "small{color:#b8b8b8}}";

std::string word(const char* key, const char* element) {
    return std::string("<") + element + " data-word=\"" + key + "\">" +
           page::say(page::Lang::en, std::string("proof.alone_") + key) + "</" + element + ">";
}

std::string all_words() {
    kernel::Json::Object out;
    for (page::Lang lang : {page::Lang::zh_hans, page::Lang::zh_hant, page::Lang::en}) {
        kernel::Json::Object words;
        for (const char* key : keys) words.emplace(key, page::say(lang, std::string("proof.alone_") + key));
        out.emplace(page::tag(lang), std::move(words));
    }
    return kernel::canonical(std::move(out));
}

std::string area(const char* id, int rows, const std::string& content) {
    return std::string("<textarea id=\"") + id + "\" rows=\"" + std::to_string(rows) + "\" spellcheck=\"false\">" +
           content + "</textarea>\n";
}

}  // namespace

// No mustache: this file holds its script and style in itself, which the pages of the server never do.
std::string page_alone(const std::string& key, const std::string& policy) {
    std::string out = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n";
    out +=
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
        "script-src 'unsafe-inline'\">\n";
    out += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
    out += word("title", "title") + "\n<style>" + std::string(style) + "</style>\n</head>\n<body>\n<nav>";
    for (const auto& [tag, name] :
         {std::pair("zh-Hans", "简体中文"), std::pair("zh-Hant", "繁體中文"), std::pair("en", "English")})
        out += std::string("<button id=\"lang-") + tag + "\" lang=\"" + tag + "\">" + name + "</button> ";
    out += "</nav>\n<main>\n" + word("title", "h1") + "\n" + word("lead", "p") + "\n";
    out += "<label for=\"file\">" + word("file", "span") + "</label>\n<input id=\"file\" type=\"file\">\n";
    out += "<label for=\"proof\">" + word("or_paste", "span") + "</label>\n" + area("proof", 8, "");
    out +=
        "<label for=\"leaf\">" + word("leaf", "span") + "</label>\n" + area("leaf", 3, "") + word("leaf_hint", "small");
    out +=
        "\n<label for=\"key\">" + word("key", "span") + "</label>\n" + area("key", 2, key) + word("key_hint", "small");
    out += "\n<label for=\"policy\">" + word("policy", "span") + "</label>\n" + area("policy", 4, policy) +
           word("policy_hint", "small");
    out +=
        "\n<p>"
        "<button id=\"check\">" +
        word("check", "span") + "</button></p>\n<div id=\"result\" role=\"status\"></div>\n</main>\n";
    out += "<script type=\"application/json\" id=\"words\">" + all_words() + "</script>\n<script>";
    out += std::string(kernel::embedded_file("assets/proof_alone.js")) + "</script>\n</body>\n</html>\n";
    return out;
}

}  // namespace proof
