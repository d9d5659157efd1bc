#include "acts.h"

namespace voice {

kernel::Checked assign(const people::Needs& needs, const people::Actor& actor, VoiceId id, people::UnitId unit,
                       std::optional<people::OfficerId> officer, Once once) {
    return checked(act_on<change::Assigned>(needs, actor, id, {}, once, [&](const Scene& s) {
        rules::Assignment asked;
        asked.unit = people::unit(s.db, unit);
        asked.under_actor = asked.unit && people::is_under(s.db, unit, s.who.unit);
        asked.officer_asked = officer.has_value();
        if (officer) asked.officer = people::officer(s.db, *officer);
        return rules::assign(s.on, s.who, asked, s.today);
    }));
}

kernel::Checked bounce(const people::Needs& needs, const people::Actor& actor, VoiceId id, std::string_view reason,
                       Once once) {
    return checked(act_on<change::Bounced>(
        needs, actor, id, {}, once, [&](const Scene& s) { return rules::bounce(s.on, s.who, reason, s.today); }));
}

kernel::Checked ask_back(const people::Needs& needs, const people::Actor& actor, VoiceId id, std::string_view question,
                         Once once) {
    return checked(act_on<change::AskedBack>(
        needs, actor, id, {}, once, [&](const Scene& s) { return rules::ask_back(s.on, s.who, question, s.today); }));
}

kernel::Checked answer(const people::Needs& needs, const people::Actor& actor, VoiceId id, Answer answer,
                       std::string_view text, std::optional<kernel::Day> by, Once once) {
    return checked(act_on<change::Answered>(needs, actor, id, {}, once, [&](const Scene& s) {
        return rules::answer(s.on, s.who, answer, text, by, s.today);
    }));
}

kernel::Checked extend(const people::Needs& needs, const people::Actor& actor, VoiceId id, kernel::Day due,
                       std::string_view reason, Once once) {
    return checked(act_on<change::Extended>(
        needs, actor, id, {}, once, [&](const Scene& s) { return rules::extend(s.on, s.who, due, reason, s.today); }));
}

kernel::Checked correct_kind(const people::Needs& needs, const people::Actor& actor, VoiceId id, Kind kind,
                             std::string_view reason, Once once) {
    return checked(act_on<change::Corrected>(
        needs, actor, id, {}, once, [&](const Scene& s) { return rules::correct_kind(s.on, s.who, kind, reason); }));
}

kernel::Checked correct_answer(const people::Needs& needs, const people::Actor& actor, VoiceId id, Answer answer,
                               std::optional<kernel::Day> by, std::string_view reason, Once once) {
    return checked(act_on<change::Corrected>(needs, actor, id, {}, once, [&](const Scene& s) {
        return rules::correct_answer(s.on, s.who, answer, by, reason, s.today);
    }));
}

}  // namespace voice
