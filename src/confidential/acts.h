// What the acts of author, receivers and clock share: sealing to whoever has a part in it, and putting it to what
// waits.
#pragma once
#include <ledger/ledger.h>

#include "matter.h"
#include "rules.h"

namespace confidential {

rules::Days days_at(const people::Needs&, db::Connection&);
rules::Standing standing(const Matter&);
// The key of a row of what waits, out of the token of the form that was sent.
kernel::Bytes waiting_key(const people::Needs&, const kernel::Hash& once);

// Seals for the author and the receivers of the facts. Somebody who is no receiver any more gets a box that nobody
// opens.
kernel::Result<Sealed> sealed(db::Connection&, const change::Facts&, const kernel::Hash& author, const Content&);
// Hands it to the writer; when it enters the log. confidential.changed_meanwhile (conflict) when another act of the
// matter came first.
kernel::Result<kernel::Instant> put(const people::Needs&, const kernel::Bytes& key16, const change::Facts&,
                                    const change::Words&);

// Reads the matter, makes facts and content of it, seals and puts; once more where another act came first.
using Make = std::function<kernel::Result<Content>(db::Connection&, const Matter&, change::Facts& facts)>;
struct Made {
    change::Words words;
    kernel::Instant enters;
};
kernel::Result<Made> act_on(const people::Needs&, std::string_view tag, const kernel::Bytes& key16, const Make&);

// The signed note that says which words will be in the log, and until when.
std::string promise(const people::Needs&, const change::Words&, kernel::Instant enters);

}  // namespace confidential
