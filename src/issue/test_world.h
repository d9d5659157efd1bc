// For this module's tests: its register, whose gate holds, on a fresh place of one engine.
#pragma once
#include <string>

#include "testing.h"

namespace issue {

struct World : TestRegister {
    explicit World(db::Engine engine)
        : TestRegister(engine,
                       {cycle::add_kinds, voice::add_kinds, dialogue::add_kinds, survey::add_kinds, add_kinds}) {
        cycle::set_gates({gate()});
    }
    ~World() { cycle::set_gates({}); }

    using TestRegister::say;
    voice::VoiceId say(const std::string& who, const std::string& text, std::optional<people::CycleId> in = {}) {
        return say(who, "", text, in);
    }
    IssueId suggested(const std::string& title = "Late buses") {
        return must(suggest(*needs, as("officer"), {round, title, "They come late", "en"}));
    }
    Issue get(IssueId id) { return issue(*database->read(), id).value(); }
};

}  // namespace issue
