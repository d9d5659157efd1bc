#include "ground.h"

#include <array>

#include <page/page.h>

namespace people {
namespace {

constexpr std::array<std::string_view, 7> ground_names = {
    "personal_data", "threat_or_hate", "unlawful", "advertising", "duplicate", "empty", "not_recorded"};

}  // namespace

std::string_view name(Ground ground) { return ground_names.at(static_cast<std::size_t>(ground)); }

std::optional<Ground> parse_ground(std::string_view text) {
    for (Ground ground : all_grounds)
        if (name(ground) == text) return ground;
    return std::nullopt;
}

std::string ground_key(Ground ground) { return "people.ground_" + std::string(name(ground)); }

page::Page report_page(const http::Request& r, page::Form form, std::string_view link, std::string_view number) {
    const page::Lang lang = page::lang_of(r);
    std::vector<page::Option> grounds;
    for (Ground ground : all_grounds)
        grounds.push_back({std::string(name(ground)), page::say(lang, ground_key(ground)), ""});
    form.options("ground", std::move(grounds));
    page::Data data;
    form.fill(lang, data, {"ground", "remark"});
    data.set("link", link).set("number", number);
    page::Page shown;
    shown.title = page::say(lang, "people.report_title");
    shown.main = page::render(lang, "people/report.html", data);
    return shown;
}

}  // namespace people
