#include "posted.h"

#include <algorithm>

#include <kernel/place.h>
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

// The one place that looks at how somebody can be reached.
void read_contact(Fields& fields, Posted& posted) {
    contact::Given given;
    given.telephone = fields.text("phone", contact::max_telephone);
    given.email = fields.text("email", contact::max_email);
    const std::string first = fields.text("first_name", contact::max_name);
    const std::string name = whole_name(first, fields.text("last_name", contact::max_name));
    posted.name_alone = !name.empty() && given.telephone.empty() && given.email.empty();
    if (!posted.name_alone) given.name = name;
    for (kernel::Error& error : contact::faults(given)) fields.refuse(std::move(error));
    posted.contact = std::move(given);
}

bool in_han(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte & 0xc0) == 0x80 || (byte >= 0xe3 && byte <= 0xe9) || byte >= 0xf0;
    });
}

void read_place(Fields& fields, voice::Draft& draft) {
    const std::string_view lat = fields.one("lat"), lon = fields.one("long");
    draft.place = fields.text("address_string", voice::max_place);
    if (!lat.empty() || !lon.empty()) {
        const std::optional<std::string> north = kernel::degrees(lat, 90), east = kernel::degrees(lon, 180);
        if (!north) fields.refuse(invalid("lat", "georeport.degrees", {{"max", "90"}}));
        if (!east) fields.refuse(invalid("long", "georeport.degrees", {{"max", "180"}}));
        if (north && east) draft.position = *north + "," + *east;
    } else if (!fields.sent("address_string")) {
        fields.refuse(
            invalid("address_string", fields.sent("address_id") ? "georeport.address_id" : "georeport.place_missing"));
    }
}

}  // namespace

std::string whole_name(std::string_view first, std::string_view last) {
    if (first.empty() || last.empty()) return std::string(first) + std::string(last);
    if (in_han(first) && in_han(last)) return std::string(last) + std::string(first);
    return std::string(first) + " " + std::string(last);
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
    read_contact(fields, posted);
    posted.media = fields.sent("media_url");
    return posted;
}

}  // namespace georeport
