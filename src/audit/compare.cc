// What an institution publishes of itself, held against what was counted here.
#include <cmath>
#include <stdexcept>

#include "world.h"

namespace audit {
namespace {

template <class Map>
std::optional<Json> found_in(const World& w, const Map& all, Index id) {
    const auto at = all.find(id);
    return at == all.end() ? std::nullopt : std::optional(figures_of(w, id, at->second));
}
template <class Map>
std::optional<Index> touched_in(const Map& all, Index id) {
    const auto at = all.find(id);
    return at == all.end() ? std::nullopt : std::optional(at->second.touched);
}

// A document of the API is known by members that no other has.
std::optional<Name> name_of(const Json& d) {
    const auto has = [&](std::string_view member) { return !d[member].is_null(); };
    const auto named = [&](const char* kind) -> std::optional<Name> {
        const Index* id = d["id"].integer();
        return id ? std::optional(Name{kind, *id, {}, {}}) : std::nullopt;
    };
    if (d["figures"].array() && d["unit"].integer() && d["from"].string() && d["to"].string())
        return Name{"scorecard", *d["unit"].integer(), *d["from"].string(), *d["to"].string()};
    if (has("sitting") && has("secret")) return named("motion");
    if (has("body") && has("seats") && has("present")) return named("sitting");
    if (has("accept_percent")) return named("review");
    if (has("roll") && has("answers")) return named("survey");
    if (has("unreadable") && has("untyped")) return named("batch");
    if (has("first_due")) return named("measure");
    if (has("marks") && has("voices")) return named("issue");
    if (d["issues"].object()) return named("round");
    if (has("question") && has("figures")) return named("dialogue");
    if (has("origin") && has("counts")) return named("statement");
    if (has("audience")) return named("voice");
    return std::nullopt;
}

std::string shown(const Json& value) {
    const std::string text = kernel::canonical(value);
    return text.size() <= 60 ? text : text.substr(0, 57) + "…";
}

std::optional<double> number(const Json& value) {
    if (value.integer()) return static_cast<double>(*value.integer());
    return value.real() ? std::optional(*value.real()) : std::nullopt;
}

struct Comparison {
    const Name& name;
    std::optional<Index> entry;
    Audit::Published& into;

    void wrong(const std::string& path, const Json& theirs, const Json& mine) {
        into.faults.push_back(
            {name, entry, "published as " + path + " " + shown(theirs) + "; the log gives " + shown(mine)});
    }
    // Every member that both have.
    void compare(const std::string& path, const Json& mine, const Json& theirs) {
        if (mine.object() && theirs.object()) {
            for (const auto& [key, value] : *mine.object())
                if (theirs.object()->contains(key)) compare(path.empty() ? key : path + "." + key, value, theirs[key]);
        } else if (mine.array() && theirs.array()) {
            if (mine.array()->size() != theirs.array()->size()) return wrong(path, theirs, mine);
            for (std::size_t i = 0; i < mine.array()->size(); ++i)
                compare(path + "[" + std::to_string(i) + "]", (*mine.array())[i], (*theirs.array())[i]);
        } else {
            ++into.compared;
            const auto a = number(mine), b = number(theirs);
            if (a && b ? std::abs(*a - *b) > 1e-9 : !(mine == theirs)) wrong(path, theirs, mine);
        }
    }
};

}  // namespace

std::optional<Json> Audit::figures(const Name& name) const {
    const World& w = *world_;
    if (name.kind == "motion") return found_in(w, w.motions, name.id);
    if (name.kind == "sitting") return found_in(w, w.sittings, name.id);
    if (name.kind == "review") return found_in(w, w.reviews, name.id);
    if (name.kind == "survey") return found_in(w, w.surveys, name.id);
    if (name.kind == "batch") return found_in(w, w.batches, name.id);
    if (name.kind == "measure") return found_in(w, w.measures, name.id);
    if (name.kind == "issue") return found_in(w, w.issues, name.id);
    if (name.kind == "dialogue") return found_in(w, w.dialogues, name.id);
    if (name.kind == "statement") return found_in(w, w.statements, name.id);
    if (name.kind == "voice") return found_in(w, w.cases, name.id);
    if (name.kind == "round") return found_in(w, w.rounds, name.id);
    const auto from = kernel::parse_day(name.from), to = kernel::parse_day(name.to);
    if (name.kind != "scorecard" || !from || !to || (name.id && !w.units.contains(name.id))) return std::nullopt;
    return w.scorecard(name.id, *from, *to);
}

std::optional<Index> touched(const World& w, const Name& name) {
    if (name.kind == "motion") return touched_in(w.motions, name.id);
    if (name.kind == "sitting") return touched_in(w.sittings, name.id);
    if (name.kind == "review") return touched_in(w.reviews, name.id);
    if (name.kind == "survey") return touched_in(w.surveys, name.id);
    if (name.kind == "batch") return touched_in(w.batches, name.id);
    if (name.kind == "measure") return touched_in(w.measures, name.id);
    if (name.kind == "issue") return touched_in(w.issues, name.id);
    if (name.kind == "dialogue") return touched_in(w.dialogues, name.id);
    if (name.kind == "voice") return touched_in(w.cases, name.id);
    return w.next > 0 ? std::optional(w.next - 1) : std::nullopt;
}

void Audit::compare(const Json& document, Published& into) const {
    if (const auto name = name_of(document)) {
        if (const Index* position = document["position"].integer(); position && *position != world_->next) {
            ++into.other_length;
            return;
        }
        const auto mine = figures(*name);
        if (!mine) {
            into.faults.push_back({*name, std::nullopt, "published, and the log has none such"});
            return;
        }
        Comparison{*name, touched(*world_, *name), into}.compare("", *mine, document);
        return;
    }
    if (const Json::Array* list = document.array())
        for (const Json& one : *list) compare(one, into);
    if (const Json::Object* object = document.object())
        for (const auto& [key, value] : *object)
            if (value.array() || value.object()) compare(value, into);
}

std::string api_address(const Name& name) {
    const std::string id = std::to_string(name.id);
    if (name.kind == "scorecard") return "api/v1/units/" + id + "/scorecard?from=" + name.from + "&to=" + name.to;
    if (name.kind == "round") return "api/v1/issues?cycle=" + id;
    if (name.kind == "batch") return "api/v1/paper/" + id;
    for (const char* kind : {"motion", "sitting", "review", "survey", "measure", "issue", "dialogue", "voice"})
        if (name.kind == kind) return "api/v1/" + name.kind + "s/" + id;
    return "";
}

}  // namespace audit
