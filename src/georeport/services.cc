#include "services.h"

#include <algorithm>

namespace georeport {
namespace {

using kernel::Json;
using page::Lang;

std::string code_of(voice::Kind kind) {
    std::string code(voice::name(kind));
    std::transform(code.begin(), code.end(), code.begin(), [](char c) { return static_cast<char>(c - 'a' + 'A'); });
    return code;
}

std::string kind_key(voice::Kind kind) { return "voice.kind_" + std::string(voice::name(kind)); }

Service of_kind(Lang lang, voice::Kind kind) {
    Service s;
    s.code = code_of(kind);
    s.name = page::say(lang, kind_key(kind));
    s.description = page::say(lang, kind_key(kind) + "_hint");
    s.group = page::say(lang, "georeport.group_kinds");
    s.kind = kind;
    return s;
}

// The names in all languages are what somebody may look for it by.
std::string keywords(const routing::Names& names) {
    std::string all;
    for (const std::string* each : {&names.zh_hans, &names.zh_hant, &names.en}) {
        if (each->empty() || all.find(*each) != std::string::npos) continue;
        all.append(all.empty() ? "" : ", ").append(*each);
    }
    return all;
}

Service of_category(Lang lang, const routing::Listed& one) {
    Service s;
    s.code = s.category = one.code;
    s.name = std::string(routing::name_in(lang, one.names).text);
    s.description = page::say(lang, "georeport.category_means", {{"name", s.name}});
    s.group = page::say(lang, "georeport.group_categories");
    s.keywords = keywords(one.names);
    return s;
}

// The attributes of a definition, each with the next place in their order.
class Attributes {
public:
    explicit Attributes(Lang lang) : lang_(lang) {}

    void add(std::string_view code, std::string_view datatype, Json values = {}) {
        const std::string key = "georeport.attribute_" + std::string(code);
        Json one;
        one.set("variable", true).set("code", code).set("datatype", datatype).set("required", false);
        one.set("datatype_description", Json()).set("order", all_.size() + 1);
        one.set("description", page::say(lang_, key));
        if (!values.is_null()) one.set("values", std::move(values));
        all_.push_back(std::move(one));
    }
    // Words for whoever fills it in, without a field.
    void say(std::string_view code, std::string_view key) {
        Json one;
        one.set("variable", false).set("code", code).set("datatype", "string").set("required", false);
        one.set("datatype_description", Json()).set("order", all_.size() + 1);
        all_.push_back(std::move(one.set("description", page::say(lang_, key))));
    }
    Json::Array take() { return std::move(all_); }

private:
    Lang lang_;
    Json::Array all_;
};

Json value(std::string_view key, std::string name) {
    Json one;
    return one.set("key", key).set("name", std::move(name));
}

}  // namespace

void add_sentence(std::string& text, const std::string& next) {
    constexpr std::string_view full_stop = "。";
    if (!text.empty() && !text.ends_with(full_stop)) text += ' ';
    text += next;
}

Sheet sheet_in_force(db::Connection& db) {
    const std::optional<routing::Table> table = routing::in_force(db);
    return table ? table->sheet : nullptr;
}

std::vector<Service> services(const Sheet& sheet, Lang lang) {
    std::vector<Service> all;
    if (sheet)
        for (const routing::Listed& one : sheet->lists().categories) all.push_back(of_category(lang, one));
    for (const voice::Kind kind : voice::all_kinds) all.push_back(of_kind(lang, kind));
    return all;
}

std::optional<Service> service(const Sheet& sheet, Lang lang, std::string_view code) {
    for (const voice::Kind kind : voice::all_kinds)
        if (code_of(kind) == code) return of_kind(lang, kind);
    if (sheet && sheet->has_category(code))
        for (const routing::Listed& one : sheet->lists().categories)
            if (one.code == code) return of_category(lang, one);
    return std::nullopt;
}

Filed filed_under(const Sheet& sheet, Lang lang, std::string_view category, voice::Kind kind) {
    if (category.empty()) return {code_of(kind), page::say(lang, kind_key(kind))};
    if (sheet && sheet->has_category(category))
        for (const routing::Listed& one : sheet->lists().categories)
            if (one.code == category) return {one.code, std::string(routing::name_in(lang, one.names).text)};
    return {std::string(category), std::string(category)};
}

Json as_json(const std::vector<Service>& all) {
    Json::Array rows;
    for (const Service& s : all) {
        Json row;
        row.set("service_code", s.code).set("service_name", s.name).set("description", s.description);
        row.set("metadata", true).set("type", "realtime").set("keywords", s.keywords).set("group", s.group);
        rows.push_back(std::move(row));
    }
    return rows;
}

Json definition(const Sheet& sheet, Lang lang, const Service& s) {
    Attributes attributes(lang);
    attributes.add("title", "string");
    Json::Array audiences, kinds, districts;
    for (const voice::Audience each : voice::all_audiences) {
        const std::string name(voice::name(each));
        audiences.push_back(value(name, page::say(lang, "voice.audience_" + name)));
    }
    attributes.add("audience", "singlevaluelist", std::move(audiences));
    if (!s.category.empty()) {
        for (const voice::Kind each : voice::all_kinds)
            kinds.push_back(value(voice::name(each), page::say(lang, kind_key(each))));
        attributes.add("kind", "singlevaluelist", std::move(kinds));
    }
    if (sheet)
        for (const routing::Listed& each : sheet->lists().districts)
            districts.push_back(value(each.code, std::string(routing::name_in(lang, each.names).text)));
    if (!districts.empty()) attributes.add("district", "singlevaluelist", std::move(districts));
    attributes.add("lang", "string");
    attributes.say("about_persons", "georeport.about_persons");
    Json json;
    return json.set("service_code", s.code).set("attributes", attributes.take());
}

}  // namespace georeport
