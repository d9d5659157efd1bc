// For this module's tests: an office, two messages and another authority whose server answers as the test says.
#pragma once
#include <deque>
#include <string>
#include <vector>

#include <cycle/cycle.h>
#include <db/database.h>
#include <jobs/testing.h>
#include <people/testing.h>
#include <people/testing_routes.h>
#include <voice/casework.h>
#include <voice/voice.h>

#include "following.h"
#include "store.h"

namespace handover {

inline http::Answered answered(int status, std::string body, std::string type = "application/json") {
    http::Answered a;
    a.status = status, a.body = std::move(body), a.content_type = std::move(type), a.reached = true;
    return a;
}
inline http::Answered silence(bool reached) {
    http::Answered a;
    a.fault = "Timeout was reached", a.reached = reached;
    return a;
}

struct World : people::TestOrganisation {
    explicit World(db::Engine engine) : TestOrganisation(engine, {cycle::add_kinds, voice::add_kinds, add_kinds}) {
        using people::Role;
        roads = unit(root, "Roads");
        officer(root, "administrator", {Role::administrator});
        officer(root, "clerk", {Role::clerk});
        officer(root, "moderator", {Role::moderator});
        officer(roads, "handler", {Role::officer});
        officer(roads, "colleague", {Role::officer});
        desk = must(cycle::open_standing_desk(*needs, "Always-open desk", "en"));
        means.keys.push_back({url, kernel::Secret("very-secret-key"), false});
        means.keys.push_back({"https://park.example/v2", kernel::Secret("other"), false});
    }

    AuthorityId named(const std::string& name = "Water office", const std::string& at = url) {
        return must(name_authority(*needs, as("administrator"), {name, at, ""}));
    }
    // As if it had been asked.
    void offers(AuthorityId id, bool once = false) {
        Directory d;
        d.services = {{"pipe", "Pipes", "Water"}, {"well", "Wells", ""}};
        d.as_of = d.asked_at = clock.now(), d.once = once;
        db::Database::Lease local = database->local();
        db::Transaction transaction(*local);
        put_directory(*local, id, d, clock.now() + rules::day);
        transaction.commit();
    }
    VoiceId said(voice::Audience audience = voice::Audience::open,
                 const std::string& text = "The pipe in Elm Street is leaking again.") {
        voice::Draft draft;
        draft.cycle = desk, draft.kind = voice::Kind::help, draft.lang = "en";
        draft.text = text, draft.audience = audience, draft.place = "Elm Street 5";
        const VoiceId id = must(voice::receive(*needs, visitor(++visitors), draft, {})).id;
        must(voice::assign(*needs, as("clerk"), id, roads, as("handler").officer));
        return id;
    }
    Draft draft(AuthorityId to) const {
        return {to, "pipe", "A pipe leaks.", "Elm Street", "31.23041", "121.4737", "It is their pipe."};
    }
    HandoverId handed(AuthorityId to, VoiceId id) { return must(hand(*needs, means, as("handler"), id, draft(to))); }
    Handover now(HandoverId id) { return handover(*database->read(), id).value(); }
    std::optional<Errand> errand_of(HandoverId id) { return errand(*database->read(), id); }

    // The next answers of the other side; beyond them it is not there.
    Ask other_side() {
        return [this](const http::Asked& asked) {
            requests.push_back(asked);
            if (answers.empty()) return silence(false);
            http::Answered next = answers.front();
            answers.pop_front();
            return next;
        };
    }
    struct Quiet final : jobs::Run {
        bool stopping() const override { return false; }
        void progress(std::int64_t, std::int64_t) override {}
    };
    void run(Following& following) {
        Quiet one;
        try {
            following.run(one);
        } catch (const std::runtime_error&) {}  // nobody answered
    }
    void run() {
        Following following(*needs, means, other_side());
        run(following);
    }
    void later(std::int64_t milliseconds) { clock.advance(milliseconds); }

    static constexpr const char* url = "https://water.example/v2";
    Means means;
    people::UnitId roads;
    people::CycleId desk;
    std::int64_t visitors = 0;
    std::deque<http::Answered> answers;
    std::vector<http::Asked> requests;
};

// On either engine, with that authority named and what it takes known.
class Handing : public testing::TestWithParam<db::Engine>, protected World {
protected:
    Handing() : World(GetParam()) {
        water = named();
        offers(water);
    }
    static http::Answered number(const std::string& n) {
        return answered(200, R"([{"service_request_id":")" + n + R"("}])");
    }
    static http::Answered status(const std::string& n, const std::string& is, const std::string& notes = "") {
        return answered(200, R"([{"service_request_id":")" + n + R"(","status":")" + is + R"(","status_notes":")" +
                                 notes + R"("}])");
    }
    std::int64_t entries_of_kind(std::string_view kind) {
        std::int64_t n = 0;
        for (const ledger::Entry& e : ledger::entries(*database->read(), 0, 1000)) n += e.kind == kind;
        return n;
    }
    std::optional<ledger::Entry> last_of(std::string_view kind) {
        std::optional<ledger::Entry> last;
        for (ledger::Entry& e : ledger::entries(*database->read(), 0, 1000))
            if (e.kind == kind) last = std::move(e);
        return last;
    }
    AuthorityId water;
};

}  // namespace handover
