#include "acts.h"

namespace voice {
namespace {

std::function<void(ledger::Writing&, const Promise&)>& promised() {
    static std::function<void(ledger::Writing&, const Promise&)> one;
    return one;
}

}  // namespace

void promise(ledger::Writing& w, const Case& c, people::OfficerId by, std::optional<kernel::Day> due) {
    if (promised() && due && c.unit) promised()(w, {c.id, c.cycle, *c.unit, by, *due, c.sample});
}

void set_promised(std::function<void(ledger::Writing&, const Promise&)> then) { promised() = std::move(then); }

kernel::Checked assign(const people::Needs& needs, const people::Actor& actor, VoiceId id, people::UnitId unit,
                       std::optional<people::OfficerId> officer, const Sent& sent) {
    return checked(act_on<change::Assigned>(needs, actor, id, {}, sent, [&](const Scene& s) {
        rules::Assignment asked;
        asked.unit = people::unit(s.db, unit);
        asked.under_actor = asked.unit && people::is_under(s.db, unit, s.who.unit);
        asked.officer_asked = officer.has_value();
        if (officer) asked.officer = people::officer(s.db, *officer);
        return rules::assign(s.on, s.who, asked, s.today);
    }));
}

kernel::Checked bounce(const people::Needs& needs, const people::Actor& actor, VoiceId id, std::string_view reason,
                       const Sent& sent) {
    return checked(act_on<change::Bounced>(
        needs, actor, id, {}, sent, [&](const Scene& s) { return rules::bounce(s.on, s.who, reason, s.today); }));
}

kernel::Checked ask_back(const people::Needs& needs, const people::Actor& actor, VoiceId id, std::string_view question,
                         const Sent& sent) {
    return checked(act_on<change::AskedBack>(
        needs, actor, id, {}, sent, [&](const Scene& s) { return rules::ask_back(s.on, s.who, question, s.today); }));
}

kernel::Checked answer(const people::Needs& needs, const people::Actor& actor, VoiceId id, Answer answer,
                       std::string_view text, std::optional<kernel::Day> by, const Sent& sent) {
    return checked(act_on<change::Answered>(
        needs, actor, id, {}, sent,
        [&](const Scene& s) { return rules::answer(s.on, s.who, answer, text, by, s.today); },
        [&](ledger::Writing& w, const Case& c, const change::Answered& made) {
            // What both agreed on is followed by entries of its own.
            if (made.answer != Answer::agreed) promise(w, c, made.by, made.promised);
        }));
}

kernel::Checked pause(const people::Needs& needs, const people::Actor& actor, VoiceId id, deadline::Reason reason,
                      std::string_view text, const Sent& sent) {
    return checked(act_on<change::Paused>(
        needs, actor, id, {}, sent, [&](const Scene& s) { return rules::pause(s.on, s.who, reason, text, s.today); }));
}

kernel::Checked resume(const people::Needs& needs, const people::Actor& actor, VoiceId id, const Sent& sent) {
    return checked(act_on<change::Resumed>(needs, actor, id, {}, sent,
                                           [&](const Scene& s) { return rules::resume(s.on, s.who, s.today); }));
}

kernel::Checked correct_place(const people::Needs& needs, const people::Actor& actor, VoiceId id,
                              std::string_view category, std::string_view district, std::string_view reason,
                              const Sent& sent) {
    return checked(act_on<change::Corrected>(needs, actor, id, {}, sent, [&](const Scene& s) {
        return rules::correct_place(s.on, s.who, category, district, s.now.table ? &*s.now.table : nullptr, reason);
    }));
}

kernel::Checked find_agreement(const people::Needs& needs, const people::Actor& actor, VoiceId id, bool kept,
                               std::string_view reason, const Sent& sent) {
    return checked(act_on<change::AgreementFound>(needs, actor, id, {}, sent, [&](const Scene& s) {
        return rules::find_agreement(s.on, s.who, kept, reason, s.today);
    }));
}

kernel::Checked extend(const people::Needs& needs, const people::Actor& actor, VoiceId id, kernel::Day due,
                       std::string_view reason, const Sent& sent) {
    return checked(act_on<change::Extended>(
        needs, actor, id, {}, sent, [&](const Scene& s) { return rules::extend(s.on, s.who, due, reason, s.today); }));
}

kernel::Checked correct_kind(const people::Needs& needs, const people::Actor& actor, VoiceId id, Kind kind,
                             std::string_view reason, const Sent& sent) {
    return checked(act_on<change::Corrected>(
        needs, actor, id, {}, sent, [&](const Scene& s) { return rules::correct_kind(s.on, s.who, kind, reason); }));
}

kernel::Checked correct_answer(const people::Needs& needs, const people::Actor& actor, VoiceId id, Answer answer,
                               std::optional<kernel::Day> by, std::string_view reason, const Sent& sent) {
    return checked(act_on<change::Corrected>(
        needs, actor, id, {}, sent,
        [&](const Scene& s) { return rules::correct_answer(s.on, s.who, answer, by, reason, s.today); },
        [&](ledger::Writing& w, const Case& c, const change::Corrected& made) {
            if (made.answer != Answer::agreed) promise(w, c, made.by, made.promised);
        }));
}

}  // namespace voice
