#include "rules.h"

namespace support::rules {
namespace {

using kernel::Checked;
using kernel::Code;

constexpr std::size_t least_key = 16, longest_key = 200;

kernel::Error conflict(std::string_view key, std::vector<std::pair<std::string, std::string>> args = {}) {
    return kernel::refuse(Code::conflict, std::string(key), std::move(args));
}

}  // namespace

Checked key(std::string_view visitor) {
    if (visitor.size() >= least_key && visitor.size() <= longest_key) return {};
    return kernel::invalid("participant", "support.key_missing");
}

Checked may_be_joined(const Standing& s) {
    const voice::Voice& v = s.message;
    if (s.leads_to) return conflict("support.says_the_same", {{"other", std::to_string(s.leads_to->value())}});
    if (v.audience != voice::Audience::open || v.shown != voice::Shown::published)
        return conflict("support.not_public");
    switch (v.state) {
        case voice::State::withdrawn:
            return conflict("support.withdrawn");
        case voice::State::closed:
        case voice::State::closed_unrated:
            // Nothing more is due there: whoever needs it still would be counted and never answered.
            return conflict("support.case_over");
        case voice::State::received:
        case voice::State::assigned:
        case voice::State::asked_back:
        case voice::State::answered:
        case voice::State::rated:
        case voice::State::noted:
        case voice::State::joined:
        case voice::State::split:
        case voice::State::put_back:
            break;
    }
    if (v.text.empty()) return conflict("support.erased");
    return s.round;
}

kernel::Result<change::Given> give(const Standing& s, const Who& who) {
    if (Checked ok = may_be_joined(s); !ok) return ok.error();
    if (who.author) return conflict("support.own");
    if (who.joined) return conflict("support.given_already");
    return change::Given{s.message.cycle, s.message.id, who.id, {}};
}

kernel::Result<change::TakenBack> take_back(const Standing& s, const Who& who, bool typed) {
    if (!s.round) return s.round.error();
    if (typed && !who.id) return kernel::Error{Code::forbidden, "support.code_wrong", "code", {}};
    if (!who.joined) return conflict("support.none_given");
    return change::TakenBack{s.message.cycle, s.message.id, who.id};
}

}  // namespace support::rules
