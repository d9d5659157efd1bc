// Letters, one after another, on one thread. A row is marked before the first byte is sent, and goes in the transaction
// that claims the next: what was under way when the process was killed is sent once more, under the same Message-ID.
#pragma once
#include <functional>
#include <memory>
#include <optional>

#include <http/mailer.h>

#include "notice.h"
#include "store.h"

namespace jobs {
class Run;
}

namespace notice {

class Sending {
public:
    using Send = std::function<http::Taken(const http::Letter&, const std::function<bool()>& stopping)>;
    // `send` hands a letter over; in the program it is http::Mailer's.
    Sending(const people::Needs&, Hooks, Means, Send);
    void run(jobs::Run&);  // until nothing is due

private:
    struct Claimed {
        Waiting waiting;
        std::optional<http::Letter> letter;  // none: nothing to say any more
    };
    std::optional<Claimed> next();
    http::Letter finished(http::Letter, const Waiting&, const std::string& to) const;
    std::optional<http::Letter> written(db::Connection&, const Waiting&) const;
    void settle(db::Connection& local, const Waiting&, const http::Taken&);
    void refused(db::Connection& local, const Waiting&);
    void put_off_or_give_up(db::Connection& local, const Waiting&, bool busy);

    const people::Needs& needs_;
    const Hooks hooks_;
    const Means means_;
    const Send send_;
    bool begun_ = false;
    std::optional<std::pair<Waiting, http::Taken>> last_;  // what came of it is written with the next claim
    int unreachable_ = 0;                                  // times in a row
    kernel::Instant pause_until_;
};

}  // namespace notice
