// Webhooks as Standard Webhooks 1.0 has them: the entry's kind and public facts, signed, tried again under one id.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include <http/client.h>
#include <kernel/time.h>

#include "notice.h"

namespace jobs {
class Run;
}

namespace notice {

// {"data":{…},"timestamp":"…","type":"voice.answered"}; nothing where the entry may not be told of any more.
std::optional<std::string> post_body(db::Connection&, const Hooks&, std::int64_t entry);
// webhook-id, webhook-timestamp, webhook-signature over "ID.SECONDS.BODY".
std::vector<std::pair<std::string, std::string>> post_headers(const Webhook&, std::int64_t entry, kernel::Instant now,
                                                              const std::string& body);

class Posting {
public:
    using Send = std::function<http::Answered(const http::Asked&)>;
    Posting(const people::Needs&, Hooks, Means, Send);
    void run(jobs::Run&);  // until nothing is due at any

private:
    bool post_one(const Webhook&, std::int64_t number);  // false: nothing is due, or the other side is away
    void settle(const Webhook&, std::int64_t number, std::int64_t entry, int tries, int status);

    const people::Needs& needs_;
    const Hooks hooks_;
    const Means means_;
    const Send send_;
    std::vector<std::int64_t> ended_;  // they answered 410: not asked again before the next start
};

}  // namespace notice
