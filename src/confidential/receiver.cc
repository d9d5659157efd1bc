// Acts of receivers, who have shown their passphrase.
#include <algorithm>

#include <db/database.h>
#include <kernel/text.h>

#include "acts.h"
#include "store.h"

namespace confidential {
namespace {

Content said_by(const people::Needs& needs, const Reader& reader, Act act, std::string_view text) {
    Content content;
    content.act = act;
    content.at = kernel::whole_minute(needs.clock.now());
    content.by = reader.officer;
    content.text = text;
    content.lang = reader.lang;
    return content;
}

// As the officer is now: somebody who receives no more may read what they have, and say nothing more.
bool receives(db::Connection& db, people::OfficerId officer) {
    const std::vector<Receiver> all = receivers(db);
    return std::any_of(all.begin(), all.end(), [&](const Receiver& r) { return r.officer == officer && r.ready(); });
}

kernel::Checked say(const people::Needs& needs, const Reader& reader, MatterId id, std::string_view text,
                    const kernel::Hash& once, const Make& make) {
    if (auto good = kernel::need_text(text, "text", max_text, "confidential.text_missing"); !good) return good;
    std::optional<std::string> tag;
    {
        auto db = needs.database.read();
        if (!receives(*db, reader.officer)) return unknown_matter();
        tag = tag_of(*db, id);
    }
    if (!tag) return unknown_matter();
    const auto made = act_on(needs, *tag, waiting_key(needs, once), make);
    return made ? kernel::Checked() : made.error();
}

using Rule = kernel::Result<change::Facts> (*)(const rules::Standing&, people::OfficerId, const rules::Days&);

kernel::Checked say_by_rule(const people::Needs& needs, const Reader& reader, MatterId id, Act act,
                            std::string_view text, const kernel::Hash& once, Rule rule) {
    return say(needs, reader, id, text, once,
               [&](db::Connection& db, const Matter& m, change::Facts& facts) -> kernel::Result<Content> {
                   const auto next = rule(standing(m), reader.officer, days_at(needs, db));
                   if (!next) return next.error();
                   facts = *next;
                   return said_by(needs, reader, act, text);
               });
}

}  // namespace

kernel::Checked reply(const people::Needs& needs, const Reader& reader, MatterId id, std::string_view text,
                      const kernel::Hash& once) {
    return say_by_rule(needs, reader, id, Act::reply, text, once, rules::reply);
}

kernel::Checked close(const people::Needs& needs, const Reader& reader, MatterId id, std::string_view text,
                      const kernel::Hash& once) {
    return say_by_rule(needs, reader, id, Act::closed, text, once, rules::close);
}

std::vector<Receiver> others(db::Connection& db, const Thread& thread) {
    const Content* const opened = thread.opened();
    if (!opened) return {};
    std::vector<Receiver> all = opened->retaliation_of.empty() ? outside(db, opened->units) : above(db, opened->units);
    std::erase_if(all, [&](const Receiver& r) {
        return thread.matter.received_by(r.officer) ||
               std::find(opened->struck.begin(), opened->struck.end(), r.officer) != opened->struck.end();
    });
    return all;
}

kernel::Checked hand_over(const people::Needs& needs, const Reader& reader, MatterId id, people::OfficerId to,
                          std::string_view reason, const kernel::Hash& once) {
    return say(needs, reader, id, reason, once,
               [&](db::Connection& db, const Matter& m, change::Facts& facts) -> kernel::Result<Content> {
                   const auto next = rules::hand_over(standing(m), reader.officer, to, days_at(needs, db));
                   if (!next) return next.error();
                   const Thread thread = opened_by_receiver(m, reader.officer, reader.key);
                   const auto offered = others(db, thread);
                   if (std::none_of(offered.begin(), offered.end(), [&](const Receiver& r) { return r.officer == to; }))
                       return kernel::invalid("to", "confidential.receiver_not_offered");
                   facts = *next;
                   Content content = said_by(needs, reader, Act::handed_over, reason);
                   content.to = to;
                   content.keys = thread.keys();
                   return content;
               });
}

}  // namespace confidential
