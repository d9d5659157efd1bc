// The jobs: hands over what waits, follows what was taken, asks others what they take.
#pragma once
#include <functional>

#include <http/client.h>

#include "directory.h"
#include "errand.h"
#include "wire.h"

namespace jobs {
class Run;
}

namespace handover {

using Ask = std::function<http::Answered(const http::Asked&)>;

class Following {
public:
    Following(const people::Needs&, Means, Ask);
    // Until nothing is due. Throws at the end when nobody answered what was asked, so that the job counts as failed.
    void run(jobs::Run&);

private:
    // What was on its way when the program ended: sent again where that cannot make a second report, else uncertain.
    void take_up_again();
    void work(const Errand&);
    bool send(Errand, const Handover&, const Authority&, const Means::Key&);
    bool ask_token(Errand, const Handover&, const Authority&, const Means::Key&);
    bool look(Errand, const Handover&, const Authority&, const Means::Key&);
    bool settle(Errand, const Handover&, const wire::Sent&, bool once);
    void taken(Errand, const Handover&, const std::string& number);
    void let_go(const Handover&, Why, const std::string& notes);
    void put_off(Errand, std::string_view fault, std::int64_t retry_after);
    void keep(const Errand&);
    void record(const std::function<void(ledger::Writing&)>&);  // throws where it cannot be
    std::string idempotency(HandoverId) const;
    bool may_still_go(const Errand&, const Handover&);  // else it is put off, or let go

    const people::Needs& needs_;
    const Means means_;
    const Ask ask_;
    bool begun_ = false;
    int failed_ = 0, answered_ = 0;
};

class Asking {
public:
    Asking(const people::Needs&, Means, Ask);
    void run(jobs::Run&);

private:
    void ask(const Authority&, const Means::Key&);
    const people::Needs& needs_;
    const Means means_;
    const Ask ask_;
};

}  // namespace handover
