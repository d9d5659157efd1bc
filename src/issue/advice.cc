// 问计: what would you do?
#include "advice.h"

#include <db/database.h>
#include <ledger/ledger.h>

#include "change.h"
#include "rules.h"

namespace issue {
namespace {

kernel::Result<Issue> asking(db::Connection& db, IssueId id) {
    auto found = issue(db, id);
    if (!found) return kernel::refuse(kernel::Code::not_found, "issue.unknown");
    if (auto asked = rules::takes_advice(*found); !asked) return asked.error();
    return *std::move(found);
}

}  // namespace

kernel::Result<voice::Received> advise(const people::Needs& needs, const people::Actor& actor, IssueId id,
                                       const Advice& advice, Once once) {
    voice::Draft draft;
    {
        auto db = needs.database.read();
        const auto found = asking(*db, id);
        if (!found) return found.error();
        draft.cycle = cycle::accepts_voices(*db, found->cycle) ? found->cycle : cycle::standing_desk(*db).id;
        draft.sample = found->sample;
    }
    draft.kind = voice::Kind::suggestion;
    draft.audience = advice.audience, draft.way = advice.way;
    draft.text = advice.text, draft.lang = advice.lang;
    return voice::receive(
        needs, actor, draft, once, nullptr,
        [id](ledger::Writing& w, voice::VoiceId said, const voice::Draft&) {
            w.append(change::encode(change::Advised{id, said}, w.next_index()));
        },
        // The body may have decided since the page was shown.
        [id](ledger::Writing& w) -> kernel::Checked {
            const auto still = asking(w.db(), id);
            return still ? kernel::Checked() : still.error();
        });
}

}  // namespace issue
