// A matter as it stands: what is in the log, and what waits for its hour.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <kernel/box.h>
#include <kernel/code.h>

#include "change.h"
#include "confidential.h"
#include "envelope.h"

namespace confidential {

struct Part {
    change::Facts facts;
    std::optional<change::Words> words;       // nothing: erased
    std::optional<std::int64_t> entry;        // nothing: it waits
    std::vector<people::OfficerId> boxed_to;  // whose boxes there are, after the author's; none where it was erased
};
struct Matter {
    std::string tag;
    std::optional<MatterId> id;  // nothing: it waits
    bool closed = false;
    int late = 0;             // how often
    std::vector<Part> parts;  // in order; never empty
    const change::Facts& now() const { return parts.back().facts; }
    std::optional<kernel::Hash> author() const;  // nothing: erased
    bool received_by(people::OfficerId) const;   // now
};
std::optional<Matter> matter(db::Connection&, std::string_view tag);
std::optional<std::string> tag_of(db::Connection&, MatterId);

// A matter opened by who has a key of it.
struct Said {
    Part part;
    std::optional<kernel::Hash> key;
    std::optional<Content> content;  // nothing: erased, or not for this reader
};
struct Thread {
    Matter matter;
    std::vector<Said> said;
    kernel::Bytes keys() const;     // as Content::keys
    const Content* opened() const;  // of the first act
};
Thread opened_by_author(Matter, const kernel::BoxKey&);
Thread opened_by_receiver(Matter, people::OfficerId, const kernel::BoxKey&);
Thread opened_with(Matter, const kernel::Bytes& keys);  // as Content::keys

inline kernel::Error unknown_matter() { return kernel::refuse(kernel::Code::not_found, "confidential.unknown"); }
inline kernel::Error code_wrong() { return {kernel::Code::forbidden, "confidential.code_wrong", "code", {}}; }

// ---- acts of the author: anybody who has the code ------------------------------------------------------------------
struct Draft {
    std::vector<people::UnitId> units;         // concerned; none: no unit in particular
    std::vector<people::OfficerId> receivers;  // those of the offered ones that the author left
    Kind kind = Kind::complaint;
    std::string text, place, lang;
};
struct Sent {
    std::string code_fives, code_words;
    std::string promise;  // a signed note: which words will be in the log, until when
};
// Refuses, at their fields: confidential.text_missing, .text_bytes, .receiver_missing, .receiver_not_offered,
// .receivers_many {n}, people.unit_unknown; .sent_already (conflict: this form was taken), .full (unavailable).
kernel::Result<Sent> send(const people::Needs&, const Draft&, const kernel::Hash& once);
// Because of a matter that the code opens, to receivers of the higher body, who read that one, too. `draft.units` are
// those of the first one. Besides: confidential.code_wrong (at "code"), confidential.nobody_above (conflict).
kernel::Result<Sent> send_retaliation(const people::Needs&, const kernel::Code25&, const Draft&,
                                      const kernel::Hash& once);
// The promise. Refuses confidential.code_wrong, .text_missing, .thread_full, .erased (conflict).
kernel::Result<std::string> add_word(const people::Needs&, const kernel::Code25&, std::string_view text,
                                     std::string_view lang, const kernel::Hash& once);
// What the author may read; nothing when the code is of no matter.
std::optional<Thread> thread(const people::Needs&, db::Connection&, const kernel::Code25&);

// ---- acts of receivers ---------------------------------------------------------------------------------------------
struct Reader {
    people::OfficerId officer;
    const kernel::BoxKey& key;
    std::string lang;
};
// All refuse confidential.unknown (not_found: no such matter, or not this officer's), .thread_full, .erased (conflict).
kernel::Checked reply(const people::Needs&, const Reader&, MatterId, std::string_view text, const kernel::Hash& once);
// To another receiver who is outside the units concerned, has no part in it yet and was not struck; they get the keys
// of what was said before. At "to": confidential.receiver_not_offered.
kernel::Checked hand_over(const people::Needs&, const Reader&, MatterId, people::OfficerId to, std::string_view reason,
                          const kernel::Hash& once);
// With what it came to, at "text". confidential.closed_already (conflict).
kernel::Checked close(const people::Needs&, const Reader&, MatterId, std::string_view text, const kernel::Hash& once);
// To whom this reader may hand it over.
std::vector<Receiver> others(db::Connection&, const Thread&);

}  // namespace confidential
