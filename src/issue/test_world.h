// For this module's tests: an organisation with staff, the standing desk, one round that asks, with messages and a
// dialogue, on a fresh place of one engine.
#pragma once
#include <string>
#include <vector>

#include <cycle/testing.h>
#include <dialogue/dialogue.h>
#include <people/testing.h>
#include <survey/survey.h>
#include <voice/voice.h>

#include "issue.h"

namespace issue {

struct World : people::TestOrganisation {
    explicit World(db::Engine engine)
        : TestOrganisation(engine,
                           {cycle::add_kinds, voice::add_kinds, dialogue::add_kinds, survey::add_kinds, add_kinds}) {
        cycle::set_gates({gate()});
        using people::Role;
        for (auto [login, role] : {std::pair{"head", Role::head},
                                   {"clerk", Role::clerk},
                                   {"officer", Role::officer},
                                   {"moderator", Role::moderator}})
            must(people::add_officer(*needs, root, login, login, {role}, false));
        must(cycle::open_standing_desk(*needs, "Desk", "en"));
        round = cycle::asking_round(*needs, as("head"), root);
        talk = must(dialogue::open(*needs, as("head"), {round, "What should change?", "", "en"}));
    }
    ~World() { cycle::set_gates({}); }

    voice::VoiceId say(const std::string& who, const std::string& text, std::optional<people::CycleId> in = {}) {
        voice::Draft draft;
        draft.cycle = in.value_or(round);
        draft.text = text;
        draft.lang = "en";
        return must(voice::receive(*needs, visitor(who), draft, std::nullopt)).id;
    }
    dialogue::StatementId state(const std::string& text) {
        return must(dialogue::seed(*needs, as("head"), talk, text, "en"));
    }
    // Each answers with one text; the survey is closed afterwards.
    std::vector<AnswerId> write(const std::vector<std::string>& texts) {
        survey::Draft draft;
        draft.cycle = round, draft.title = "Buses", draft.lang = "en", draft.closes = today() + 7;
        survey::Question asked;
        asked.type = survey::Type::text, asked.text = "What else?";
        draft.questions = {asked};
        const auto id = must(survey::draft(*needs, as("clerk"), draft));
        must(survey::open(*needs, as("clerk"), id));
        std::vector<AnswerId> all;
        for (const std::string& text : texts)
            all.push_back({*must(survey::answer(*needs, visitor("survey" + text), id, {{{1}, text}}, {})).entry, 1});
        must(survey::close(*needs, as("clerk"), id, "enough"));
        return all;
    }
    IssueId suggested(const std::string& title = "Late buses") {
        return must(suggest(*needs, as("officer"), {round, title, "They come late", "en"}));
    }
    Issue get(IssueId id) { return issue(*database->read(), id).value(); }

    people::CycleId round;
    dialogue::DialogueId talk;
};

}  // namespace issue
