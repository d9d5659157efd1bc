#include "change.h"

#include <ledger/payload.h>

#include "params.h"

namespace preset::change {
namespace {

using kernel::Json;
using ledger::readable;
using ledger::unreadable;

Json list_of(const std::vector<std::string>& texts) {
    Json::Array all;
    for (const std::string& text : texts) all.emplace_back(text);
    return all;
}

std::vector<std::string> texts_in(const ledger::Entry& entry, std::string_view member) {
    std::vector<std::string> all;
    for (const Json& one : entry.facts.need_array(member)) {
        if (!one.string()) unreadable(entry, "no text in a list");
        all.push_back(*one.string());
    }
    return all;
}

}  // namespace

bool operator==(const Adopted& a, const Adopted& b) {
    // What it is written as is all there is of it.
    const ledger::Draft one = encode(a, 0), other = encode(b, 0);
    return one.facts == other.facts && one.words == other.words;
}

ledger::Draft encode(const Adopted& c, std::int64_t index) {
    const Preset& p = c.adopted;
    Json facts = Json::Object{{"id", p.id},
                              {"version", p.version},
                              {"applies", std::string(name(p.applies))},
                              {"tag", std::string(name(p.tag))},
                              {"jurisdiction", p.jurisdiction},
                              {"source", p.source},
                              {"article", p.article},
                              {"stated", list_of(p.stated)},
                              {"changed", list_of(p.changed)},
                              {"params", as_json(p.params)},
                              {"by", p.by.value()}};
    if (p.retrieved) facts.set("retrieved", kernel::iso(*p.retrieved));
    if (p.based_on) facts.set("based_on", Json::Object{{"id", p.based_on->id}, {"version", p.based_on->version}});
    return ledger::draft(adopted_kind, index, std::move(facts), Json::Object{{"reason", p.reason}});
}

Adopted decode(const ledger::Entry& entry) {
    if (entry.kind != adopted_kind) unreadable(entry, "no kind of presets");
    ledger::need_version(entry, 1);
    const Json& facts = entry.facts;
    Adopted c;
    Preset& p = c.adopted;
    p.entry = entry.index;
    p.at = entry.time;
    p.id = facts.need_string("id");
    p.version = static_cast<int>(facts.need_integer("version"));
    p.applies = readable(entry, parse_applies(facts.need_string("applies")), "applies to nothing known");
    p.tag = readable(entry, parse_tag(facts.need_string("tag")), "unknown tag");
    p.jurisdiction = facts.need_string("jurisdiction");
    p.source = facts.need_string("source");
    p.article = facts.need_string("article");
    p.retrieved = ledger::maybe_day(entry, "retrieved");
    p.stated = texts_in(entry, "stated");
    p.changed = texts_in(entry, "changed");
    if (const Json& based = facts["based_on"]; !based.is_null())
        p.based_on = Based{based.need_string("id"), static_cast<int>(based.need_integer("version"))};
    p.by = people::OfficerId(facts.need_integer("by"));
    const kernel::Result<Params> params = parse_params(p.applies, facts["params"]);
    if (!params) unreadable(entry, params.error().key + " at " + params.error().field);
    p.params = *params;
    p.reason = ledger::word(entry, "reason");
    return c;
}

}  // namespace preset::change
