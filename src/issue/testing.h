// For the tests of this feature and of those above: an organisation with staff, the standing desk and one round that
// asks, with messages, a dialogue and surveys.
#pragma once
#include <initializer_list>
#include <string>
#include <vector>

#include <cycle/testing.h>
#include <dialogue/dialogue.h>
#include <people/testing.h>
#include <survey/survey.h>
#include <voice/voice.h>

#include "issue.h"

namespace issue {

struct TestRegister : people::TestOrganisation {
    TestRegister(db::Engine engine, std::initializer_list<AddKinds> above) : TestOrganisation(engine, above) {
        using people::Role;
        for (auto [login, role] : {std::pair{"head", Role::head},
                                   {"clerk", Role::clerk},
                                   {"officer", Role::officer},
                                   {"moderator", Role::moderator}})
            officer(root, login, {role});
        desk = must(cycle::open_standing_desk(*needs, "Desk", "en"));
        round = cycle::asking_round(*needs, as("head"), root);
        talk = must(dialogue::open(*needs, as("head"), {round, "What should change?", "", "en"}));
    }

    voice::VoiceId say(const std::string& who, const std::string& title, const std::string& text,
                       std::optional<people::CycleId> in = {}, voice::Audience audience = voice::Audience::open) {
        voice::Draft draft;
        draft.cycle = in.value_or(round), draft.audience = audience;
        draft.title = title, draft.text = text, draft.lang = "en";
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

    people::CycleId desk, round;
    dialogue::DialogueId talk;
};

}  // namespace issue
