// The style sheet: tokens and their contrast, no foreign address, and the size of a first view.
#include <array>
#include <cmath>
#include <map>
#include <set>

#include <gtest/gtest.h>
#include <zlib.h>

#include "assets.h"
#include "design.h"

#include <http/testing.h>
#include <kernel/embedded.h>

namespace page {
namespace {

const std::string& css() {
    static const std::string text = style_sheet();
    return text;
}

using Tokens = std::map<std::string, std::string>;

// "--name: #abc;" between `from` and the next "}".
Tokens tokens_after(std::string_view from) {
    Tokens out;
    const std::size_t start = css().find(from), end = css().find('}', start);
    for (std::size_t at = css().find("--", start); at < end; at = css().find("--", at + 2)) {
        const std::size_t colon = css().find(':', at), semicolon = css().find(';', at);
        std::string value = css().substr(colon + 2, semicolon - colon - 2);
        if (value.starts_with("#")) out[css().substr(at + 2, colon - at - 2)] = value;
    }
    return out;
}

std::array<double, 3> rgb(const std::string& hex) {
    std::string six = hex.substr(1);
    if (six.size() == 3) six = {six[0], six[0], six[1], six[1], six[2], six[2]};
    std::array<double, 3> out{};
    for (std::size_t i = 0; i < 3; ++i) out[i] = std::stoi(six.substr(2 * i, 2), nullptr, 16) / 255.0;
    return out;
}

// WCAG 2.2, relative luminance and contrast ratio.
double luminance(const std::string& hex) {
    const auto linear = [](double c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    const auto c = rgb(hex);
    return 0.2126 * linear(c[0]) + 0.7152 * linear(c[1]) + 0.0722 * linear(c[2]);
}

double contrast(const std::string& a, const std::string& b) {
    const double x = luminance(a), y = luminance(b);
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

// Which token may be used how. "line" parts things and carries no meaning of its own, so it is in neither list.
const std::set<std::string> text_tokens = {"ink", "muted", "link", "done", "due", "late"};
const std::set<std::string> graphic_tokens = {"ink", "muted", "link", "done", "due", "late", "accent", "g1",
                                              "g2",  "g3",    "g4",   "g5",   "g6",  "g7",   "g8"};
const std::set<std::string> on_filled = {"on-accent", "paper", "surface"};

TEST(Style, contrast_of_every_pair_in_both_schemes) {
    const Tokens light = tokens_after(":root {"), dark = tokens_after("@media screen and (prefers-color-scheme: dark)");
    EXPECT_EQ(light.size(), 19u);
    for (const auto& [name, value] : light) EXPECT_TRUE(dark.contains(name)) << name;
    for (const Tokens& scheme : {light, dark}) {
        for (const char* ground : {"paper", "surface"}) {
            for (const std::string& name : text_tokens)
                EXPECT_GE(contrast(scheme.at(name), scheme.at(ground)), 4.5) << name << " on " << ground;
            for (const std::string& name : graphic_tokens)
                EXPECT_GE(contrast(scheme.at(name), scheme.at(ground)), 3.0) << name << " on " << ground;
        }
        EXPECT_GE(contrast(scheme.at("on-accent"), scheme.at("accent")), 4.5);
        EXPECT_GE(contrast(scheme.at("on-accent"), scheme.at("late")), 4.5);
        EXPECT_GE(contrast(scheme.at("paper"), scheme.at("ink")), 4.5);
    }
}

// Light and dark tokens as the design fixed them.
TEST(Style, tokens) {
    const Tokens light = tokens_after(":root {"), dark = tokens_after("@media screen and (prefers-color-scheme: dark)");
    const std::tuple<const char*, const char*, const char*> fixed[] = {
        {"paper", "#fbf9f4", "#14181c"}, {"surface", "#fff", "#1c2127"}, {"ink", "#1b2733", "#e8e6e1"},
        {"muted", "#56616c", "#a3abb3"}, {"line", "#d9d4c8", "#343b43"}, {"accent", "#a8321f", "#f0806b"},
        {"link", "#0b5c8a", "#7cc4ee"},  {"done", "#1f6f57", "#6cc7a8"}, {"due", "#8a5a00", "#e3b55c"},
        {"late", "#a8321f", "#f0806b"}};
    for (const auto& [name, bright, dim] : fixed) {
        EXPECT_EQ(light.at(name), bright) << name;
        EXPECT_EQ(dark.at(name), dim) << name;
    }
}

// Every use of a colour token stands in one of the lists above, so that its contrast was computed.
TEST(Style, no_token_is_used_beyond_its_list) {
    const std::string mark = "var(--";
    const std::set<std::string> grounds = {"background",   "border",       "border-top",   "border-bottom",
                                           "border-left",  "border-block", "border-color", "border-bottom-color",
                                           "border-right", "accent-color", "outline"};
    const Tokens tokens = tokens_after(":root {");
    int seen = 0;
    for (std::size_t at = css().find(mark); at != std::string::npos; at = css().find(mark, at + 1)) {
        const std::string name = css().substr(at + mark.size(), css().find(')', at) - at - mark.size());
        if (!tokens.contains(name)) continue;
        const std::size_t start = css().find_last_of("{;", at) + 1;
        std::string property = css().substr(start, css().find(':', start) - start);
        property.erase(0, property.find_first_not_of(" \n"));
        ++seen;
        if (property == "color")
            EXPECT_TRUE(text_tokens.contains(name) || on_filled.contains(name)) << property << " " << name;
        else if (property == "fill" || property == "stroke")
            EXPECT_TRUE(graphic_tokens.contains(name) || on_filled.contains(name)) << property << " " << name;
        else
            EXPECT_TRUE(grounds.contains(property)) << property << " " << name;
    }
    EXPECT_GT(seen, 100);
}

TEST(Style, groups_differ_in_lightness) {
    for (const char* where : {":root {", "@media screen and (prefers-color-scheme: dark)"}) {
        const Tokens scheme = tokens_after(where);
        for (int i = 1; i <= 8; ++i)
            for (int j = 1; j < i; ++j) {
                const std::string a = scheme.at("g" + std::to_string(i)), b = scheme.at("g" + std::to_string(j));
                EXPECT_GE(std::abs(std::log(luminance(a) + 0.05) - std::log(luminance(b) + 0.05)), 0.15)
                    << a << " " << b;
            }
    }
}

// Every class that a rule is for stands on /design: what is drawn there is what pages can be made of.
TEST(Style, every_class_stands_on_the_design_page) {
    page::Setup fixed;
    fixed.sections = {{"log", "/log", "page.log"}};
    set_up(fixed);
    http::Router router;
    add_design(router);
    std::set<std::string> shown;
    for (const char* target : {"/design", "/design?errors=1", "/design?history-after=1"}) {
        http::Request request = http::testing::request(http::Method::get, target);
        request.who.officer = 5;
        const std::string page = http::testing::answer(router, std::move(request)).body;
        for (std::size_t at = page.find("class=\""); at != page.npos; at = page.find("class=\"", at + 1)) {
            const std::string all = page.substr(at + 7, page.find('"', at + 7) - at - 7);
            for (std::string_view name : kernel::split(all, ' ')) shown.emplace(name);
        }
    }
    set_up({});
    // What a reader chooses, and what only a script can bring about.
    for (const char* name : {"large", "only-slip", "over"}) shown.insert(name);
    std::set<std::string> drawn;
    for (std::size_t at = css().find('.'); at != std::string::npos; at = css().find('.', at + 1)) {
        const std::size_t end = css().find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-", at + 1);
        const std::string name = css().substr(at + 1, end - at - 1);
        if (!name.empty() && !std::isdigit(static_cast<unsigned char>(name.front()))) drawn.insert(name);
    }
    EXPECT_GT(drawn.size(), 120u);
    for (const std::string& name : drawn) EXPECT_TRUE(shown.contains(name)) << "class " << name;
}

TEST(Style, nothing_from_elsewhere) {
    for (const char* foreign : {"@import", "url(", "@font-face", "http:", "https:", "//"})
        EXPECT_EQ(css().find(foreign), std::string::npos) << foreign;
}

std::size_t gzipped(const std::string& text) {
    std::string out(compressBound(text.size()) + 64, '\0');
    uLongf size = out.size();
    compress2(reinterpret_cast<Bytef*>(out.data()), &size, reinterpret_cast<const Bytef*>(text.data()), text.size(), 6);
    return size;
}

TEST(Style, first_view_is_small) {
    http::Request request;
    request.path = request.target = "/design";
    Page page;
    page.main = trusted("<h1>x</h1>");
    const std::string script(kernel::embedded_file("assets/page_base.js"));
    const std::size_t all = gzipped(answer(request, page).body) + gzipped(css()) + gzipped(script);
    EXPECT_LE(all, 20'000u);  // leaves 40 kB of the 60 for the page itself and its island
}

}  // namespace
}  // namespace page
