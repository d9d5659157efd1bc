#include "change.h"

#include <stdexcept>

namespace scorecard::change {
namespace {

using kernel::Json;

kernel::Day day_in(const ledger::Entry& entry, std::string_view member) {
    const auto read = kernel::parse_day(entry.facts.need_string(member));
    if (!read) throw std::runtime_error("entry " + std::to_string(entry.index) + ": no day of a scorecard");
    return *read;
}

}  // namespace

ledger::Draft encode(const CardPublished& c) {
    Json::Array figures;
    for (const Published::Value& v : c.values)
        figures.emplace_back(Json::Object{{"key", v.key}, {"part", v.part}, {"whole", v.whole}});
    ledger::Draft d;
    d.kind = published_kind;
    d.subject = c.unit.value();
    d.facts = Json::Object{{"figures", std::move(figures)},
                           {"from", kernel::iso(c.from)},
                           {"k", c.k},
                           {"sample", c.sample},
                           {"to", kernel::iso(c.to)}};
    return d;
}

CardPublished decode(const ledger::Entry& entry) {
    if (entry.v != 1 || entry.kind != published_kind)
        throw std::runtime_error("entry " + std::to_string(entry.index) + ": unknown version or kind " + entry.kind);
    CardPublished c;
    c.unit = people::UnitId(entry.subject);
    c.from = day_in(entry, "from"), c.to = day_in(entry, "to");
    c.k = entry.facts.need_integer("k");
    c.sample = entry.facts.need_boolean("sample");
    for (const Json& one : entry.facts.need_array("figures"))
        c.values.push_back({one.need_string("key"), one.need_integer("part"), one.need_integer("whole")});
    return c;
}

}  // namespace scorecard::change
