// Mail, read where it can do no harm.
#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <kernel/bytes.h>
#include <kernel/result.h>
#include <kernel/time.h>

namespace files {

struct Attached {
    enum class Fate { taken, too_large, too_many, other_kind };
    Fate fate = Fate::other_kind;
    std::string name;        // as the sender called it, in one line; "" when it has none
    std::uint64_t size = 0;  // bytes
    kernel::Bytes content;   // of what is taken: a JPEG, PNG, WebP or PDF by its first bytes, for Photos and Documents
};

// What of a mail can become a message of its author. Nothing says which machines it passed: no Received, no host.
struct Letter {
    enum class Sort {
        person,
        automatic,  // Auto-Submitted (RFC 3834) and what says the same
        bulk,       // Precedence, or of a list (RFC 2919)
        bounce,     // a report, or from nobody (empty return path)
    };
    std::string message_id;  // for the References of an answer; "" when it has none, or one that names a machine
    std::vector<std::string> answers;  // Message-IDs that begin as ours do, up to the "@": anybody can write one
    std::string subject;
    std::string from, from_name;
    std::optional<kernel::Instant> date;  // as the sender's clock had it
    std::string language;                 // "zh-Hans", "zh-Hant", or what the mail says of itself; "" when unknown
    Sort sort = Sort::person;
    std::string text;  // plain, LF, passes kernel::admit(); of HTML alone what can be read of it
    bool cut = false;  // there was more text than 256 KiB, or parts nested more than 32 deep
    std::vector<Attached> files;
};

// Reads by huiyin-mail in the sandbox. Any thread.
class Letters {
public:
    explicit Letters(std::filesystem::path program, int patience = 60);  // as Photos
    // One raw message (RFC 5322), which is read through the file and never held here. Refusals, at no field:
    // files.mail_empty, files.mail_too_large (64 MB), files.mail_broken, files.mail_heavy; files.mail_busy,
    // unavailable.
    kernel::Result<Letter> read(const std::filesystem::path& message) const;

private:
    std::filesystem::path program_;
    int patience_;
};

}  // namespace files
