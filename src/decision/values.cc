// Names, rules and measures of a motion as JSON, for the ledger, the rows and the API alike.
#include <array>
#include <stdexcept>

#include "change.h"

namespace decision {
namespace {

using kernel::Json;

constexpr std::array<std::string_view, 6> sitting_states = {"called", "agenda", "open", "voted", "minutes", "signed"};
constexpr std::array<std::string_view, 5> motion_states = {"tabled", "voting", "carried", "lost", "no_quorum"};
constexpr std::array<std::string_view, 2> motion_kinds = {"adopt_measures", "refuse"};
constexpr std::array<std::string_view, 4> bases = {"seats", "filled", "present", "cast"};
constexpr std::array<std::string_view, 3> votes = {"yes", "no", "abstain"};

template <class T, std::size_t n>
std::optional<T> found_in(const std::array<std::string_view, n>& names, std::string_view text) {
    for (std::size_t i = 0; i < n; ++i)
        if (names[i] == text) return static_cast<T>(i);
    return std::nullopt;
}

Json fraction_json(const Fraction& f) {
    return Json::Object{
        {"base", name(f.base)}, {"denominator", f.denominator}, {"numerator", f.numerator}, {"strict", f.strict}};
}

Fraction fraction_of(const Json& j) {
    const auto base = parse_base(j.need_string("base"));
    if (!base) throw std::runtime_error("rules of procedure with an unknown base");
    return {j.need_integer("numerator"), j.need_integer("denominator"), j.need_boolean("strict"), *base};
}

Json decimal_json(const measure::Decimal& d) { return Json::Object{{"decimals", d.decimals}, {"value", d.value}}; }
measure::Decimal decimal_of(const Json& j) {
    return {j.need_integer("value"), static_cast<int>(j.need_integer("decimals"))};
}

}  // namespace

std::string_view name(SittingState s) { return sitting_states.at(static_cast<std::size_t>(s)); }
std::string_view name(MotionState s) { return motion_states.at(static_cast<std::size_t>(s)); }
std::string_view name(MotionKind k) { return motion_kinds.at(static_cast<std::size_t>(k)); }
std::string_view name(Base b) { return bases.at(static_cast<std::size_t>(b)); }
std::string_view name(Vote v) { return votes.at(static_cast<std::size_t>(v)); }
std::optional<Vote> parse_vote(std::string_view text) { return found_in<Vote>(votes, text); }
std::optional<Base> parse_base(std::string_view text) { return found_in<Base>(bases, text); }

Json as_json(const Rules& r) {
    return Json::Object{{"chair_casts", r.tie == Tie::chair_casts},
                        {"majority", fraction_json(r.majority)},
                        {"notice_days", r.notice_days},
                        {"preset", r.preset},
                        {"quorum", fraction_json(r.quorum)},
                        {"source", r.source},
                        {"tag", r.tag}};
}

Rules rules_of(const Json& j) {
    Rules r;
    r.preset = j.need_string("preset"), r.source = j.need_string("source"), r.tag = j.need_string("tag");
    r.quorum = fraction_of(j["quorum"]), r.majority = fraction_of(j["majority"]);
    r.tie = j.need_boolean("chair_casts") ? Tie::chair_casts : Tie::fails;
    r.notice_days = static_cast<int>(j.need_integer("notice_days"));
    return r;
}

Json measure_facts(const std::vector<measure::Draft>& all) {
    Json::Array rows;
    for (const measure::Draft& m : all)
        rows.push_back(Json::Object{{"baseline", decimal_json(m.indicator.baseline)},
                                    {"criterion", m.criterion.value()},
                                    {"cycle", m.cycle.value()},
                                    {"due", kernel::iso(m.due)},
                                    {"issue", m.issue ? m.issue->value() : std::int64_t{0}},
                                    {"kind", measure::name(m.kind)},
                                    {"lang", m.lang},
                                    {"owner", m.owner.value()},
                                    {"owner_unit", m.owner_unit.value()},
                                    {"sample", m.sample},
                                    {"target", decimal_json(m.indicator.target)}});
    return rows;
}

Json measure_words(const std::vector<measure::Draft>& all) {
    Json::Array rows;
    for (const measure::Draft& m : all)
        rows.push_back(Json::Object{{"beneficiaries", m.beneficiaries},
                                    {"indicator", m.indicator.name},
                                    {"remedy", m.remedy},
                                    {"text", m.text},
                                    {"title", m.title},
                                    {"unit", m.indicator.unit},
                                    {"worse_off", m.worse_off}});
    return rows;
}

std::vector<measure::Draft> measures_of(const Json& facts, const Json* words) {
    std::vector<measure::Draft> all;
    if (!facts.array()) throw std::runtime_error("a motion without its list of measures");
    for (const Json& j : *facts.array()) {
        measure::Draft m;
        m.cycle = people::CycleId(j.need_integer("cycle"));
        if (const std::int64_t of = j.need_integer("issue")) m.issue = issue::IssueId(of);
        m.criterion = cycle::CriterionId(j.need_integer("criterion"));
        const auto kind = measure::parse_kind(j.need_string("kind"));
        const auto due = kernel::parse_day(j.need_string("due"));
        if (!kind || !due) throw std::runtime_error("a measure of a motion of unknown kind or day");
        m.kind = *kind, m.due = *due, m.lang = j.need_string("lang"), m.sample = j.need_boolean("sample");
        m.owner = people::OfficerId(j.need_integer("owner")),
        m.owner_unit = people::UnitId(j.need_integer("owner_unit"));
        m.indicator.baseline = decimal_of(j["baseline"]), m.indicator.target = decimal_of(j["target"]);
        if (words && words->array()) {
            const Json& w = words->array()->at(all.size());
            m.title = w.need_string("title"), m.text = w.need_string("text"),
            m.beneficiaries = w.need_string("beneficiaries");
            m.worse_off = w.need_string("worse_off"), m.remedy = w.need_string("remedy");
            m.indicator.name = w.need_string("indicator"), m.indicator.unit = w.need_string("unit");
        }
        all.push_back(std::move(m));
    }
    return all;
}

}  // namespace decision
