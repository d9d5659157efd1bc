#include <algorithm>

#include "clock.h"

namespace deadline {
namespace {

using kernel::Json;

std::string joined(const std::string& path, std::string_view member) {
    return path.empty() ? std::string(member) : path + '.' + std::string(member);
}

const Json nothing;
const Json::Array none;

}  // namespace

Json as_json(const Term& term) {
    return Json::Object{{"unit", std::string(name(term.unit))},
                        {"n", term.n},
                        {"first", std::string(name(term.first))},
                        {"ending", std::string(name(term.ending))}};
}

Json as_json(const Ladder& ladder) {
    Json::Array steps;
    for (const Step& step : ladder) {
        Json::Array to;
        for (Whom whom : step.to) to.emplace_back(std::string(name(whom)));
        steps.push_back(Json::Object{{"at", step.at},
                                     {"level", std::string(name(step.level))},
                                     {"to", std::move(to)},
                                     {"public", step.is_public}});
    }
    return steps;
}

Json as_json(const Duty& duty) {
    return Json::Object{{"start", std::string(name(duty.start))},
                        {"term", as_json(duty.term)},
                        {"ladder", as_json(duty.ladder)},
                        {"then_every", duty.then_every}};
}

Json as_json(const Stop& stop) {
    return Json::Object{{"reason", std::string(name(stop.reason))}, {"longest", as_json(stop.longest)}};
}

Json as_json(const std::vector<Stop>& stops) {
    Json::Array all;
    for (const Stop& stop : stops) all.push_back(as_json(stop));
    return all;
}

Json as_json(const Extension& extension) {
    return Json::Object{{"most", extension.most},
                        {"longest", as_json(extension.longest)},
                        {"approver", std::string(name(extension.approver))},
                        {"before_due", extension.before_due}};
}

Json as_json(const Bounce& bounce) {
    Json json = Json::Object{{"most", bounce.most}};
    if (bounce.within_hours) return json.set("within_hours", *bounce.within_hours);
    return json.set("within", as_json(bounce.within));
}

JsonReader::JsonReader(const Json& json, std::string path) : json_(json), path_(std::move(path)) {
    if (!json_.object()) fault_ = kernel::invalid(path_, "deadline.json_member", {{"path", path_}});
}

void JsonReader::fail(std::string_view key, std::string_view member, std::string_view word) {
    if (fault_) return;
    const std::string at = member.empty() ? path_ : joined(path_, member);
    std::vector<std::pair<std::string, std::string>> args = {{"path", at}};
    if (key == "deadline.json_word") args.emplace_back("word", std::string(word));
    fault_ = kernel::invalid(at, std::string(key), std::move(args));
}

void JsonReader::check(const kernel::Checked& said, std::string_view member) {
    if (said || fault_) return;
    kernel::Error error = said.error();
    const std::string at = member.empty() ? path_ : joined(path_, member);
    error.field = error.field.empty() ? at : joined(at, error.field);
    fault_ = std::move(error);
}

void JsonReader::take(JsonReader& inner) {
    const kernel::Checked said = inner.finish();
    if (!said && !fault_) fault_ = said.error();
}

bool JsonReader::has(std::string_view member) const { return json_.object() && json_.object()->contains(member); }

const Json& JsonReader::json(std::string_view member) {
    asked_.emplace_back(member);
    if (has(member)) return json_[member];
    fail("deadline.json_member", member);
    return nothing;
}

int JsonReader::integer(std::string_view member) {
    const std::int64_t* n = json(member).integer();
    // Far beyond what any check allows, and still an int.
    if (!n || *n < -1'000'000 || *n > 1'000'000) {
        fail("deadline.json_member", member);
        return 0;
    }
    return static_cast<int>(*n);
}

int JsonReader::integer(std::string_view member, int standard) { return has(member) ? integer(member) : standard; }

bool JsonReader::boolean(std::string_view member, bool standard) {
    if (!has(member)) return standard;
    const bool* said = json(member).boolean();
    if (!said) fail("deadline.json_member", member);
    return said ? *said : standard;
}

std::string JsonReader::text(std::string_view member) {
    const std::string* said = json(member).string();
    if (!said) fail("deadline.json_member", member);
    return said ? *said : std::string();
}

std::string JsonReader::text(std::string_view member, std::string standard) {
    return has(member) ? text(member) : standard;
}

const Json::Array& JsonReader::array(std::string_view member) {
    const Json::Array* all = json(member).array();
    if (!all) fail("deadline.json_member", member);
    return all ? *all : none;
}

JsonReader JsonReader::inside(std::string_view member) { return JsonReader(json(member), joined(path_, member)); }

Term JsonReader::term(std::string_view member) {
    JsonReader in = inside(member);
    Term term;
    term.unit = in.word("unit", Unit::working_days, parse_unit);
    term.n = in.integer("n");
    term.first = in.word("first", First::next_day, parse_first);
    term.ending = in.word("ending", Ending::as_it_falls, parse_ending);
    in.check(deadline::check(term), "");
    take(in);
    return term;
}

Ladder JsonReader::ladder(std::string_view member) {
    Ladder ladder;
    const Json::Array& steps = array(member);
    for (std::size_t i = 0; i < steps.size(); ++i) {
        JsonReader in(steps[i], joined(path_, member) + '[' + std::to_string(i) + ']');
        Step step;
        step.at = in.integer("at");
        step.level = in.word("level", Level::due, parse_level);
        if (!in.has("level")) in.fail("deadline.json_member", "level");
        if (in.has("to"))
            for (const Json& one : in.array("to")) {
                const auto whom = one.string() ? parse_whom(*one.string()) : std::nullopt;
                if (whom && std::find(step.to.begin(), step.to.end(), *whom) == step.to.end())
                    step.to.push_back(*whom);
                else
                    in.fail("deadline.json_word", "to", one.string() ? *one.string() : std::string());
            }
        step.is_public = in.boolean("public", false);
        take(in);
        ladder.push_back(std::move(step));
    }
    check(deadline::check(ladder), "");
    return ladder;
}

Duty JsonReader::duty(std::string_view member) {
    JsonReader in = inside(member);
    Duty duty;
    duty.start = in.word("start", Start::received, parse_start);
    duty.term = in.term("term");
    if (in.has("ladder")) duty.ladder = in.ladder("ladder");
    duty.then_every = in.integer("then_every", 0);
    in.check(deadline::check(duty), "");
    take(in);
    return duty;
}

std::vector<Stop> JsonReader::stops(std::string_view member) {
    std::vector<Stop> stops;
    const Json::Array& all = array(member);
    for (std::size_t i = 0; i < all.size(); ++i) {
        JsonReader in(all[i], joined(path_, member) + '[' + std::to_string(i) + ']');
        Stop stop;
        stop.reason = in.word("reason", Reason::author_asked, parse_reason);
        if (!in.has("reason")) in.fail("deadline.json_member", "reason");
        stop.longest = in.term("longest");
        take(in);
        stops.push_back(stop);
    }
    check(deadline::check(stops), member);
    return stops;
}

Extension JsonReader::extension(std::string_view member) {
    JsonReader in = inside(member);
    Extension extension;
    extension.most = in.integer("most");
    extension.longest = in.term("longest");
    extension.approver = in.word("approver", Whom::head, parse_whom);
    extension.before_due = in.boolean("before_due", true);
    in.check(deadline::check(extension), "");
    take(in);
    return extension;
}

Bounce JsonReader::bounce(std::string_view member) {
    JsonReader in = inside(member);
    Bounce bounce;
    bounce.most = in.integer("most");
    if (in.has("within_hours")) bounce.within_hours = in.integer("within_hours");
    if (!in.has("within_hours") || in.has("within")) bounce.within = in.term("within");
    if (in.has("within_hours") && in.has("within")) in.fail("deadline.json_unknown", "within");
    in.check(deadline::check(bounce), "");
    take(in);
    return bounce;
}

kernel::Checked JsonReader::finish() {
    if (json_.object())
        for (const auto& [member, value] : *json_.object())
            if (std::find(asked_.begin(), asked_.end(), member) == asked_.end()) fail("deadline.json_unknown", member);
    return fault_ ? kernel::Checked(*fault_) : kernel::Checked();
}

}  // namespace deadline
