// Dialogues and their statements. Single votes are nobody's business and not served: their counts can be counted again
// only where they are, which is inside, from a data folder.
#include <charconv>
#include <stdexcept>

#include "world.h"

namespace audit {
namespace {

constexpr std::array<std::string_view, 3> statement_states = {"pending", "accepted", "set_aside"};

void make(World& w, const Event& e, Index dialogue, std::string_view state, bool imported) {
    Statement s;
    s.dialogue = dialogue, s.state = state, s.imported = imported;
    known(w.dialogues, dialogue, "dialogue").touched = e.index;
    w.statements[e.index] = s;
}

Index number(std::string_view& text) {
    Index n = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
    if (error != std::errc() || n < 0) throw std::runtime_error("no number in its votes");
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return n;
}

char letter(std::string_view& text) {
    if (text.empty()) throw std::runtime_error("its votes are cut off");
    const char c = text.front();
    text.remove_prefix(1);
    return c;
}

void move(World& w, Index id, char choice, Index by) {
    Statement& s = known(w.statements, id, "statement");
    if (choice == 'a')
        s.agree += by;
    else if (choice == 'd')
        s.disagree += by;
    else if (choice == 'p')
        s.pass += by;
    else
        throw std::runtime_error("a vote that is none");
}

// The last of a person's votes on a statement stands; 'n' takes it back.
void put(World& w, Dialogue& d, Index person, Index statement, char choice) {
    std::map<Index, char>& own = d.ballots[person];
    if (const auto before = own.find(statement); before != own.end()) {
        move(w, statement, before->second, -1);
        own.erase(before);
    }
    if (choice != 'n') {
        move(w, statement, choice, 1);
        own[statement] = choice;
        ++d.cast;
    }
    if (own.empty()) d.ballots.erase(person);
}

// "17a23d41n"
void take_votes(World& w, const Event& e) {
    const Index dialogue = e.integer("dialogue"), who = e.integer("who");
    Dialogue& d = known(w.dialogues, dialogue, "dialogue");
    std::string_view text = e.string("votes");
    while (!text.empty()) {
        const Index statement = number(text);
        put(w, d, who ? who : e.index, statement, letter(text));
    }
    d.touched = e.index;
}

// "1:17a,2:17d": people of an import are numbered from 1 in their dialogue, and kept apart from ours by their sign.
void take_imported(World& w, const Event& e) {
    Dialogue& d = known(w.dialogues, e.subject, "dialogue");
    std::string_view text = e.string("votes");
    while (!text.empty()) {
        const Index person = number(text);
        if (letter(text) != ':') throw std::runtime_error("no colon in its votes");
        const Index statement = number(text);
        put(w, d, -1 - person, statement, letter(text));
        if (!text.empty() && letter(text) != ',') throw std::runtime_error("no comma in its votes");
    }
    d.touched = e.index;
}

}  // namespace

void take_dialogue(World& w, const Event& e) {
    const std::string_view what = e.kind.substr(std::string_view("dialogue.").size());
    if (what == "opened") {
        Dialogue d;
        d.round = e.integer("cycle"), d.touched = e.index;
        w.dialogues[e.index] = std::move(d);
    } else if (what == "closed") {
        known(w.dialogues, e.subject, "dialogue").touched = e.index;
    } else if (what == "statement_made") {
        make(w, e, e.integer("dialogue"), e.has("until") ? "pending" : "accepted", false);
    } else if (what == "seeded") {
        make(w, e, e.subject, "accepted", false);
    } else if (what == "statement_imported") {
        make(w, e, e.subject, one_of(statement_states, e.string("state")), true);
    } else if (what == "statement_accepted" || what == "statement_set_aside") {
        Statement& s = known(w.statements, e.subject, "statement");
        s.state = what == "statement_accepted" ? "accepted" : "set_aside";
        known(w.dialogues, s.dialogue, "dialogue").touched = e.index;
    } else if (what == "votes_cast") {
        ++known(w.rounds, e.subject, "round").votes;
        take_votes(w, e);
    } else {
        take_imported(w, e);
    }
}

void take_hidden(World& w, const Entry& e) {
    if (e.kind == "dialogue.votes_cast") {
        const auto round = w.rounds.find(e.subject);
        if (round == w.rounds.end()) return w.fault("round", e.subject, e.index, "votes in a round that is none");
        ++round->second.votes, round->second.votes_hidden = true;
    } else if (e.kind == "dialogue.votes_imported") {
        const auto dialogue = w.dialogues.find(e.subject);
        if (dialogue == w.dialogues.end())
            return w.fault("dialogue", e.subject, e.index, "votes in a dialogue that is none");
        ++dialogue->second.hidden;
    } else if (e.kind == "survey.answered") {
        take_hidden_sheet(w, e);
    } else if (e.kind == "support.given" || e.kind == "support.taken_back") {
        const auto round = w.rounds.find(e.subject);
        if (round == w.rounds.end())
            return w.fault("round", e.subject, e.index, "joins a message of a round that is none");
        round->second.joined_hidden = true;
    }
}

namespace {

// Can the votes of this dialogue be counted?
bool votes_served(const World& w, const Dialogue& d) {
    const auto round = w.rounds.find(d.round);
    return d.hidden == 0 && round != w.rounds.end() && !round->second.votes_hidden;
}

}  // namespace

Json figures_of(const World& w, Index id, const Dialogue& d) {
    Index accepted = 0, pending = 0, never = 0, aside = 0, votes = 0, people = 0, imported = 0;
    for (const auto& [number, s] : w.statements) {
        if (s.dialogue != id) continue;
        accepted += s.state == "accepted", aside += s.state == "set_aside";
        pending += s.state == "pending" && !s.imported, never += s.state == "pending" && s.imported;
        votes += s.agree + s.disagree + s.pass;
    }
    Json figures =
        Json::Object{{"accepted", accepted}, {"pending", pending}, {"never_moderated", never}, {"set_aside", aside}};
    if (votes_served(w, d)) {
        for (const auto& [person, own] : d.ballots) (person < 0 ? imported : people) += 1;
        figures.set("votes", votes).set("votes_cast", d.cast).set("people", people).set("imported_people", imported);
    }
    return Json::Object{{"id", id}, {"cycle", d.round}, {"figures", std::move(figures)}};
}

Json figures_of(const World& w, Index id, const Statement& s) {
    Json j = Json::Object{{"id", id}, {"dialogue", s.dialogue}, {"state", s.state}};
    if (!votes_served(w, w.dialogues.at(s.dialogue))) return j;
    return j.set("counts", Json::Object{{"agree", s.agree}, {"disagree", s.disagree}, {"pass", s.pass}});
}

std::vector<Hidden> all_hidden(const World& w) {
    std::vector<Hidden> all;
    for (const auto& [id, d] : w.dialogues)
        if (!votes_served(w, d))
            all.push_back({{"dialogue", id, {}, {}},
                           "how many agree, disagree and pass, and how many people voted: single votes are served to "
                           "nobody"});
    for (const auto& [id, r] : w.rounds)
        if (r.joined_hidden)
            all.push_back({{"round", id, {}, {}},
                           "how many people joined which of its messages: who joined what is served to nobody"});
    for (const auto& [id, i] : w.issues)
        if (!i.voices.empty())
            all.push_back({{"issue", id, {}, {}}, "how many people are behind its messages: who sent them is sealed"});
    for (const auto& [id, r] : w.reviews)
        for (std::size_t p = 0; p < r.panels.size(); ++p)
            if (r.closed && !r.panels[p].shown)
                all.push_back({{"review", id, {}, {}},
                               "what panel " + std::to_string(p + 1) + " said: fewer than " + std::to_string(r.k) +
                                   " judged, its answers are in no entry, and it counts for nothing"});
    for (const auto& [id, s] : w.surveys)
        if (s.closed && s.counted < s.answers)
            all.push_back({{"survey", id, {}, {}},
                           "who answered what: single answers are served to nobody, and its figures are held against "
                           "its rules alone"});
    return all;
}

}  // namespace audit
