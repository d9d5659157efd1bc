// What a mail says, and when something is sent or given up. Pure: no clock, no database.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <files/letters.h>
#include <kernel/bytes.h>
#include <kernel/time.h>
#include <page/page.h>

#include "mail.h"

namespace mail::rules {

inline constexpr int most_of_sender = 20;                       // mails taken from one address on one day
inline constexpr int most_receipts = 5;                         // receipts to one address on one day
inline constexpr int tries_to_read = 3;                         // of a mail for which there was no room or time
inline constexpr std::int64_t prepared_ms = 30 * 86'400'000LL;  // after that a receipt whose mail is gone is forgotten
inline constexpr std::size_t most_word = 2000;                  // code points of a further word

// Why a mail is refused; the names are stored, are folders, and stand in message keys mail.why_NAME.
enum class Why { automatic, bulk, bounce, own, empty, broken, too_large, heavy, too_many, unfit };
inline constexpr Why all_whys[] = {Why::automatic, Why::bulk,      Why::bounce, Why::own,      Why::empty,
                                   Why::broken,    Why::too_large, Why::heavy,  Why::too_many, Why::unfit};
std::string_view name(Why);
// Of a refusal by files::Letters; nothing for one that passes (files.mail_busy).
std::optional<Why> why_of(std::string_view key);
// What no person wrote to be answered, and what came from ourselves: never taken, never answered (RFC 3834).
std::optional<Why> not_by_a_person(const files::Letter&, const std::vector<std::string>& own_addresses);

// What the mail is called here for good: by its Message-ID and its content, so that two mails under one Message-ID are
// two; without one by sender, day, subject and content. `body`: body_hash() of its file.
std::string origin_of(const files::Letter&, const kernel::Hash& body);

// The Message-ID of the receipt for a message: nobody without the server's key can make one up.
std::string letter_id(kernel::View server_key, VoiceId, std::string_view host);
// Of which message's receipt this is the id, without the "@" and what follows it.
std::optional<VoiceId> answered(kernel::View server_key, std::string_view id);
std::string host_of(std::string_view site);  // "https://voices.example.org:8443": "voices.example.org"
// Lower case, for keys: nobody tells two mailboxes apart by it.
std::string folded(std::string_view address);

// The line above which whoever answers a receipt writes.
std::string mark_line(page::Lang);
// What somebody wrote in an answer to a letter of ours: without the letter they quote, and what their program put
// before it.
std::string own_part(std::string_view text);
// Where in it something stands that has the form of a secret code in digits.
struct Span {
    std::size_t begin = 0, end = 0;
    std::string digits;
};
std::vector<Span> like_codes(std::string_view text);

// What of a mail is not in the message.
struct LeftOut {
    std::size_t characters = 0;  // of the text, beyond the limit
    bool text = false;           // what was longer or deeper than is read at all
    int photos = 0, documents = 0, large = 0, others = 0;
    bool any() const { return characters > 0 || text || photos + documents + large + others > 0; }
};
// One sentence each, for the message and for the receipt; "" when nothing is.
std::string words_of(page::Lang, const LeftOut&);
// The text with what is left out said below it, within `most` code points; what did not fit is added to `left`.
std::string fitted(page::Lang, std::string_view text, LeftOut& left, std::size_t most);

// When a receipt is tried again after the nth failure (from 1); nothing: given up.
std::optional<kernel::Instant> try_again(kernel::Instant now, int failures);
std::int64_t relay_pause_ms(int failures);

}  // namespace mail::rules
