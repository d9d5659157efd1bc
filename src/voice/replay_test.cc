// Whatever happens, and whatever is erased in between: replaying the ledger arrives at the rows that stand there.
#include <random>

#include <gtest/gtest.h>

#include "call_back.h"
#include "found.h"
#include "test_world.h"

namespace voice {
namespace {

class Happenings {
public:
    Happenings(World& world, unsigned seed) : world_(world), random_(seed) {}

    void one() {
        const people::Needs& needs = *world_.needs;
        if (said_.empty() || below(4) == 0) return say();
        const VoiceId id = said_[below(said_.size())];
        switch (below(39)) {
            case 0:
            case 1:
            case 2:
                note(assign(needs, world_.as("clerk"), id, pick({world_.roads, world_.lamps, world_.root}), {}));
                break;
            case 3:
                note(assign(needs, world_.as("roads"), id, world_.roads, world_.as("roads").officer));
                break;
            case 4:
                note(bounce(needs, world_.as("roads"), id, "not ours"));
                break;
            case 5:
                note(ask_back(needs, world_.as("roads"), id, "which one?"));
                break;
            case 6:
            case 7:
                note(answer(needs, world_.as(pick<std::string>({"roads", "lamps", "head"})), id, Answer::done, "done",
                            {}));
                break;
            case 8:
                note(answer(needs, world_.as("roads"), id, Answer::dated, "later", today() + 30));
                break;
            case 9:
                note(extend(needs, world_.as("roads_head"), id, today() + 20, "parts"));
                break;
            case 10:
                note(add_word(needs, author(id), id, "", "a word"));
                break;
            case 11:
                note(rate(needs, author(id), id, "", below(2) == 0, 1 + static_cast<int>(below(5)), "judged"));
                break;
            case 12:
                note(reopen(needs, author(id), id, "", "again"));
                break;
            case 13:
                note(withdraw(needs, author(id), id, "", below(2) == 0));
                break;
            case 14:
                note(hide(needs, world_.as("moderator"), id, pick({Ground::advertising, Ground::empty}), "hidden"));
                break;
            case 15:
                note(appeal(needs, author(id), id, "", "it is true"));
                break;
            case 16:
                note(show_again(needs, world_.as("moderator2"), id, "shown"));
                break;
            case 17:
                note(below(2) ? hold(needs, world_.as("moderator"), id, Ground::unlawful, "a look")
                              : publish(needs, world_.as("moderator"), id));
                break;
            case 18: {
                const auto reported = report(needs, {}, id, Ground::threat_or_hate, "look");
                if (reported) note(decide_report(needs, world_.as("moderator"), *reported, below(2) == 0, "decided"));
                break;
            }
            case 19:
                note(correct_kind(needs, world_.as("clerk"), id, pick({Kind::help, Kind::question}), "wrong kind"));
                break;
            case 20:
            case 21:
                note(join(needs, world_.as("clerk"), id, said_[below(said_.size())], "the same"));
                break;
            case 22:
                note(below(2) == 0 ? separate(needs, world_.as("clerk"), id, "not the same")
                                   : keep_apart(needs, author(id), id, "", "not the same"));
                break;
            case 23:
            case 24:
                note(answer(needs, world_.as("roads"), id, Answer::agreed, "agreed", today() + 2));
                break;
            case 25:
                note(say_agreed(needs, author(id), id, "", below(2) == 0, "so it was"));
                break;
            case 26:
                note(below(2) == 0 ? judge_agreement(needs, author(id), id, "", below(2) == 0, "seen")
                                   : find_agreement(needs, world_.as("head"), id, below(2) == 0, "looked"));
                break;
            case 27:
                note(pause(needs, world_.as("roads"), id,
                           pick({deadline::Reason::third_party, deadline::Reason::hearing}), "they are asked"));
                break;
            case 28:
                note(resume(needs, world_.as("roads"), id));
                break;
            case 29:
                note(correct_place(needs, world_.as("clerk"), id, pick<std::string>({"lamps", "drains", ""}),
                                   pick<std::string>({"north", ""}), "wrong place"));
                break;
            case 30:
                world_.change_rules(below(2) == 0);
                break;
            case 31:
            case 34:
                note(found_open(id));
                break;
            case 35:
            case 36:
            case 37:
                split_up(id);
                break;
            case 38:
                note(below(2) == 0 ? put_together(needs, world_.as("clerk"), id, "one matter")
                                   : keep_whole(needs, author(id), id, "", "one matter"));
                break;
            case 32:
            case 33: {
                Called asked;
                asked.outcome = pick({Call::rated, Call::rated, Call::not_reached, Call::refused});
                if (asked.outcome == Call::rated) {
                    asked.solved = below(2) == 0, asked.stars = 1 + static_cast<int>(below(5));
                    asked.again = !*asked.solved && below(2) == 0;
                }
                const VoiceId called = typed_.empty() ? id : typed_[below(typed_.size())];
                note(assign(needs, world_.as("clerk"), called, world_.roads, {}));
                note(answer(needs, world_.as("roads"), called, Answer::done, "done", {}));
                note(call_back(needs, world_.as("clerk"), called, asked, "they said so"));
                break;
            }
            default:
                break;
        }
        if (below(10) == 0) {
            world_.clock.advance(static_cast<std::int64_t>(1 + below(6)) * 86'400'000);
            world_.tick();
        }
        if (below(3) == 0) erase_something();
    }
    int done() const { return done_; }
    int erased() const { return erased_; }
    int split_off() const { return split_; }

private:
    std::size_t below(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random_); }
    template <class T>
    T pick(std::initializer_list<T> these) {
        return *(these.begin() + static_cast<long>(below(these.size())));
    }
    void note(const kernel::Checked& checked) { done_ += checked ? 1 : 0; }
    kernel::Day today() { return kernel::local_day(world_.clock.now()); }
    kernel::Checked found_open(VoiceId id) {
        const Reopening reopen = reopening(*world_.needs);
        const auto done = world_.within([&](ledger::Writing& w) -> kernel::Checked {
            const auto found = reopen(w, id, 1);
            return found ? kernel::Checked() : found.error();
        });
        return done ? kernel::Checked() : done.error();
    }
    people::Actor author(VoiceId id) { return world_.browser(visitors_.at(id.value())); }

    void say() {
        Draft draft = world_.draft("Text " + std::to_string(said_.size()));
        if (below(5) == 0) draft.text += " 13812345678";
        if (below(5) == 0) draft.audience = Audience::unit_only;
        if (below(4) == 0)
            draft.photos = {{kernel::sha256(kernel::view(draft.text)), kernel::Hash{}, 30, 40, "a lamp"}};
        draft.kind = pick({Kind::help, Kind::complaint, Kind::suggestion, Kind::question, Kind::praise});
        if (routing::in_force(*world_.database->read())) {
            draft.category = pick<std::string>({"lamps", "drains", ""});
            draft.district = pick<std::string>({"north", ""});
        }
        const std::string visitor = "visitor-" + std::to_string(below(6));
        people::Actor actor = world_.browser(visitor);
        if (below(5) == 0) {
            actor = world_.as("roads2");
            draft.way = Way::telephone;
        }
        const VoiceId id = must(receive(*world_.needs, actor, draft, {})).id;
        if (draft.way == Way::telephone) typed_.push_back(id);
        visitors_[id.value()] = visitor;
        said_.push_back(id);
        ++done_;
    }
    void split_up(VoiceId id) {
        std::vector<PartDraft> parts = {{"One", "Text", Kind::help, "", "", {}},
                                        {"Two", "Text", pick({Kind::praise, Kind::complaint}), "", "", world_.lamps}};
        const kernel::Checked done = split(*world_.needs, world_.as("clerk"), id, parts);
        note(done);
        if (!done) return;
        for (VoiceId part : part_ids(*world_.database->read(), id)) {
            if (visitors_.contains(part.value())) continue;
            visitors_[part.value()] = visitors_.at(id.value());
            said_.push_back(part);
            ++split_;
        }
    }
    void erase_something() {
        const auto index = static_cast<std::int64_t>(below(static_cast<std::size_t>(world_.ledger->size())));
        const auto entry = ledger::entry(*world_.database->read(), index);
        if (!entry || !entry->words || !entry->kind.starts_with("voice.")) return;
        world_.erase(index);
        ++erased_;
    }

    World& world_;
    std::mt19937 random_;
    std::vector<VoiceId> said_, typed_;
    std::map<std::int64_t, std::string> visitors_;
    int done_ = 0, erased_ = 0, split_ = 0;
};

class VoiceReplay : public testing::TestWithParam<db::Engine> {};

TEST_P(VoiceReplay, LiveIsReplayedAlsoAfterErasures) {
    // PostgreSQL takes the same path with fewer acts.
    const int acts = GetParam() == db::Engine::sqlite ? 600 : 150;
    World world(GetParam());
    Happenings happenings(world, 20261123);
    for (int i = 0; i < acts; ++i) happenings.one();
    EXPECT_GT(happenings.done(), acts / 4);
    EXPECT_GT(happenings.erased(), acts / 40);
    EXPECT_GT(happenings.split_off(), acts / 100);
    world.expect_same_after_rebuild();

    // The figures are those a count of the rows gives.
    auto db = world.database->read();
    Counts counted;
    Filter f;
    f.at_most = 10'000;
    for (const Voice& v : voices(*db, f)) {
        counted.split += v.state == State::split;
        if (!v.part_of) {
            ++counted.voices;
            counted.open_to_public += v.shown == Shown::published;
            counted.held += v.shown == Shown::held;
            counted.hidden += v.shown == Shown::hidden;
        }
        if (v.state == State::split || v.state == State::put_back) continue;
        counted.parts += v.part_of.has_value();
        counted.answered += v.answered.has_value();
        counted.late += v.late_days > 0;
        counted.reopened += v.reopened > 0;
        counted.withdrawn += v.state == State::withdrawn;
        counted.rated += v.rating.has_value();
        counted.called_back += v.rating_unit.has_value();
        counted.silent += v.state == State::closed_unrated;
    }
    const Counts kept = world.count();
    EXPECT_EQ(kept.voices, counted.voices);
    EXPECT_EQ(kept.open_to_public, counted.open_to_public);
    EXPECT_EQ(kept.held, counted.held);
    EXPECT_EQ(kept.hidden, counted.hidden);
    EXPECT_EQ(kept.answered, counted.answered);
    EXPECT_EQ(kept.late, counted.late);
    EXPECT_EQ(kept.reopened, counted.reopened);
    EXPECT_EQ(kept.withdrawn, counted.withdrawn);
    EXPECT_EQ(kept.rated, counted.rated);
    EXPECT_EQ(kept.called_back, counted.called_back);
    EXPECT_GT(kept.called_back, GetParam() == db::Engine::sqlite ? 0 : -1);
    EXPECT_EQ(kept.silent, counted.silent);
    EXPECT_EQ(kept.split, counted.split);
    EXPECT_EQ(kept.parts, counted.parts);
    std::map<std::int64_t, std::int64_t> overdue_rows;
    for (const Voice& v : voices(*db, f))
        if (v.overdue > 0) ++overdue_rows[v.unit ? v.unit->value() : 0];
    for (const Overdue& one : overdue(*db)) {
        EXPECT_EQ(one.n, overdue_rows[one.unit ? one.unit->value() : 0]);
        EXPECT_EQ(overdue_of(*db, one.unit, {}, 10'000).size(), static_cast<std::size_t>(one.n));
        overdue_rows.erase(one.unit ? one.unit->value() : 0);
    }
    EXPECT_TRUE(overdue_rows.empty());
    std::int64_t by_ground = 0;
    for (const HiddenCount& one : hidden_counts(*db, world.desk)) by_ground += one.n;
    EXPECT_EQ(by_ground, counted.hidden);
}

INSTANTIATE_TEST_SUITE_P(Engines, VoiceReplay, testing::ValuesIn(db::engines),
                         [](const auto& i) { return db::engine_name(i); });

}  // namespace
}  // namespace voice
