// What letters say: which matter, what happened, where to read it; and how to stop. Never a word of the matter.
#pragma once
#include <string>
#include <vector>

#include <http/mailer.h>
#include <page/page.h>

#include "notice.h"
#include "store.h"

namespace notice {

std::string sentence(page::Lang, const Happened&);

struct Told {
    std::string sentence, link;  // "Message 17 was answered", "/voices/17"
    kernel::Instant at;
};
// Of the entries that still say something to this address: its matters, as they may be named now. Oldest first.
std::vector<Told> told_of(db::Connection&, const Hooks&, page::Lang, std::int64_t address,
                          const std::vector<std::int64_t>& entries);

// The name in a Message-ID: the same for the same letter to the same address, and it tells nobody else who that is.
std::string message_id(kernel::View server_key, const Means&, const Waiting&);
// One thing happened, or several, grouped by matter.
http::Letter notice_letter(const Means&, page::Lang, const std::string& token, const std::vector<Told>&);
// What was asked for; empty where all of it is confirmed already.
http::Letter confirmation_letter(const Means&, page::Lang, const std::string& token,
                                 const std::vector<std::string>& asked_for);

}  // namespace notice
