// Erasing words by law: one person proposes, naming a basis from a published list; another, who is not concerned,
// approves or refuses. Both are entries with facts only. What stays is a public notice of removal. States: README.md.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <kernel/bytes.h>
#include <kernel/id.h>
#include <kernel/result.h>
#include <kernel/time.h>
#include <people/people.h>
#include <voice/voice.h>

namespace files {
class Store;
}
namespace ledger {
class Writing;
}
namespace jobs {
struct Task;
}

namespace erasure {

using ErasureId = kernel::Id<struct ErasureTag>;
using Once = std::optional<kernel::Hash>;

enum class State { proposed, approved, refused, withdrawn };  // the numbers are stored
std::string_view name(State);

// The published list of legal bases. The names are stored, stand in the log, and in message keys erasure.basis_NAME.
enum class Basis { asked_by_author, personal_data, unlawful, ordered, term_over, child, taken_unlawfully };
inline constexpr Basis all_bases[] = {Basis::asked_by_author, Basis::personal_data, Basis::unlawful,
                                      Basis::ordered,         Basis::term_over,     Basis::child,
                                      Basis::taken_unlawfully};
std::string_view name(Basis);
std::optional<Basis> parse_basis(std::string_view);

// Why a proposal is refused: a published list too, because a reason in free words could repeat what is to go.
enum class Ground { basis_does_not_apply, kept_by_law, needed_for_claims, too_much, not_theirs };
inline constexpr Ground all_grounds[] = {Ground::basis_does_not_apply, Ground::kept_by_law, Ground::needed_for_claims,
                                         Ground::too_much, Ground::not_theirs};
std::string_view name(Ground);
std::optional<Ground> parse_ground(std::string_view);

struct Erasure {
    ErasureId id;
    Basis basis = Basis::asked_by_author;
    people::OfficerId by;  // zero: the author of the words, known by browser or secret code
    kernel::Instant at;
    State state = State::proposed;
    std::optional<std::int64_t> decided_entry;
    people::OfficerId decided_by;  // zero while nobody did; of a withdrawal by the author too
    std::optional<kernel::Instant> decided_at;
    std::optional<Ground> ground;
    std::vector<std::int64_t> targets;  // entries, in order
    std::optional<std::string> rule;    // by the clock: the setting whose term was over
};
std::optional<Erasure> erasure(db::Connection&, ErasureId);
// In one state, newest first.
enum class By { anybody, people, clock };
std::vector<Erasure> erasures(db::Connection&, State, std::optional<ErasureId> before, int at_most, By = By::anybody);
// The approved one by which the words of this entry went.
std::optional<Erasure> erased_by(db::Connection&, std::int64_t entry);
// The one about this entry that nobody has decided on.
std::optional<Erasure> proposed_about(db::Connection&, std::int64_t entry);

// ---- acts ----------------------------------------------------------------------------------------------------------
// Is the entry about this officer or their unit's own matter? Beside what its facts say.
using Concerns = std::function<bool(db::Connection&, const people::Actor&, std::int64_t entry)>;
// What higher or other features know about an entry; asked inside the acts.
struct Hooks {
    std::vector<Concerns> concerned;
    // Blobs of the file store that the entry's words name; whether other words still name one.
    std::vector<std::function<std::vector<kernel::Hash>(db::Connection&, std::int64_t entry)>> blobs;
    std::vector<std::function<bool(db::Connection&, const kernel::Hash&)>> blob_in_use;
    // Destroys the keys under which backups keep these words and blobs; called until it was done once, maybe again.
    std::function<void(const std::vector<std::int64_t>& entries, std::string_view basis,
                       const std::vector<kernel::Hash>& blobs)>
        destroy_keys;
    // Takes the words out of what followers of the log keep of them, before files are wiped.
    std::function<void()> followed = {};
    // Where the entry is shown, "" when nowhere.
    std::function<std::string(db::Connection&, std::int64_t entry)> link;
    // What else belongs to a message's author, beside the entries of the message: entries with their words.
    std::vector<std::function<std::vector<std::int64_t>(db::Connection&, voice::VoiceId)>> of_author = {};
    // Entries whose words repeat those of an entry: proposed with it.
    std::vector<std::function<std::vector<std::int64_t>(db::Connection&, std::int64_t entry)>> repeated = {};
};

// Whether the entry is an officer's own matter, on which they do not decide: their own words, what was given to them,
// their post and name, a matter of their unit. By what the facts say, of the entry and of the one that made its matter,
// then by what others say.
bool own_matter(db::Connection&, const std::vector<Concerns>&, const people::Actor&, std::int64_t entry);

inline constexpr std::size_t max_targets = 50;
// Heads, clerks and moderators propose. Refuses: erasure.no_target, erasure.too_many_targets, erasure.nothing_to_erase,
// erasure.proposed_already, at the field "targets".
kernel::Result<ErasureId> propose(const people::Needs&, const people::Actor&, const std::vector<std::int64_t>& targets,
                                  Basis, Once = {});
// The same inside a higher feature's act, which decided that the words have to go.
kernel::Result<ErasureId> propose(ledger::Writing&, const people::Actor&, const std::vector<std::int64_t>& targets,
                                  Basis);
// The author's own request: all that they wrote about this message. Refuses voice.code_wrong.
kernel::Result<ErasureId> propose_own(const people::Needs&, const Hooks&, voice::VoiceId, std::string_view visitor,
                                      std::string_view code, Once = {});
// So do those who decide. Refuses erasure.same_person, erasure.own_matter, erasure.decided_already.
// Durable when it returns; the files are scrubbed by task() right after.
kernel::Checked approve(const people::Needs&, const Hooks&, const people::Actor&, ErasureId, Once = {});
kernel::Checked refuse(const people::Needs&, const Hooks&, const people::Actor&, ErasureId, Ground, Once = {});
// By who proposed it, while nobody has decided.
kernel::Checked withdraw(const people::Needs&, const people::Actor&, ErasureId, Once = {});

// ---- retention -----------------------------------------------------------------------------------------------------
// Words of which it was said when they were written how long they are kept: nobody has to decide again.
struct Term {
    std::string rule;  // the setting that says how long: "retention.contact_days"
    // Entries whose words are still there and whose last day is before `today`, the earliest first.
    std::function<std::vector<std::int64_t>(db::Connection&, kernel::Day today, int at_most)> over;
};
// The clock: enters erasure.term_over for at most max_targets entries at a time and erases their words in the same act.
// The files of this place are scrubbed by task() right after, as with what two people decided.
jobs::Task retention(const people::Needs&, Hooks, std::vector<Term>);

// ---- scrubbing -----------------------------------------------------------------------------------------------------
// Until when words were still to be found in some file of this place, after the erasure was recorded.
struct Scrub {
    bool here = false;                    // this place had something to scrub
    std::optional<kernel::Instant> gone;  // nothing: not yet
};
Scrub scrub(db::Connection&, ErasureId);
// Takes what was erased out of the file store, the page cache, free pages and write-ahead logs, until all is done; what
// is left of it is begun again after a restart.
jobs::Task task(const people::Needs&, files::Store&, Hooks);

// ---- wiring --------------------------------------------------------------------------------------------------------
struct Slip {
    std::string kind_key, link;
};
std::optional<Slip> slip(db::Connection&, std::int64_t entry);
void add_kinds(std::vector<ledger::Kind>&);
void add_routes(http::Router&, const people::Needs&, Hooks);
// The notice of removal for a page about these entries; empty when none of them was erased.
page::Html notice(const http::Request&, db::Connection&, std::span<const std::int64_t> entries);
page::Html part_of_voice(const http::Request&, db::Connection&, const voice::Voice&);
// On an entry's page: the notice, and for those who may, the way to propose.
page::Html part_of_entry(const http::Request&, db::Connection&, std::int64_t entry);
// On the author's page: their own request. `code_field` carries the secret code from form to form.
page::Html part_of_author(const http::Request&, db::Connection&, voice::VoiceId, const page::Html& code_field);

}  // namespace erasure
