#include <chrono>
#include <memory>
#include <semaphore>

#include <db/database.h>
#include <ledger/ledger.h>

#include "pages.h"
#include "search.h"
#include "store.h"

namespace search {
namespace {

using http::Request;
using http::Response;

// A query is bounded, and so is how many run at once: the others have the rest of the machine.
constexpr int at_once = 4;
constexpr std::chrono::milliseconds patience{250};

class Turn {
public:
    explicit Turn(std::counting_semaphore<at_once>& turns) : turns_(turns), got_(turns.try_acquire_for(patience)) {}
    ~Turn() {
        if (got_) turns_.release();
    }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    bool got() const { return got_; }

private:
    std::counting_semaphore<at_once>& turns_;
    const bool got_;
};

struct Result {
    Found found;
    std::vector<Read> read;
};

class Routes {
public:
    explicit Routes(const people::Needs& needs) : needs_(needs) {}

    Response page(const Request& r) const {
        text::Tokenizer tokenizer;
        const Wished wish = wished(r, tokenizer);
        const Turn turn(turns_);
        if (!turn.got()) return people::refusal(r, busy());
        auto db = needs_.database.read();
        const db::Transaction snapshot(*db);
        std::optional<Found> found;
        std::vector<Read> shown;
        if (wish.asked) {
            Result result = look(*db, *wish.asked, tokenizer);
            found = std::move(result.found);
            shown = std::move(result.read);
        }
        const auto index = made(*db);
        return page::answer(r,
                            search_page(r, *db, wish, found, shown, {index ? index->entries : 0, needs_.ledger.size()}),
                            wish.errors);
    }

    Response json(const Request& r) const {
        return answer_of(r, [&](db::Connection&, const Asked&, const Result& result) {
            return http::json(200, kernel::canonical(as_json(result.found, result.read)));
        });
    }

    Response feed(const Request& r) const {
        return answer_of(
            r,
            [&](db::Connection& db, const Asked& asked, const Result& result) {
                const auto first = ledger::entry(db, 0);
                Response out;
                out.content_type = page::atom_type;
                out.body = page::atom(as_feed(page::lang_of(r), db, asked, result.read, needs_.ledger.key().name,
                                              first ? first->time : kernel::Instant{}));
                out.cacheable = true;
                return out;
            },
            true);
    }

private:
    static kernel::Error busy() { return kernel::refuse(kernel::Code::unavailable, "search.busy"); }

    Result look(db::Connection& db, const Asked& asked, text::Tokenizer& tokenizer) const {
        Result out{find(db, needs_.server_key, asked), {}};
        out.read = read(db, asked, out.found.hits, tokenizer);
        return out;
    }

    template <class Make>
    Response answer_of(const Request& r, Make make, bool as_feed = false) const {
        text::Tokenizer tokenizer;
        Wished wish = wished(r, tokenizer);
        if (wish.bad_cursor) return page::refusal(r, kernel::refuse(kernel::Code::malformed, "page.bad_cursor"));
        if (wish.errors.empty() && !wish.asked) wish.errors.push_back(kernel::invalid("q", "search.nothing_asked"));
        if (!wish.asked) return page::refusal(r, wish.errors.front());
        if (as_feed) wish.asked->order = Order::newest, wish.asked->at_most = hits_in_feed;
        const Turn turn(turns_);
        if (!turn.got()) return page::refusal(r, busy());
        auto db = needs_.database.read();
        const db::Transaction snapshot(*db);
        const Result result = look(*db, *wish.asked, tokenizer);
        return make(*db, *wish.asked, result);
    }

    const people::Needs& needs_;
    mutable std::counting_semaphore<at_once> turns_{at_once};
};

}  // namespace

void add_routes(http::Router& router, const people::Needs& needs) {
    const auto routes = std::make_shared<const Routes>(needs);
    router.get("/search", [routes](const Request& r) { return routes->page(r); });
    router.get("/search.atom", [routes](const Request& r) { return routes->feed(r); });
    router.get("/api/v1/search", [routes](const Request& r) { return routes->json(r); });
}

}  // namespace search
