// For authors: everything they said in a round, and what only they may do with it. They are known by the browser that
// sent it or by the secret code, which is never put into an address.
#include "acts.h"
#include "own_words.h"
#include "routes.h"
#include "show_page.h"

namespace voice {
namespace {

using http::Request;
using http::Response;
using page::Data;
using page::Lang;

// What one look goes through; a button of the page asks for what is older.
constexpr int most_rounds = 200, most_matters = 50;

struct Round {
    cycle::Cycle cycle;
    std::vector<VoiceId> voices;
    std::optional<VoiceId> more_before;  // its older ones begin here
};
struct Asked {
    std::string_view code;
    std::optional<std::int64_t> older_than, round, before;  // rounds before this one; of this round alone, before that
    bool opens() const { return !code.empty() || (!older_than && !round); }
};
struct Look {
    std::vector<Round> found;
    bool code_known = false;
    std::optional<people::CycleId> more_before;  // rounds not looked into begin here
};

std::vector<cycle::Cycle> rounds_asked(db::Connection& db, const Asked& asked, Look& l) {
    if (asked.round) {
        const std::optional<cycle::Cycle> one = cycle::cycle(db, people::CycleId(*asked.round));
        return one ? std::vector{*one} : std::vector<cycle::Cycle>();
    }
    std::optional<people::CycleId> before;
    if (asked.older_than) before = people::CycleId(*asked.older_than);
    std::vector<cycle::Cycle> all = cycle::cycles(db, before, most_rounds + 1);
    if (static_cast<int>(all.size()) > most_rounds) {
        all.pop_back();
        l.more_before = all.back().id;
    }
    if (!before) all.insert(all.begin(), cycle::standing_desk(db));
    return all;
}

// In which rounds the keys are somebody's, and what they said there. As much work for a wrong code as for a right one.
Look look(const Site& site, db::Connection& db, const Request& r, const Asked& asked) {
    Look l;
    std::optional<VoiceId> before;
    if (asked.before) before = VoiceId(*asked.before);
    for (cycle::Cycle& c : rounds_asked(db, asked, l)) {
        const Keys keys = keys_of(site.needs, c.id, r.visitor, asked.code);
        if (keys.code && people::by_code(db, c.id, *keys.code)) l.code_known = true;
        Round round{std::move(c), {}, {}};
        round.voices = by_authors(db, participants_of(db, round.cycle.id, keys), before, most_matters + 1);
        if (static_cast<int>(round.voices.size()) > most_matters) {
            round.voices.pop_back();
            round.more_before = round.voices.back();
        }
        if (!round.voices.empty()) l.found.push_back(std::move(round));
    }
    return l;
}

Data matter(Lang lang, db::Connection& db, const kernel::Calendar& calendar, VoiceId id, kernel::Day today) {
    const Case c = find_case(db, id).value();
    const std::optional<change::Words> words = find_words(db, id);
    // The author reads what the public may not.
    Case as_author = c;
    as_author.shown = Shown::published;
    const Voice v = public_view(as_author, words);
    Data row;
    row.set("link", address(id) + "/author").set("open", address(id) + "/open").set("state", state_of(lang, c));
    row.set("text", excerpt(lang, v)).set("lang", words ? words->lang : std::string(page::tag(lang)));
    row.set("number", number_words(lang, id)).set("kind", label(lang, "kind", c.kind));
    row.set("part", c.part_of ? page::say(lang, "voice.part_of", {{"other", number_words(lang, *c.part_of)}}) : "");
    row.set("day", page::full_date(lang, kernel::local_day(c.received)));
    row.set("due", c.open() && c.due && c.state != State::asked_back ? due_words(lang, calendar, *c.due, today) : "");
    return row;
}

Data round_words(const Site& site, Lang lang, db::Connection& db, const Round& round) {
    const std::shared_ptr<const InForce> now = in_force(site.needs);
    std::vector<Data> rows;
    for (VoiceId id : round.voices)
        rows.push_back(matter(lang, db, now->calendar, id, kernel::local_day(site.needs.clock.now())));
    Data one;
    const bool named = !round.cycle.name.empty();
    one.set("name", named ? round.cycle.name : page::say(lang, "voice.desk_name"));
    one.set("lang", named ? round.cycle.lang : std::string(page::tag(lang))).set("voices", std::move(rows));
    one.set("more", round.more_before.has_value()).set("round", round.cycle.id.value());
    one.set("before", round.more_before ? round.more_before->value() : 0);
    return one;
}

std::vector<kernel::Error> wrong_code(const Asked& asked, const Look& l, bool posted) {
    if (!posted || !asked.opens() || l.code_known || (asked.round && !l.found.empty())) return {};
    const bool typed = kernel::Code25::parse(asked.code).has_value();
    const char* key = typed && l.more_before ? "voice.code_not_yet" : "voice.code_wrong";
    return {{kernel::Code::forbidden, key, "code", {}}};
}

Response mine_page(const Site& site, const Request& r, const Asked& asked, bool posted) {
    const Lang lang = page::lang_of(r);
    db::Database::Lease db = site.needs.database.read();
    const Look l = look(site, *db, r, asked);
    const std::vector<kernel::Error> errors = wrong_code(asked, l, posted);
    Data data;
    page::Form::of(r, errors).fill(lang, data, {"code"});
    data.set("code_value", "").set("code_field", code_field(r));  // a secret is not shown again
    std::vector<Data> rounds;
    for (const Round& round : l.found) rounds.push_back(round_words(site, lang, *db, round));
    if (rounds.empty() && errors.empty()) data.set("nothing", page::say(lang, "voice.mine_nothing"));
    // Where the code was typed it opens each of them, and need not be typed again.
    data.set("by_code", l.code_known);
    data.set("has_matters", !rounds.empty()).set("rounds", std::move(rounds));
    // A code is of one round: once that is found it opens nothing further.
    data.set("more_rounds", l.more_before.has_value());
    data.set("older_code", l.code_known ? page::Html() : code_field(r));
    data.set("older_than", l.more_before ? l.more_before->value() : 0);
    data.set("parted", asked.older_than || asked.round);
    page::Page page;
    page.title = page::say(lang, "voice.mine");
    page.section = "mine";
    page.private_matter = true;
    page.status = page::status_of(errors);
    page.main = page::render(lang, "voice/mine.html", data);
    return page::answer(r, std::move(page));
}

std::vector<page::Option> yes_no(Lang lang, std::string_view yes, std::string_view no) {
    return {{"yes", page::say(lang, yes), ""}, {"no", page::say(lang, no), ""}};
}

void set_acts(Data& data, Lang lang, const Case& c, const rules::Who& who, kernel::Day today, int superior_at) {
    const auto may = [&](rules::Act act) { return rules::may(act, c, who).has_value(); };
    const bool rate = may(rules::Act::rate), word = may(rules::Act::add_word), reopen = may(rules::Act::reopen),
               withdraw = may(rules::Act::withdraw), appeal = may(rules::Act::appeal),
               apart = may(rules::Act::keep_apart), agree = may(rules::Act::agree), whole = may(rules::Act::keep_whole),
               kept = may(rules::Act::judge_agreement) && c.promised && today > *c.promised;
    const bool again = reopen && c.reopened < superior_at;
    data.set("rate", rate)
        .set("word", word)
        .set("reopen", again)
        .set("withdraw", withdraw)
        .set("appeal", appeal)
        .set("apart", apart)
        .set("whole", whole)
        .set("agree", agree)
        .set("kept", kept);
    if (c.promised) data.set("agreed_by", page::full_date(lang, *c.promised));
    if (apart) data.set("joined_link", address(*c.joined_to)).set("joined", number_words(lang, *c.joined_to));
    data.set("none", !(rate || word || again || withdraw || appeal || apart || whole || agree || kept))
        .set("word_plain", rate);
    const bool asked = c.state == State::asked_back && !c.paused_otherwise();
    data.set("word_title", page::say(lang, asked ? "voice.word_title_asked" : "voice.word_title"));
    data.set("reopen_words",
             page::say(lang, c.reopened + 1 == superior_at ? "voice.reopen_words_superior" : "voice.reopen_words",
                       {{"n", std::to_string(c.reopened)}, {"most", std::to_string(superior_at)}}));
}

Response author_page(const Site& site, const Request& r, std::vector<kernel::Error> errors) {
    const Lang lang = page::lang_of(r);
    db::Database::Lease db = site.needs.database.read();
    const std::optional<Case> c = find_case(*db, id_of(r));
    if (!c || !c->author) return people::refusal(r, unknown_voice());
    const Keys keys = keys_of(site.needs, c->cycle, r.visitor, r.field("code").value_or(""));
    const rules::Who who = who_of(*db, people::actor(r), *c, keys);
    const int status = page::status_of(errors);
    page::Form form = page::Form::of(r, std::move(errors));
    form.options("solved", yes_no(lang, "voice.solved_yes", "voice.solved_no"));
    form.options("unit_asked", yes_no(lang, "voice.unit_asked_yes", "voice.unit_asked_no"));
    form.options("agrees", yes_no(lang, "voice.agrees_yes", "voice.agrees_no"));
    form.options("kept", yes_no(lang, "voice.kept_yes", "voice.kept_no"));
    std::vector<page::Option> stars;
    for (int n = 1; n <= 5; ++n)
        stars.push_back({std::to_string(n), page::say(lang, "voice.stars_" + std::to_string(n)), ""});
    form.options("stars", std::move(stars));
    Data data;
    form.fill(lang, data,
              {"code", "solved", "stars", "words", "text", "reason", "appeal_reason", "apart_reason", "whole_reason",
               "agrees", "kept", "agreement_text", "unit_asked"});
    data.set("code_value", "")
        .set("link", address(c->id))
        .set("number", number_words(lang, c->id))
        .set("state", state_of(lang, *c));
    data.set("known", who.author);
    if (who.author) {
        data.set("code_field", code_field(r));
        const std::optional<change::Words> words = find_words(*db, c->id);
        if (words) data.set("own", own_part(site, r, *db, *c, *words));
        data.set("exchange", exchange_of(lang, *db, *c, steps(*db, c->id), words ? words->lang : "und"));
        set_acts(data, lang, *c, who, kernel::local_day(site.needs.clock.now()),
                 in_force(site.needs)->caseworks->of(*db, c->preset, c->terms)->superior_at);
        data.set("split", parts_of_whole(lang, *db, *c, "/voices/"));
        std::vector<Data> more;
        for (const auto& part : site.hooks.author)
            more.push_back(Data().set("html", part(r, *db, c->id, code_field(r))));
        data.set("more", std::move(more));
    }
    page::Page page;
    page.title = page::say(lang, "voice.author_title");
    page.section = "mine";
    page.private_matter = true;
    page.sample = c->sample;
    page.status = status;
    page.main = page::render(lang, "voice/author.html", data);
    return page::answer(r, std::move(page));
}

// Performs, then leads to the voice; what was wrong stands with the forms again.
template <class Perform>
Response after(const Site& site, const Request& r, Reader& reader, Perform perform) {
    std::vector<kernel::Error> errors = reader.errors();
    if (errors.empty()) {
        const kernel::Checked done = perform();
        if (done) return http::redirect(address(id_of(r)));
        if (!page::mends(done.error())) return people::refusal(r, done.error());
        errors.push_back(done.error());
    }
    return author_page(site, r, std::move(errors));
}

std::string_view code_of(const Request& r) { return r.field("code").value_or(""); }

std::optional<bool> parse_yes_no(std::string_view text) {
    if (text == "yes") return true;
    return text == "no" ? std::optional(false) : std::nullopt;
}
std::optional<int> parse_stars(std::string_view text) {
    return text.size() == 1 && text[0] >= '1' && text[0] <= '5' ? std::optional(text[0] - '0') : std::nullopt;
}

Response report_page(const Site& site, const Request& r, std::vector<kernel::Error> errors) {
    const Lang lang = page::lang_of(r);
    std::optional<Voice> v;
    {
        db::Database::Lease db = site.needs.database.read();
        v = voice(*db, id_of(r));
    }
    if (!v) return people::refusal(r, unknown_voice());
    const int status = page::status_of(errors);
    page::Page page =
        people::report_page(r, page::Form::of(r, std::move(errors)), address(v->id), number_words(lang, v->id));
    page.section = "voices";
    page.status = status;
    return page::answer(r, std::move(page));
}

}  // namespace

Response show_mine(const Site& site, const Request& r) { return mine_page(site, r, {}, false); }
Response post_mine(const Site& site, const Request& r) {
    const auto index = [&](std::string_view name) { return kernel::parse_index(r.field(name).value_or("")); };
    return mine_page(site, r, {code_of(r), index("older_than"), index("round"), index("before")}, true);
}
Response show_author(const Site& site, const Request& r) { return author_page(site, r, {}); }

Response post_open(const Site& site, const Request& r) {
    bool theirs = false;
    {
        db::Database::Lease db = site.needs.database.read();
        const std::optional<Case> c = find_case(*db, id_of(r));
        if (!c) return people::refusal(r, unknown_voice());
        theirs = is_author(site, *db, r, *c);
    }
    if (theirs) return author_page(site, r, {});
    return author_page(site, r, {{kernel::Code::forbidden, "voice.code_wrong", "code", {}}});
}

Response post_word(const Site& site, const Request& r) {
    Reader reader(r);
    const std::string text = reader.text("text", 2000);
    return after(site, r, reader,
                 [&] { return add_word(site.needs, people::actor(r), id_of(r), code_of(r), text, page::once(r)); });
}

Response post_rating(const Site& site, const Request& r) {
    Reader reader(r);
    const auto solved = reader.one_of<bool>("solved", parse_yes_no, "voice.solved_missing");
    const auto stars = reader.one_of<int>("stars", parse_stars, "voice.stars_missing");
    const std::string words = reader.text("words", 2000);
    return after(site, r, reader, [&] {
        return rate(site.needs, people::actor(r), id_of(r), code_of(r), *solved, *stars, words, page::once(r));
    });
}

Response post_reopening(const Site& site, const Request& r) {
    Reader reader(r);
    const std::string reason = reader.text("reason", 2000);
    return after(site, r, reader,
                 [&] { return reopen(site.needs, people::actor(r), id_of(r), code_of(r), reason, page::once(r)); });
}

Response post_withdrawal(const Site& site, const Request& r) {
    Reader reader(r);
    const auto asked = reader.one_of<bool>("unit_asked", parse_yes_no, "voice.unit_asked_missing");
    return after(site, r, reader,
                 [&] { return withdraw(site.needs, people::actor(r), id_of(r), code_of(r), *asked, page::once(r)); });
}

Response post_appeal(const Site& site, const Request& r) {
    Reader reader(r);
    const std::string reason = reader.text("appeal_reason", 2000);
    return after(site, r, reader, [&]() -> kernel::Checked {
        const kernel::Checked done = appeal(site.needs, people::actor(r), id_of(r), code_of(r), reason, page::once(r));
        if (done) return done;
        kernel::Error error = done.error();
        if (error.field == "reason") error.field = "appeal_reason";  // the page has another form with a reason
        return error;
    });
}

Response post_agreement(const Site& site, const Request& r) {
    Reader reader(r);
    const auto agrees = reader.one_of<bool>("agrees", parse_yes_no, "voice.agrees_missing");
    const std::string text = reader.text("agreement_text", max_remark);
    return after(site, r, reader, [&] {
        return say_agreed(site.needs, people::actor(r), id_of(r), code_of(r), *agrees, text, page::once(r));
    });
}

Response post_agreement_kept(const Site& site, const Request& r) {
    Reader reader(r);
    const auto kept = reader.one_of<bool>("kept", parse_yes_no, "voice.kept_missing");
    const std::string text = reader.text("agreement_text", max_remark);
    return after(site, r, reader, [&] {
        return judge_agreement(site.needs, people::actor(r), id_of(r), code_of(r), *kept, text, page::once(r));
    });
}

Response post_apart(const Site& site, const Request& r) {
    Reader reader(r);
    const std::string reason = reader.text("apart_reason", 2000);
    return after(site, r, reader, [&]() -> kernel::Checked {
        const kernel::Checked done =
            keep_apart(site.needs, people::actor(r), id_of(r), code_of(r), reason, page::once(r));
        if (done) return done;
        kernel::Error error = done.error();
        if (error.field == "reason") error.field = "apart_reason";
        return error;
    });
}

Response post_whole(const Site& site, const Request& r) {
    Reader reader(r);
    const std::string reason = reader.text("whole_reason", 2000);
    return after(site, r, reader, [&]() -> kernel::Checked {
        const kernel::Checked done =
            keep_whole(site.needs, people::actor(r), id_of(r), code_of(r), reason, page::once(r));
        if (done) return done;
        kernel::Error error = done.error();
        if (error.field == "reason") error.field = "whole_reason";
        return error;
    });
}

Response show_report(const Site& site, const Request& r) { return report_page(site, r, {}); }

Response post_report(const Site& site, const Request& r) {
    Reader reader(r);
    const auto ground = reader.one_of<Ground>("ground", parse_ground, "people.ground_missing");
    const std::string remark = reader.text("remark", max_remark);
    std::vector<kernel::Error> errors = reader.errors();
    if (errors.empty()) {
        const auto reported = report(site.needs, people::actor(r), id_of(r), *ground, remark, page::once(r));
        if (reported) return http::redirect("/receipts/" + std::to_string(*reported));
        if (reported.error().field.empty()) return people::refusal(r, reported.error());
        errors.push_back(reported.error());
    }
    return report_page(site, r, std::move(errors));
}

}  // namespace voice
