// Receipts by mail: what stands in one, sealed until it is sent, and sending them one after another. A receipt says
// nothing of what was written, so that nobody can have words sent to others through this place.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include <http/mailer.h>
#include <page/page.h>

#include "store.h"

namespace jobs {
class Run;
}

namespace mail {

struct Receipt {
    std::string to;
    std::string code;      // 25 digits
    std::string lang;      // of the letter
    std::string answers;   // the Message-ID of the mail; "" when it has none
    std::string left_out;  // what of it is not in the message
    std::string why = {};  // the name of a reason: the mail was refused, and there is no code
    friend bool operator==(const Receipt&, const Receipt&) = default;
};
kernel::Bytes seal(kernel::View server_key, const kernel::Hash& key, const Receipt&);
// Nothing where server.key is another than it was sealed with.
std::optional<Receipt> unseal(kernel::View server_key, const kernel::Hash& key, const kernel::Bytes& sealed);

// The letter as it is sent, from what is known of the message now.
http::Letter letter_of(const people::Needs&, db::Connection&, const Means&, VoiceId, const Receipt&);

// That a mail was not taken, and why.
http::Letter refusal_of(const people::Needs&, const Means&, const kernel::Hash& key, const Receipt&);

// One thread. A row goes when the mail server has answered for its letter: what was under way at a kill is sent once
// more, under the same Message-ID.
class Sending {
public:
    using Send = std::function<http::Taken(const http::Letter&, const std::function<bool()>& stopping)>;
    Sending(const people::Needs& needs, Means means, Send send)
        : needs_(needs), means_(std::move(means)), send_(std::move(send)) {}
    void run(jobs::Run&);  // until nothing is due

private:
    void settle(const Waiting&, const http::Taken&);

    const people::Needs& needs_;
    const Means means_;
    const Send send_;
    int unreachable_ = 0;  // times in a row
    kernel::Instant pause_until_;
};

}  // namespace mail
