#include "posted.h"

#include <algorithm>
#include <charconv>
#include <cstdio>

#include <kernel/text.h>

namespace georeport {
namespace {

using kernel::invalid;

class Fields {
public:
    Fields(const http::Request& r, std::vector<kernel::Error>& errors) : r_(r), errors_(errors) {}

    void refuse(kernel::Error error) { errors_.push_back(std::move(error)); }

    // The one value; "" when it was not sent, or empty, or more than once.
    std::string_view one(std::string_view name) {
        const std::vector<std::string_view> all = r_.fields(name);
        if (all.size() > 1) refuse(invalid(std::string(name), "georeport.twice"));
        return all.size() == 1 ? all.front() : std::string_view();
    }
    std::string text(std::string_view name, std::size_t most, kernel::Lines lines = kernel::Lines::one) {
        kernel::Result<std::string> good = kernel::admit(one(name), name, most, lines);
        if (good) return *std::move(good);
        refuse(good.error());
        return {};
    }
    bool sent(std::string_view name) const {
        const std::vector<std::string_view> all = r_.fields(name);
        return std::any_of(all.begin(), all.end(), [](std::string_view value) { return !value.empty(); });
    }
    // attribute[code]: what is known of `parse`, or `otherwise` where it was not sent.
    template <class T, class Parse>
    T attribute(std::string_view code, T otherwise, Parse parse) {
        const std::string name = "attribute[" + std::string(code) + "]";
        const std::string_view value = one(name);
        if (value.empty()) return otherwise;
        if (const auto known = parse(value)) return *known;
        refuse(invalid(name, "georeport.value_unknown"));
        return otherwise;
    }

private:
    const http::Request& r_;
    std::vector<kernel::Error>& errors_;
};

// Words under a code that this service does not have would be lost in silence.
void refuse_unknown_attributes(const http::Request& r, const std::vector<std::string>& known, Fields& fields) {
    for (const auto& [name, value] : r.form)
        if (name.starts_with("attribute[") && !value.empty() &&
            std::find(known.begin(), known.end(), name) == known.end())
            fields.refuse(invalid(name.size() > 80 ? "attribute" : name, "georeport.attribute_unknown"));
}

// The one place that looks at how somebody can be reached. Not at what is said there: none of it is kept.
bool sent_contact(const Fields& fields) {
    constexpr std::string_view names[] = {"email", "phone", "first_name", "last_name"};
    return std::any_of(std::begin(names), std::end(names), [&](std::string_view name) { return fields.sent(name); });
}

void read_place(Fields& fields, voice::Draft& draft) {
    const std::string_view lat = fields.one("lat"), lon = fields.one("long");
    draft.place = fields.text("address_string", voice::max_place);
    if (!lat.empty() || !lon.empty()) {
        const std::optional<std::string> north = degrees(lat, 90), east = degrees(lon, 180);
        if (!north) fields.refuse(invalid("lat", "georeport.degrees", {{"max", "90"}}));
        if (!east) fields.refuse(invalid("long", "georeport.degrees", {{"max", "180"}}));
        if (north && east) draft.position = *north + "," + *east;
    } else if (!fields.sent("address_string")) {
        fields.refuse(
            invalid("address_string", fields.sent("address_id") ? "georeport.address_id" : "georeport.place_missing"));
    }
}

}  // namespace

std::optional<std::string> degrees(std::string_view text, int most) {
    constexpr std::size_t longest = 32;
    if (text.empty() || text.size() > longest || text.find_first_not_of("-0123456789.") != std::string_view::npos)
        return std::nullopt;
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
    if (error != std::errc() || end != text.data() + text.size() || value < -most || value > most) return std::nullopt;
    char out[16] = {};
    std::snprintf(out, sizeof out, "%.4f", value);
    std::string rounded(out);
    rounded.erase(rounded.find_last_not_of('0') + 1);
    if (rounded.ends_with('.')) rounded.pop_back();
    return rounded == "-0" ? "0" : rounded;
}

Posted read_posted(const http::Request& r, const Sheet& sheet, const Service& service, people::CycleId desk,
                   std::vector<kernel::Error>& errors) {
    Fields fields(r, errors);
    Posted posted;
    voice::Draft& draft = posted.draft;
    draft.cycle = desk;
    draft.way = voice::Way::open311;
    std::vector<std::string> known = {"attribute[title]", "attribute[audience]", "attribute[lang]"};
    draft.text = fields.text("description", voice::max_text, kernel::Lines::many);
    draft.title = fields.text("attribute[title]", voice::max_title);
    draft.audience = fields.attribute("audience", voice::Audience::open, voice::parse_audience);
    draft.lang = fields.attribute("lang", std::string("und"), [](std::string_view tag) {
        return kernel::language_tag(tag) ? std::optional(std::string(tag)) : std::nullopt;
    });
    draft.kind = service.kind;
    if (!service.category.empty()) {
        known.emplace_back("attribute[kind]");
        draft.kind = fields.attribute("kind", service.kind, voice::parse_kind);
    }
    draft.category = service.category;
    if (sheet && !sheet->lists().districts.empty()) {
        known.emplace_back("attribute[district]");
        draft.district = fields.attribute("district", std::string(), [&](std::string_view code) {
            return sheet->has_district(code) ? std::optional(std::string(code)) : std::nullopt;
        });
    }
    read_place(fields, draft);
    refuse_unknown_attributes(r, known, fields);
    posted.contact = sent_contact(fields);
    posted.media = fields.sent("media_url");
    return posted;
}

}  // namespace georeport
