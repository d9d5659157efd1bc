// What can happen to mails beside the messages that they become, and its permanent encoding in the ledger.
#pragma once
#include <string_view>

#include <kernel/bytes.h>
#include <ledger/ledger.h>

#include "mail.h"

namespace mail::change {

// An answer to a receipt became its author's further word: entered right after the word, in the same act, so that the
// same mail does so once, whatever happens to the mailbox. `key`: an HMAC of what the mail is called.
struct ReplyTaken {
    people::CycleId cycle;
    std::int64_t word = 0;  // the entry of the word
    kernel::Hash key{};
    friend bool operator==(const ReplyTaken&, const ReplyTaken&) = default;
};

inline constexpr std::string_view reply_kind = "mail.reply_taken";

ledger::Draft encode(const ReplyTaken&);
// Throws std::runtime_error when the facts are not what some version wrote.
ReplyTaken decode(const ledger::Entry&);

}  // namespace mail::change
