// What is done with a voice: by officers, by moderators, by its author. Each act reads the state inside the ledger's
// transaction, decides by rules.h, and is recorded before it returns. Refusals stand at their field, with voice.* keys;
// voice.unknown, not_found, where there is no such voice.
#pragma once
#include "voice.h"

namespace voice {

// Twice the same token is once; and `seen`, the newest entry about the voice that whoever acts had before them: when
// somebody has done something since (staff or the author; not the clock, not a report), the act is refused with
// voice.changed_meanwhile, conflict, at "seen". Nothing: whatever stands there.
struct Sent {
    Sent(Once token = {}, std::optional<std::int64_t> newest = {}) : once(token), seen(newest) {}
    Once once;
    std::optional<std::int64_t> seen;
};
// voice.changed_meanwhile when somebody did something with the case since `sent.seen`.
kernel::Checked unchanged(db::Connection&, VoiceId, const Sent&);

// By officers. Each is refused at its field, with voice.* keys; who may do what in which state: rules.h.
kernel::Checked assign(const people::Needs&, const people::Actor&, VoiceId, people::UnitId,
                       std::optional<people::OfficerId>, const Sent& = {});
kernel::Checked bounce(const people::Needs&, const people::Actor&, VoiceId, std::string_view reason,
                       const Sent& = {});  // "not ours": the first day stays
kernel::Checked answer(const people::Needs&, const people::Actor&, VoiceId, Answer, std::string_view text,
                       std::optional<kernel::Day> by, const Sent& = {});
kernel::Checked ask_back(const people::Needs&, const people::Actor&, VoiceId, std::string_view question,
                         const Sent& = {});
// The clock stands for a reason that the case's preset grants, with the words why; until an officer says that the
// reason is over, or the longest time granted is. Once for each reason.
kernel::Checked pause(const people::Needs&, const people::Actor&, VoiceId, deadline::Reason, std::string_view text,
                      const Sent& = {});
kernel::Checked resume(const people::Needs&, const people::Actor&, VoiceId, const Sent& = {});
kernel::Checked extend(const people::Needs&, const people::Actor&, VoiceId, kernel::Day due, std::string_view reason,
                       const Sent& = {});
// 更正: what was recorded wrongly is named again, with the reason; both stay visible, figures follow the newer.
kernel::Checked correct_kind(const people::Needs&, const people::Actor&, VoiceId, Kind, std::string_view reason,
                             const Sent& = {});
// Of the routing table in force; the case stays where it is.
kernel::Checked correct_place(const people::Needs&, const people::Actor&, VoiceId, std::string_view category,
                              std::string_view district, std::string_view reason, const Sent& = {});
kernel::Checked correct_answer(const people::Needs&, const people::Actor&, VoiceId, Answer,
                               std::optional<kernel::Day> by, std::string_view reason, const Sent& = {});

// 并办: `id` and `master` say the same; the answer to the master reaches both. By a clerk, or in the unit that has
// both. Each keeps its own last day; the master takes over an earlier one. voice.join_unfit at "master": itself, of
// another audience, not readable for this author, closed, joined itself; voice.kept_apart, voice.has_joined, conflict.
kernel::Checked join(const people::Needs&, const people::Actor&, VoiceId id, VoiceId master, std::string_view reason,
                     const Sent& = {});
kernel::Checked separate(const people::Needs&, const people::Actor&, VoiceId, std::string_view reason,
                         const Sent& = {});

// 拆分: `id` holds several matters; each of at least two parts is a case of its own, with words out of the message, its
// kind, what it is about and the unit that has it (none: the routing table's, else it waits for assignment). By a
// clerk. The first day stays, no part is due later than the whole was, and what was late is late. Each part is answered
// and rated by itself; the whole owes nothing while it is split. At "title_1", "passage_1" …: voice.part_title_missing,
// voice.passage_missing, voice.passage_unknown; voice.parts_too_few, voice.parts_too_many; voice.part_already,
// voice.kept_whole, voice.has_joined, voice.split_erased, conflict.
inline constexpr std::size_t min_parts = 2, max_parts = 6;
struct PartDraft {
    std::string title, passage;
    Kind kind = Kind::suggestion;
    std::string category, district;
    std::optional<people::UnitId> unit;
};
kernel::Checked split(const people::Needs&, const people::Actor&, VoiceId id, const std::vector<PartDraft>&,
                      const Sent& = {});
// It was a mistake: the whole is handled as one again, while no part was answered. voice.part_touched, conflict.
kernel::Checked put_together(const people::Needs&, const people::Actor&, VoiceId, std::string_view reason,
                             const Sent& = {});

// Whether what was agreed on was kept: by an officer, head, clerk or inspector of an independent unit.
kernel::Checked find_agreement(const people::Needs&, const people::Actor&, VoiceId, bool kept, std::string_view reason,
                               const Sent& = {});

// By moderators of a unit that is neither the case's nor under it.
kernel::Checked publish(const people::Needs&, const people::Actor&, VoiceId, const Sent& = {});  // what was held
kernel::Checked hold(const people::Needs&, const people::Actor&, VoiceId, Ground, std::string_view remark,
                     const Sent& = {});  // once, for a look
// `master`: with Ground::duplicate, the voice it repeats.
kernel::Checked hide(const people::Needs&, const people::Actor&, VoiceId, Ground, std::string_view remark,
                     const Sent& = {}, std::optional<VoiceId> master = {});
// An upheld appeal, then never by who hid it; or a moderator's own second thought.
kernel::Checked show_again(const people::Needs&, const people::Actor&, VoiceId, std::string_view remark,
                           const Sent& = {});
kernel::Checked refuse_appeal(const people::Needs&, const people::Actor&, VoiceId, std::string_view remark,
                              const Sent& = {});
// "Report this": by anybody, without an account. Returns the entry, which decide_report() names.
kernel::Result<std::int64_t> report(const people::Needs&, const people::Actor&, VoiceId, Ground,
                                    std::string_view remark, Once = {});
// Hides it on the reported ground, or leaves it with the reason.
kernel::Checked decide_report(const people::Needs&, const people::Actor&, std::int64_t report, bool hide,
                              std::string_view remark, Once = {});

// For a channel that knows by a proof of its own that the author writes, as in an answer to the letter which they alone
// got; of messages that came this way, else voice.code_wrong. `before` may refuse inside the act, `also` runs after the
// entry, in the same act.
kernel::Result<std::int64_t> add_word_by(Way, const people::Needs&, VoiceId, std::string_view text,
                                         const std::function<kernel::Checked(db::Connection&)>& before,
                                         const std::function<void(ledger::Writing&, std::int64_t word)>& also);

// By the author alone, who shows the code (25 digits or eight words) or the browser that sent it; else
// voice.code_wrong, forbidden, at the field "code".
kernel::Checked add_word(const people::Needs&, const people::Actor&, VoiceId, std::string_view code,
                         std::string_view text, Once = {});
kernel::Checked rate(const people::Needs&, const people::Actor&, VoiceId, std::string_view code, bool solved, int stars,
                     std::string_view words, Once = {});
kernel::Checked reopen(const people::Needs&, const people::Actor&, VoiceId, std::string_view code,
                       std::string_view reason, Once = {});
// Joined to another, and not the same: it is handled alone from now on.
kernel::Checked keep_apart(const people::Needs&, const people::Actor&, VoiceId, std::string_view code,
                           std::string_view reason, Once = {});
// Split, and it is one matter: handled as one from now on, while no part was answered, and never split again.
kernel::Checked keep_whole(const people::Needs&, const people::Actor&, VoiceId, std::string_view code,
                           std::string_view reason, Once = {});
// The unit says that both sides agreed: so it is, or it is not and this was said instead. Later, after the day agreed
// on: whether it was kept; then also reopen() where it was not, within its bounds. voice.agreement_early, conflict.
kernel::Checked say_agreed(const people::Needs&, const people::Actor&, VoiceId, std::string_view code, bool agrees,
                           std::string_view text, Once = {});
kernel::Checked judge_agreement(const people::Needs&, const people::Actor&, VoiceId, std::string_view code, bool kept,
                                std::string_view text, Once = {});
kernel::Checked withdraw(const people::Needs&, const people::Actor&, VoiceId, std::string_view code, bool unit_asked,
                         Once = {});
kernel::Checked appeal(const people::Needs&, const people::Actor&, VoiceId, std::string_view code,
                       std::string_view reason, Once = {});

}  // namespace voice
