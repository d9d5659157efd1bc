#include "there.h"

#include <kernel/json.h>

#include "show_page.h"

namespace voice {
namespace {

std::string came_words(page::Lang lang, Before how) {
    return page::say(lang, "voice.before_" + std::string(name(how)));
}

std::optional<change::Counted> term_of(db::Connection& db, VoiceId id) {
    const std::optional<ledger::Entry> entry = ledger::entry(db, id.value());
    if (!entry) return std::nullopt;
    const change::Change change = change::decode(*entry);
    const auto* imported = std::get_if<change::Imported>(&change);
    return imported && imported->before ? imported->before->term : std::nullopt;
}

}  // namespace

void set_there(page::Data& data, page::Lang lang, db::Connection& db, const Case& c, bool with_words) {
    if (!c.before) return;
    const std::optional<There> there = find_there(db, c.id);
    if (!there) return;
    const auto day = [&](const std::optional<kernel::Day>& d) { return d ? page::full_date(lang, *d) : std::string(); };
    page::Data d;
    d.set("came", came_words(lang, there->came)).set("replied_on", day(there->replied_on)).set("due", day(there->due));
    d.set("rating", there->rating ? page::say(lang, "voice.there_stars", {{"n", std::to_string(*there->rating)}})
                                  : std::string());
    if (with_words) {
        const std::optional<change::Words> words = find_words(db, c.id);
        d.set("named", there->named).set("number", there->number).set("has_reply", !there->reply.empty());
        d.set("reply", page::own_words(there->reply, words ? words->lang : "und"));
    }
    if (const auto counted = term_of(db, c.id)) d.set("counted", counted_part(lang, *counted));
    data.set("there", std::move(d));
}

kernel::Json there_as_json(db::Connection& db, const Case& c) {
    const std::optional<There> there = c.before ? find_there(db, c.id) : std::nullopt;
    if (!there) return {};
    const auto day = [](const std::optional<kernel::Day>& d) {
        return d ? kernel::Json(kernel::iso(*d)) : kernel::Json();
    };
    const auto word = [&](const std::string& text) { return c.is_public() ? text : std::string(); };
    kernel::Json json;
    json.set("replied_on", day(there->replied_on)).set("due", day(there->due));
    json.set("rating", there->rating ? kernel::Json(*there->rating) : kernel::Json());
    json.set("reply", word(there->reply)).set("number", word(there->number)).set("unit_said", word(there->named));
    return json;
}

}  // namespace voice
