// For this module's tests: an organisation with something of every kind that can be found, on a fresh place of one
// engine; and what a reader would find who read everything.
#pragma once
#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include <cycle/testing.h>
#include <db/database.h>
#include <decision/decision.h>
#include <dialogue/dialogue.h>
#include <issue/issue.h>
#include <measure/measure.h>
#include <people/testing.h>
#include <preset/preset.h>
#include <survey/survey.h>
#include <visit/visit.h>
#include <voice/casework.h>
#include <voice/voice.h>

#include "find.h"
#include "index.h"
#include "postings.h"
#include "store.h"

namespace search {

struct World : people::TestOrganisation {
    explicit World(db::Engine engine)
        : TestOrganisation(
              engine, {cycle::add_kinds, preset::add_kinds, voice::add_kinds, dialogue::add_kinds, issue::add_kinds,
                       measure::add_kinds, visit::add_kinds, decision::add_kinds, survey::add_kinds}) {
        using people::Role;
        roads = unit(root, "Roads");
        parks = unit(root, "Parks");
        officer(root, "head", {Role::head});
        officer(root, "clerk", {Role::clerk});
        officer(root, "setter", {Role::administrator});
        officer(root, "member", {Role::member});
        officer(roads, "engineer", {Role::officer});
        officer(parks, "moderator", {Role::moderator});
        desk = kernel::must(cycle::open_standing_desk(*needs, "Desk", "en"));
        round = cycle::asking_round(*needs, as("head"), root);
        talk = kernel::must(dialogue::open(*needs, as("head"), {round, "What should change?", "", "en"}));
    }

    voice::VoiceId say(const std::string& title, const std::string& text, const std::string& where = "",
                       voice::Audience audience = voice::Audience::open, std::optional<people::CycleId> in = {}) {
        voice::Draft d;
        d.cycle = in.value_or(desk);
        d.title = title, d.text = text, d.place = where, d.lang = "zh-Hans", d.audience = audience;
        const people::Actor who = visitor(++speakers);
        const voice::VoiceId id = kernel::must(voice::receive(*needs, who, d, {})).id;
        authors[id.value()] = who;
        return id;
    }
    void answer(voice::VoiceId id, const std::string& text) {
        if (!voice::voice(*database->read(), id)->unit) kernel::must(voice::assign(*needs, as("clerk"), id, roads, {}));
        kernel::must(voice::answer(*needs, as("engineer"), id, voice::Answer::done, text, {}));
    }
    bool hide(voice::VoiceId id) {
        return voice::hide(*needs, as("moderator"), id, people::Ground::personal_data, "A name.").has_value();
    }
    bool withdraw(voice::VoiceId id) {
        return voice::withdraw(*needs, authors.at(id.value()), id, "", false).has_value();
    }
    dialogue::StatementId state(const std::string& text) {
        return kernel::must(dialogue::seed(*needs, as("head"), talk, text, "en"));
    }
    issue::IssueId suggest(const std::string& title, const std::string& text) {
        return kernel::must(issue::suggest(*needs, as("engineer"), {round, title, text, "zh-Hans"}));
    }
    visit::VisitId went(issue::IssueId about, const std::string& where, const std::string& heard) {
        visit::Draft d;
        d.issue = about;
        d.posts = "engineer", d.where = where, d.heard = heard, d.lang = "en", d.day = today() + -1;
        return kernel::must(visit::record(*needs, as("engineer"), d));
    }
    measure::MeasureId promised(const std::string& title, const std::string& text) {
        measure::Draft d;
        d.cycle = desk;
        d.title = title, d.text = text, d.lang = "en";
        d.owner_unit = roads, d.owner = as("engineer").officer;
        d.indicator = {"lamps", "", {0, 0}, {1, 0}};
        d.due = today() + 30;
        return measure::MeasureId(kernel::must(within([&](ledger::Writing& w) -> kernel::Checked {
            measure::adopt(w, d, 7);
            return {};
        })));
    }
    decision::MotionId moved(issue::IssueId about, const std::string& title, const std::string& where) {
        kernel::must(
            issue::gather(*needs, as("engineer"), about, {say("", title, "", voice::Audience::open, round)}, {}));
        kernel::must(issue::confirm(*needs, as("clerk"), about, 0, "So it is."));
        if (!council) {
            council =
                kernel::must(decision::set_up(*needs, as("setter"), "City council", root, 5, decision::Rules(), false));
            kernel::must(decision::seat(*needs, as("setter"), council, as("member").officer, "A member", true));
        }
        const auto sitting = kernel::must(decision::call(*needs, as("clerk"), council, round, today() + 20, where));
        decision::MotionDraft d;
        d.issue = about, d.kind = decision::MotionKind::refuse, d.title = title, d.reason = "Because of the cost",
        d.lang = "en";
        return kernel::must(decision::table(*needs, as("clerk"), sitting, d));
    }
    survey::SurveyId asked(const std::string& title, bool open) {
        survey::Draft d;
        d.cycle = desk, d.title = title, d.lang = "en", d.closes = today() + 10;
        survey::Question q;
        q.type = survey::Type::text, q.text = "Why?";
        d.questions = {q};
        const auto id = kernel::must(survey::draft(*needs, as("clerk"), d));
        if (open) kernel::must(survey::open(*needs, as("clerk"), id));
        return id;
    }

    void index() { Indexer(*needs).catch_up(); }
    void index_anew() {
        {
            auto derived = database->derived();
            db::Transaction all(*derived);
            drop_all(*derived);
            all.commit();
        }
        index();
    }
    std::map<std::int64_t, kernel::Bytes> lists() {
        std::map<std::int64_t, kernel::Bytes> out;
        auto db = database->read();
        for (std::int64_t block = 0; block * block_size < next_n(*db); ++block)
            each_list(*db, block,
                      [&](std::int64_t place, kernel::View list) { out[place].assign(list.begin(), list.end()); });
        return out;
    }

    Asked query(const std::string& text) {
        Asked asked;
        asked.query = kernel::must(parse_query(text, tokenizer));
        return asked;
    }
    // Page after page.
    std::vector<Hit> all(Asked asked, int at_most = 7) {
        std::vector<Hit> out;
        auto db = database->read();
        asked.at_most = at_most;
        for (;;) {
            const Found found = find(*db, needs->server_key, asked);
            out.insert(out.end(), found.hits.begin(), found.hits.end());
            if (!found.next) return out;
            asked.cursor = Cursor::parse(found.next->text());
        }
    }
    std::vector<std::string> addresses(const std::string& text) {
        std::vector<std::string> out;
        for (const Hit& hit : all(query(text))) out.push_back(address(hit.matter));
        return out;
    }
    // Reads every entry and every matter, with no index at all.
    std::vector<Hit> slowly(const Asked& asked) {
        auto db = database->read();
        std::vector<std::pair<Matter, kernel::Instant>> matters;
        for (std::int64_t from = 0;;) {
            const auto some = ledger::entries(*db, from, 500);
            if (some.empty()) break;
            for (const ledger::Entry& e : some)
                for (const Matter& m : touched(*db, e))
                    if (std::none_of(matters.begin(), matters.end(), [&](const auto& one) { return one.first == m; }))
                        matters.emplace_back(m, e.time);
            from = some.back().index + 1;
        }
        std::vector<Hit> out;
        for (std::size_t n = 0; n < matters.size(); ++n) {
            const auto& [m, came] = matters[n];
            const auto doc = document(*db, m);
            const kernel::Day day = kernel::local_day(came);
            if (!doc || !fits(asked, m, doc->attributes) || (asked.from && day < *asked.from) ||
                (asked.until && *asked.until < day))
                continue;
            const Words words(doc->texts, asked.query, tokenizer);
            if (words.match()) out.push_back({static_cast<std::int64_t>(n), m, came, words.score()});
        }
        std::sort(out.begin(), out.end(), [&](const Hit& a, const Hit& b) { return goes_before(asked.order, a, b); });
        return out;
    }
    static std::string shown(const std::vector<Hit>& hits) {
        std::string out;
        for (const Hit& hit : hits)
            out += std::to_string(hit.n) + address(hit.matter) + "=" + std::to_string(hit.score) + " ";
        return out;
    }

    people::UnitId roads, parks;
    people::CycleId desk, round;
    dialogue::DialogueId talk;
    decision::BodyId council;
    std::map<std::int64_t, people::Actor> authors;
    std::int64_t speakers = 0;
    text::Tokenizer tokenizer;
};

}  // namespace search
