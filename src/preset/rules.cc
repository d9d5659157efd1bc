#include "rules.h"

#include <algorithm>

#include <kernel/text.h>

#include "params.h"

namespace preset::rules {
namespace {

using kernel::Code;
using kernel::refuse;

// A figure that differs stands under nobody's name but the institution's own, whatever it was made from.
Preset own_version(const Preset& from, const Params& params, std::int64_t before) {
    Preset own = from;
    own.id = "own";
    own.version = static_cast<int>(before) + 1;
    own.tag = Tag::own;
    own.based_on = Based{from.id, from.version};
    own.changed = differing(as_json(from.params), as_json(params));
    std::erase_if(own.stated, [&](const std::string& path) {
        return std::find(own.changed.begin(), own.changed.end(), path) != own.changed.end();
    });
    own.params = params;
    return own;
}

}  // namespace

kernel::Result<change::Adopted> adopt(const Now& now, const Adoption& asked, people::OfficerId by) {
    if (!now.asked) return refuse(Code::not_found, "preset.unknown");
    const Preset& from = now.asked->preset;
    if (!adoptable(from.applies)) return refuse(Code::conflict, "preset.not_adoptable");
    Preset made = from;
    if (asked.own) {
        if (asked.own->index() != from.params.index()) return refuse(Code::conflict, "preset.not_adoptable");
        if (auto good = check(*asked.own); !good) return good.error();
        if (!(*asked.own == from.params)) made = own_version(from, *asked.own, now.own_before);
    }
    if (auto good = kernel::need_text(asked.reason, "reason", max_reason, "people.reason_missing"); !good)
        return good.error();
    const auto& before = now.in_force;
    const bool again = before && (made.based_on ? before->based_on && before->params == made.params
                                                : before->id == made.id && before->version == made.version);
    if (again) return refuse(Code::conflict, "preset.in_force_already");
    made.by = by;
    made.reason = asked.reason;
    return change::Adopted{std::move(made)};
}

}  // namespace preset::rules
