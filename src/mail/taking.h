// One mail becomes a message, or a further word of an author, or is refused with a reason; each once, wherever the
// process ends in between.
#pragma once
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <files/letters.h>
#include <kernel/code.h>

#include "receipts.h"
#include "rules.h"

namespace mail {

struct Outcome {
    enum class How {
        message,
        reply,    // a further word
        known,    // taken before
        refused,  // for good: `why`
        later,    // not now; nothing was taken
    } how = How::later;
    std::optional<rules::Why> why;
    bool trouble = false;  // later: nothing can be taken now, of no mail
};

// The SHA-256 of a mail's body: of what stands below its header, whichever ends its lines have, without empty ones at
// its end. Another way through the mail system changes the header alone. Of pieces, so that no mail is held.
kernel::Hash body_hash(const std::filesystem::path& mail);

class Taking {
public:
    // What makes photographs and the pages of PDFs out of bytes, as files::Photos and files::Documents do.
    struct Makers {
        std::function<kernel::Result<voice::Photo>(kernel::View)> photo;
        std::function<kernel::Result<voice::Paper>(kernel::View)> paper;
    };
    struct How {
        bool limits = true;    // of what one address sends on a day
        bool receipts = true;  // where they can be sent at all
    };
    Taking(const people::Needs&, Means, Makers, How);

    Outcome take(const files::Letter&, const kernel::Hash& body) const;
    // Counted, once for each mail, however often it is seen.
    Outcome refuse(const std::string& origin, rules::Why) const;

private:
    struct Mail;
    Outcome message(const Mail&) const;
    // Of a mail that a person wrote: they are told so, within the limit of letters.
    Outcome refuse(const Mail&, rules::Why) const;
    std::optional<Outcome> reply(const Mail&) const;  // nothing: it answers no receipt, or the case takes no more words
    std::string without_codes(std::string text) const;
    bool attach(const Mail&, voice::Draft&, rules::LeftOut&) const;  // false: not now
    std::optional<kernel::Code25> prepared(const Mail&, const rules::LeftOut&) const;
    void settle(const Mail&, std::string_view what, std::optional<VoiceId>) const;

    const people::Needs& needs_;
    const Means means_;
    const Makers make_;
    const How how_;
};

// Reads the file and takes what it says.
Outcome take_file(const Taking&, const files::Letters&, const std::filesystem::path& mail);
// With the store's own photographs and documents; pieces lie in the spool while they are read, and are wiped.
Taking::Makers makers(const Reading&);
// What a process that was killed left of a mail.
void wipe_pieces(const std::filesystem::path& spool);

}  // namespace mail
