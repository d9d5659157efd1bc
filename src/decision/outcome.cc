// Thresholds and presets. Exact: parts are compared as products of integers.
#include "decision.h"

#include <algorithm>

#include "rules.h"

namespace decision {
namespace {

Rules preset(std::string_view id, std::string_view tag, std::string_view source, Fraction quorum, Fraction majority,
             Tie tie = Tie::fails, int notice = 3) {
    Rules r;
    r.preset = id, r.source = source, r.tag = tag;
    r.quorum = quorum, r.majority = majority, r.tie = tie, r.notice_days = notice;
    return r;
}

std::int64_t whole_of(Base base, std::int64_t seats, std::int64_t filled, std::int64_t present, const Tally& t) {
    switch (base) {
        case Base::seats:
            return seats;
        case Base::filled:
            return filled;
        case Base::present:
            return present;
        case Base::cast:
            return t.yes + t.no;
    }
    return seats;
}

}  // namespace

bool Fraction::reached(std::int64_t part, std::int64_t whole) const {
    return strict ? part * denominator > numerator * whole : part * denominator >= numerator * whole;
}

std::int64_t Fraction::needed(std::int64_t whole) const {
    const std::int64_t product = numerator * whole;
    return strict ? product / denominator + 1 : (product + denominator - 1) / denominator;
}

std::vector<Rules> presets() {
    const Fraction none{0, 1, false, Base::filled};
    const auto above_half = [](Base base) { return Fraction{1, 2, true, base}; };
    const auto two_thirds = [](Base base) { return Fraction{2, 3, false, base}; };
    const auto half = [](Base base) { return Fraction{1, 2, false, base}; };
    return {
        preset("cn.npc", "P", "全国人民代表大会议事规则 4, 40, 59, 60", two_thirds(Base::filled),
               above_half(Base::filled), Tie::fails, 30),
        preset("cn.npcsc", "P", "全国人民代表大会常务委员会议事规则 7, 45, 48", above_half(Base::filled),
               above_half(Base::filled), Tie::fails, 7),
        preset("cn.presidium", "P", "全国人民代表大会议事规则", none, above_half(Base::filled)),
        preset("cn.village.assembly", "P", "村民委员会组织法 22", above_half(Base::filled), above_half(Base::present),
               Tie::fails, 10),
        preset("cn.village.reps", "P", "村民委员会组织法 26, 28", two_thirds(Base::filled), above_half(Base::present),
               Tie::fails, 10),
        preset("cn.residents", "P", "城市居民委员会组织法", above_half(Base::filled), above_half(Base::present)),
        preset("cn.workers.congress.shanghai", "P", "上海市职工代表大会条例 28, 31", two_thirds(Base::filled),
               half(Base::filled), Tie::fails, 7),
        preset("cn.workers.congress.zhejiang", "P", "浙江省企业民主管理条例 15", two_thirds(Base::filled),
               above_half(Base::filled), Tie::fails, 7),
        preset("cn.company.board", "P", "公司法 73, 124", above_half(Base::filled), above_half(Base::filled)),
        preset("cn.party.committee.personnel", "S", "委员会讨论干部任免的会议规则", two_thirds(Base::filled),
               above_half(Base::filled)),
        preset("cn.party.committee.ordinary", "K", "委员会会议规则", half(Base::filled), above_half(Base::filled)),
        preset("us.ronr", "K", "Robert's Rules of Order Newly Revised", above_half(Base::filled),
               above_half(Base::cast)),
        preset("uk.council", "K", "Local Government Act 1972, schedule 12", {1, 4, false, Base::seats},
               above_half(Base::cast), Tie::chair_casts, 5),
        preset("de.works_council", "S", "Betriebsverfassungsgesetz § 33", half(Base::filled),
               above_half(Base::present)),
    };
}

Outcome outcome(const Rules& rules, std::int64_t seats, std::int64_t filled, std::int64_t present, const Tally& tally,
                std::optional<bool> chair_yes) {
    Outcome out;
    out.quorum = rules::quorum(rules, seats, filled, present);
    const Fraction& most = rules.majority;
    out.base = whole_of(most.base, seats, filled, present, tally);
    out.needed = std::max<std::int64_t>(1, most.needed(out.base));
    bool enough = tally.yes > 0 && most.reached(tally.yes, out.base);
    const bool tied = tally.yes == tally.no && tally.yes > 0;
    // The second vote of the chair is one more yes, and one more vote cast.
    if (!enough && tied && rules.tie == Tie::chair_casts && chair_yes.value_or(false))
        enough = most.reached(tally.yes + 1, out.base + (most.base == Base::cast ? 1 : 0));
    out.carried = out.quorum && enough;
    return out;
}

namespace rules {

bool quorum(const Rules& r, std::int64_t seats, std::int64_t filled, std::int64_t present) {
    return present > 0 && r.quorum.reached(present, whole_of(r.quorum.base, seats, filled, present, {}));
}

}  // namespace rules
}  // namespace decision
