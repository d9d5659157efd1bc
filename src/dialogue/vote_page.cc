// The page on which people vote: one statement at a time, what they add, and what came of it.
#include <algorithm>

#include <kernel/bytes.h>

#include "pages.h"
#include "store.h"

namespace dialogue {
namespace {

using page::Data;
using page::Lang;

// "You agreed with …": the vote just given, with the way back.
void set_last(Lang lang, const http::Request& r, db::Connection& db, const Dialogue& d,
              std::optional<people::ParticipantId> who, Data& data) {
    const auto last = id_asked(r, "last");
    const auto found = last ? statement(db, *last) : std::nullopt;
    if (!found || found->dialogue != d.id || found->state != State::accepted || !who) return;
    const auto choice = vote_of(db, *who, *last);
    Data shown = statement_data(lang, db, *found);
    shown.set("what", choice ? page::say(lang, "dialogue.you_" + std::string(name(*choice)))
                             : page::say(lang, "dialogue.you_took_back"));
    shown.set("voted", choice.has_value());
    const auto receipt = kernel::parse_index(r.asked("receipt").value_or(""));
    shown.set("receipt", receipt ? "/receipts/" + std::to_string(*receipt) : "");
    data.set("last", std::move(shown));
}

// Drawn anew after each vote, and the same when the page is only read again.
std::optional<StatementId> drawn(const http::Request& r, db::Connection& db, const Dialogue& d, const Hooks& hooks,
                                 std::optional<people::ParticipantId> who, std::int64_t done) {
    constexpr int candidates = 8;
    if (!hooks.next) return std::nullopt;
    const kernel::Hash hash = kernel::sha256(kernel::view(std::string(r.need_visitor()) + "/" + std::to_string(done)));
    std::uint64_t seed = 0;
    for (std::size_t i = 0; i < 8; ++i) seed = seed << 8 | hash[i];
    for (const StatementId id : hooks.next(db, d.id, who, seed, candidates)) {
        const auto found = statement(db, id);
        if (found && found->state == State::accepted && !(who && vote_of(db, *who, id))) return id;
    }
    return std::nullopt;
}

void set_card(Lang lang, const http::Request& r, db::Connection& db, const Dialogue& d,
              std::optional<people::ParticipantId> who, const Hooks& hooks, Data& data) {
    const std::int64_t open = figures(db, d.id).accepted, done = who ? votes_of(db, *who, d.id) : 0;
    data.set("open", page::number(lang, open)).set("none_open", open == 0);
    const auto asked = id_asked(r, "after");
    const auto from = asked ? *asked : id_asked(r, "last").value_or(first_for(r.need_visitor(), db, d));
    auto next = asked ? std::nullopt : drawn(r, db, d, hooks, who, done);
    if (!next)
        if (const auto any = unvoted(db, d.id, who, from, 1); !any.empty()) next = any.front();
    if (next) {
        Data card = statement_data(lang, db, statement(db, *next).value());
        // At most: a vote on a statement that was set aside later still counts as done.
        card.set("done", page::number(lang, std::min(done, open)));
        data.set("card", std::move(card));
    }
    data.set("all_done", !next && open > 0);
}

}  // namespace

page::Page vote_page(const http::Request& r, db::Connection& db, const Dialogue& d,
                     std::optional<people::ParticipantId> who, page::Form form, const Hooks& hooks,
                     const std::vector<StatementId>& alike) {
    const Lang lang = page::lang_of(r);
    Data data = dialogue_data(lang, d);
    const auto open = accepts_votes(db, d);
    data.set("takes_votes", open.has_value()).set("shut", open ? "" : page::say(lang, open.error()));
    data.set("moderated", d.admission == Admission::moderated);
    set_last(lang, r, db, d, who, data);
    if (open) set_card(lang, r, db, d, who, hooks, data);
    const people::Actor actor = people::actor(r);
    const cycle::Cycle round = cycle::cycle(db, d.cycle).value();
    data.set("may_run", cycle::may_run(actor, round).has_value())
        .set("may_moderate", actor.has(people::Role::moderator));
    data.set("figures", figure_rows(lang, db, d)).set("counted", counted_at(lang, db));
    const std::vector<Happened> events = history(db, d.id.value());
    data.set("history", history_html(lang, db, events));
    if (hooks.map) data.set("map", hooks.map(r, db, d));
    if (hooks.words) data.set("about_words", hooks.words(r, db, people::entries_of(events)));
    std::vector<Data> like;
    for (const StatementId id : alike)
        if (const auto found = statement(db, id)) {
            Data row = statement_data(lang, db, *found);
            row.set("vote_on", address(d.id) + "?after=" + std::to_string(id.value() - 1));
            like.push_back(std::move(row));
        }
    if (!like.empty()) data.set("like", Data().set("statements", std::move(like)));
    form.fill(lang, data, {"text"});
    page::Page p = in_round(d, title_of(lang, d), page::render(lang, "dialogue/show.html", data));
    p.scripts = {"dialogue_vote"};
    return p;
}

}  // namespace dialogue
