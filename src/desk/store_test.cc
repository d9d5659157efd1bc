// On both engines: what is there after each act, who gets at it, and that replaying the log arrives at the same rows.
#include <algorithm>
#include <random>

#include "test_world.h"

namespace desk {
namespace {

using kernel::must;
using kernel::refused;
using voice::Answer;
using voice::VoiceId;

class Desk : public testing::TestWithParam<db::Engine> {
protected:
    World world{GetParam()};
    const people::Needs& needs = *world.needs;

    TemplateId set(const std::string& who, const std::string& name, std::optional<people::UnitId> unit,
                   std::optional<voice::Kind> kind = {}, std::optional<TemplateId> of = {},
                   const std::string& text = "No. {number}") {
        return must(set_template(needs, world.as(who), {of, name, "en", unit, kind, text, {}}));
    }
    std::vector<std::string> fitting_names(VoiceId id) {
        std::vector<std::string> names;
        for (const Template& t : fitting(*world.database->read(), voice::voice(*world.database->read(), id).value()))
            names.push_back(t.name);
        return names;
    }
};

TEST_P(Desk, AVersionNeverOverwritesAnother) {
    const TemplateId id = set("roads", "Lamps", world.roads);
    set("roads_head", "Lamps again", world.roads, {}, id, "Again: {number}");
    EXPECT_EQ(refused(set_template(needs, world.as("parks"), {id, "Mine", "en", world.parks, {}, "x", {}})),
              "desk.template_not_yours");
    EXPECT_EQ(refused(set_template(needs, world.as("roads"), {TemplateId(3), "Mine", "en", world.roads, {}, "x", {}})),
              "desk.template_unknown");
    auto db = world.database->read();
    const auto all = versions(*db, id, {}, 10);
    ASSERT_EQ(all.size(), 2u);
    EXPECT_EQ(all[0].text, "Again: {number}");
    EXPECT_TRUE(all[0].current);
    EXPECT_EQ(all[1].text, "No. {number}");
    EXPECT_FALSE(all[1].current);
    EXPECT_EQ(versions(*db, id, 2, 10).size(), 1u);
    must(end_template(needs, world.as("roads"), id));
    EXPECT_EQ(refused(end_template(needs, world.as("roads"), id)), "desk.template_ended");
    EXPECT_TRUE(templates(*db, false, {}, 10).empty());
    ASSERT_EQ(templates(*db, true, {}, 10).size(), 1u);
    EXPECT_EQ(newest(*db, id)->text, "Again: {number}");
    EXPECT_EQ(newest(*db, id)->ended_by, world.as("roads").officer);
    world.erase(all[1].entry);
    EXPECT_EQ(versions(*db, id, 2, 10)[0].text, "");
    world.expect_same_after_rebuild();
}

TEST_P(Desk, TemplatesFitByUnitAndKind) {
    set("clerk", "everybody's", {});
    set("clerk", "of the root", world.root);
    set("roads", "of roads", world.roads);
    set("lamps", "of lamps", world.lamps);
    set("parks", "of parks", world.parks);
    set("roads", "questions alone", world.roads, voice::Kind::question);
    const TemplateId ended = set("roads", "ended", world.roads);
    must(end_template(needs, world.as("roads"), ended));
    using Names = std::vector<std::string>;
    const VoiceId complaint = world.said(), question = world.said(voice::Kind::question);
    EXPECT_EQ(fitting_names(complaint), (Names{"of roads", "of the root", "everybody's"}));
    EXPECT_EQ(fitting_names(question), (Names{"of roads", "questions alone", "of the root", "everybody's"}));
    must(voice::assign(needs, world.as("clerk"), complaint, world.lamps, {}));
    EXPECT_EQ(fitting_names(complaint), (Names{"of lamps", "of roads", "of the root", "everybody's"}));
}

TEST_P(Desk, NotesAreForWhoMayReadWhatIsForNobodyElse) {
    const VoiceId open = world.said(), closed = world.said(voice::Kind::help, "x", voice::Audience::unit_only);
    for (VoiceId id : {open, closed}) {
        for (const char* who : {"roads", "roads_head", "clerk", "moderator"}) {
            ASSERT_TRUE(world.seen_by(who, id)) << who;
            must(note(needs, world.as(who), id, std::string("by ") + who));
        }
        for (const char* who : {"parks", "lamps", "admin2"}) {
            EXPECT_FALSE(world.seen_by(who, id)) << who;
            EXPECT_EQ(refused(note(needs, world.as(who), id, "x")), "desk.note_not_yours");
        }
        EXPECT_EQ(refused(note(needs, {}, id, "x")), "people.sign_in_first");
    }
    EXPECT_EQ(refused(note(needs, world.as("roads"), VoiceId(3), "x")), "voice.unknown");
    auto db = world.database->read();
    const auto all = notes(*db, open, {}, 10);
    ASSERT_EQ(all.size(), 4u);
    EXPECT_EQ(all[0].text, "by moderator");
    EXPECT_EQ(notes(*db, open, all[2].id, 10).size(), 1u);
    // Not among the entries of the voice, not served, not withheld because of it.
    const auto of_voice = voice::entries_of(*db, open);
    EXPECT_EQ(std::count(of_voice.begin(), of_voice.end(), all[0].id.value()), 0);
    for (const auto& e : ledger::public_entries(*db, all[0].id.value(), 1)) {
        EXPECT_FALSE(e.words);
        EXPECT_FALSE(e.words_salt);
    }
    EXPECT_TRUE(concerns(*db, world.as("roads"), all[0].id.value()));
    EXPECT_FALSE(concerns(*db, world.as("parks"), all[0].id.value()));
    world.erase(all[0].id.value());
    EXPECT_EQ(notes(*db, open, {}, 1)[0].text, "");
    world.expect_same_after_rebuild();
}

TEST_P(Desk, NotesGoATermAfterTheirCaseIsOver) {
    const VoiceId id = world.said(), open = world.said();
    const NoteId first = must(note(needs, world.as("roads"), id, "Ask the caretaker."));
    must(note(needs, world.as("roads"), open, "Still running."));
    must(voice::withdraw(needs, people::TestOrganisation::visitor(1), id, "", false));
    const auto over = [&] { return notes_over(*world.database->read(), kernel::local_day(world.clock.now()), 10); };
    world.go_to("2027-11-20");
    EXPECT_TRUE(over().empty());
    world.go_to("2027-12-01");
    EXPECT_EQ(over(), (std::vector<std::int64_t>{first.value()})) << "the other's case is not over";
    world.erase(first.value());
    EXPECT_TRUE(over().empty());
    must(note(needs, world.as("roads"), id, "Written later."));
    EXPECT_TRUE(over().empty()) << "each note is kept for the term";
    world.expect_same_after_rebuild();
}

TEST_P(Desk, ASecondPersonReleases) {
    const VoiceId before = world.said();
    must(voice::answer(needs, world.as("roads"), before, Answer::done, "Alone, as it was.", {}));
    world.need_release();
    const VoiceId id = world.said(), question = world.said(voice::Kind::question);
    must(voice::answer(needs, world.as("roads"), question, Answer::done, "Alone.", {}));
    EXPECT_EQ(refused(voice::answer(needs, world.as("roads"), id, Answer::done, "Alone.", {})), "voice.needs_release");
    EXPECT_EQ(refused(hand_in(needs, world.as("parks"), id, Answer::done, "x", {})), "voice.not_yours");
    EXPECT_EQ(refused(hand_in(needs, world.as("roads"), id, Answer::done, "", {})), "voice.text_missing");
    EXPECT_EQ(refused(hand_in(needs, world.as("roads"), id, Answer::dated, "x", {})), "voice.answer_day_missing");
    EXPECT_EQ(refused(hand_in(needs, world.as("roads"), id, Answer::done, "x", {}, {{}, 3})),
              "voice.changed_meanwhile");
    const DraftId first = must(hand_in(needs, world.as("roads"), id, Answer::done, "First.", {}));
    const DraftId second = must(hand_in(needs, world.as("roads"), id, Answer::dated, "It burns.", world.today() + 9));
    EXPECT_EQ(world.get(first).state, DraftState::replaced);
    EXPECT_EQ(waiting_drafts(*world.database->read(), world.roads, {}, 10).size(), 1u);
    EXPECT_EQ(refused(release(needs, world.as("roads"), second)), "desk.same_person");
    EXPECT_EQ(refused(release(needs, world.as("roads2"), first)), "desk.draft_decided");
    EXPECT_EQ(refused(release(needs, world.as("parks"), second)), "voice.not_yours");
    EXPECT_EQ(refused(release(needs, world.as("roads2"), DraftId(3))), "desk.draft_unknown");
    EXPECT_EQ(refused(release(needs, world.as("roads2"), second, {{}, 3})), "voice.changed_meanwhile");
    EXPECT_EQ(voice::voice(*world.database->read(), id)->state, voice::State::assigned);
    const std::int64_t size = world.ledger->size();
    must(release(needs, world.as("roads2"), second));
    EXPECT_EQ(world.ledger->size(), size + 2) << "answer and release, in one act";
    EXPECT_EQ(voice::voice(*world.database->read(), id)->answered, Answer::dated);
    const Draft d = world.get(second);
    EXPECT_EQ(d.state, DraftState::released);
    EXPECT_EQ(d.answer_entry, size);
    EXPECT_EQ(d.decided_by, world.as("roads2").officer);
    EXPECT_EQ(refused(release(needs, world.as("roads_head"), second)), "desk.draft_decided");
    world.expect_same_after_rebuild();
}

TEST_P(Desk, ADraftIsReturnedOrTakenBack) {
    world.need_release();
    const VoiceId id = world.said();
    const DraftId one = must(hand_in(needs, world.as("roads"), id, Answer::done, "Done.", {}));
    EXPECT_EQ(refused(give_back(needs, world.as("roads2"), one, "")), "desk.remark_missing");
    must(give_back(needs, world.as("roads2"), one, "Say which lamp."));
    EXPECT_EQ(world.get(one).remark, "Say which lamp.");
    const DraftId two = must(hand_in(needs, world.as("roads"), id, Answer::done, "The third.", {}));
    must(give_back(needs, world.as("roads"), two, ""));
    const DraftId three = must(hand_in(needs, world.as("roads2"), id, Answer::done, "The third lamp.", {}));
    // The case went on without it: it cannot be released, and can be returned.
    must(voice::bounce(needs, world.as("roads"), id, "not ours"));
    EXPECT_EQ(refused(release(needs, world.as("roads"), three)), "voice.not_yours");
    world.erase(three.value());
    EXPECT_FALSE(world.get(three).answer);
    EXPECT_EQ(refused(release(needs, world.as("roads"), three)), "desk.draft_gone");
    must(give_back(needs, world.as("roads"), three, "It was not ours."));
    EXPECT_TRUE(waiting_drafts(*world.database->read(), world.roads, {}, 10).empty());
    world.expect_same_after_rebuild();
}

TEST_P(Desk, ListsThatAreReadAllDayNeverScan) {
    auto db = world.database->read();
    const std::pair<db::Query, const char*> rows[] = {
        {fitting_query(world.roads, voice::Kind::help), "desk_template_current"},
        {waiting_drafts_query(world.roads, DraftId(3), 50), "desk_draft_waits"},
    };
    for (const auto& [query, index] : rows) {
        const std::string plan = db::plan_of(*db, query);
        EXPECT_NE(plan.find(index), std::string::npos) << plan;
        for (const char* slow : {"SCAN", "TEMP B-TREE", "Seq Scan", "Sort"})
            EXPECT_EQ(plan.find(slow), std::string::npos) << plan;
    }
}

// Whatever happens, and whatever is erased in between.
TEST_P(Desk, ReplayEqualsLife) {
    world.need_release();
    std::mt19937 random(20261129);
    const auto below = [&](std::size_t n) { return random() % n; };
    std::vector<VoiceId> said = {world.said(), world.said(voice::Kind::help)};
    std::vector<TemplateId> sets;
    std::vector<DraftId> drafts;
    const char* names[] = {"roads", "roads2", "roads_head", "clerk"};
    int done = 0;
    const auto count = [&](const auto& made) { done += made ? 1 : 0; };
    for (int step = 0; step < 150; ++step) {
        const people::Actor who = world.as(names[below(4)]);
        const VoiceId id = said[below(said.size())];
        const std::string n = std::to_string(step);
        switch (below(9)) {
            case 0:
                said.push_back(world.said());
                break;
            case 1:
            case 2: {
                const auto made =
                    set_template(needs, who,
                                 {sets.empty() || below(2) ? std::nullopt : std::optional(sets[below(sets.size())]),
                                  "T" + n,
                                  "en",
                                  world.roads,
                                  below(2) ? std::optional(voice::Kind::help) : std::nullopt,
                                  "No. {number} " + n,
                                  {}});
                count(made);
                if (made) sets.push_back(*made);
                break;
            }
            case 3:
                if (!sets.empty() && below(3) == 0) count(end_template(needs, who, sets[below(sets.size())]));
                break;
            case 4:
                count(note(needs, who, id, "note " + n));
                break;
            case 5:
            case 6: {
                const auto made = hand_in(needs, who, id, below(2) ? Answer::done : Answer::cannot, "text " + n, {});
                count(made);
                if (made) drafts.push_back(*made);
                break;
            }
            case 7:
                if (!drafts.empty()) count(release(needs, who, drafts[below(drafts.size())]));
                break;
            default:
                if (!drafts.empty()) count(give_back(needs, who, drafts[below(drafts.size())], "remark " + n));
                break;
        }
        const std::int64_t last = world.ledger->size() - 1;
        const auto entry = ledger::entry(*world.database->read(), last);
        if (below(4) == 0 && entry->words && entry->kind.starts_with("desk.")) world.erase(last);
    }
    EXPECT_GT(done, 40);
    world.expect_same_after_rebuild();
}

INSTANTIATE_TEST_SUITE_P(Engines, Desk, testing::ValuesIn(db::engines),
                         [](const auto& i) { return db::engine_name(i); });

}  // namespace
}  // namespace desk
