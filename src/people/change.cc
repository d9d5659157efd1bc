#include "change.h"

#include <stdexcept>

namespace people {
namespace {

using kernel::Json;

// The newest version of each kind. A second one is written where its facts say what the first could not; without it the
// first goes on being written, byte for byte.
constexpr int with_contractor = 2;

int newest(std::string_view kind) {
    const bool has_two =
        kind == "people.calendar_set" || kind == "people.officer_made" || kind == "people.officer_changed";
    return has_two ? 2 : 1;
}

void need_known_version(const ledger::Entry& entry) {
    if (entry.v >= 1 && entry.v <= newest(entry.kind)) return;
    throw std::runtime_error("entry " + std::to_string(entry.index) + ": " + entry.kind + " has unknown version " +
                             std::to_string(entry.v));
}

Json roles_json(const std::vector<Role>& roles) {
    Json::Array names;
    for (Role role : roles) names.emplace_back(name(role));
    return names;
}

std::vector<Role> roles_of(const Json& facts) {
    std::vector<Role> roles;
    for (const Json& item : facts.need_array("roles")) {
        const std::optional<Role> role = item.string() ? parse_role(*item.string()) : std::nullopt;
        if (!role) throw std::runtime_error("roles: unknown role");
        roles.push_back(*role);
    }
    return roles;
}

Json days_json(const std::set<kernel::Day>& days) {
    Json::Array all;
    for (kernel::Day day : days) all.emplace_back(kernel::iso(day));
    return all;
}

Json weekend_json(const kernel::Calendar& calendar) {
    Json::Array all;
    for (int weekday : calendar.weekend) all.emplace_back(weekday);
    return all;
}

std::set<kernel::Day> days_in(const Json& facts, std::string_view member) {
    std::set<kernel::Day> days;
    for (const Json& item : facts.need_array(member)) {
        const std::optional<kernel::Day> day = item.string() ? kernel::parse_day(*item.string()) : std::nullopt;
        if (!day) throw std::runtime_error(std::string(member) + ": not a day");
        days.insert(*day);
    }
    return days;
}

kernel::Calendar calendar_in(const Json& facts) {
    kernel::Calendar calendar{facts.need_string("name"), days_in(facts, "holidays"), days_in(facts, "makeup_days"), {}};
    for (const Json& item : facts.need_array("weekend")) {
        if (!item.integer() || *item.integer() < 0 || *item.integer() > 6)
            throw std::runtime_error("weekend: not a weekday");
        calendar.weekend.insert(static_cast<int>(*item.integer()));
    }
    return calendar;
}

// Version 2: the days that a calendar speaks for.
void read_cover(const Json& facts, kernel::Calendar& calendar) {
    const Json::Array& cover = facts.need_array("covers");
    const auto day = [&](std::size_t i) {
        const std::string* text = cover.size() == 2 ? cover[i].string() : nullptr;
        return text ? kernel::parse_day(*text) : std::nullopt;
    };
    calendar.covers_from = day(0);
    calendar.covers_to = day(1);
    if (!calendar.covers_from || !calendar.covers_to || *calendar.covers_to < *calendar.covers_from)
        throw std::runtime_error("covers: not two days");
}

UnitId unit_in(const Json& facts, std::string_view member) { return UnitId(facts.need_integer(member)); }
OfficerId officer_in(const Json& facts, std::string_view member) { return OfficerId(facts.need_integer(member)); }

std::optional<std::string> word(const ledger::Entry& entry, std::string_view member) {
    if (!entry.words) return std::nullopt;
    const std::string* text = (*entry.words)[member].string();
    return text ? std::optional(*text) : std::nullopt;
}

// A draft whose only words are the reason.
ledger::Draft reasoned(std::string_view kind, std::int64_t subject, Json facts,
                       const std::optional<std::string>& reason) {
    ledger::Draft draft{.kind = kind, .v = 1, .subject = subject, .parent = {}, .facts = std::move(facts), .words = {}};
    if (reason) draft.words = Json().set("reason", *reason);
    return draft;
}

void set_contractor(ledger::Draft& draft, const std::optional<ContractorId>& contractor) {
    if (!contractor) return;
    draft.v = with_contractor;
    draft.facts.set("contractor", contractor->value());
}

std::optional<ContractorId> contractor_in(const ledger::Entry& entry) {
    if (entry.v < with_contractor) return std::nullopt;
    return ContractorId(entry.facts.need_integer("contractor"));
}

struct Encoder {
    std::int64_t index;

    ledger::Draft operator()(const Installed& c) const {
        return reasoned("people.installed", 0, Json().set("organisation", c.organisation), {});
    }
    ledger::Draft operator()(const UnitMade& c) const {
        Json facts;
        facts.set("by", c.by.value()).set("name", c.name).set("sample", c.sample);
        facts.set("parent", c.parent ? Json(c.parent->value()) : Json());
        return reasoned("people.unit_made", index, std::move(facts), {});
    }
    ledger::Draft operator()(const UnitRenamed& c) const {
        Json facts;
        facts.set("by", c.by.value()).set("name", c.name).set("unit", c.unit.value());
        return reasoned("people.unit_renamed", c.unit.value(), std::move(facts), c.reason);
    }
    ledger::Draft operator()(const UnitMoved& c) const {
        Json facts;
        facts.set("by", c.by.value()).set("parent", c.parent.value()).set("unit", c.unit.value());
        return reasoned("people.unit_moved", c.unit.value(), std::move(facts), c.reason);
    }
    ledger::Draft operator()(const UnitClosed& c) const {
        Json facts;
        facts.set("by", c.by.value()).set("unit", c.unit.value());
        return reasoned("people.unit_closed", c.unit.value(), std::move(facts), c.reason);
    }
    ledger::Draft operator()(const OfficerMade& c) const {
        Json facts;
        facts.set("by", c.by.value()).set("post", c.post).set("roles", roles_json(c.roles));
        facts.set("sample", c.sample).set("unit", c.unit.value());
        ledger::Draft draft = reasoned("people.officer_made", c.unit.value(), std::move(facts), {});
        Json words = Json::Object{};
        if (c.login) words.set("login", *c.login);
        if (c.name) words.set("name", *c.name);
        draft.words = std::move(words);
        draft.words_served = ledger::Served::closed;
        set_contractor(draft, c.contractor);
        return draft;
    }
    ledger::Draft operator()(const OfficerChanged& c) const {
        Json facts;
        facts.set("active", c.active).set("by", c.by.value()).set("officer", c.officer.value()).set("post", c.post);
        facts.set("roles", roles_json(c.roles)).set("unit", c.unit.value());
        ledger::Draft draft = reasoned("people.officer_changed", c.unit.value(), std::move(facts), c.reason);
        set_contractor(draft, c.contractor);
        return draft;
    }
    ledger::Draft operator()(const PasswordGiven& c) const {
        Json facts;
        facts.set("by", c.by.value()).set("officer", c.officer.value()).set("unit", c.unit.value());
        return reasoned("people.password_given", c.unit.value(), std::move(facts), {});
    }
    ledger::Draft operator()(const CodeReset& c) const {
        Json facts;
        facts.set("by", c.by.value()).set("officer", c.officer.value()).set("unit", c.unit.value());
        return reasoned("people.code_reset", c.unit.value(), std::move(facts), {});
    }
    ledger::Draft operator()(const ContractorMade& c) const {
        Json facts;
        facts.set("by", c.by.value()).set("name", c.name);
        return reasoned("people.contractor_made", index, std::move(facts), {});
    }
    ledger::Draft operator()(const ContractorEnded& c) const {
        Json facts;
        facts.set("by", c.by.value()).set("contractor", c.contractor.value());
        return reasoned("people.contractor_ended", c.contractor.value(), std::move(facts), c.reason);
    }
    ledger::Draft operator()(const SettingChanged& c) const {
        Json facts;
        facts.set("by", c.by.value()).set("name", c.name).set("value", c.value);
        return reasoned("people.setting_changed", 0, std::move(facts), c.reason);
    }
    ledger::Draft operator()(const CalendarSet& c) const {
        Json facts;
        facts.set("by", c.by.value()).set("name", c.calendar.name).set("weekend", weekend_json(c.calendar));
        facts.set("holidays", days_json(c.calendar.holidays)).set("makeup_days", days_json(c.calendar.makeup_days));
        const std::optional<kernel::Day> from = c.calendar.covers_from, to = c.calendar.covers_to;
        if (from && to) facts.set("covers", Json::Array{kernel::iso(*from), kernel::iso(*to)});
        ledger::Draft draft = reasoned("people.calendar_set", 0, std::move(facts), c.reason);
        if (from && to) draft.v = 2;
        return draft;
    }
};

}  // namespace

ledger::Draft encode(const Change& change, std::int64_t index) { return std::visit(Encoder{index}, change); }

Change decode(const ledger::Entry& entry) {
    need_known_version(entry);
    const Json& facts = entry.facts;
    if (entry.kind == "people.installed") return Installed{facts.need_string("organisation")};
    if (entry.kind == "people.unit_made") {
        const std::int64_t* parent = facts["parent"].integer();
        return UnitMade{parent ? std::optional(UnitId(*parent)) : std::nullopt, facts.need_string("name"),
                        facts.need_boolean("sample"), officer_in(facts, "by")};
    }
    if (entry.kind == "people.unit_renamed")
        return UnitRenamed{unit_in(facts, "unit"), facts.need_string("name"), officer_in(facts, "by"),
                           word(entry, "reason")};
    if (entry.kind == "people.unit_moved")
        return UnitMoved{unit_in(facts, "unit"), unit_in(facts, "parent"), officer_in(facts, "by"),
                         word(entry, "reason")};
    if (entry.kind == "people.unit_closed")
        return UnitClosed{unit_in(facts, "unit"), officer_in(facts, "by"), word(entry, "reason")};
    if (entry.kind == "people.officer_made")
        return OfficerMade{unit_in(facts, "unit"),       facts.need_string("post"), roles_of(facts),
                           facts.need_boolean("sample"), officer_in(facts, "by"),   word(entry, "login"),
                           word(entry, "name"),          contractor_in(entry)};
    if (entry.kind == "people.officer_changed")
        return OfficerChanged{
            officer_in(facts, "officer"), unit_in(facts, "unit"),  facts.need_string("post"), roles_of(facts),
            facts.need_boolean("active"), officer_in(facts, "by"), word(entry, "reason"),     contractor_in(entry)};
    if (entry.kind == "people.password_given")
        return PasswordGiven{officer_in(facts, "officer"), unit_in(facts, "unit"), officer_in(facts, "by")};
    if (entry.kind == "people.code_reset")
        return CodeReset{officer_in(facts, "officer"), unit_in(facts, "unit"), officer_in(facts, "by")};
    if (entry.kind == "people.contractor_made")
        return ContractorMade{facts.need_string("name"), officer_in(facts, "by")};
    if (entry.kind == "people.contractor_ended")
        return ContractorEnded{ContractorId(facts.need_integer("contractor")), officer_in(facts, "by"),
                               word(entry, "reason")};
    if (entry.kind == "people.setting_changed")
        return SettingChanged{facts.need_string("name"), facts.need_string("value"), officer_in(facts, "by"),
                              word(entry, "reason")};
    if (entry.kind == "people.calendar_set") {
        CalendarSet set{calendar_in(facts), officer_in(facts, "by"), word(entry, "reason")};
        if (entry.v == 2) read_cover(facts, set.calendar);
        return set;
    }
    throw std::runtime_error("entry " + std::to_string(entry.index) + ": not of people: " + entry.kind);
}

}  // namespace people
