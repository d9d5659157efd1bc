#include <functional>
#include <memory>

#include <db/database.h>
#include <ledger/ledger.h>
#include <measure/form.h>
#include <page/reader.h>

#include "asked.h"
#include "pages.h"
#include "rules.h"
#include "store.h"

namespace decision {
namespace {

using http::Request;
using http::Response;
using kernel::Code;

// "2/3" as two numbers.
void read_fraction(page::Reader& reader, const char* field, Fraction& into) {
    const std::string typed = reader.text(field, 20);
    const auto parts = kernel::split(typed, '/');
    const auto n = parts.size() == 2 ? kernel::parse_index(parts[0]) : std::nullopt;
    const auto d = parts.size() == 2 ? kernel::parse_index(parts[1]) : std::nullopt;
    if (!n || !d) return reader.refuse(kernel::invalid(field, "decision.fraction_malformed"));
    into.numerator = *n, into.denominator = *d;
}

std::optional<Rules> chosen_rules(page::Reader& reader) {
    const std::string preset = reader.text("preset", 60);
    for (Rules& r : presets())
        if (r.preset == preset) return r;
    if (preset != "own") {
        reader.refuse(kernel::invalid("preset", "decision.preset_unknown"));
        return std::nullopt;
    }
    Rules own;
    read_fraction(reader, "quorum", own.quorum);
    read_fraction(reader, "majority", own.majority);
    own.quorum.strict = reader.text("quorum_strict", 5) == "yes";
    own.majority.strict = reader.text("majority_strict", 5) == "yes";
    own.quorum.base = parse_base(reader.text("quorum_base", 20)).value_or(Base::filled);
    own.majority.base = parse_base(reader.text("majority_base", 20)).value_or(Base::cast);
    own.tie = reader.text("tie", 10) == "chair" ? Tie::chair_casts : Tie::fails;
    own.notice_days = static_cast<int>(std::min<std::int64_t>(
        reader.number("notice_days", "decision.numbers_only").value_or(0), rules::notice_max + 1));
    return own;
}

// How many measures the form that was sent has fields for.
int measures_shown(const Request& r) {
    const auto shown = kernel::parse_index(r.field("shown").value_or(""));
    return static_cast<int>(std::clamp<std::int64_t>(shown.value_or(1), 1, rules::measures_max));
}

// Has anything been written into the fields of this measure? What is chosen from a list stands there by itself.
bool is_meant(const Request& r, const std::string& prefix) {
    for (const char* field : {"title", "text", "indicator_name", "indicator_unit", "indicator_baseline",
                              "indicator_target", "due", "beneficiaries", "worse_off", "remedy"})
        if (!r.field(prefix + field).value_or("").empty()) return true;
    return false;
}

MotionDraft read_motion(const Request& r, page::Reader& reader, db::Connection& db, int measures) {
    MotionDraft d;
    d.issue = issue::IssueId(reader.number("issue", "decision.issue_unknown").value_or(0));
    d.title = reader.text("title", rules::title_max);
    d.kind = reader.text("kind", 20) == "refuse" ? MotionKind::refuse : MotionKind::adopt_measures;
    d.reason = reader.text("reason", rules::reason_max, kernel::Lines::many);
    d.lang = reader.text("lang", 35);
    d.secret = reader.text("secret", 5) == "yes";
    const bool adopts = d.kind == MotionKind::adopt_measures;
    for (int n = 1; n <= measures; ++n) {
        const std::string prefix = "m" + std::to_string(n) + "_";
        const bool meant = is_meant(r, prefix);
        if (meant && !adopts) reader.refuse(kernel::invalid("kind", "decision.refusal_without_measures"));
        // The first is always meant; the others when something stands in them.
        if (!adopts || (n > 1 && !meant)) continue;
        measure::Draft m = measure::read(reader, db, prefix);
        if (m.lang.empty()) m.lang = d.lang;
        d.measures.push_back(std::move(m));
    }
    return d;
}

class Routes {
public:
    Routes(const people::Needs& needs, Hooks hooks) : needs_(needs), hooks_(std::move(hooks)) {}

    Response list(const Request& r) const {
        return page::cached(r, "", needs_.ledger.size(), [&] { return list_page(r, *needs_.database.read()); });
    }
    Response show_new(const Request& r) const {
        if (auto may = rules::may_set_up(people::actor(r)); !may) return people::refusal(r, may.error());
        return page::answer(r, new_page(r, *needs_.database.read(), page::Form(r)));
    }
    Response make(const Request& r) const {
        page::Reader reader(r);
        const std::string name = reader.text("name", rules::name_max);
        const people::UnitId unit(reader.number("unit", "decision.unit_unknown").value_or(0));
        const std::int64_t seats = reader.number("seats", "decision.numbers_only").value_or(0);
        const auto rules = chosen_rules(reader);
        if (reader.good()) {
            const auto made = set_up(needs_, people::actor(r), name, unit, seats, *rules, false, page::once(r));
            if (made) return http::redirect(address(*made));
            if (made.error().field.empty()) return people::refusal(r, made.error());
            reader.refuse(made.error());
        }
        return again(r, reader, [&](page::Form form) { return new_page(r, *needs_.database.read(), std::move(form)); });
    }

    Response show_rules(const Request& r) const {
        if (auto may = rules::may_set_up(people::actor(r)); !may) return people::refusal(r, may.error());
        return shown<BodyId>(r, body, rules_page);
    }
    Response change_rules(const Request& r) const {
        page::Reader reader(r);
        const auto rules = chosen_rules(reader);
        const std::string reason = reader.text("reason", rules::reason_max, kernel::Lines::many);
        return after<BodyId>(r, reader, body, rules_page, [&](BodyId id) {
            return set_rules(needs_, people::actor(r), id, *rules, reason, page::once(r));
        });
    }

    Response show_body(const Request& r) const { return shown<BodyId>(r, body, hooked(body_page)); }
    Response show_sitting(const Request& r) const { return shown<SittingId>(r, sitting, hooked(sitting_page)); }
    Response show_motion(const Request& r) const { return shown<MotionId>(r, motion, hooked(motion_page)); }

    Response seat_one(const Request& r) const {
        page::Reader reader(r);
        const people::OfficerId member(reader.number("member", "decision.no_member").value_or(0));
        const std::string name = reader.text("name", rules::name_max);
        return on_body(r, reader, [&](BodyId id) {
            return seat(needs_, people::actor(r), id, member, name, reader.ticked("chair"), page::once(r));
        });
    }
    Response unseat_one(const Request& r) const {
        page::Reader reader(r);
        const people::OfficerId member(reader.number("unseat", "decision.not_seated").value_or(0));
        const std::string reason = reader.text("reason", rules::reason_max, kernel::Lines::many);
        return on_body(r, reader,
                       [&](BodyId id) { return unseat(needs_, people::actor(r), id, member, reason, page::once(r)); });
    }
    Response name_some(const Request& r) const {
        page::Reader reader(r);
        std::vector<people::OfficerId> clerks;
        for (std::int64_t id : reader.numbers("clerks", "decision.no_clerk")) clerks.emplace_back(id);
        const std::string reason = reader.text("clerk_reason", rules::reason_max, kernel::Lines::many);
        return on_body(r, reader, [&](BodyId id) {
            return name_clerks(needs_, people::actor(r), id, clerks, reason, page::once(r));
        });
    }
    Response call_one(const Request& r) const {
        page::Reader reader(r);
        const people::CycleId round(reader.number("cycle", "decision.round_unknown").value_or(0));
        const auto day = reader.day("day", "decision.day_malformed");
        if (reader.good() && !day) reader.refuse(kernel::invalid("day", "decision.day_malformed"));
        const std::string where = reader.text("where", rules::place_max);
        std::optional<SittingId> called;
        Response after = on_body(r, reader, [&](BodyId id) -> kernel::Checked {
            const auto made = call(needs_, people::actor(r), id, round, *day, where, page::once(r));
            if (!made) return made.error();
            called = *made;
            return {};
        });
        return called ? http::redirect(address(*called)) : std::move(after);
    }

    Response show_table(const Request& r) const {
        {
            auto db = needs_.database.read();
            const auto at = found<SittingId>(r, *db, sitting);
            if (!at) return people::refusal(r, unknown<SittingId>());
            if (auto may = rules::may_keep(seen_by(*db, people::actor(r), at->body)); !may)
                return people::refusal(r, may.error());
        }
        return shown<SittingId>(r, sitting,
                                [](const Request& asked, db::Connection& db, const Sitting& s, page::Form form) {
                                    return table_page(asked, db, s, std::move(form), 1);
                                });
    }
    Response table_one(const Request& r) const {
        auto db = needs_.database.read();
        const auto at = found<SittingId>(r, *db, sitting);
        if (!at) return people::refusal(r, unknown<SittingId>());
        if (auto may = rules::may_keep(seen_by(*db, people::actor(r), at->body)); !may)
            return people::refusal(r, may.error());
        const int measures = measures_shown(r);
        const auto with = [&](int n) {
            return [&, n](page::Form form) { return table_page(r, *db, *at, std::move(form), n); };
        };
        // One more: the form again with what was typed, and nothing said of what is still missing.
        if (r.field("more"))
            return page::answer(r, with(std::min(measures + 1, int{rules::measures_max}))(page::Form::again(r, {})));
        page::Reader reader(r);
        const MotionDraft draft = read_motion(r, reader, *db, measures);
        if (reader.good()) {
            const auto made = table(needs_, people::actor(r), at->id, draft, page::once(r));
            if (made) return http::redirect(address(*made));
            if (made.error().field.empty()) return people::refusal(r, made.error());
            reader.refuse(made.error());
        }
        return again(r, reader, with(measures));
    }

    using Step = kernel::Checked (*)(const people::Needs&, const people::Actor&, SittingId, Once);
    Response step(const Request& r, Step act) const {
        page::Reader reader(r);
        return on_sitting(r, reader, [&](SittingId id) { return act(needs_, people::actor(r), id, page::once(r)); });
    }
    Response come_or_go(const Request& r, bool here) const {
        page::Reader reader(r);
        const people::OfficerId member(reader.number("member", "decision.no_member").value_or(0));
        return on_sitting(r, reader, [&](SittingId id) {
            return here ? attend(needs_, people::actor(r), id, member, page::once(r))
                        : leave(needs_, people::actor(r), id, member, page::once(r));
        });
    }
    Response minutes(const Request& r) const {
        page::Reader reader(r);
        const std::string text = reader.text("text", rules::minutes_max, kernel::Lines::many);
        return on_sitting(r, reader, [&](SittingId id) {
            return publish_minutes(needs_, people::actor(r), id, text, page::once(r));
        });
    }

    Response put_one(const Request& r) const {
        page::Reader reader(r);
        return on_motion(r, reader, [&](MotionId id) { return put(needs_, people::actor(r), id, page::once(r)); });
    }
    Response vote_one(const Request& r) const {
        page::Reader reader(r);
        const auto choice = parse_vote(reader.text("vote", 10));
        const std::string remark = reader.text("remark", rules::remark_max, kernel::Lines::many);
        if (!choice) reader.refuse(kernel::invalid("vote", "decision.vote_missing"));
        return on_motion(
            r, reader, [&](MotionId id) { return vote(needs_, people::actor(r), id, *choice, remark, page::once(r)); });
    }
    Response count_one(const Request& r) const {
        page::Reader reader(r);
        return on_motion(r, reader, [&](MotionId id) { return count(needs_, people::actor(r), id, page::once(r)); });
    }

private:
    template <class Id, class Find, class Make>
    Response shown(const Request& r, Find find, Make make) const {
        // The position before the rows: a page made of older rows never counts as newer.
        const std::int64_t position = needs_.ledger.size();
        auto db = needs_.database.read();
        const auto it = found<Id>(r, *db, find);
        if (!it) return people::refusal(r, unknown<Id>());
        return page::cached(r, r.asked("before").value_or(""), position,
                            [&] { return make(r, *db, *it, page::Form(r)); });
    }
    template <class Thing>
    using Maker = std::function<page::Page(const Request&, db::Connection&, const Thing&, page::Form)>;
    template <class Thing>
    Maker<Thing> hooked(page::Page (*make)(const Request&, db::Connection&, const Thing&, page::Form,
                                           const Hooks&)) const {
        return [this, make](const Request& r, db::Connection& db, const Thing& it, page::Form form) {
            return make(r, db, it, std::move(form), hooks_);
        };
    }
    template <class Make>
    static Response again(const Request& r, const page::Reader& reader, Make make) {
        page::Page p = make(page::Form::again(r, reader.errors()));
        p.status = http::status_of(reader.errors().front().code);
        return page::answer(r, std::move(p));
    }
    // An act on one thing: back to its page, or the page again with what was wrong.
    template <class Id, class Find, class Make, class Perform>
    Response after(const Request& r, page::Reader& reader, Find find, Make make, Perform perform) const {
        auto db = needs_.database.read();
        const auto it = found<Id>(r, *db, find);
        if (!it) return people::refusal(r, unknown<Id>());
        if (reader.good()) {
            const kernel::Checked done = perform(it->id);
            if (done) return http::redirect(address(it->id));
            if (done.error().field.empty()) return people::refusal(r, done.error());
            reader.refuse(done.error());
        }
        return again(r, reader, [&](page::Form form) { return make(r, *db, *it, std::move(form)); });
    }
    template <class Perform>
    Response on_body(const Request& r, page::Reader& reader, Perform perform) const {
        return after<BodyId>(r, reader, body, hooked(body_page), perform);
    }
    template <class Perform>
    Response on_sitting(const Request& r, page::Reader& reader, Perform perform) const {
        return after<SittingId>(r, reader, sitting, hooked(sitting_page), perform);
    }
    template <class Perform>
    Response on_motion(const Request& r, page::Reader& reader, Perform perform) const {
        return after<MotionId>(r, reader, motion, hooked(motion_page), perform);
    }

    const people::Needs& needs_;
    const Hooks hooks_;
};

}  // namespace

void add_routes(http::Router& router, const people::Needs& needs, Hooks hooks) {
    const auto routes = std::make_shared<const Routes>(needs, std::move(hooks));
    router.get("/bodies", [routes](const Request& r) { return routes->list(r); });
    router.get("/bodies/new", [routes](const Request& r) { return routes->show_new(r); });
    router.post("/bodies", [routes](const Request& r) { return routes->make(r); });
    router.get("/bodies/{id}", [routes](const Request& r) { return routes->show_body(r); });
    router.get("/bodies/{id}/rules", [routes](const Request& r) { return routes->show_rules(r); });
    router.post("/bodies/{id}/rules", [routes](const Request& r) { return routes->change_rules(r); });
    router.post("/bodies/{id}/seat", [routes](const Request& r) { return routes->seat_one(r); });
    router.post("/bodies/{id}/unseat", [routes](const Request& r) { return routes->unseat_one(r); });
    router.post("/bodies/{id}/clerks", [routes](const Request& r) { return routes->name_some(r); });
    router.post("/bodies/{id}/call", [routes](const Request& r) { return routes->call_one(r); });
    router.get("/sittings/{id}", [routes](const Request& r) { return routes->show_sitting(r); });
    router.get("/sittings/{id}/table", [routes](const Request& r) { return routes->show_table(r); });
    router.post("/sittings/{id}/table", [routes](const Request& r) { return routes->table_one(r); });
    router.post("/sittings/{id}/agenda", [routes](const Request& r) { return routes->step(r, publish_agenda); });
    router.post("/sittings/{id}/open", [routes](const Request& r) { return routes->step(r, open); });
    router.post("/sittings/{id}/sign", [routes](const Request& r) { return routes->step(r, sign); });
    router.post("/sittings/{id}/attend", [routes](const Request& r) { return routes->come_or_go(r, true); });
    router.post("/sittings/{id}/leave", [routes](const Request& r) { return routes->come_or_go(r, false); });
    router.post("/sittings/{id}/minutes", [routes](const Request& r) { return routes->minutes(r); });
    router.get("/motions/{id}", [routes](const Request& r) { return routes->show_motion(r); });
    router.post("/motions/{id}/put", [routes](const Request& r) { return routes->put_one(r); });
    router.post("/motions/{id}/vote", [routes](const Request& r) { return routes->vote_one(r); });
    router.post("/motions/{id}/count", [routes](const Request& r) { return routes->count_one(r); });
    add_json_routes(router, needs);
}

}  // namespace decision
