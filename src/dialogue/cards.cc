// Voting where people are already: cards on the pages of others, whose forms carry no token, because such pages are
// kept for everybody. A browser that says that the form stood on this site votes with one tap; any other is asked once
// more, on a page with a token.
#include <ledger/ledger.h>

#include "pages.h"
#include "store.h"

namespace dialogue {
namespace {

using page::Data;
using page::Lang;

// What this browser said last, when the address names it.
void set_voted(Lang lang, const http::Request& r, db::Connection& db, const Dialogue& d, people::ParticipantId who,
               Data& data) {
    const auto asked = id_asked(r, "voted");
    const auto found = asked ? statement(db, *asked) : std::nullopt;
    if (!found || found->dialogue != d.id || found->state != State::accepted) return;
    const auto choice = vote_of(db, who, *asked);
    if (!choice) return;
    Data shown = statement_data(lang, db, *found);
    shown.set("what", page::say(lang, "dialogue.you_" + std::string(name(*choice))));
    const auto receipt = kernel::parse_index(r.asked("receipt").value_or(""));
    shown.set("receipt", receipt ? "/receipts/" + std::to_string(*receipt) : "");
    shown.set("change", address(d.id) + "?last=" + std::to_string(asked->value()));
    data.set("voted", std::move(shown));
}

}  // namespace

bool has_spoken(const http::Request& r, db::Connection& db, const people::Needs& needs, CycleId cycle) {
    return visitor(r, db, needs, cycle).has_value();
}

page::Html cards(const http::Request& r, db::Connection& db, const people::Needs& needs, DialogueId id, int at_most,
                 std::string_view back) {
    const Lang lang = page::lang_of(r);
    const auto d = dialogue(db, id);
    if (!d || !accepts_votes(db, *d)) return {};
    const auto who = visitor(r, db, needs, d->cycle);
    Data data = dialogue_data(lang, *d);
    // Everybody who has said nothing yet sees the same cards, and others after the next entry of the log.
    const std::string from = who ? r.need_visitor() : std::to_string(ledger::size(db));
    std::vector<Data> rows;
    for (StatementId next : unvoted(db, id, who, first_for(from, db, *d), at_most)) {
        rows.push_back(statement_data(lang, db, statement(db, next).value()));
        rows.back().set("back", back).set("vote_link", address(next) + "/vote");
    }
    if (who) set_voted(lang, r, db, *d, *who, data);
    const std::int64_t open = figures(db, id).accepted;
    data.set("all_done", rows.empty() && open > 0).set("none_open", open == 0);
    data.set("has_cards", !rows.empty()).set("cards", std::move(rows));
    return page::render(lang, "dialogue/cards.html", data);
}

page::Page confirm_page(const http::Request& r, db::Connection& db, const Statement& s, Choice choice,
                        std::string_view back) {
    const Lang lang = page::lang_of(r);
    const Dialogue d = dialogue(db, s.dialogue).value();
    Data data = statement_data(lang, db, s);
    data.set("dialogue", dialogue_data(lang, d)).set("vote_link", address(d.id) + "/vote").set("back", back);
    data.set("vote", name(choice)).set("button", page::say(lang, "dialogue." + std::string(name(choice))));
    page::Form(r).fill(lang, data, {});
    page::Page p;
    p.title = page::say(lang, "dialogue.confirm_title");
    p.section = "cycles";
    p.sample = d.sample;
    p.main = page::render(lang, "dialogue/confirm.html", data);
    return p;
}

}  // namespace dialogue
