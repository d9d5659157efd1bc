#include "params.h"

#include <algorithm>

namespace preset {
namespace {

using deadline::JsonReader;
using kernel::Json;

bool known_kind(std::string_view kind) {
    return std::find(std::begin(kinds), std::end(kinds), kind) != std::end(kinds);
}

bool known_step(std::string_view step) {
    return std::find(std::begin(step_names), std::end(step_names), step) != std::end(step_names);
}

bool exists(const YearDay& on) {
    // Of a leap year, so that 29 February is one.
    if (on.month < 1 || on.month > 12 || on.day < 1 || on.day > 31) return false;
    return kernel::date(kernel::day({2028, on.month, on.day})).month == on.month;
}

Json json_of(const Casework& c) {
    Json of = Json::Object{}, json;
    for (const auto& [kind, term] : c.reply_of) of.set(kind, deadline::as_json(term));
    Json::Array release;
    for (const std::string& kind : c.release) release.emplace_back(kind);
    json.set("accept", deadline::as_json(c.accept)).set("reply", deadline::as_json(c.reply));
    json.set("reply_of", std::move(of)).set("stops", deadline::as_json(c.stops));
    if (c.reply_again) json.set("reply_again", deadline::as_json(*c.reply_again));
    json.set("extension", deadline::as_json(c.extension)).set("bounce", deadline::as_json(c.bounce));
    json.set("rating", deadline::as_json(c.rating)).set("superior_at", c.superior_at);
    return json.set("release", std::move(release));
}

Json json_of(const Rectification& r) {
    return Json::Object{{"due", deadline::as_json(r.due)},
                        {"extension", deadline::as_json(r.extension)},
                        {"rework", deadline::as_json(r.rework)},
                        {"look_back", deadline::as_json(r.look_back)}};
}

Json json_of(const Steps& steps) {
    Json::Array all;
    for (const Step& step : steps) {
        Json one = Json::Object{{"name", step.name},
                                {"start", std::string(deadline::name(step.start))},
                                {"at_least", step.at_least},
                                {"silence", std::string(name(step.silence))}};
        if (step.term) one.set("term", deadline::as_json(*step.term));
        if (step.on) one.set("on", Json::Object{{"month", step.on->month}, {"day", step.on->day}});
        if (step.extension.most > 0) one.set("extension", deadline::as_json(step.extension));
        all.push_back(std::move(one));
    }
    return Json::Object{{"steps", std::move(all)}};
}

std::string kind_at(JsonReader& in, std::string_view member, const std::string& kind) {
    if (!known_kind(kind)) in.check(kernel::invalid("", "preset.kind_unknown", {{"kind", kind}}), member);
    return kind;
}

Casework casework(JsonReader& in) {
    Casework c;
    c.accept = in.duty("accept");
    c.reply = in.duty("reply");
    JsonReader of = in.inside("reply_of");
    for (std::string_view kind : kinds)
        if (of.has(kind)) c.reply_of.emplace(kind, of.term(kind));
    in.take(of);
    if (in.has("reply_again")) c.reply_again = in.term("reply_again");
    c.stops = in.stops("stops");
    c.extension = in.extension("extension");
    c.bounce = in.bounce("bounce");
    c.rating = in.term("rating");
    c.superior_at = in.integer("superior_at");
    for (const Json& one : in.array("release"))
        if (const std::string* kind = one.string())
            c.release.insert(kind_at(in, "release", *kind));
        else
            in.fail("deadline.json_member", "release");
    return c;
}

Rectification rectification(JsonReader& in) {
    Rectification r;
    r.due = in.duty("due");
    r.extension = in.extension("extension");
    r.rework = in.term("rework");
    r.look_back = in.term("look_back");
    return r;
}

Step step_of(JsonReader& in) {
    Step step;
    step.name = in.text("name");
    step.start = in.word("start", deadline::Start::received, deadline::parse_start);
    if (in.has("term")) step.term = in.term("term");
    if (in.has("on")) {
        JsonReader on = in.inside("on");
        step.on = YearDay{on.integer("month"), on.integer("day")};
        in.take(on);
    }
    step.at_least = in.boolean("at_least", false);
    step.silence = in.word("silence", Silence::nothing, parse_silence);
    if (in.has("extension")) step.extension = in.extension("extension");
    return step;
}

Steps steps(JsonReader& in) {
    Steps all;
    const Json::Array& written = in.array("steps");
    for (std::size_t i = 0; i < written.size(); ++i) {
        JsonReader one(written[i], "steps[" + std::to_string(i) + ']');
        all.push_back(step_of(one));
        in.take(one);
    }
    return all;
}

kernel::Checked need_time(const deadline::Term& term, const char* field) {
    const bool fits = deadline::check(term) && term.n > 0;
    return fits ? kernel::Checked() : kernel::Checked(kernel::invalid(field, "deadline.span_zero"));
}

kernel::Checked within(const char* path, const kernel::Checked& said) {
    if (said) return {};
    kernel::Error error = said.error();
    error.field = error.field.empty() ? path : std::string(path) + '.' + error.field;
    return error;
}

kernel::Checked check_one(const Casework& c) {
    for (const auto& [kind, term] : c.reply_of) {
        if (!known_kind(kind)) return kernel::invalid("reply_of", "preset.kind_unknown", {{"kind", kind}});
        if (auto ok = within(("reply_of." + kind).c_str(), deadline::check(term)); !ok) return ok;
    }
    for (const std::string& kind : c.release)
        if (!known_kind(kind)) return kernel::invalid("release", "preset.kind_unknown", {{"kind", kind}});
    if (c.reply_again)
        if (auto ok = within("reply_again", deadline::check(*c.reply_again)); !ok) return ok;
    if (c.superior_at < 1 || c.superior_at > 5) return kernel::invalid("superior_at", "preset.superior");
    return kernel::first_refusal({within("accept", deadline::check(c.accept)),
                                  within("reply", deadline::check(c.reply)), within("stops", deadline::check(c.stops)),
                                  within("extension", deadline::check(c.extension)),
                                  within("bounce", deadline::check(c.bounce)), need_time(c.rating, "rating.n")});
}

kernel::Checked check_one(const Rectification& r) {
    return kernel::first_refusal({within("due", deadline::check(r.due)),
                                  within("extension", deadline::check(r.extension)), need_time(r.rework, "rework.n"),
                                  need_time(r.look_back, "look_back.n")});
}

kernel::Checked check_one(const Steps& steps) {
    if (steps.empty()) return kernel::invalid("steps", "preset.steps_none");
    for (const Step& step : steps) {
        if (!known_step(step.name)) return kernel::invalid("steps", "preset.step_unknown", {{"step", step.name}});
        const bool one = step.term.has_value() != step.on.has_value();
        if (!one || (step.on && !exists(*step.on)))
            return kernel::invalid("steps", "preset.step_day", {{"step", step.name}});
        if (auto ok = within("steps", deadline::check(step.extension)); !ok) return ok;
    }
    return {};
}

// A figure: what is replaced as one. A term has a unit; what has no members is one too.
bool is_figure(const Json& json) {
    const Json::Object* object = json.object();
    return !object || object->empty() || object->contains("unit");
}

void gather(const Json& json, const std::string& path, std::vector<std::string>& all) {
    if (is_figure(json)) {
        all.push_back(path);
        return;
    }
    for (const auto& [member, value] : *json.object()) gather(value, path.empty() ? member : path + '.' + member, all);
}

const Json* at_path(const Json& json, std::string_view path) {
    const Json* at = &json;
    while (!path.empty()) {
        const std::size_t dot = path.find('.');
        const Json::Object* object = at->object();
        const auto found = object ? object->find(path.substr(0, dot)) : Json::Object::const_iterator();
        if (!object || found == object->end()) return nullptr;
        at = &found->second;
        path = dot == path.npos ? std::string_view() : path.substr(dot + 1);
    }
    return at;
}

}  // namespace

Json as_json(const Params& params) {
    return std::visit([](const auto& one) { return json_of(one); }, params);
}

kernel::Checked check(const Params& params) {
    return std::visit([](const auto& one) { return check_one(one); }, params);
}

kernel::Result<Params> parse_params(Applies applies, const Json& json) {
    JsonReader in(json);
    Params params;
    switch (applies) {
        case Applies::cases:
            params = casework(in);
            break;
        case Applies::measures:
            params = rectification(in);
            break;
        case Applies::requests:
        case Applies::publications:
        case Applies::consultations:
        case Applies::reviews:
            params = steps(in);
            break;
    }
    if (auto read = in.finish(); !read) return read.error();
    if (auto good = check(params); !good) return good.error();
    return params;
}

Json over(const Json& base, const Json& more) {
    if (is_figure(more) || !base.object() || base.object()->contains("unit")) return more;
    Json result = base;
    // One limit or the other: a bounce that is counted in hours is not counted in days.
    if (more.object()->contains("within_hours")) result.object()->erase("within");
    for (const auto& [member, value] : *more.object()) result.set(member, over(base[member], value));
    return result;
}

std::vector<std::string> paths_of(const Json& json) {
    std::vector<std::string> all;
    gather(json, "", all);
    return all;
}

std::vector<std::string> differing(const Json& a, const Json& b) {
    std::set<std::string> named;
    for (const Json* one : {&a, &b})
        for (std::string& path : paths_of(*one)) named.insert(std::move(path));
    std::vector<std::string> all;
    for (const std::string& path : named) {
        const Json *in_a = at_path(a, path), *in_b = at_path(b, path);
        if (!in_a || !in_b || !(*in_a == *in_b)) all.push_back(path);
    }
    return all;
}

}  // namespace preset
