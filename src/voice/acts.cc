#include "acts.h"

#include <algorithm>

namespace voice {

kernel::Hash code_key(const people::Needs& needs, people::CycleId cycle, const kernel::Code25& code) {
    return people::code_key(needs.server_key, cycle, code);
}

Keys keys_of(const people::Needs& needs, people::CycleId cycle, std::string_view visitor, std::string_view code) {
    const std::optional<kernel::Code25> typed = kernel::Code25::parse(code);
    const kernel::Hash browser = people::browser_key(needs.server_key, cycle, visitor);
    const kernel::Hash by_code = code_key(needs, cycle, typed ? *typed : kernel::Code25::random());
    Keys keys;
    if (!visitor.empty()) keys.browser = browser;
    if (typed) keys.code = by_code;
    return keys;
}

std::vector<people::ParticipantId> participants_of(db::Connection& db, people::CycleId cycle, const Keys& keys) {
    std::vector<people::ParticipantId> all;
    const auto add = [&](const std::optional<people::Participant>& one) {
        if (one && std::find(all.begin(), all.end(), one->id) == all.end()) all.push_back(one->id);
    };
    if (keys.code) add(people::by_code(db, cycle, *keys.code));
    if (keys.browser) add(people::by_browser(db, cycle, *keys.browser));
    return all;
}

kernel::Checked unchanged(db::Connection& db, VoiceId id, const Sent& sent) {
    if (!sent.seen || newest_act(db, id) == *sent.seen) return {};
    return kernel::Error{kernel::Code::conflict, "voice.changed_meanwhile", "seen", {}};
}

namespace {

std::function<bool(db::Connection&, people::OfficerId, VoiceId)>& had_part() {
    static std::function<bool(db::Connection&, people::OfficerId, VoiceId)> one;
    return one;
}

}  // namespace

void set_had_part(std::function<bool(db::Connection&, people::OfficerId, VoiceId)> ask) { had_part() = std::move(ask); }

rules::Who who_of(db::Connection& db, const people::Actor& actor) {
    rules::Who who;
    if (!actor.staff()) return who;
    const std::optional<people::Officer> officer = people::officer(db, actor.officer);
    who.officer = actor.officer;
    who.active = officer && officer->active;
    if (!who.active) return who;
    who.unit = officer->unit;
    who.roles = officer->roles;
    return who;
}

rules::Who who_of(db::Connection& db, const people::Actor& actor, const Case& c, const Keys& keys) {
    rules::Who who = who_of(db, actor);
    if (who.officer && who.active && c.unit) {
        who.in_unit = *c.unit == who.unit;
        who.above = people::is_under(db, *c.unit, who.unit);
        who.independent = people::independent(db, who.unit, *c.unit);
    }
    // What is decided about a whole is decided about each part, and each unit is concerned.
    if (who.officer && who.active && c.state == State::split)
        for (VoiceId part : part_ids(db, c.id)) {
            const std::optional<Case> one = find_case(db, part);
            if (one && one->unit && !people::independent(db, who.unit, *one->unit)) who.independent = false;
        }
    if (who.officer && c.way == Way::paper && had_part()) who.had_part = had_part()(db, who.officer, c.id);
    if (c.author && (keys.browser || keys.code)) {
        const std::vector<people::ParticipantId> these = participants_of(db, c.cycle, keys);
        who.author = std::find(these.begin(), these.end(), *c.author) != these.end();
    }
    return who;
}

}  // namespace voice
