// Acts of the author: anybody who has the code.
#include <algorithm>

#include <db/database.h>
#include <kernel/text.h>

#include "acts.h"
#include "store.h"

namespace confidential {
namespace {

kernel::Checked need_words(std::string_view text) {
    return kernel::need_text(text, "text", max_text, "confidential.text_missing");
}

std::vector<people::OfficerId> struck_of(const std::vector<Receiver>& offered, const std::vector<Receiver>& left) {
    std::vector<people::OfficerId> struck;
    for (const Receiver& r : offered)
        if (std::find(left.begin(), left.end(), r) == left.end()) struck.push_back(r.officer);
    return struck;
}

// A new matter, under a new code.
kernel::Result<Sent> open_matter(const people::Needs& needs, const Draft& draft, const std::vector<Receiver>& offered,
                                 Content content, const kernel::Hash& once) {
    const auto to = rules::chosen(offered, draft.receivers);
    if (!to) return to.error();
    if (auto good = need_words(draft.text); !good) return good.error();
    if (auto good = kernel::check_length(draft.place, "place", max_place); !good) return good.error();
    const kernel::Code25 code = kernel::Code25::random();
    content.act = Act::opened;
    content.at = kernel::whole_minute(needs.clock.now());
    content.text = draft.text;
    content.place = draft.place;
    content.lang = draft.lang;
    content.kind = draft.kind;
    content.units = draft.units;
    content.struck = struck_of(offered, *to);
    change::Facts facts;
    std::optional<kernel::Result<Sealed>> made;
    {
        auto db = needs.database.read();
        facts = rules::opened(tag_of(needs.server_key, code), *to, days_at(needs, *db));
        made = sealed(*db, facts, author_key(code).public_key(), content);
    }
    if (!*made) return made->error();
    const auto enters = put(needs, waiting_key(needs, once), facts, (*made)->words);
    if (!enters) return enters.error();
    return Sent{code.in_fives(), code.words(), promise(needs, (*made)->words, *enters)};
}

}  // namespace

std::optional<Thread> thread(const people::Needs& needs, db::Connection& db, const kernel::Code25& code) {
    auto found = matter(db, tag_of(needs.server_key, code));
    if (!found) return std::nullopt;
    return opened_by_author(*std::move(found), author_key(code));
}

kernel::Result<Sent> send(const people::Needs& needs, const Draft& draft, const kernel::Hash& once) {
    std::vector<Receiver> offered;
    {
        auto db = needs.database.read();
        for (const people::UnitId unit : draft.units)
            if (!people::unit(*db, unit)) return kernel::invalid("units", "people.unit_unknown");
        offered = outside(*db, draft.units);
    }
    return open_matter(needs, draft, offered, {}, once);
}

kernel::Result<Sent> send_retaliation(const people::Needs& needs, const kernel::Code25& code, const Draft& draft,
                                      const kernel::Hash& once) {
    Draft asked = draft;
    Content content;
    std::vector<Receiver> offered;
    {
        auto db = needs.database.read();
        const auto first = thread(needs, *db, code);
        if (!first) return code_wrong();
        const Content* opened = first->opened();
        if (!opened) return kernel::refuse(kernel::Code::conflict, "confidential.erased");
        asked.units = opened->units;
        content.retaliation_of = first->matter.tag;
        content.keys = first->keys();
        offered = above(*db, opened->units);
    }
    if (offered.empty()) return kernel::refuse(kernel::Code::conflict, "confidential.nobody_above");
    return open_matter(needs, asked, offered, std::move(content), once);
}

kernel::Result<std::string> add_word(const people::Needs& needs, const kernel::Code25& code, std::string_view text,
                                     std::string_view lang, const kernel::Hash& once) {
    if (auto good = need_words(text); !good) return good.error();
    const auto made = act_on(needs, tag_of(needs.server_key, code), waiting_key(needs, once),
                             [&](db::Connection& db, const Matter& m, change::Facts& facts) -> kernel::Result<Content> {
                                 const auto next = rules::word(standing(m), days_at(needs, db));
                                 if (!next) return next.error();
                                 facts = *next;
                                 Content content;
                                 content.act = Act::word;
                                 content.at = kernel::whole_minute(needs.clock.now());
                                 content.text = text;
                                 content.lang = lang;
                                 return content;
                             });
    if (!made) return made.error().code == kernel::Code::not_found ? code_wrong() : made.error();
    return promise(needs, made->words, made->enters);
}

}  // namespace confidential
