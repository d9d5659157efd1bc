#include "acts.h"

namespace voice {
namespace {

// The keys an author shows for a voice; of no cycle when there is no such voice, which the act then says.
Keys shown_keys(const people::Needs& needs, const people::Actor& actor, VoiceId id, std::string_view code) {
    people::CycleId cycle;
    {
        db::Database::Lease db = needs.database.read();
        if (const std::optional<Voice> found = voice(*db, id)) cycle = found->cycle;
    }
    return keys_of(needs, cycle, actor.visitor, code);
}

}  // namespace

kernel::Checked add_word(const people::Needs& needs, const people::Actor& actor, VoiceId id, std::string_view code,
                         std::string_view text, Once once) {
    return checked(
        act_on<change::WordAdded>(needs, actor, id, shown_keys(needs, actor, id, code), once,
                                  [&](const Scene& s) { return rules::add_word(s.on, s.who, text, s.today); }));
}

kernel::Result<std::int64_t> add_word_by(Way way, const people::Needs& needs, VoiceId id, std::string_view text,
                                         const std::function<kernel::Checked(db::Connection&)>& before,
                                         const std::function<void(ledger::Writing&, std::int64_t)>& also) {
    const auto decide = [&](const Scene& s) -> kernel::Result<change::WordAdded> {
        if (auto ok = before(s.db); !ok) return ok.error();
        rules::Who author;
        author.author = s.on.way == way;
        return rules::add_word(s.on, author, text, s.today);
    };
    const auto recorded = act_on<change::WordAdded>(
        needs, {}, id, {}, {}, decide,
        [&](ledger::Writing& w, const Case&, const change::WordAdded&) { also(w, w.next_index() - 1); });
    if (!recorded) return recorded.error();
    return recorded->index;
}

kernel::Checked rate(const people::Needs& needs, const people::Actor& actor, VoiceId id, std::string_view code,
                     bool solved, int stars, std::string_view words, Once once) {
    return checked(
        act_on<change::Rated>(needs, actor, id, shown_keys(needs, actor, id, code), once,
                              [&](const Scene& s) { return rules::rate(s.on, s.who, solved, stars, words, s.today); }));
}

kernel::Checked reopen(const people::Needs& needs, const people::Actor& actor, VoiceId id, std::string_view code,
                       std::string_view reason, Once once) {
    return checked(
        act_on<change::Reopened>(needs, actor, id, shown_keys(needs, actor, id, code), once, [&](const Scene& s) {
            std::optional<people::UnitId> superior;
            if (s.on.unit)
                if (const std::optional<people::Unit> unit = people::unit(s.db, *s.on.unit)) superior = unit->parent;
            return rules::reopen(s.on, s.who, reason, superior, s.today);
        }));
}

kernel::Checked keep_apart(const people::Needs& needs, const people::Actor& actor, VoiceId id, std::string_view code,
                           std::string_view reason, Once once) {
    return checked(act_on<change::KeptApart>(needs, actor, id, shown_keys(needs, actor, id, code), once,
                                             [&](const Scene& s) { return rules::keep_apart(s.on, s.who, reason); }));
}

kernel::Checked keep_whole(const people::Needs& needs, const people::Actor& actor, VoiceId id, std::string_view code,
                           std::string_view reason, Once once) {
    return checked(
        act_on<change::KeptWhole>(needs, actor, id, shown_keys(needs, actor, id, code), once, [&](const Scene& s) {
            bool waited_for = false;
            const std::vector<Case> parts = parts_in(s.db, id, waited_for);
            return rules::keep_whole(s.on, s.who, parts, waited_for, reason);
        }));
}

kernel::Checked say_agreed(const people::Needs& needs, const people::Actor& actor, VoiceId id, std::string_view code,
                           bool agrees, std::string_view text, Once once) {
    return checked(
        act_on<change::AgreementSaid>(needs, actor, id, shown_keys(needs, actor, id, code), once,
                                      [&](const Scene& s) { return rules::say_agreed(s.on, s.who, agrees, text); }));
}

kernel::Checked judge_agreement(const people::Needs& needs, const people::Actor& actor, VoiceId id,
                                std::string_view code, bool kept, std::string_view text, Once once) {
    return checked(act_on<change::AgreementJudged>(
        needs, actor, id, shown_keys(needs, actor, id, code), once,
        [&](const Scene& s) { return rules::judge_agreement(s.on, s.who, kept, text, s.today); }));
}

kernel::Checked withdraw(const people::Needs& needs, const people::Actor& actor, VoiceId id, std::string_view code,
                         bool unit_asked, Once once) {
    return checked(act_on<change::Withdrawn>(needs, actor, id, shown_keys(needs, actor, id, code), once,
                                             [&](const Scene& s) { return rules::withdraw(s.on, s.who, unit_asked); }));
}

kernel::Checked appeal(const people::Needs& needs, const people::Actor& actor, VoiceId id, std::string_view code,
                       std::string_view reason, Once once) {
    return checked(act_on<change::Appealed>(needs, actor, id, shown_keys(needs, actor, id, code), once,
                                            [&](const Scene& s) { return rules::appeal(s.on, s.who, reason); }));
}

}  // namespace voice
