#include "show_page.h"

#include <preset/preset.h>

#include <algorithm>

namespace voice {
namespace {

using http::Request;
using page::Data;
using page::Lang;

bool is_one_of(What what, std::initializer_list<What> these) {
    return std::find(these.begin(), these.end(), what) != these.end();
}

std::string author_words(Lang lang, db::Connection& db, const Case& c) {
    if (c.rating && c.solved) return verdict_words(lang, db, c.rating, c.solved, c.rating_unit);
    if (c.state == State::closed_unrated) return page::say(lang, "voice.verdict_silent");
    if (c.state == State::withdrawn) return page::say(lang, "voice.verdict_withdrawn");
    if (c.state == State::answered && c.term)
        return page::say(lang, c.typist ? "voice.verdict_call_until" : "voice.verdict_until",
                         {{"day", page::full_date(lang, *c.term)}});
    return page::say(lang, "voice.verdict_none");
}

std::string agreement_words(Lang lang, const Case& c) {
    return c.agreement ? page::say(lang, "voice.agreement_" + std::string(name(*c.agreement))) : std::string();
}

std::string unit_words(Lang lang, const Case& c) {
    if (!c.answer) return page::say(lang, "voice.verdict_unanswered");
    std::string words = label(lang, "answer", *c.answer);
    if (c.promised)
        words =
            page::say(lang, "voice.verdict_promised", {{"answer", words}, {"day", page::full_date(lang, *c.promised)}});
    return words;
}

std::string gap_key(const Case& c) {
    if (!c.answer) return "voice.gap_unanswered";
    if (!c.solved) return c.state == State::closed_unrated ? "voice.gap_silent" : "voice.gap_open";
    const bool claims = *c.answer != Answer::cannot;
    if (claims == *c.solved) return "voice.gap_none";
    return claims ? "voice.gap_not_solved" : "voice.gap_solved_anyway";
}

page::Html verdicts_of(Lang lang, db::Connection& db, const Case& c) {
    if (c.state == State::noted || c.state >= State::split) return {};  // what they say stands with the parts
    return page::verdicts(lang, {page::say(lang, "voice.unit_says"), unit_words(lang, c), {}},
                          {page::say(lang, "voice.author_says"), author_words(lang, db, c), {}},
                          page::say(lang, gap_key(c)));
}

std::string when_words(Lang lang, const Case& c, const InForce& now, kernel::Day today) {
    switch (c.state) {
        case State::received:
        case State::assigned:
            return due_words(lang, now.calendar, c.due.value(), today);
        case State::joined:
            return due_words(lang, now.calendar, c.due.value(), today);
        case State::asked_back:
            return page::say(lang, "voice.until", {{"day", page::full_date(lang, c.next_day.value() + -1)}});
        case State::answered:
        case State::rated:
            return page::say(lang, "voice.until", {{"day", page::full_date(lang, c.term.value())}});
        case State::closed:
        case State::closed_unrated:
        case State::withdrawn:
        case State::noted:
        case State::split:
        case State::put_back:
            return {};
    }
    return {};
}

void set_next(Data& data, Lang lang, db::Connection& db, const Case& c, const std::vector<Step>& steps,
              const InForce& now, kernel::Day today) {
    const bool other = c.paused_otherwise();
    const bool call = (c.state == State::answered && c.typist) || (c.state == State::rated && c.rating_unit);
    data.set("next",
             page::say(lang, "voice.next_" + std::string(other ? "paused" : name(c.state)) + (call ? "_call" : ""),
                       {{"unit", unit_name(db, c.unit)},
                        {"reason", other ? preset::reason_words(lang, *c.pause) : ""},
                        {"other", c.joined_to ? number_words(lang, *c.joined_to)
                                  : c.part_of ? number_words(lang, *c.part_of)
                                              : ""}}));
    data.set("by_when", when_words(lang, c, now, today));
    const bool owed = c.open() || c.state == State::joined;
    data.set("late", owed && c.state != State::asked_back && c.due && today > *c.due);
    if (c.state == State::joined)
        data.set("act_link", address(*c.joined_to)).set("act_words", page::say(lang, "voice.joined_link"));
    if (c.state == State::put_back)
        data.set("act_link", address(*c.part_of)).set("act_words", page::say(lang, "voice.to_whole"));
    if (c.state == State::answered && !c.typist)
        data.set("act_link", address(c.id) + "/author").set("act_words", page::say(lang, "voice.rate_link"));
    if (c.state == State::asked_back && !other)
        data.set("act_link", address(c.id) + "/author").set("act_words", page::say(lang, "voice.reply_link"));
    const std::optional<change::Counted> counted = owed ? counted_of(db, c, steps) : std::nullopt;
    if (!counted) return;
    data.set("counted", counted_part(lang, *counted));
}

// What stands in place of words that are not for everybody.
void set_notice(Data& data, Lang lang, db::Connection& db, const Case& c, const Voice& v,
                const std::vector<Step>& steps, bool erased) {
    data.set("instead", instead_of_words(lang, v, c.held_until, erased));
    if (c.shown != Shown::hidden && c.shown != Shown::held) return;
    if (c.master) data.set("master", address(*c.master)).set("master_words", number_words(lang, *c.master));
    for (const Step& s : steps) {
        if (s.entry != c.hidden_entry) continue;
        data.set("remark", s.text.value_or("")).set("by", post_of(db, s.officer));
        data.set("entry", std::to_string(s.entry)).set("entry_link", entry_address(s.entry));
    }
}

}  // namespace

page::Html parts_of_whole(Lang lang, db::Connection& db, const Case& c, std::string_view folder) {
    std::vector<Data> rows;
    for (Voice& v : parts_of(db, c.id)) {
        Data row;
        row.set("link", std::string(folder) + std::to_string(v.id.value())).set("text", excerpt(lang, v));
        row.set("lang", v.text.empty() ? std::string(page::tag(lang)) : v.lang).set("state", state_of(lang, v));
        row.set("number", number_words(lang, v.id)).set("kind", label(lang, "kind", v.kind));
        row.set("unit", unit_name(db, v.unit));
        row.set("verdict", verdict_words(lang, db, v.rating, v.solved, v.rating_unit));
        rows.push_back(std::move(row));
    }
    Data d;
    d.set("has_parts", !rows.empty()).set("rows", std::move(rows));
    if (c.part_of)
        d.set("whole", std::string(folder) + std::to_string(c.part_of->value()))
            .set("whole_words", page::say(lang, "voice.part_of", {{"other", number_words(lang, *c.part_of)}}));
    return page::render(lang, "voice/split_list.html", d);
}

namespace {

// The voices that wait with this one, or got its answer.
void set_joined(Data& data, Lang lang, const Request& r, db::Connection& db, const Case& c) {
    constexpr int most = 50;
    const VoiceId after(page::index_after(r, "joined").value_or(0));
    std::vector<VoiceId> some = joined_with(db, c.id, after, most + 1);
    data.set("joined_turning", page::turning(r, {address(c.id), "joined"}, some, most,
                                             [](VoiceId id) { return std::to_string(id.value()); }));
    std::vector<Data> rows;
    for (VoiceId id : some) rows.push_back(Data().set("link", address(id)).set("number", number_words(lang, id)));
    data.set("has_joined", !rows.empty()).set("joined", std::move(rows));
}

void set_copies(Data& data, Lang lang, const Request& r, db::Connection& db, const Case& c) {
    constexpr int most = 50;
    const VoiceId after(page::index_after(r, "copies").value_or(0));
    std::vector<VoiceId> some = same_as(db, c.id, after, most + 1);
    data.set("copies_turning", page::turning(r, {address(c.id), "copies"}, some, most,
                                             [](VoiceId id) { return std::to_string(id.value()); }));
    std::vector<Data> copies;
    for (VoiceId id : some) {
        Data row;
        row.set("link", address(id)).set("number", number_words(lang, id));
        copies.push_back(std::move(row));
    }
    data.set("has_copies", !copies.empty()).set("copies", std::move(copies));
    set_joined(data, lang, r, db, c);
    const std::optional<VoiceId> other = c.joined_to ? c.joined_to : c.master;
    if (!other) return;
    // A copy inherits the answers of what it repeats.
    const std::optional<Case> master = find_case(db, *other);
    std::vector<Data> answers;
    if (master && master->is_public())
        for (const Step& s : steps(db, master->id))
            if (s.what == What::answered && s.text) {
                Data row;
                row.set("what", step_words(lang, db, s)).set("text", page::paragraphs(*s.text));
                answers.push_back(std::move(row));
            }
    data.set("has_master_answers", !answers.empty()).set("master_answers", std::move(answers));
}

std::string what_words(Lang lang, const Case& c) {
    const page::Args args = {{"kind", label(lang, "kind", c.kind)},
                             {"day", page::full_date(lang, kernel::local_day(c.received))},
                             {"way", label(lang, "way", c.way)}};
    if (c.before) return page::say(lang, "voice.what_before", args);
    if (c.state == State::noted) return page::say(lang, "voice.what_imported", args);
    return page::say(lang, c.by_staff ? "voice.what_by_staff" : "voice.what", args);
}

}  // namespace

std::string number_words(Lang lang, VoiceId id) {
    return page::say(lang, "voice.no", {{"n", std::to_string(id.value())}});
}

void set_words(Data& data, Lang lang, const Case& c, const change::Words& words) {
    data.set("text", page::own_words(words.text, words.lang)).set("place", words.place).set("position", words.position);
    std::vector<Data> photos;
    const std::string of = std::to_string(words.pictures.size());
    for (std::size_t i = 0; i < words.pictures.size(); ++i) {
        const Photo& photo = words.pictures[i];
        const std::string link = address(c.id) + "/photos/" + std::to_string(i + 1);
        const page::Args args = {{"n", std::to_string(i + 1)}, {"of", of}, {"about", photo.about}};
        const int longer = std::max({photo.width, photo.height, 1}), most = 320;
        Data row;
        row.set("link", link).set("preview", link + "?size=small");
        row.set("alt", page::say(lang, photo.about.empty() ? "voice.photo_alt" : "voice.photo_alt_about", args));
        row.set("width", std::max(1, photo.width * std::min(most, longer) / longer));
        row.set("height", std::max(1, photo.height * std::min(most, longer) / longer));
        photos.push_back(std::move(row));
    }
    data.set("has_photos", !photos.empty()).set("photos", std::move(photos));
    std::vector<Data> papers;
    for (std::size_t i = 0; i < words.papers.size(); ++i) {
        const Paper& paper = words.papers[i];
        const PaperPage& first = paper.pages.front();
        const std::string link = address(c.id) + "/papers/" + std::to_string(i + 1);
        const int longer = std::max({first.width, first.height, 1}), most = 320;
        Data row;
        row.set("link", link).set("preview", link + "/pages/1?size=small");
        row.set("width", std::max(1, first.width * std::min(most, longer) / longer));
        row.set("height", std::max(1, first.height * std::min(most, longer) / longer));
        row.set("words", page::say(lang, "voice.paper", {{"n", std::to_string(paper.pages.size())}}));
        row.set("about", paper.about);
        papers.push_back(std::move(row));
    }
    data.set("has_papers", !papers.empty()).set("papers", std::move(papers));
}

std::vector<Data> exchange_of(Lang lang, db::Connection& db, const Case& c, const std::vector<Step>& steps,
                              std::string_view author_lang) {
    std::vector<Data> rows;
    const std::vector<page::Event> events = events_of(lang, db, c, steps);
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const Step& s = steps[i];
        const bool by_author =
            is_one_of(s.what, {What::word_added, What::word_given, What::rated, What::reopened, What::reopened_superior,
                               What::called_rated, What::called_reopened, What::called_reopened_superior});
        const bool by_unit =
            is_one_of(s.what, {What::asked_back, What::paused, What::answered, What::extended, What::bounced,
                               What::kind_corrected, What::place_corrected, What::answer_corrected});
        if (!s.text || !(by_author || by_unit)) continue;
        const page::Event& event = events[i + 1];
        Data row;
        row.set("what", event.what).set("who", event.who).set("when", page::date_time(lang, event.at));
        row.set("entry", std::to_string(s.entry)).set("entry_link", entry_address(s.entry));
        row.set("text", by_author ? page::own_words(*s.text, author_lang) : page::paragraphs(*s.text));
        rows.push_back(std::move(row));
    }
    return rows;
}

page::Page show_page(const Site& site, const Request& r, db::Connection& db, const Case& c, const InForce& now,
                     kernel::Day today) {
    const Lang lang = page::lang_of(r);
    const std::optional<change::Words> words = find_words(db, c.id);
    const Voice v = public_view(c, words);
    const std::vector<Step> all = steps(db, c.id);
    Data data;
    data.set("title", heading(lang, v)).set("lang", v.title.empty() ? std::string(page::tag(lang)) : v.lang);
    data.set("what", what_words(lang, c)).set("state", state_of(lang, c)).set("number", number_words(lang, c.id));
    data.set("about", about_words(lang, db, c));
    data.set("unit", unit_name(db, c.unit))
        .set("unit_link", c.unit ? "/units/" + std::to_string(c.unit->value()) : "")
        .set("source", c.source);
    const std::optional<cycle::Cycle> round = cycle::cycle(db, c.cycle);
    if (round && !round->standing) {
        Data about;
        about.set("link", "/cycles/" + std::to_string(round->id.value()))
            .set("name", round->name)
            .set("lang", round->lang);
        data.set("round", std::move(about));
    }
    if (c.state != State::noted) data.set("loop", loop_of(lang, c, all, today, now.calendar));
    set_next(data, lang, db, c, all, now, today);
    set_notice(data, lang, db, c, v, all, !words);
    if (c.is_public()) {
        if (words) set_words(data, lang, c, *words);
        std::vector<Data> exchange = exchange_of(lang, db, c, all, words ? words->lang : "und");
        data.set("has_exchange", !exchange.empty()).set("exchange", std::move(exchange));
    }
    data.set("split", parts_of_whole(lang, db, c, "/voices/"));
    set_there(data, lang, db, c, c.is_public());
    set_copies(data, lang, r, db, c);
    data.set("agreement", agreement_words(lang, c));
    data.set("verdicts", verdicts_of(lang, db, c)).set("history", page::timeline(lang, events_of(lang, db, c, all)));
    std::vector<Data> parts;
    for (const auto& part : site.hooks.parts) {
        page::Html html = part(r, db, v);
        if (html.text().empty()) continue;
        Data one;
        one.set("html", std::move(html));
        parts.push_back(std::move(one));
    }
    data.set("parts", std::move(parts)).set("author_link", c.author ? address(c.id) + "/author" : "");
    data.set("report_link", c.is_public() ? address(c.part_of.value_or(c.id)) + "/report" : "")
        .set("receipt_link", "/receipts/" + std::to_string(c.id.value()));
    data.set("desk_link", r.who.officer != 0 ? "/desk/voices/" + std::to_string(c.id.value()) : "");
    page::Page page;
    page.title = heading(lang, v);
    page.section = "voices";
    page.sample = c.sample;
    page.main = page::render(lang, "voice/show.html", data);
    return page;
}

}  // namespace voice
