#include <algorithm>
#include <cstdlib>

#include "page.h"
#include "setup.h"

#include <kernel/text.h>

namespace page {
namespace {

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

struct Range {
    std::string tag;
    int weight = 1000;  // thousandths, as RFC 9110 section 12.4.2 allows three digits
};

// "q=0.8" as 800; anything else as 0, which refuses the range.
int weight(std::string_view text) {
    if (text.substr(0, 2) != "q=") return 0;
    text.remove_prefix(2);
    if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1')) return 0;
    int value = (text[0] - '0') * 1000, unit = 100;
    for (std::size_t i = 2; i < text.size(); ++i, unit /= 10) {
        if (text[1] != '.' || text[i] < '0' || text[i] > '9') return 0;
        value += (text[i] - '0') * unit;
    }
    return std::min(value, 1000);
}

std::vector<Range> ranges(std::string_view header) {
    std::vector<Range> out;
    for (std::string_view piece : kernel::split(header.substr(0, 1000), ',')) {
        const std::vector<std::string_view> parts = kernel::split(piece, ';');
        Range range{kernel::trim(parts[0])};
        if (parts.size() > 1) range.weight = weight(lower(kernel::trim(parts[1])));
        if (!range.tag.empty() && range.weight > 0) out.push_back(std::move(range));
    }
    std::stable_sort(out.begin(), out.end(), [](const Range& a, const Range& b) { return a.weight > b.weight; });
    return out;
}

}  // namespace

std::string_view tag(Lang lang) {
    switch (lang) {
        case Lang::zh_hans:
            return "zh-Hans";
        case Lang::zh_hant:
            return "zh-Hant";
        case Lang::en:
            return "en";
    }
    return "en";
}

std::optional<Lang> parse_lang(std::string_view text) {
    std::string spelt = lower(text.substr(0, 64));
    std::replace(spelt.begin(), spelt.end(), '_', '-');
    const std::vector<std::string_view> parts = kernel::split(spelt, '-');
    const auto has = [&](std::string_view part) {
        return std::find(parts.begin() + 1, parts.end(), part) != parts.end();
    };
    if (parts[0] == "en") return Lang::en;
    if (parts[0] == "yue") return has("hans") ? Lang::zh_hans : Lang::zh_hant;
    if (parts[0] != "zh" && parts[0] != "cmn") return std::nullopt;
    if (has("hans")) return Lang::zh_hans;
    if (has("hant") || has("tw") || has("hk") || has("mo")) return Lang::zh_hant;
    return Lang::zh_hans;
}

Lang lang_of(const http::Request& request) {
    if (const auto asked = request.asked("lang"))
        if (const auto lang = parse_lang(*asked)) return *lang;
    if (const auto lang = parse_lang(request.cookie("lang"))) return *lang;
    for (const Range& range : ranges(request.header("accept-language")))
        if (const auto lang = parse_lang(range.tag)) return *lang;
    return setup().default_lang;
}

}  // namespace page
