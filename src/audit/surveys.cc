// Surveys: the roll of marks, as many answers as the round has entries of them, and the figures of the close. Those are
// counted again where the answers are served (inside the house alone), and else held against their own rules: no cell
// of fewer than k, and none that could be worked out.
#include <algorithm>
#include <charconv>
#include <numeric>
#include <stdexcept>

#include "world.h"

namespace audit {
namespace {

using Row = std::vector<Index>;

constexpr std::array<std::string_view, 8> types = {"single",  "multiple", "scale", "matrix",
                                                   "ranking", "number",   "text",  "place"};
constexpr Index most_asked = 40, most_cells = 100, most_codes = 10'000, classes = 10;

bool few(Index n, Index k) { return n > 0 && n < k; }
bool no_cells(const Asked& q) { return q.type == "text" || (q.type == "place" && q.options == 0); }
Index class_width(const Asked& q) { return (q.max - q.min + classes) / classes; }

std::size_t width(const Asked& q) {
    if (q.type == "scale") return static_cast<std::size_t>(q.max - q.min + 1);
    if (q.type == "number") return static_cast<std::size_t>((q.max - q.min) / class_width(q) + 1);
    return static_cast<std::size_t>(q.options);
}

Asked asked(const Json& one) {
    Asked q;
    q.type = one_of(types, one.need_string("type"));
    q.options = one.need_integer("options"), q.min = one.need_integer("min"), q.max = one.need_integer("max");
    if (!one["rows"].is_null()) q.rows = one.need_integer("rows");
    const bool bounded = q.type == "scale" || q.type == "number";
    if (q.options < 0 || q.options > most_cells || q.rows < 0 || q.rows > most_cells || (bounded && q.max <= q.min) ||
        (q.type == "scale" && q.max - q.min >= most_cells))
        throw std::runtime_error("a question that none can be");
    if (const Json& condition = one["if"]; !condition.is_null()) {
        q.hangs_on = condition.need_integer("question");
        for (const Json& any : condition.need_array("any")) q.any.insert(any.integer() ? *any.integer() : -1);
    }
    if (no_cells(q)) return q;
    const Index rows = q.type == "matrix" ? q.rows : q.type == "ranking" ? q.options : 1;
    q.cells.assign(static_cast<std::size_t>(rows), Row(width(q)));
    return q;
}

void put_draft(World& w, const Event& e, Index id) {
    Survey s;
    s.round = e.integer("cycle"), s.k = e.integer("k"), s.roll = e.integer("roll"), s.closes = e.day("closes");
    s.on_roll = e.string("mode") == "roll", s.touched = e.index;
    known(w.rounds, s.round, "round");
    for (const Json& one : e.facts.need_array("questions")) s.questions.push_back(asked(one));
    if (static_cast<Index>(s.questions.size()) > most_asked || s.roll < 0 || s.roll > most_codes)
        throw std::runtime_error("more than a survey can have");
    for (std::size_t i = 0; i < s.questions.size(); ++i)
        if (s.questions[i].hangs_on < 0 || s.questions[i].hangs_on > static_cast<Index>(i))
            throw std::runtime_error("a question that hangs on none before it");
    if (s.k < w.k)
        w.fault("survey", id, e.index,
                "shows figures from " + std::to_string(s.k) + " on, the least here is " + std::to_string(w.k));
    w.surveys[id] = std::move(s);
}

std::vector<std::string> marks_in(const Json& list) {
    if (!list.array()) throw std::runtime_error("no list where one must be");
    std::vector<std::string> all;
    for (const Json& one : *list.array()) {
        if (!one.string()) throw std::runtime_error("no text where one must be");
        all.push_back(*one.string());
    }
    return all;
}

// ---- counting again
// --------------------------------------------------------------------------------------------------

std::vector<Row> picks_in(std::string_view said) {
    std::vector<Row> all(1);
    while (!said.empty()) {
        if (said.front() == '|' || said.front() == ' ') {
            if (said.front() == '|') all.emplace_back();
            said.remove_prefix(1);
            continue;
        }
        Index pick = 0;
        const auto [end, error] = std::from_chars(said.data(), said.data() + said.size(), pick);
        if (error != std::errc()) throw std::runtime_error("answers that are none");
        said.remove_prefix(static_cast<std::size_t>(end - said.data()));
        all.back().push_back(pick);
    }
    if (!all.back().empty()) throw std::runtime_error("answers that do not end");
    all.pop_back();
    return all;
}

void add(Asked& q, const Row& picks) {
    const auto cell = [&](std::size_t row, Index at) { ++q.cells.at(row).at(static_cast<std::size_t>(at)); };
    if (picks.empty() || no_cells(q)) return;
    if (q.type == "number") q.sum += picks.at(0);
    for (std::size_t p = 0; p < picks.size(); ++p) {
        if (q.type == "matrix") {
            if (picks[p] != 0) cell(p, picks[p] - 1);
        } else if (q.type == "ranking") {
            cell(static_cast<std::size_t>(picks[p] - 1), static_cast<Index>(p));
        } else if (q.type == "number") {
            if (picks[p] < q.min || picks[p] > q.max) throw std::runtime_error("a number out of its bounds");
            cell(0, (picks[p] - q.min) / class_width(q));
        } else {
            cell(0, picks[p] - (q.type == "scale" ? q.min : 1));
        }
    }
}

void take_sheet(World& w, const Event& e) {
    Survey& s = known(w.surveys, e.integer("survey"), "survey");
    if (s.round != e.subject) throw std::runtime_error("answers that stand in another round");
    if (s.state != "open") throw std::runtime_error("answers to a survey that is " + std::string(s.state));
    ++known(w.rounds, e.subject, "round").sheets;
    ++s.counted, s.touched = e.index;
    const std::vector<Row> all = picks_in(e.string("answers"));
    if (all.size() != s.questions.size()) throw std::runtime_error("answers to other questions");
    std::vector<bool> is_asked;
    for (std::size_t i = 0; i < all.size(); ++i) {
        Asked& q = s.questions[i];
        const auto on = static_cast<std::size_t>(q.hangs_on - 1);
        const bool is = q.hangs_on == 0 ||
                        (is_asked[on] &&
                         std::any_of(all[on].begin(), all[on].end(), [&](Index pick) { return q.any.contains(pick); }));
        is_asked.push_back(is);
        if (!is && !all[i].empty()) throw std::runtime_error("an answer to what was not asked");
        q.asked += is, q.answered += !all[i].empty();
        add(q, all[i]);
    }
}

// ---- what may be told
// ------------------------------------------------------------------------------------------------

Json row_json(const Row& row, const std::vector<bool>& gone) {
    Json::Array cells;
    for (std::size_t i = 0; i < row.size(); ++i) cells.push_back(gone[i] ? Json() : Json(row[i]));
    return cells;
}

// Where everybody stands in one cell: the smallest go, until nothing can be worked out.
std::vector<bool> gone_of_one(const Row& row, Index k) {
    std::vector<std::size_t> by_size;
    for (std::size_t i = 0; i < row.size(); ++i)
        if (row[i] > 0) by_size.push_back(i);
    std::stable_sort(by_size.begin(), by_size.end(), [&](std::size_t a, std::size_t b) { return row[a] < row[b]; });
    std::vector<bool> gone(row.size());
    if (by_size.empty() || row[by_size[0]] >= k) return gone;
    Index people = 0, cells = 0;
    for (std::size_t i : by_size) {
        if (row[i] >= k && cells >= 2 && people >= k && people > cells) return gone;
        gone[i] = true, people += row[i], ++cells;
    }
    if (cells >= 2 && people >= k && people > cells) return gone;
    return std::vector<bool>(row.size(), true);
}

Json cells_of(const Asked& q, Index k) {
    Json::Array rows;
    const std::vector<bool> none(width(q));
    if (q.type == "ranking") {
        Row first;
        bool all = true;
        for (const Row& ranks : q.cells) {
            first.push_back(ranks[0]);
            const Index ranked = std::accumulate(ranks.begin(), ranks.end(), Index{0});
            all = all && !few(q.answered - ranked, k) &&
                  std::none_of(ranks.begin(), ranks.end(), [&](Index n) { return few(n, k); });
        }
        rows.push_back(row_json(first, gone_of_one(first, k)));
        for (std::size_t i = 0; all && i < q.cells.size(); ++i) rows.push_back(row_json(q.cells[i], none));
        return rows;
    }
    for (const Row& row : q.cells) {
        std::vector<bool> gone = none;
        if (q.type == "multiple")
            for (std::size_t i = 0; i < row.size(); ++i) gone[i] = few(row[i], k) || few(q.answered - row[i], k);
        else
            gone = gone_of_one(row, k);
        rows.push_back(row_json(row, gone));
    }
    return rows;
}

bool ground_told(const Survey& s, const Asked& q, const Json::Array& before) {
    if (q.hangs_on == 0) return true;
    const auto on = static_cast<std::size_t>(q.hangs_on - 1);
    const Asked& source = s.questions[on];
    if (before[on].is_null() || no_cells(source)) return false;
    const Json::Array& row = *before[on].need_array("cells").at(0).array();
    for (Index any : q.any)
        if (row.at(static_cast<std::size_t>(any - (source.type == "scale" ? source.min : 1))).is_null()) return false;
    return source.type != "multiple" || (!few(q.asked, s.k) && !few(source.answered - q.asked, s.k));
}

Json figures_again(const Survey& s) {
    Json::Array all;
    for (const Asked& q : s.questions) {
        if (s.counted < s.k || q.answered < s.k || !ground_told(s, q, all)) {
            all.emplace_back(nullptr);
            continue;
        }
        Json one = Json::Object{{"answered", q.answered}, {"asked", q.asked}, {"cells", cells_of(q, s.k)}};
        if (q.type == "number") one.set("sum", q.sum);
        all.push_back(std::move(one));
    }
    return all;
}

// ---- the close
// -------------------------------------------------------------------------------------------------------

struct Ending {  // of one survey, by one entry
    World& w;
    const Event& e;
    Survey& s;

    void wrong(std::string what) const { w.fault("survey", e.subject, e.index, std::move(what)); }

    void check_codes() const {
        const std::vector<std::string> spent = marks_in(e.facts["spent"]);
        std::set<std::string> seen;
        for (const std::string& mark : spent) {
            if (!seen.insert(mark).second) wrong("code " + mark + " was used twice");
            if (!std::binary_search(s.marks.begin(), s.marks.end(), mark))
                wrong("code " + mark + " is not on its roll");
        }
        if (s.on_roll && static_cast<Index>(spent.size()) != s.answers)
            wrong(std::to_string(s.answers) + " answers and " + std::to_string(spent.size()) + " used codes");
        if (!s.on_roll && !spent.empty()) wrong("has no roll, and used codes");
    }

    // Without the answers themselves: what figures say of themselves.
    void check_question(const Asked& q, const Json& f, const std::string& which) const {
        const Index answered = f.need_integer("answered"), all_asked = f.need_integer("asked");
        if (answered < s.k || answered > all_asked || all_asked > s.answers)
            wrong(which + ": " + std::to_string(answered) + " answered of " + std::to_string(all_asked) + " asked");
        const bool one_each = q.type != "multiple" && q.type != "ranking" && q.type != "matrix";
        for (const Json& row : f.need_array("cells")) {
            if (!row.array() || row.array()->size() != width(q)) throw std::runtime_error(which + " has other cells");
            Index sum = 0;
            bool all = true;
            for (const Json& cell : *row.array()) {
                all = all && !cell.is_null();
                if (cell.is_null()) continue;
                if (!cell.integer()) throw std::runtime_error("no figure where one must be");
                sum += *cell.integer();
                if (few(*cell.integer(), s.k) || *cell.integer() < 0)
                    wrong(which + " shows a cell of " + std::to_string(*cell.integer()));
            }
            if (one_each && (sum > answered || (all && sum != answered) || (!all && few(answered - sum, s.k))))
                wrong(which + ": its cells are " + std::to_string(sum) + " of " + std::to_string(answered) +
                      " who answered");
        }
    }

    void close() const {
        if (s.state != "open") throw std::runtime_error("closed while it was " + std::string(s.state));
        s.state = "closed", s.closed = e.index;
        s.answers = e.integer("answers"), s.lost = e.flag("lost");
        if (s.answers < 0 || s.answers > w.next) throw std::runtime_error("more answers than entries");
        check_codes();
        const Json::Array& figures = e.facts.need_array("figures");
        if (figures.size() != s.questions.size()) throw std::runtime_error("figures of other questions");
        for (std::size_t i = 0; i < figures.size(); ++i)
            if (!figures[i].is_null()) check_question(s.questions[i], figures[i], "question " + std::to_string(i + 1));
        s.figures = e.facts["figures"];
        if (s.counted > 0 && s.counted != s.answers)
            wrong("says " + std::to_string(s.answers) + " answers; there are " + std::to_string(s.counted));
        if (s.counted == s.answers && !(figures_again(s) == s.figures)) wrong("its answers give other figures");
        s.marks = {};
    }
};

}  // namespace

void take_survey(World& w, const Event& e) {
    if (e.kind == "survey.drafted") return put_draft(w, e, e.index);
    if (e.kind == "survey.answered") return take_sheet(w, e);
    Survey& s = known(w.surveys, e.subject, "survey");
    s.touched = e.index;
    if (e.kind == "survey.changed") {
        if (s.state != "drafted") throw std::runtime_error("changed while it was " + std::string(s.state));
        return put_draft(w, e, e.subject);
    }
    if (e.kind == "survey.closed") return Ending{w, e, s}.close();
    if (s.state != "drafted") throw std::runtime_error("opened twice");
    s.state = "open", s.marks = marks_in(e.facts["roll"]);
    std::sort(s.marks.begin(), s.marks.end());
    if (std::adjacent_find(s.marks.begin(), s.marks.end()) != s.marks.end())
        w.fault("survey", e.subject, e.index, "a code is on its roll twice");
    if (static_cast<Index>(s.marks.size()) != s.roll)
        w.fault("survey", e.subject, e.index,
                std::to_string(s.marks.size()) + " codes for a roll of " + std::to_string(s.roll));
}

void take_hidden_sheet(World& w, const Entry& e) {
    const auto round = w.rounds.find(e.subject);
    if (round == w.rounds.end()) return w.fault("round", e.subject, e.index, "answers in a round that is none");
    ++round->second.sheets;
}

// Which survey an answer belongs to is told to nobody; how many a round has, to everybody.
void end_surveys(World& w) {
    std::map<Index, Index> said;
    std::set<Index> going_on;
    std::map<Index, Index> last;
    for (const auto& [id, s] : w.surveys) {
        said[s.round] += s.answers;
        if (s.closed) last[s.round] = std::max(last[s.round], id);
        if (s.state == "open") going_on.insert(s.round);
    }
    for (const auto& [round, answers] : said) {
        const Index sheets = w.rounds.at(round).sheets;
        if (answers > sheets || (answers < sheets && !going_on.contains(round)))
            w.fault("survey", last[round], last[round] ? std::optional(w.surveys.at(last[round]).closed) : std::nullopt,
                    "the surveys of round " + std::to_string(round) + " say " + std::to_string(answers) +
                        " answers; it has " + std::to_string(sheets) + " entries of them");
    }
}

std::string says(const Survey& s) {
    std::string out(s.state);
    if (!s.closed) return out;
    out += ": " + std::to_string(s.answers) + " answers";
    return s.on_roll ? out + " of a roll of " + std::to_string(s.roll) : out;
}

Json figures_of(const World&, Index id, const Survey& s) {
    Json j = Json::Object{{"id", id},
                          {"cycle", s.round},
                          {"state", s.state},
                          {"k", s.k},
                          {"roll", s.roll},
                          {"mode", s.on_roll ? "roll" : "anonymous"},
                          {"closes", kernel::iso(s.closes)}};
    if (!s.closed) return j;
    j.set("answers", s.answers).set("lost", s.lost);
    return j.set("figures", s.counted == s.answers ? figures_again(s) : s.figures);
}

}  // namespace audit
