#include "pages.h"

#include <algorithm>

#include <kernel/text.h>
#include <ledger/ledger.h>

#include "public_words.h"

namespace claim {
namespace {

using page::Data;
using page::Lang;

constexpr std::string_view list = "claims";  // its id on both pages
constexpr int shown_on_an_entry = 20, shown_on_a_desk = 50;
constexpr std::size_t excerpt = 160;  // code points

std::string entry_address(std::int64_t entry) { return "/entries/" + std::to_string(entry); }

std::string title_of(Lang lang, std::int64_t index, const std::optional<ledger::Entry>& entry) {
    return page::say(
        lang, "claim.words_of",
        {{"n", std::to_string(index)}, {"kind", entry ? people::kind_words(lang, entry->kind) : std::string()}});
}

std::optional<ClaimId> asked_after(const http::Request& r) {
    const auto id = page::index_after(r, list);
    return id ? std::optional(ClaimId(*id)) : std::nullopt;
}

// Links to the other pages; drops the claim that is one too many.
page::Html turning(const http::Request& r, std::string path, std::vector<Claim>& claims, int most) {
    return page::turning(r, {std::move(path), std::string(list)}, claims, most,
                         [](const Claim& c) { return std::to_string(c.id.value()); });
}

// Facts of the entry, else of the one that made its matter.
const kernel::Json& fact(const ledger::Entry& entry, const std::optional<ledger::Entry>& matter,
                         std::string_view member) {
    const kernel::Json& own = entry.facts[member];
    return own.is_null() && matter ? matter->facts[member] : own;
}

std::optional<ledger::Entry> matter_of(db::Connection& db, const ledger::Entry& entry) {
    return entry.subject == entry.index ? std::nullopt : ledger::entry(db, entry.subject);
}

bool is_sample(db::Connection& db, const std::optional<ledger::Entry>& entry) {
    if (!entry) return false;
    const auto matter = matter_of(db, *entry);
    const bool* sample = fact(*entry, matter, "sample").boolean();
    return sample && *sample;
}

std::string language_of(db::Connection& db, const ledger::Entry& entry) {
    const auto matter = matter_of(db, entry);
    const std::string* tag = fact(entry, matter, "lang").string();
    return tag ? *tag : std::string();
}

std::string post_of(Lang lang, db::Connection& db, people::OfficerId id) {
    const auto officer = people::officer(db, id);
    return officer ? officer->post : page::say(lang, "erasure.an_officer");
}

Data row_of(Lang lang, const Claim& c) {
    Data d;
    d.set("id", c.id.value()).set("about", c.about).set("decide", address(c.id));
    d.set("ground", page::say(lang, people::ground_key(c.ground))).set("filed", page::date_time(lang, c.at));
    return d;
}

struct Became {
    std::string_view key;
    page::Tone tone = page::Tone::neutral;
};
// A removal is another's to approve: what they did with it says what became of the claim.
Became became(const Claim& c, const std::optional<erasure::Erasure>& proposal) {
    if (!c.outcome) return {"claim.waits", page::Tone::due};
    if (*c.outcome == Outcome::stays) return {"claim.stays", page::Tone::neutral};
    if (!proposal) return {"claim.gone", page::Tone::done};
    switch (proposal->state) {
        case erasure::State::proposed:
            return {"claim.removal_proposed", page::Tone::due};
        case erasure::State::approved:
            return {"claim.removed", page::Tone::done};
        case erasure::State::refused:
            return {"claim.removal_refused", page::Tone::neutral};
        case erasure::State::withdrawn:
            break;
    }
    return {"claim.removal_withdrawn", page::Tone::neutral};
}

// What everybody may read of it: not the remark.
Data public_row(Lang lang, db::Connection& db, const Claim& c) {
    Data d = row_of(lang, c);
    const auto proposal = c.erasure ? erasure::erasure(db, *c.erasure) : std::nullopt;
    const Became now = became(c, proposal);
    d.set("state", page::state(lang, now.key, now.tone));
    if (c.decided_entry)
        d.set("decided_entry", *c.decided_entry)
            .set("decided", page::say(lang, "claim.decided_by",
                                      {{"when", page::date_time(lang, c.decided_at.value())},
                                       {"who", post_of(lang, db, c.decided_by)}}));
    if (proposal && proposal->state == erasure::State::approved)
        d.set("notice", "/erasures/" + std::to_string(proposal->id.value())).set("notice_n", proposal->id.value());
    if (proposal && proposal->ground)
        d.set("refused", page::say(lang, "erasure.ground_" + std::string(erasure::name(*proposal->ground))));
    d.set("reason", page::paragraphs(c.reason)).set("has_reason", !c.reason.empty());
    return d;
}

}  // namespace

std::string address(ClaimId id) { return "/desk/claims/" + std::to_string(id.value()); }

page::Page report_page(const http::Request& r, db::Connection& db, std::int64_t entry, page::Form form) {
    const auto found = ledger::entry(db, entry);
    page::Page shown =
        people::report_page(r, std::move(form), entry_address(entry), title_of(page::lang_of(r), entry, found));
    shown.section = "proof";
    shown.sample = is_sample(db, found);
    return shown;
}

page::Page decide_page(const http::Request& r, db::Connection& db, const Hooks& hooks, const Claim& c,
                       page::Form form) {
    const Lang lang = page::lang_of(r);
    const auto entry = ledger::entry(db, c.about);
    std::vector<page::Option> bases;
    for (erasure::Basis basis : erasure::all_bases) {
        const std::string code(erasure::name(basis));
        bases.push_back({code, page::say(lang, "erasure.basis_" + code), ""});
    }
    form.options("basis", std::move(bases));
    form.options("outcome", {{std::string(name(Outcome::stays)), page::say(lang, "claim.outcome_stays"), ""},
                             {std::string(name(Outcome::removal)), page::say(lang, "claim.outcome_removal"),
                              page::say(lang, "claim.outcome_removal_hint")}});
    Data d = row_of(lang, c);
    form.fill(lang, d, {"outcome", "basis", "reason"});
    d.set("title", title_of(lang, c.about, entry)).set("link", entry_address(c.about));
    d.set("matter", hooks.link ? hooks.link(db, c.about) : std::string());
    std::vector<Data> words;
    if (entry && entry->words)
        for (const std::string& text : texts_of(*entry->words))
            words.push_back(Data().set("text", page::own_words(text, language_of(db, *entry))));
    d.set("gone", words.empty()).set("words", std::move(words));
    d.set("remark", page::paragraphs(c.remark)).set("has_remark", !c.remark.empty());
    d.set("proposed", erasure::proposed_about(db, c.about).has_value());
    page::Page p;
    p.title = page::say(lang, "claim.decide_title");
    p.section = "work";
    p.sample = is_sample(db, entry);
    p.main = page::render(lang, "claim/decide.html", d);
    return p;
}

// ---- parts of other features' pages --------------------------------------------------------------------------------

page::Html part_of_entry(const http::Request& r, db::Connection& db, const Hooks& hooks, std::int64_t entry) {
    const Lang lang = page::lang_of(r);
    auto claims = claims_about(db, entry, asked_after(r), shown_on_an_entry + 1);
    page::Html pages = turning(r, entry_address(entry), claims, shown_on_an_entry);
    const std::int64_t all = count_about(db, entry);
    std::vector<Data> rows;
    for (const Claim& c : claims) rows.push_back(public_row(lang, db, c));
    const bool readable = !public_words(db, hooks, entry).empty();
    if (all == 0 && !readable) return {};
    Data d;
    d.set("report", readable ? entry_address(entry) + "/report" : std::string());
    d.set("has_claims", all > 0).set("claims", std::move(rows)).set("turning", std::move(pages));
    d.set("in_all", page::number(lang, all));
    return page::render(lang, "claim/entry_part.html", d);
}

page::Html part_of_matter(const http::Request& r, db::Connection& db, const Hooks& hooks,
                          std::span<const std::int64_t> entries) {
    const std::vector<std::int64_t> worded = ledger::with_served_words(db, entries);
    const auto first = std::find_if(worded.begin(), worded.end(),
                                    [&](std::int64_t entry) { return !public_words(db, hooks, entry).empty(); });
    if (first == worded.end()) return {};
    Data d;
    d.set("report", entry_address(*first) + "/report").set("more", std::next(first) != worded.end());
    return page::render(page::lang_of(r), "claim/matter_part.html", d);
}

page::Html part_of_moderation(const http::Request& r, db::Connection& db, const Hooks& hooks) {
    const Lang lang = page::lang_of(r);
    const people::Actor actor = people::actor(r);
    const std::int64_t all = open_count(db);
    if (all == 0) return {};
    auto open = open_claims(db, asked_after(r), shown_on_a_desk + 1);
    page::Html pages = turning(r, "/desk/moderation", open, shown_on_a_desk);
    std::vector<Data> rows;
    for (const Claim& c : open) {
        const auto entry = ledger::entry(db, c.about);
        Data d = row_of(lang, c);
        d.set("title", title_of(lang, c.about, entry)).set("link", entry_address(c.about));
        d.set("own", hooks.own_matter && hooks.own_matter(db, actor, c.about));
        const auto texts = entry && entry->words ? texts_of(*entry->words) : std::vector<std::string>();
        const auto longest = std::max_element(texts.begin(), texts.end(),
                                              [](const auto& a, const auto& b) { return a.size() < b.size(); });
        if (longest != texts.end())
            d.set("text", page::own_words(kernel::first_code_points(*longest, excerpt), language_of(db, *entry)));
        d.set("has_text", !texts.empty());
        d.set("remark", page::paragraphs(c.remark)).set("has_remark", !c.remark.empty());
        rows.push_back(std::move(d));
    }
    Data d;
    d.set("claims", std::move(rows)).set("turning", std::move(pages)).set("in_all", page::number(lang, all));
    return page::render(lang, "claim/desk_part.html", d);
}

}  // namespace claim
