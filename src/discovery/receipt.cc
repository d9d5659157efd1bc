// After sending: who else said so, and how to join them.
#include <kernel/text.h>
#include <page/page.h>

#include "live.h"

namespace discovery {

page::Html part_of_receipt(const http::Request& r, db::Connection& db, const Live& live, const Hooks& hooks,
                           std::int64_t entry) {
    const auto own = voice::voice(db, voice::VoiceId(entry));
    if (!own || own->shown != voice::Shown::published || own->text.empty()) return {};
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
        if (hooks.join) d.set("join", hooks.join(r, db, one.voice));
        rows.push_back(std::move(d));
    }
    if (rows.empty()) return {};
    return page::render(lang, "discovery/receipt.html", page::Data().set("rows", std::move(rows)));
}

}  // namespace discovery
