#include "change.h"

#include <ledger/payload.h>

namespace scorecard::change {

using kernel::Json;
using ledger::day_in;

ledger::Draft encode(const CardPublished& c) {
    Json::Array figures;
    for (const Published::Value& v : c.values)
        figures.emplace_back(Json::Object{{"key", v.key}, {"part", v.part}, {"whole", v.whole}});
    ledger::Draft d = ledger::draft(published_kind, c.unit.value(),
                                    Json::Object{{"figures", std::move(figures)},
                                                 {"from", kernel::iso(c.from)},
                                                 {"k", c.k},
                                                 {"sample", c.sample},
                                                 {"to", kernel::iso(c.to)}});
    d.v = static_cast<int>(c.v);
    return d;
}

CardPublished decode(const ledger::Entry& entry) {
    if (entry.v != newest) ledger::need_version(entry, 1);
    if (entry.kind != published_kind) ledger::unreadable(entry, "no kind of scorecards");
    CardPublished c;
    c.v = entry.v;
    c.unit = people::UnitId(entry.subject);
    c.from = day_in(entry, "from"), c.to = day_in(entry, "to");
    c.k = entry.facts.need_integer("k");
    c.sample = entry.facts.need_boolean("sample");
    for (const Json& one : entry.facts.need_array("figures"))
        c.values.push_back({one.need_string("key"), one.need_integer("part"), one.need_integer("whole")});
    return c;
}

}  // namespace scorecard::change
