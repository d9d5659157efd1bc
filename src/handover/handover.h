// Handing a case to another authority (其他机关), by Open311 GeoReport v2, and following what becomes of it there. Our
// own answer is still owed: nothing here closes a case or stops its clock. README.md says what is sent, and what never
// is.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <kernel/bytes.h>
#include <kernel/id.h>
#include <kernel/result.h>
#include <kernel/time.h>
#include <people/people.h>
#include <voice/voice.h>

namespace handover {

using voice::VoiceId;
using AuthorityId = kernel::Id<struct AuthorityTag>;
using HandoverId = kernel::Id<struct HandoverTag>;
using Once = std::optional<kernel::Hash>;

inline constexpr std::size_t max_name = 80, max_url = 200, max_jurisdiction = 120, max_reason = 500;  // code points
inline constexpr std::size_t max_text = 4000, max_address = 200;  // the first as the specification has it
inline constexpr std::size_t max_number = 100, max_notes = 2000;
inline constexpr int max_authorities = 100;  // in use at the same time
inline constexpr int max_of_voice = 5;       // handed over at the same time, of one case

// Name and address are facts, as those of units are; where its key is, huiyin.toml says.
struct Authority {
    AuthorityId id;
    std::string name, url, jurisdiction;
    people::OfficerId by;
    kernel::Instant since;
    std::optional<kernel::Instant> ended;
    std::optional<std::int64_t> ended_entry;
    std::string reason;  // of the end; "" once erased
};
std::optional<Authority> authority(db::Connection&, AuthorityId);
std::vector<Authority> authorities(db::Connection&, bool in_use_only = false);  // by id

struct Naming {
    std::string name, url, jurisdiction;
};
// By an administrator. Refuses at "name": handover.name_missing, handover.name_taken; at "url": handover.url_wrong,
// handover.url_taken; handover.too_many_authorities, conflict.
kernel::Result<AuthorityId> name_authority(const people::Needs&, const people::Actor&, const Naming&, Once = {});
// Nothing more is handed to it; what was handed is followed on. handover.authority_unknown (not_found),
// handover.authority_ended (conflict), at "reason" people.reason_missing.
kernel::Checked end_authority(const people::Needs&, const people::Actor&, AuthorityId, std::string_view reason,
                              Once = {});

// The numbers of all these are stored, the names stand in the log.
enum class State { waiting, open, closed, let_go };  // waiting: they have not taken it yet
enum class Why {                                     // it was let go
    refused,                                         // they refused it
    not_sent,                                        // staff gave it up
    not_reached,                                     // they could not be reached for rules::longest_try
    unknown_there,                                   // they do not know their number any more
    silent,                                          // nothing changed for rules::longest_silence
    words_erased,                                    // what was to be sent is gone
};
inline constexpr Why all_whys[] = {Why::refused,       Why::not_sent, Why::not_reached,
                                   Why::unknown_there, Why::silent,   Why::words_erased};
std::string_view name(State);
std::string_view name(Why);
std::optional<State> parse_state(std::string_view);
std::optional<Why> parse_why(std::string_view);

struct Handover {
    HandoverId id;
    VoiceId voice;
    AuthorityId authority;
    std::string service;  // their code
    people::OfficerId by;
    kernel::Instant at;
    State state = State::waiting;
    kernel::Instant changed;                                    // by the newest step
    std::string reason, service_name, text, address, position;  // "" once erased
    std::string number;                                         // theirs; "" before they have given one
};
struct Step {
    enum class Kind { taken, followed, let_go } kind = Kind::taken;
    std::int64_t entry = 0;
    State state = State::open;  // of followed
    Why why = Why::refused;     // of let_go
    kernel::Instant at;
    people::OfficerId by;  // nobody: the program
    std::string notes;     // theirs; "" once erased
};
std::optional<Handover> handover(db::Connection&, HandoverId);
std::vector<Handover> handovers_of(db::Connection&, VoiceId);  // newest first
std::vector<Step> steps(db::Connection&, HandoverId);          // newest first
bool agreed(db::Connection&, VoiceId, AuthorityId);

struct Draft {
    AuthorityId authority;
    std::string service;              // one of its directory
    std::string text, address;        // admitted
    std::string latitude, longitude;  // both or none
    std::string reason;               // everybody reads it where everybody reads the case
};
// By whoever handles the case or a clerk who may read it, never a contractor's account. Who may hand over what:
// rules.h.
struct Means;
kernel::Result<HandoverId> hand(const people::Needs&, const Means&, const people::Actor&, VoiceId, const Draft&,
                                Once = {});
// By the author, whose browser or code shows them: a case that not everybody may read may go to this authority.
// voice.code_wrong, forbidden; handover.agreed_already, handover.not_needed, conflict; handover.authority_unknown.
kernel::Checked agree(const people::Needs&, std::string_view visitor, std::string_view code, VoiceId, AuthorityId,
                      Once = {});
// Where nobody knows whether they have it (the program was killed, or no answer came): staff asked them, and say so.
// handover.not_uncertain, conflict; at "number": handover.number_missing, handover.number_known.
kernel::Checked say_taken(const people::Needs&, const people::Actor&, HandoverId, std::string_view number, Once = {});
kernel::Checked send_again(const people::Needs&, const people::Actor&, HandoverId, Once = {});
// What is not taken, or not known to be. handover.taken_already, conflict.
kernel::Checked give_up(const people::Needs&, const people::Actor&, HandoverId, std::string_view reason, Once = {});

// ---- wiring --------------------------------------------------------------------------------------------------------
// Of huiyin.toml: nothing is ever asked of an address that does not stand there.
struct Means {
    struct Key {
        std::string url;
        kernel::Secret key;
        bool inside = false;  // its name may lead to an address of an inner network
    };
    std::vector<Key> keys = {};
    const Key* of(std::string_view url) const;
};
std::optional<std::string> fault_of(const Means&);  // what is wrong with it; nothing
void add_kinds(std::vector<ledger::Kind>&);
void add_routes(http::Router&, const people::Needs&, Means);
std::vector<jobs::Task> tasks(const people::Needs&, Means);
// For a place that was just restored from a backup: what waited then was sent elsewhere, perhaps. Staff have to ask.
void begin_restored(db::Database&);
struct Slip {
    std::string kind_key, link;
};
std::optional<Slip> slip(db::Connection&, std::int64_t entry);
// Words that were served and are not for everybody now: of a case that was hidden meanwhile.
bool withheld(db::Connection&, std::int64_t entry);
// For erasure::Hooks: whether an entry here is about the actor's own unit's case; what belongs to a message's author.
bool concerns(db::Connection&, const people::Actor&, std::int64_t entry);
std::vector<std::int64_t> of_author(db::Connection&, VoiceId);
page::Html part_of_rules(page::Lang, db::Connection&);
page::Html part_of_voice(const http::Request&, db::Connection&, const voice::Voice&);
page::Html part_of_desk(const http::Request&, db::Connection&, VoiceId);
page::Html part_of_author(const http::Request&, db::Connection&, VoiceId, const page::Html& code_field);

}  // namespace handover
