#include <algorithm>
#include <memory>

#include <db/database.h>
#include <kernel/text.h>
#include <ledger/ledger.h>
#include <page/reader.h>

#include "live.h"
#include "pages.h"

namespace discovery {
namespace {

using http::Request;
using http::Response;

constexpr std::size_t title_max = 120, text_max = 2000, reason_max = 1000;
constexpr int most_alike = 3;
constexpr std::size_t alike_body = 64 << 10;

kernel::Error gone() { return kernel::refuse(kernel::Code::not_found, "discovery.gone"); }

// What the form chose: of what its page showed what was ticked, and of the others all or none.
struct Chosen {
    std::vector<Item> items;
    bool too_many = false;
};

class Routes {
public:
    Routes(const people::Needs& needs, std::shared_ptr<Live> live) : needs_(needs), live_(std::move(live)) {}

    Response list(const Request& r) const {
        if (auto may = issue::may_gather(people::actor(r)); !may) return people::refusal(r, may.error());
        ListOf asked;
        if (const auto id = kernel::parse_index(r.asked("cycle").value_or(""))) asked.cycle = people::CycleId(*id);
        asked.after = parse_rank(r.asked("after").value_or(""));
        if (const auto id = kernel::parse_index(r.asked("done").value_or(""))) asked.done = issue::IssueId(*id);
        if (const auto id = kernel::parse_index(r.asked("undone").value_or(""))) asked.undone = issue::IssueId(*id);
        return page::answer(r, list_page(r, *needs_.database.read(), asked));
    }

    Response show(const Request& r) const {
        if (auto may = issue::may_gather(people::actor(r)); !may) return people::refusal(r, may.error());
        auto db = needs_.database.read();
        const auto g = asked(r, *db);
        if (!g) return people::refusal(r, gone());
        return page::answer(r, show_page(r, *db, *g, page::Form(r), {}, false));
    }

    // Confirmed, only suggested, or dismissed, as an issue of its own.
    Response take_up(const Request& r, issue::State to) const {
        return act(r, [&](page::Reader& reader, const issue::Items& items) -> kernel::Result<issue::IssueId> {
            issue::Taking taking;
            taking.items = items, taking.to = to;
            taking.issue.cycle = people::CycleId(reader.number("cycle", "issue.cycle_unknown").value_or(0));
            taking.issue.title = reader.text("title", title_max);
            taking.issue.text = reader.text("text", text_max, kernel::Lines::many);
            taking.issue.lang = reader.text("lang", 35);
            if (to == issue::State::confirmed)
                for (const std::int64_t bit : reader.numbers("marks", "issue.marks_unknown"))
                    taking.marks |= static_cast<int>(bit & 15);
            if (to != issue::State::suggested) taking.reason = reader.text("reason", reason_max, kernel::Lines::many);
            if (!reader.good()) return reader.errors().front();
            return issue::take_up(needs_, people::actor(r), taking, page::once(r));
        });
    }

    Response place(const Request& r, bool in) const {
        return act(r, [&](page::Reader& reader, const issue::Items& items) -> kernel::Result<issue::IssueId> {
            const issue::IssueId into =
                reader.need_id<issue::IssueId>("into", "discovery.into_missing", "issue.unknown");
            if (!reader.good()) return reader.errors().front();
            const auto done = in ? issue::put_in(needs_, people::actor(r), into, items, page::once(r))
                                 : issue::keep_out(needs_, people::actor(r), into, items, page::once(r));
            if (!done) return done.error();
            return into;
        });
    }

    Response categories(const Request& r) const {
        if (auto may = issue::may_gather(people::actor(r)); !may) return people::refusal(r, may.error());
        return page::answer(r, categories_page(r, *needs_.database.read(), live_->categories));
    }

    // {"title": …, "text": …}: in the body, so that what somebody has not sent yet stands in no address and no log.
    Response alike_json(const Request& r) const {
        const auto body = kernel::parse_json(r.body);
        if (!body) return page::refusal(r, body.error());
        std::string words[2];
        for (const auto& [field, max, to] :
             {std::tuple{"title", voice::max_title, &words[0]}, {"text", voice::max_text, &words[1]}}) {
            const kernel::Json& sent = (*body)[field];
            if (sent.is_null()) continue;
            if (!sent.string())
                return page::refusal(r, kernel::refuse(kernel::Code::malformed, "discovery.alike_malformed"));
            auto admitted = kernel::admit(*sent.string(), field, max, kernel::Lines::many);
            if (!admitted) return page::refusal(r, admitted.error());
            *to = std::move(*admitted);
        }
        auto db = needs_.database.read();
        kernel::Json::Array rows;
        for (const Alike& one : alike(*db, *live_, words[0], words[1], most_alike)) rows.push_back(as_json(*db, one));
        Response response = http::json(200, kernel::canonical(kernel::Json::Object{{"alike", std::move(rows)}}));
        response.set("Cache-Control", "no-store");
        return response;
    }

private:
    static kernel::Json as_json(db::Connection& db, const Alike& one) {
        const auto v = voice::voice(db, one.voice);
        kernel::Json row = kernel::Json::Object{
            {"voice", one.voice.value()},
            {"link", "/voices/" + std::to_string(one.voice.value())},
            {"title", std::string(kernel::first_code_points(v->title.empty() ? v->text : v->title, title_max))},
            {"lang", v->lang},
            {"people", one.people},
            {"issue", kernel::Json()}};
        if (one.issue)
            if (const auto in = issue::issue(db, *one.issue))
                row.set("issue", kernel::Json::Object{{"id", in->id.value()},
                                                      {"lang", in->lang},
                                                      {"link", "/issues/" + std::to_string(in->id.value())},
                                                      {"title", in->title}});
        return row;
    }

    static std::optional<Group> asked(const Request& r, db::Connection& db) {
        const auto id = kernel::parse_index(r.param("id"));
        return id ? group(db, *id) : std::nullopt;
    }

    Chosen chosen(page::Reader& reader, db::Connection& db, std::int64_t id) const {
        Chosen out;
        out.items = reader.numbers("items", "issue.numbers_only");
        if (!reader.ticked("others")) return out;
        const auto on_page = reader.numbers("on_page", "issue.numbers_only");
        for (Item after = 0;;) {
            const auto some = grouped(db, id, after, 500);
            if (some.empty()) return out;
            for (const Grouped& one : some)
                if (std::find(on_page.begin(), on_page.end(), one.item) == on_page.end()) out.items.push_back(one.item);
            after = some.back().item;
            if (out.items.size() > issue::most_at_once) {
                out.too_many = true;
                return out;
            }
        }
    }

    // What is done next is the suggestion after this one.
    Response next(const Request& r, const Group& g, issue::IssueId done) const {
        std::string to = "/suggestions?done=" + std::to_string(done.value()) + "&after=";
        // The one before stays on the page, so that what was done can be seen beside what is left.
        to += std::to_string(g.people) + "." + std::to_string(g.id + 1);
        if (const auto cycle = list_of(r)) to += "&cycle=" + std::to_string(cycle->value());
        return http::redirect(to);
    }

    template <class Perform>
    Response act(const Request& r, Perform perform) const {
        if (auto may = issue::may_gather(people::actor(r)); !may) return people::refusal(r, may.error());
        page::Reader reader(r);
        std::optional<Group> g;
        Chosen which;
        {
            auto db = needs_.database.read();
            g = asked(r, *db);
            if (g) which = chosen(reader, *db, g->id);
        }
        if (!g) return people::refusal(r, gone());
        if (which.too_many)
            reader.refuse(kernel::invalid("items", "issue.too_many", {{"max", std::to_string(issue::most_at_once)}}));
        if (which.items.empty() && reader.good()) reader.refuse(kernel::invalid("items", "discovery.none_chosen"));
        std::vector<kernel::Error> errors = reader.errors();
        if (errors.empty()) {
            page::Reader fields(r);
            const auto done = perform(fields, as_items(which.items));
            if (done) {
                ledger::catch_up(needs_.database, follower());
                live_->changed();
                return next(r, *g, *done);
            }
            errors = fields.errors();
            if (errors.empty()) {
                if (!page::mends(done.error())) return people::refusal(r, done.error());
                kernel::Error error = done.error();
                for (const char* kind : {"voices", "statements", "answers"})
                    if (error.field == kind) error.field = "items";
                errors.push_back(std::move(error));
            }
        }
        auto db = needs_.database.read();
        return page::answer(r, show_page(r, *db, *g, page::Form::again(r, errors), which.items, true), errors);
    }

    const people::Needs& needs_;
    const std::shared_ptr<Live> live_;
};

}  // namespace

void add_routes(http::Router& router, const people::Needs& needs, std::shared_ptr<Live> live) {
    const auto routes = std::make_shared<const Routes>(needs, std::move(live));
    using issue::State;
    router.get("/suggestions", [routes](const Request& r) { return routes->list(r); });
    router.get("/suggestions/categories", [routes](const Request& r) { return routes->categories(r); });
    router.get("/suggestions/{id}", [routes](const Request& r) { return routes->show(r); });
    router.post("/suggestions/{id}/confirm",
                [routes](const Request& r) { return routes->take_up(r, State::confirmed); });
    router.post("/suggestions/{id}/suggest",
                [routes](const Request& r) { return routes->take_up(r, State::suggested); });
    router.post("/suggestions/{id}/dismiss",
                [routes](const Request& r) { return routes->take_up(r, State::dismissed); });
    router.post("/suggestions/{id}/put-in", [routes](const Request& r) { return routes->place(r, true); });
    router.post("/suggestions/{id}/keep-out", [routes](const Request& r) { return routes->place(r, false); });
    http::Limits limits;
    limits.body = alike_body;
    router.post(
        "/api/v1/alike", [routes](const Request& r) { return routes->alike_json(r); }, limits);
}

}  // namespace discovery
