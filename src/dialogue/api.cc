// The JSON of dialogues under /api/v1. No cookie is an authority here: a participant is whoever shows their own key.
#include <memory>

#include <db/database.h>
#include <http/http.h>
#include <kernel/json.h>
#include <kernel/text.h>
#include <ledger/ledger.h>
#include <page/page.h>

#include "pages.h"
#include "rules.h"
#include "store.h"
#include "translation.h"

namespace dialogue {
namespace {

using http::Request;
using http::Response;
using kernel::Json;

constexpr std::size_t api_body = 256 * 1024;  // 1,000 votes with room for white space

kernel::Error malformed(std::string field) {
    return {kernel::Code::malformed, "dialogue.json_malformed", std::move(field), {}};
}

Json receipt_json(const ledger::Receipt& receipt) {
    Json::Array path;
    path.reserve(receipt.proof.size());
    for (const merkle::Hash& hash : receipt.proof) path.emplace_back(kernel::base64(hash));
    Json json;
    json.set("index", receipt.index).set("time", kernel::iso(receipt.time)).set("leaf", receipt.leaf);
    json.set("proof", std::move(path)).set("checkpoint", receipt.checkpoint);
    return json;
}

Json counts_json(const Counts& c) {
    return Json().set("agree", c.agree).set("disagree", c.disagree).set("pass", c.pass);
}

}  // namespace

kernel::Json statement_json(db::Connection& db, const Statement& s) {
    Json json;
    json.set("id", s.id.value())
        .set("dialogue", s.dialogue.value())
        .set("state", name(s.state))
        .set("origin", name(s.origin));
    json.set("ground", s.ground ? Json(name(*s.ground)) : Json()).set("day", kernel::iso(s.day)).set("lang", s.lang);
    json.set("number", s.number ? Json(*s.number) : Json()).set("counts", counts_json(s.counts));
    json.set("text", s.state == State::accepted ? Json(s.text) : Json());
    Json::Array translated;
    if (s.state == State::accepted && !s.text.empty())
        for (const Translation& one : translations(db, s.id))
            translated.push_back(Json().set("lang", one.lang).set("text", one.text));
    json.set("translations", std::move(translated));
    return json;
}

namespace {

Json dialogue_json(db::Connection& db, const Dialogue& d) {
    const Figures f = figures(db, d.id);
    Json counted, json;
    counted.set("people", f.people)
        .set("imported_people", f.imported_people)
        .set("votes", f.votes)
        .set("votes_cast", f.votes_cast);
    counted.set("accepted", f.accepted)
        .set("pending", f.pending)
        .set("never_moderated", f.never_moderated)
        .set("set_aside", f.set_aside);
    json.set("id", d.id.value())
        .set("cycle", d.cycle.value())
        .set("question", d.question)
        .set("about", d.about)
        .set("lang", d.lang);
    json.set("open", accepts_votes(db, d).has_value()).set("moderated", d.admission == Admission::moderated);
    json.set("first_day", d.first ? Json(kernel::iso(*d.first)) : Json())
        .set("last_day", d.last ? Json(kernel::iso(*d.last)) : Json());
    json.set("source", d.source).set("sample", d.sample).set("figures", std::move(counted));
    return json;
}

Response answer(const Json& json, int status = 200) { return http::json(status, kernel::canonical(json)); }

// One {"statement": 17, "vote": "agree"}.
kernel::Result<Vote> read_vote(const Json& json, const std::string& field) {
    const std::int64_t* statement = json["statement"].integer();
    const std::string* word = json["vote"].string();
    if (!statement || *statement <= 0) return malformed(field + "statement");
    const auto choice = word ? parse_choice(*word) : std::nullopt;
    if (!choice) return malformed(field + "vote");
    return Vote{StatementId(*statement), choice};
}

kernel::Result<std::vector<Vote>> read_votes(const Json& body) {
    std::vector<Vote> votes;
    if (body["votes"].is_null()) {
        const auto vote = read_vote(body, "");
        if (!vote) return vote.error();
        votes.push_back(*vote);
        return votes;
    }
    const Json::Array* all = body["votes"].array();
    if (!all) return malformed("votes");
    if (all->size() > max_votes)
        return kernel::invalid("votes", "dialogue.votes_too_many", {{"max", std::to_string(max_votes)}});
    votes.reserve(all->size());
    for (const Json& one : *all) {
        const auto vote = read_vote(one, "votes[" + std::to_string(votes.size()) + "].");
        if (!vote) return vote.error();
        votes.push_back(*vote);
    }
    return votes;
}

struct Speaker {
    people::Actor actor;
    bool made = false;  // the key is new: the answer tells it
};
// The key in "participant", or a new one that the answer tells.
kernel::Result<Speaker> read_speaker(const Json& body) {
    Speaker speaker;
    const Json& own = body["participant"];
    if (own.is_null()) {
        speaker.actor.visitor = kernel::base64url(kernel::random_bytes(24));
        speaker.made = true;
        return speaker;
    }
    if (!own.string()) return malformed("participant");
    speaker.actor.visitor = *own.string();
    if (auto ok = rules::key(speaker.actor.visitor); !ok) return ok.error();
    return speaker;
}

class Api {
public:
    explicit Api(const people::Needs& needs) : needs_(needs) {}

    Response list(const Request& r) const {
        const auto cycle_id = kernel::parse_index(r.asked("cycle").value_or(""));
        if (!cycle_id) return page::refusal(r, kernel::invalid("cycle", "dialogue.cycle_missing"));
        auto db = needs_.database.read();
        Json::Array all;
        for (const Dialogue& d : dialogues(*db, CycleId(*cycle_id))) all.push_back(dialogue_json(*db, d));
        return answer(Json().set("dialogues", std::move(all)));
    }

    Response show(const Request& r) const {
        auto db = needs_.database.read();
        const auto found = find(*db, r);
        return found ? answer(dialogue_json(*db, *found)) : unknown(r);
    }

    Response list_statements(const Request& r) const {
        auto db = needs_.database.read();
        const auto found = find(*db, r);
        if (!found) return unknown(r);
        const auto state = parse_state(r.asked("state").value_or("accepted"));
        if (!state || *state == State::pending)
            return page::refusal(r, kernel::invalid("state", "dialogue.state_unknown"));
        constexpr int most = 100;
        Filter filter{found->id, *state, {}, {}, most + 1};
        if (const auto after = kernel::parse_index(r.asked("after").value_or(""))) filter.after = StatementId(*after);
        std::vector<Statement> rows = statements(*db, filter);
        const bool more = rows.size() > most;
        if (more) rows.pop_back();
        Json::Array all;
        for (const Statement& s : rows) all.push_back(statement_json(*db, s));
        return answer(
            Json().set("statements", std::move(all)).set("next", more ? Json(rows.back().id.value()) : Json()));
    }

    Response cast(const Request& r) const {
        const auto id = kernel::parse_index(r.param("id"));
        if (!id) return unknown(r);
        const auto body = kernel::parse_json(r.body);
        if (!body) return page::refusal(r, body.error());
        const auto votes = read_votes(*body);
        if (!votes) return page::refusal(r, votes.error());
        const auto speaker = read_speaker(*body);
        if (!speaker) return page::refusal(r, speaker.error());
        const auto receipt = vote(needs_, speaker->actor, DialogueId(*id), *votes, page::once(r));
        if (!receipt) return page::refusal(r, receipt.error());
        Json json;
        json.set("receipt", receipt_json(*receipt)).set("votes", votes->size());
        if (speaker->made) json.set("participant", speaker->actor.visitor);
        if (votes->size() == 1)
            json.set("counts", counts_json(statement(*needs_.database.read(), votes->front().statement)->counts));
        return answer(json, 201);
    }

    Response say(const Request& r) const {
        const auto id = kernel::parse_index(r.param("id"));
        if (!id) return unknown(r);
        const auto body = kernel::parse_json(r.body);
        if (!body) return page::refusal(r, body.error());
        const std::string* text = (*body)["text"].string();
        if (!text) return page::refusal(r, malformed("text"));
        const std::string* lang = (*body)["lang"].string();
        const auto admitted = kernel::admit(*text, "text", max_statement, kernel::Lines::one);
        if (!admitted) return page::refusal(r, admitted.error());
        const auto speaker = read_speaker(*body);
        if (!speaker) return page::refusal(r, speaker.error());
        ledger::Receipt receipt;
        const auto made =
            propose(needs_, speaker->actor, DialogueId(*id), *admitted,
                    lang ? std::string_view(*lang) : page::tag(page::lang_of(r)), page::once(r), &receipt);
        if (!made) return page::refusal(r, made.error());
        Json json;
        json.set("receipt", receipt_json(receipt)).set("statement", made->value());
        json.set("state", name(statement(*needs_.database.read(), *made)->state));
        if (speaker->made) json.set("participant", speaker->actor.visitor);
        return answer(json, 201);
    }

private:
    static std::optional<Dialogue> find(db::Connection& db, const Request& r) {
        const auto id = kernel::parse_index(r.param("id"));
        return id ? dialogue(db, DialogueId(*id)) : std::nullopt;
    }
    static Response unknown(const Request& r) {
        return page::refusal(r, kernel::refuse(kernel::Code::not_found, "dialogue.unknown"));
    }

    const people::Needs& needs_;
};

}  // namespace

void add_api(http::Router& router, const people::Needs& needs) {
    const auto api = std::make_shared<const Api>(needs);
    const auto to = [&api](Response (Api::*handler)(const Request&) const) {
        return [api, handler](const Request& r) { return (*api.*handler)(r); };
    };
    http::Limits limits;
    limits.body = api_body;
    limits.work = true;
    router.get("/api/v1/dialogues", to(&Api::list));
    router.get("/api/v1/dialogues/{id}", to(&Api::show));
    router.get("/api/v1/dialogues/{id}/statements", page::json_list(to(&Api::list_statements)));
    router.post("/api/v1/dialogues/{id}/votes", to(&Api::cast), limits);
    router.post("/api/v1/dialogues/{id}/statements", to(&Api::say), {.work = true});
}

}  // namespace dialogue
