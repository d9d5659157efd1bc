// What voice's pages show of this feature.
#include <db/database.h>
#include <ledger/ledger.h>

#include "pages.h"

namespace desk {

std::shared_ptr<const voice::Workbench> workbench(const people::Needs& needs) {
    auto made = std::make_shared<voice::Workbench>();
    made->part = [](const http::Request& r, db::Connection& db, const people::Actor&, const voice::DeskCase& c) {
        return case_part(r, db, c);
    };
    made->help = [&needs](const http::Request& r, db::Connection& db, const people::Actor& actor,
                          const voice::DeskCase& c) {
        return help(r, db, actor, c, kernel::local_day(needs.clock.now()));
    };
    made->hand_in = [](const people::Needs& with, const people::Actor& actor, voice::VoiceId id, voice::Answer answer,
                       std::string_view text, std::optional<kernel::Day> by, const voice::Sent& sent) {
        const auto done = hand_in(with, actor, id, answer, text, by, sent);
        return done ? kernel::Checked() : done.error();
    };
    made->mark = [](page::Lang lang, db::Connection& db, voice::VoiceId id) -> std::string {
        const auto newest = newest_draft(db, id);
        if (!newest) return {};
        if (newest->state == DraftState::waits) return page::say(lang, "desk.draft_waits");
        return newest->state == DraftState::returned ? page::say(lang, "desk.draft_returned") : std::string();
    };
    made->views = {{"/desk/drafts", "desk.drafts"}, {"/desk/templates", "desk.templates"}};
    return made;
}

}  // namespace desk
