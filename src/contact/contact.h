// How the author of a message can be reached, apart from what they said and sealed under the server's key: left in the
// form, opened only with a reason that everybody can read, erased by the clock. README.md says what the log tells of
// it: nothing but openings.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <erasure/erasure.h>
#include <kernel/result.h>
#include <kernel/time.h>
#include <people/people.h>
#include <voice/voice.h>

namespace contact {

using voice::VoiceId;
using Once = std::optional<kernel::Hash>;

// Admitted text; all empty: nothing was left.
struct Given {
    std::string name, telephone, email, wish;  // wish: when and how they want to be reached
    bool any() const { return !(name.empty() && telephone.empty() && email.empty() && wish.empty()); }
    friend bool operator==(const Given&, const Given&) = default;
};
inline constexpr std::size_t max_name = 80, max_telephone = 40, max_email = 254, max_wish = 200;  // code points
// What is wrong with it, each at its field contact_name, contact_telephone, contact_email, contact_wish:
// contact.telephone_malformed, contact.email_malformed, contact.no_way (a name or wish alone reaches nobody),
// kernel.text_too_long.
std::vector<kernel::Error> faults(const Given&);
// For voice::receive, and for other doors through which messages come: enters it right after the message, in the same
// transaction, also where nothing was left, so that the log does not tell who left something. The last day is the
// setting retention.contact_days after today, fixed now. What is given has no faults.
voice::AlsoDone giving(const people::Needs&, Given);

struct Contact {
    std::int64_t entry = 0;
    VoiceId voice;
    kernel::Day until;  // the last day; then the clock erases it
    Given given;
    bool lost = false;  // sealed under another server.key: whether something was left, nobody can tell any more
};
// Nothing where nothing was left, or it is erased.
std::optional<Contact> contact_of(db::Connection&, kernel::View server_key, VoiceId);
// Whether a telephone number is there, for voice::Hooks.
std::function<bool(db::Connection&, VoiceId)> can_be_called(const people::Needs&);

// The published list of reasons. The names are stored, stand in the log, and in message keys contact.reason_NAME.
enum class Reason { ask_author, appointment, tell_answer, danger, call_back };
inline constexpr Reason all_reasons[] = {Reason::ask_author, Reason::appointment, Reason::tell_answer, Reason::danger,
                                         Reason::call_back};
std::string_view name(Reason);
std::optional<Reason> parse_reason(std::string_view);

// Enters that it was opened; returns the entry. By whoever handles the case, for call_back by whoever may call back
// (voice/call_back.h). A complaint may be about the unit that has it: there nobody of that unit, but a clerk of an
// independent one. Never by a contractor's account. Refuses contact.not_yours, contact.of_complaint (forbidden),
// contact.none, voice.unknown (not_found). Whoever calls it shows it to this session, for ten minutes.
kernel::Result<std::int64_t> open(const people::Needs&, const people::Actor&, VoiceId, Reason, Once = {});
inline constexpr std::int64_t shown_for = 10 * 60'000;  // milliseconds

struct Opening {
    std::int64_t entry = 0;
    people::OfficerId officer;
    Reason reason = Reason::ask_author;
    kernel::Instant at;
};
std::vector<Opening> openings(db::Connection&, VoiceId, int at_most);  // newest first
std::int64_t times_opened(db::Connection&, VoiceId);

// ---- wiring --------------------------------------------------------------------------------------------------------
void add_kinds(std::vector<ledger::Kind>&);
void add_routes(http::Router&, const people::Needs&);
// These are asked for as long as the needs are there.
voice::SayMore say_more(const people::Needs&);
erasure::Term term();  // for erasure::retention
// For erasure::Hooks: whether an entry here is about the actor's own unit's case; what belongs to a message's author.
bool concerns(db::Connection&, const people::Actor&, std::int64_t entry);
std::vector<std::int64_t> of_author(db::Connection&, VoiceId);
struct Slip {
    std::string kind_key, link;
};
std::optional<Slip> slip(db::Connection&, std::int64_t entry);  // of an opening; of nothing else
// On the message's page: who opened it, and why. Empty where nobody did.
page::Html part_of_voice(const http::Request&, db::Connection&, const voice::Voice&);
// On the case's page at the desk: the same, and the way to it for who may.
std::function<page::Html(const http::Request&, db::Connection&, VoiceId)> part_of_desk(const people::Needs&);

}  // namespace contact
