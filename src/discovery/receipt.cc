// After sending: who else said so, and how to join them.
#include <kernel/text.h>
#include <page/page.h>
#include <voice/workbench.h>

#include "live.h"

namespace discovery {

page::Html part_of_receipt(const http::Request& r, db::Connection& db, const Live& live, const Hooks& hooks,
                           std::int64_t entry) {
    auto own = voice::voice(db, voice::VoiceId(entry));
    if (!own) return {};
    const people::Actor actor = people::actor(r);
    // Staff who typed it for somebody else join nothing as themselves; they may read it whoever else may.
    const bool typed = voice::by_hand(own->way) && people::need_staff(actor);
    if (typed)
        if (auto mine = voice::desk_case(db, actor, own->id)) own = std::move(mine->voice);
    const bool readable = own->shown == voice::Shown::published || (typed && own->shown == voice::Shown::unit_only);
    if (!readable || own->text.empty()) return {};
    const page::Lang lang = page::lang_of(r);
    std::vector<page::Data> rows;
    for (const Alike& one : alike(db, live, own->title, own->text, 3, own->id)) {
        const auto v = voice::voice(db, one.voice);
        page::Data d;
        d.set("link", "/voices/" + std::to_string(one.voice.value()));
        d.set("text", std::string(kernel::first_code_points(v->title.empty() ? v->text : v->title, 120)));
        d.set("lang", v->lang);
        d.set("people", page::say(lang, "discovery.said_by", {{"n", page::number(lang, one.people)}}));
        if (one.issue)
            if (const auto in = issue::issue(db, *one.issue))
                d.set("issue", page::Data()
                                   .set("link", "/issues/" + std::to_string(in->id.value()))
                                   .set("title", in->title)
                                   .set("lang", in->lang));
        if (typed)
            d.set("desk", voice::address_of_joining(db, actor, own->id, one.voice).value_or(""));
        else if (hooks.join)
            d.set("join", hooks.join(r, db, one.voice));
        rows.push_back(std::move(d));
    }
    if (rows.empty()) return {};
    return page::render(lang, "discovery/receipt.html", page::Data().set("typed", typed).set("rows", std::move(rows)));
}

}  // namespace discovery
