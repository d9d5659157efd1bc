// The writer: what is recorded, refused, undone, repeated, and what its receipts prove.
#include "ledger.h"

#include <future>

#include <watch/watch.h>

#include "toy.h"

namespace {

using toy::Place;

class Ledger : public toy::Engines {};
INSTANTIATE_TEST_SUITE_P(Engines, Ledger, testing::ValuesIn(db::engines), toy::engine_name);

TEST_P(Ledger, records_and_proves) {
    Place place(GetParam());
    EXPECT_EQ(place.ledger->size(), 0);
    for (std::int64_t i = 0; i < 20; ++i) {
        const auto receipt = place.ledger->perform(toy::say(i % 3, "number " + std::to_string(i)));
        ASSERT_TRUE(receipt);
        EXPECT_EQ(receipt->index, i);
        EXPECT_EQ(receipt->time, toy::morning);
        EXPECT_FALSE(receipt->repeated);
        EXPECT_LE(receipt->leaf.size(), 1024u);
        toy::expect_proves(*receipt);
        EXPECT_EQ(place.ledger->size(), i + 1);
        EXPECT_EQ(place.ledger->checkpoint(), receipt->checkpoint);
    }
    EXPECT_EQ(place.number("select count(*) from toy_note"), 20);
    EXPECT_EQ(place.number("select notes from toy_box where box = 1"), 7);
    auto read = place.database->read();
    EXPECT_EQ(ledger::head(*read), place.ledger->checkpoint());
    for (std::int64_t i = 0; i < 20; ++i) {
        const auto later = ledger::receipt(*read, i);
        ASSERT_TRUE(later);
        toy::expect_proves(*later);
        EXPECT_EQ(later->checkpoint, place.ledger->checkpoint());
        EXPECT_EQ(later->leaf, ledger::leaf(*read, i));
    }
    EXPECT_FALSE(ledger::receipt(*read, 20));
    EXPECT_FALSE(ledger::receipt(*read, -1));
    EXPECT_FALSE(ledger::leaf(*read, 20));
    EXPECT_FALSE(ledger::entry(*read, 20));
    toy::expect_sound(*read);
}

TEST_P(Ledger, entries_say_what_the_drafts_said) {
    Place place(GetParam());
    place.must(toy::say(3, "hello 你好"));
    place.must(toy::move(0, 4));
    auto read = place.database->read();
    const auto said = ledger::entry(*read, 0);
    ASSERT_TRUE(said);
    EXPECT_EQ(said->kind, "toy.said");
    EXPECT_EQ(said->v, 1);
    EXPECT_EQ(said->subject, 7);
    EXPECT_FALSE(said->parent);
    EXPECT_EQ(said->time, toy::morning);
    EXPECT_EQ(said->facts, kernel::Json(kernel::Json::Object{{"box", 3}, {"length", 12}}));
    EXPECT_EQ(said->words, kernel::Json(kernel::Json::Object{{"said", "hello 你好"}}));
    const auto all = ledger::entries(*read, 0, 10);
    ASSERT_EQ(all.size(), 2u);
    EXPECT_EQ(all[1].kind, "toy.moved");
    EXPECT_EQ(all[1].parent, 0);
    EXPECT_FALSE(all[1].words);
    EXPECT_EQ(ledger::entries(*read, 1, 10).size(), 1u);
    EXPECT_EQ(ledger::entries(*read, 0, 1).size(), 1u);
    EXPECT_TRUE(ledger::entries(*read, 2, 10).empty());
}

TEST_P(Ledger, served_payloads_open_their_commitments) {
    Place place(GetParam());
    place.must(toy::say(3, "closed words"));
    place.must([](toy::Writing& writing) -> kernel::Result<std::int64_t> {
        ledger::Draft draft = toy::said_draft(1, "open words");
        draft.words_served = ledger::Served::open;
        draft.facts_served = ledger::Served::closed;
        return writing.append(draft);
    });
    place.must(toy::move(0, 2));
    auto read = place.database->read();
    const auto served = ledger::public_entries(*read, 0, 10);
    ASSERT_EQ(served.size(), 3u);
    const auto commits = [](const std::string& leaf, const char* member, const std::string& payload,
                            const kernel::Bytes& salt) {
        return kernel::parse_json(leaf)->need_string(member) ==
               kernel::base64(kernel::hmac_sha256(salt, kernel::view(payload)));
    };
    ASSERT_TRUE(served[0].facts && served[0].facts_salt);
    EXPECT_EQ(*served[0].facts, R"({"box":3,"length":12})");
    EXPECT_EQ(served[0].facts_salt->size(), 32u);
    EXPECT_TRUE(commits(served[0].leaf, "facts", *served[0].facts, *served[0].facts_salt));
    EXPECT_FALSE(served[0].words || served[0].words_salt);
    EXPECT_FALSE(served[0].words_erased);
    ASSERT_TRUE(served[1].words && served[1].words_salt);
    EXPECT_TRUE(commits(served[1].leaf, "words", *served[1].words, *served[1].words_salt));
    EXPECT_FALSE(served[1].facts || served[1].facts_salt);
    EXPECT_NE(served[0].facts_salt, served[2].facts_salt);
    EXPECT_FALSE(served[2].words_erased);
    EXPECT_EQ(ledger::public_entries(*read, 2, 10).size(), 1u);
}

// One changed bit never makes leave to serve of what is kept: the two marks are two bits apart, and no other is one.
TEST_P(Ledger, a_damaged_mark_serves_nothing) {
    Place place(GetParam());
    place.must(toy::say(3, "closed words"));
    db::Connection& db = place.database->writer();
    ASSERT_EQ(place.number("select open from entry_words where idx = 0"), 0);
    ASSERT_EQ(place.number("select facts_open from entry where idx = 0"), 3);
    for (std::int64_t mark : {1, 2, 4, 7, 11}) {
        db.run("update entry_words set open = $1 where idx = 0", mark);
        EXPECT_THROW(ledger::public_entries(*place.database->read(), 0, 10), std::runtime_error) << mark;
        db.run("update entry_words set open = 0 where idx = 0");
        db.run("update entry set facts_open = $1 where idx = 0", mark);
        EXPECT_THROW(ledger::public_entries(*place.database->read(), 0, 10), std::runtime_error) << mark;
        db.run("update entry set facts_open = 3 where idx = 0");
    }
    EXPECT_FALSE(ledger::public_entries(*place.database->read(), 0, 10)[0].words);
}

TEST_P(Ledger, a_refusal_records_nothing) {
    Place place(GetParam());
    place.must(toy::say(1, "first"));
    const std::string before = place.ledger->checkpoint();
    for (const toy::Act& act : {toy::refuse(), toy::refuse_late()}) {
        const auto refused = place.ledger->perform(act);
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().key, "toy.no");
        EXPECT_EQ(place.ledger->size(), 1);
        EXPECT_EQ(place.ledger->checkpoint(), before);
    }
    EXPECT_EQ(place.number("select count(*) from toy_note"), 1);
    EXPECT_EQ(place.number("select count(*) from entry"), 1);
    const auto next = place.ledger->perform(toy::say(1, "second"));
    ASSERT_TRUE(next);
    EXPECT_EQ(next->index, 1);
    toy::expect_proves(*next);
    toy::expect_sound(*place.database->read());
}

TEST_P(Ledger, one_bad_act_does_not_hurt_the_others) {
    watch::quiet(true);
    Place place(GetParam());
    place.must(toy::say(1, "zero"));
    const std::vector<toy::Form> forms = {{toy::say(1, "one")},   {toy::move(0, 13)}, {toy::say(1, "two")},
                                          {toy::refuse_late()},   {toy::move(0, 14)}, {toy::refuse()},
                                          {toy::say(1, "three")}, {toy::move(0, 5)}};
    const auto results = toy::together(*place.ledger, forms);
    const char* errors[] = {"", "ledger.broken", "", "toy.no", "ledger.broken", "toy.no", "", ""};
    std::int64_t index = 1;
    for (std::size_t i = 0; i < results.size(); ++i) {
        ASSERT_EQ(results[i].has_value(), errors[i][0] == '\0') << i;
        if (!results[i]) {
            EXPECT_EQ(results[i].error().key, errors[i]);
            continue;
        }
        EXPECT_EQ(results[i]->index, index++) << "answers come in the order of the acts";
        toy::expect_proves(*results[i]);
    }
    EXPECT_EQ(place.ledger->size(), 5);
    EXPECT_EQ(place.number("select count(*) from toy_note"), 4);
    EXPECT_EQ(place.number("select box from toy_note where id = 0"), 5);
    toy::expect_sound(*place.database->read());
    watch::quiet(false);
}

// The transaction is rolled back in the middle; what is in memory must be as before.
TEST_P(Ledger, after_a_rollback_the_next_act_gets_the_same_index) {
    watch::quiet(true);
    Place place(GetParam());
    for (int i = 0; i < 300; ++i) place.must(toy::say(1, std::to_string(i)));
    EXPECT_THROW((void)place.ledger->perform([](toy::Writing& writing) -> kernel::Result<std::int64_t> {
        for (int i = 0; i < 300; ++i) writing.append(toy::said_draft(2, "lost"));
        throw std::runtime_error("in the middle");
    }),
                 std::runtime_error);
    EXPECT_EQ(place.ledger->size(), 300);
    const auto receipt = place.ledger->perform(toy::say(1, "next"));
    ASSERT_TRUE(receipt);
    EXPECT_EQ(receipt->index, 300);
    toy::expect_proves(*receipt);
    EXPECT_EQ(place.number("select count(*) from toy_note where box = 2"), 0);
    place.restart();
    EXPECT_EQ(place.must(toy::say(1, "after the restart")), 301);
    toy::expect_sound(*place.database->read());
    watch::quiet(false);
}

TEST_P(Ledger, perform_throws_what_the_act_or_its_apply_threw) {
    watch::quiet(true);
    Place place(GetParam());
    place.must(toy::say(1, "zero"));
    try {
        (void)place.ledger->perform(toy::move(0, 13));
        FAIL() << "no exception";
    } catch (const std::runtime_error& e) { EXPECT_STREQ(e.what(), "box 13 is not to be moved to"); }
    // Our own mistakes are found at once.
    const auto drafted = [&](auto change) {
        return place.ledger->perform([&](toy::Writing& writing) -> kernel::Result<std::int64_t> {
            ledger::Draft draft = toy::moved_draft(0, 1);
            change(draft);
            return writing.append(draft);
        });
    };
    EXPECT_THROW((void)drafted([](auto& d) { d.kind = "toy.unknown"; }), std::runtime_error);
    EXPECT_THROW((void)drafted([](auto& d) { d.words = kernel::Json::Object{}; }), std::logic_error);
    EXPECT_THROW((void)drafted([](auto& d) { d.parent = 1; }), std::logic_error);
    EXPECT_THROW((void)drafted([](auto& d) { d.subject = -1; }), std::logic_error);
    EXPECT_THROW((void)drafted([](auto& d) { d.v = 0; }), std::logic_error);
    EXPECT_THROW((void)drafted([](auto& d) { d.facts = kernel::Json::Array{}; }), std::logic_error);
    EXPECT_THROW((void)drafted([](auto& d) { d.facts.set("half", 0.5); }), std::logic_error);
    EXPECT_THROW((void)drafted([](auto& d) { d.facts.set("far", std::int64_t{1} << 53); }), std::range_error);
    EXPECT_THROW((void)drafted([](auto& d) { d.facts.set("text", "\xff"); }), std::range_error);
    const auto nowhere = place.ledger->perform([](toy::Writing&) -> kernel::Result<std::int64_t> { return 1; });
    ASSERT_FALSE(nowhere);
    EXPECT_EQ(nowhere.error().key, "ledger.broken");
    EXPECT_THROW((void)place.ledger->perform([](toy::Writing&) -> kernel::Result<std::int64_t> { throw 7; }), int);
    EXPECT_THROW((void)place.ledger->perform([&](toy::Writing&) -> kernel::Result<std::int64_t> {
        return place.ledger->perform(toy::refuse()).error();
    }),
                 std::logic_error);
    EXPECT_EQ(place.ledger->size(), 1);
    EXPECT_TRUE(drafted([](auto&) {}));
    watch::quiet(false);
}

TEST_P(Ledger, an_act_may_answer_with_an_older_entry) {
    Place place(GetParam());
    place.must(toy::say(1, "zero"));
    place.must(toy::say(1, "one"));
    const auto receipt = place.ledger->perform([](toy::Writing&) -> kernel::Result<std::int64_t> { return 0; });
    ASSERT_TRUE(receipt);
    EXPECT_EQ(receipt->index, 0);
    EXPECT_FALSE(receipt->repeated);
    toy::expect_proves(*receipt);
    EXPECT_EQ(place.ledger->size(), 2);
    // Several entries of one act: the receipt is that of the one it names.
    const auto second = place.ledger->perform([](toy::Writing& writing) -> kernel::Result<std::int64_t> {
        const std::int64_t note = writing.append(toy::said_draft(1, "two"));
        EXPECT_EQ(writing.next_index(), note + 1);
        EXPECT_EQ(writing.db().one("select box from toy_note where id = $1", note)->integer(0), 1);
        writing.append(toy::moved_draft(note, 6));
        return note;
    });
    ASSERT_TRUE(second);
    EXPECT_EQ(second->index, 2);
    toy::expect_proves(*second);
    EXPECT_EQ(place.ledger->size(), 4);
}

TEST_P(Ledger, rows_of_local_tables_are_kept_without_an_entry_when_the_act_says_so) {
    Place place(GetParam());
    place.must(toy::say(1, "zero"));
    const std::string checkpoint = place.ledger->checkpoint();
    const auto wait = [](std::int64_t id, bool keep) {
        return [id, keep](toy::Writing& w) -> kernel::Result<std::int64_t> {
            w.db().run("insert into toy_waiting (id) values ($1)", id);
            if (keep) w.keep_local();
            return 0;
        };
    };
    const auto thrown = [&](std::int64_t id) {
        return [=](toy::Writing& w) -> kernel::Result<std::int64_t> {
            (void)wait(id, true)(w).has_value();
            throw std::runtime_error("in the middle");
        };
    };
    place.must(wait(1, true));
    EXPECT_THROW((void)place.ledger->perform(thrown(2)).has_value(), std::runtime_error);
    EXPECT_EQ(place.number("select count(*) from toy_waiting"), 1);
    watch::quiet(true);
    const auto results = toy::together(*place.ledger, {{wait(3, true), {}}, {thrown(4), {}}, {wait(5, true), {}}});
    watch::quiet(false);
    EXPECT_TRUE(results[0] && !results[1] && results[2]);
    EXPECT_EQ(place.number("select count(*) from toy_waiting"), 3);
    EXPECT_EQ(place.ledger->checkpoint(), checkpoint);
    EXPECT_EQ(place.ledger->size(), 1);
    place.restart();
    EXPECT_EQ(place.number("select count(*) from toy_waiting where id in (1, 3, 5)"), 3);
    EXPECT_EQ(place.must(toy::say(1, "one")), 1);
}

TEST_P(Ledger, promises_are_signed_and_are_no_checkpoints) {
    Place place(GetParam());
    const std::string promise = place.ledger->sign("a promise\nabout something\n");
    const auto note = merkle::Note::parse(promise);
    ASSERT_TRUE(note);
    EXPECT_TRUE(merkle::signed_by(*note, place.ledger->key()));
    EXPECT_FALSE(merkle::Checkpoint::parse(note->body));
    EXPECT_THROW((void)place.ledger->sign("no end of a line"), std::logic_error);
    EXPECT_THROW((void)place.ledger->sign(place.ledger->key().name + "\n7\nroot\n"), std::logic_error);
}

TEST_P(Ledger, times_are_whole_minutes_and_never_go_back) {
    Place place(GetParam());
    place.clock.set(toy::morning + 59'999);
    EXPECT_EQ(place.ledger->perform(toy::say(1, "a"))->time, toy::morning);
    place.clock.set(toy::morning + 60'000);
    EXPECT_EQ(place.ledger->perform(toy::say(1, "b"))->time, toy::morning + 60'000);
    place.clock.set(toy::morning + -3'600'000);
    EXPECT_EQ(place.ledger->perform(toy::say(1, "c"))->time, toy::morning + 60'000);
    place.restart();
    const auto receipt = place.ledger->perform([](toy::Writing& writing) -> kernel::Result<std::int64_t> {
        EXPECT_EQ(writing.now(), toy::morning + 60'000);
        return writing.append(toy::said_draft(1, "d"));
    });
    EXPECT_EQ(receipt->time, toy::morning + 60'000);
    EXPECT_EQ(place.number("select time from toy_note where id = 3"), toy::morning.ms + 60'000);
}

TEST_P(Ledger, more_than_the_queue_holds_is_refused_at_once) {
    watch::quiet(true);
    Place place(GetParam());
    ledger::Ledger::Settings small;
    small.queue = 3;
    small.batch = 2;
    place.restart(small);
    std::promise<void> go, started;
    std::shared_future<void> gone = go.get_future().share();
    place.ledger->submit(
        [&started, gone](toy::Writing& writing) {
            started.set_value();
            gone.wait();
            return toy::refuse()(writing);
        },
        std::nullopt, [](auto) {});
    started.get_future().wait();
    std::atomic<int> recorded = 0, overloaded = 0;
    for (int i = 0; i < 5; ++i)
        place.ledger->submit(toy::say(1, "x"), std::nullopt, [&](auto result) {
            if (result)
                ++recorded;
            else if (result.error().key == "ledger.overloaded" && result.error().code == kernel::Code::unavailable)
                ++overloaded;
        });
    EXPECT_EQ(overloaded, 2);
    go.set_value();
    place.ledger.reset();  // drains what was accepted
    EXPECT_EQ(recorded, 3);
    EXPECT_EQ(place.number("select count(*) from toy_note"), 3);
    watch::quiet(false);
}

TEST_P(Ledger, waits_for_growth) {
    Place place(GetParam());
    EXPECT_EQ(place.ledger->wait(-1, 10'000), 0);
    EXPECT_EQ(place.ledger->wait(0, 1), 0);
    std::future<std::int64_t> waiting = std::async(std::launch::async, [&] { return place.ledger->wait(0, 10'000); });
    place.must(toy::say(1, "x"));
    EXPECT_EQ(waiting.get(), 1);
}

TEST_P(Ledger, the_tree_grows_through_many_tiles_and_restarts) {
    Place place(GetParam());
    std::vector<merkle::Checkpoint> seen;
    for (const int acts : {1, 254, 1, 1, 255, 300, 5}) {
        for (int i = 0; i < acts; i += 85)
            place.must([n = std::min(85, acts - i)](toy::Writing& writing) -> kernel::Result<std::int64_t> {
                for (int k = 1; k < n; ++k) writing.append(toy::said_draft(k, "many"));
                return writing.append(toy::said_draft(0, "last"));
            });
        place.restart();
        auto read = place.database->read();
        const auto now = *merkle::Checkpoint::parse(merkle::Note::parse(ledger::head(*read))->body);
        for (const merkle::Checkpoint& before : seen)
            EXPECT_TRUE(merkle::verify_consistency(
                before.size, now.size, merkle::consistency_proof(before.size, now.size, ledger::hashes(*read)),
                before.root, now.root));
        for (std::int64_t i = 0; i < now.size; i += 37) toy::expect_proves(*ledger::receipt(*read, i));
        toy::expect_sound(*read);
        // The writer's own way to the receipt of an old entry: the tree's edge in memory, the rest from tiles.
        for (std::int64_t i = 0; i < now.size; i += 101) {
            const auto again = place.ledger->perform([i](toy::Writing&) -> kernel::Result<std::int64_t> { return i; });
            ASSERT_TRUE(again);
            EXPECT_EQ(again->leaf, ledger::leaf(*read, i));
            EXPECT_EQ(again->proof, ledger::receipt(*read, i)->proof);
        }
        seen.push_back(now);
    }
    EXPECT_EQ(seen.back().size, 817);
    auto read = place.database->read();
    EXPECT_FALSE(ledger::tile(*read, 0, 3, 50));
    EXPECT_TRUE(ledger::tile(*read, 0, 3, 49));
    EXPECT_EQ(ledger::tile(*read, 0, 3, 3)->size(), 96u);
    EXPECT_FALSE(ledger::tile(*read, 0, 4, 1));
    EXPECT_FALSE(ledger::tile(*read, 1, 0, 4));
    EXPECT_EQ(ledger::tile(*read, 1, 0, 3)->size(), 96u);
    for (const int width : {0, -1, 257}) EXPECT_FALSE(ledger::tile(*read, 0, 0, width));
    EXPECT_FALSE(ledger::entry_bundle(*read, 3, 50));
    EXPECT_FALSE(ledger::entry_bundle(*read, -1, 1));
    EXPECT_THROW(ledger::hashes(*read)(0, 817), std::out_of_range);
    EXPECT_THROW(ledger::hashes(*read)(9, 1), std::out_of_range);
}

}  // namespace
