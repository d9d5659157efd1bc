#include "corpus.h"

#include <algorithm>

#include <survey/survey.h>

namespace discovery {
namespace {

constexpr int at_once = 500;

template <class Id>
std::int64_t first_issue(db::Connection& db, Id id) {
    const auto all = issue::issues_of(db, id);
    return all.empty() ? 0 : all.front().id.value();
}

bool to_group(const voice::Voice& v) {
    const bool there = v.shown == voice::Shown::published || v.shown == voice::Shown::unit_only;
    return there && v.state != voice::State::withdrawn && v.state != voice::State::split &&
           v.state != voice::State::put_back && !(v.title.empty() && v.text.empty());
}

Piece piece_of(db::Connection& db, voice::Voice v) {
    const auto author = voice::author_of(db, v.id);
    const bool open = v.shown == voice::Shown::published;
    return {item_of(v.id),      v.cycle,           author ? author->value() : 0, first_issue(db, v.id),
            std::move(v.title), std::move(v.text), std::move(v.district),        open};
}

Piece piece_of(db::Connection& db, people::CycleId cycle, dialogue::Statement s) {
    return {item_of(s.id), cycle, 0, first_issue(db, s.id), "", std::move(s.text), ""};
}

class Collecting {
public:
    Collecting(db::Database& database, const std::function<bool()>& go_on) : database_(database), go_on_(go_on) {}

    void round(const cycle::Cycle& c, std::size_t most) {
        messages(c.id, most);
        statements(c.id);
        surveys(c.id);
    }
    std::vector<Piece> all;

private:
    void messages(people::CycleId cycle, std::size_t most) {
        voice::Filter filter;
        filter.cycle = cycle, filter.for_public = false, filter.at_most = at_once;
        for (std::size_t n = 0; n < most && go_on_();) {
            auto db = database_.read();
            auto some = voice::voices(*db, filter);
            if (some.empty()) return;
            filter.before = some.back().id;
            for (voice::Voice& v : some)
                if (to_group(v) && !issue::is_advice(*db, v.id) && n++ < most)
                    all.push_back(piece_of(*db, std::move(v)));
        }
    }
    void statements(people::CycleId cycle) {
        for (const dialogue::Dialogue& d : dialogue::dialogues(*database_.read(), cycle)) {
            dialogue::Filter filter;
            filter.dialogue = d.id, filter.at_most = at_once;
            while (go_on_()) {
                auto db = database_.read();
                auto some = dialogue::statements(*db, filter);
                if (some.empty()) break;
                filter.after = some.back().id;
                for (dialogue::Statement& s : some)
                    if (!s.text.empty()) all.push_back(piece_of(*db, cycle, std::move(s)));
            }
        }
    }
    void surveys(people::CycleId cycle) {
        survey::Filter filter;
        filter.cycle = cycle, filter.state = survey::State::closed, filter.at_most = 100;
        while (go_on_()) {
            const auto some = survey::surveys(*database_.read(), filter);
            if (some.empty()) return;
            filter.before = some.back().id;
            for (const survey::Survey& s : some) texts(cycle, s.id);
        }
    }
    void texts(people::CycleId cycle, survey::SurveyId id) {
        // What nobody wrote is skipped, so an empty page is not the end of the answers.
        const auto answered = survey::survey(*database_.read(), id)->answers;
        for (std::int64_t after = 0; after < answered && go_on_(); after += at_once) {
            auto db = database_.read();
            for (survey::Text& t : survey::texts(*db, id, after, at_once)) {
                const issue::AnswerId answer{t.entry, t.question};
                all.push_back({item_of(answer), cycle, 0, first_issue(*db, answer), "", std::move(t.text), "", false});
            }
        }
    }

    db::Database& database_;
    const std::function<bool()>& go_on_;
};

bool in_preparation(const cycle::Cycle& c) { return !c.standing && c.phase == cycle::Phase::prepare; }

void add_rounds(db::Connection& db, std::vector<cycle::Cycle>& all, bool (*fits)(const cycle::Cycle&)) {
    std::optional<people::CycleId> before;
    for (;;) {
        const auto some = cycle::cycles(db, before, 100);
        if (some.empty()) return;
        before = some.back().id;
        std::copy_if(some.begin(), some.end(), std::back_inserter(all), fits);
    }
}

}  // namespace

bool takes_part(const cycle::Cycle& c) {
    return c.standing || (c.phase != cycle::Phase::prepare && c.phase != cycle::Phase::closed);
}

std::optional<Piece> piece(db::Connection& db, Item item) {
    switch (what(item)) {
        case What::message: {
            voice::Filter filter;
            filter.for_public = false, filter.at_most = 1;
            filter.after = voice::VoiceId(entry_of(item) - 1), filter.before = voice::VoiceId(entry_of(item) + 1);
            auto found = voice::voices(db, filter);
            if (found.empty() || !to_group(found[0]) || issue::is_advice(db, found[0].id)) return std::nullopt;
            return piece_of(db, std::move(found[0]));
        }
        case What::statement: {
            auto s = dialogue::statement(db, dialogue::StatementId(entry_of(item)));
            if (!s || s->state != dialogue::State::accepted || s->text.empty()) return std::nullopt;
            const auto in = dialogue::dialogue(db, s->dialogue);
            if (!in) return std::nullopt;
            return piece_of(db, in->cycle, std::move(*s));
        }
        case What::answer: {
            const issue::AnswerId id = answer_in(item);
            auto w = survey::written(db, id.entry, id.question);
            if (!w || w->text.empty()) return std::nullopt;
            const auto of = survey::survey(db, w->survey);
            if (!of || of->state != survey::State::closed) return std::nullopt;
            return Piece{item, w->cycle, 0, first_issue(db, id), "", std::move(w->text), "", false};
        }
    }
    return std::nullopt;
}

std::vector<cycle::Cycle> open_rounds(db::Connection& db) {
    std::vector<cycle::Cycle> all = {cycle::standing_desk(db)};
    add_rounds(db, all, takes_part);
    return all;
}

std::vector<cycle::Cycle> rounds_in_preparation(db::Connection& db) {
    std::vector<cycle::Cycle> all;
    add_rounds(db, all, in_preparation);
    return all;
}

std::vector<Piece> corpus(db::Database& database, const std::vector<cycle::Cycle>& rounds, std::size_t most,
                          const std::function<bool()>& go_on) {
    Collecting collecting(database, go_on);
    for (const cycle::Cycle& c : rounds) collecting.round(c, most);
    std::vector<Piece> all = std::move(collecting.all);
    std::sort(all.begin(), all.end(), [](const Piece& a, const Piece& b) { return a.item < b.item; });
    if (all.size() > most) all.erase(all.begin(), all.end() - static_cast<std::ptrdiff_t>(most));
    return all;
}

}  // namespace discovery
