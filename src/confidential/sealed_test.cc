// What somebody finds who has the bytes: a thousand entries that look alike, a box with one bit changed, a passphrase
// to guess; and that replay equals life after random acts and erasures.
#include <algorithm>
#include <random>

#include <kernel/json.h>

#include "test_world.h"

namespace confidential {
namespace {

TEST(ConfidentialSealed, AThousandEntriesOfOneSize) {
    World world(db::Engine::sqlite);
    const std::int64_t from = world.ledger->size();
    const people::CycleId desk = cycle::standing_desk(*world.database->read()).id;
    std::mt19937 random(20261128);
    const auto up_to = [&](int n) { return 1 + static_cast<int>(random() % static_cast<unsigned>(n)); };
    std::vector<std::string> tags;
    std::vector<change::Words> words_of;  // real ones, of many lengths, to one up to eight receivers
    for (int i = 0; i < 40; ++i) {
        Content content;
        content.text = std::string(static_cast<std::size_t>(up_to(2000)), 'x');
        content.keys = kernel::Bytes(static_cast<std::size_t>(32 * (up_to(80) - 1)), 7);
        change::Facts facts;
        facts.matter = kernel::hex(kernel::random_bytes(16));
        tags.push_back(facts.matter);
        const std::vector<kernel::Hash> to(static_cast<std::size_t>(up_to(8)), kernel::BoxKey::random().public_key());
        words_of.push_back(must(seal(facts, to[0], to, content)).words);
    }
    for (int i = 0; i < 1000; i += 100)
        must(world.ledger->perform([&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            for (int k = i; k < i + 100; ++k) {
                change::Facts facts;
                facts.matter = tags[static_cast<std::size_t>(k) % 40];
                facts.n = k / 40 + 1;
                facts.act = facts.n == 1 ? Act::opened : static_cast<Act>(1 + up_to(5));
                for (int receivers = up_to(8); receivers > 0; --receivers)
                    facts.receivers.emplace_back(up_to(1'000'000));
                facts.holder = up_to(static_cast<int>(facts.receivers.size())) - 1;
                if (random() % 2) facts.due = kernel::Day{20'000 + up_to(3000)};
                facts.year = 2026;
                w.append(change::encode(change::Entered{desk, facts, words_of[random() % 40]}, w.next_index()));
            }
            return w.next_index() - 1;
        }));
    std::set<std::size_t> leaves, facts, words;
    int n = 0;
    for (const auto& one : ledger::whole_entries(*world.database->read(), from, world.ledger->size(), 2000)) {
        leaves.insert(one.leaf.size());
        facts.insert(one.facts.size());
        words.insert(one.words->bytes.size());
        ++n;
    }
    EXPECT_EQ(n, 1000);
    EXPECT_EQ(leaves.size(), 1u);
    EXPECT_EQ(facts.size(), 1u);
    EXPECT_EQ(words.size(), 1u);
}

TEST(ConfidentialSealed, OneBitChangedOpensNothingAndHarmsNothingElse) {
    World world(db::Engine::sqlite);
    const kernel::Code25 code = world.sent();
    world.say(code, "More");
    world.hour();
    const kernel::BoxKey author = author_key(code);
    const Matter good = world.look(code).matter;
    const change::Words& words = *good.parts[0].words;
    const auto opens = [&](const change::Words& changed) {
        Matter m = good;
        m.parts[0].words = changed;
        const Thread t = opened_by_author(m, author);
        EXPECT_TRUE(t.said[1].content) << "the other act stays open";
        return t.said[0].content.has_value();
    };
    EXPECT_TRUE(opens(words));
    std::mt19937 random(7);
    for (int i = 0; i < 40; ++i) {
        change::Words changed = words;
        kernel::Bytes& where = i % 2 ? changed.sealed : changed.boxes[0];
        const std::size_t bit = random() % (where.size() * 8);
        where[bit / 8] ^= static_cast<std::uint8_t>(1u << bit % 8);
        EXPECT_FALSE(opens(changed)) << i << " " << bit;
    }
    // Moved to another act of the matter, or to another matter: bound to its place.
    EXPECT_FALSE(opens(*good.parts[1].words));
    EXPECT_FALSE(opens(*world.look(world.sent()).matter.parts[0].words));
}

TEST(ConfidentialSealed, TwentyWrongPassphrases) {
    World world(db::Engine::sqlite);
    OpenKeys keys;
    const auto opens = [&](const std::string& with) {
        return kernel::refused_at(keys.open(*world.needs, world.id("ann"), "session", kernel::Secret(with)));
    };
    const std::string right = World::passphrase("ann").reveal();
    EXPECT_EQ(opens(""), "passphrase confidential.passphrase_missing");
    for (int i = 1; i <= 20; ++i)
        EXPECT_EQ(opens("wrong words, many of them"),
                  i <= 5 ? "passphrase confidential.passphrase_wrong" : "passphrase confidential.passphrase_wait");
    EXPECT_EQ(opens(right), "passphrase confidential.passphrase_wait") << "not even the right one";
    EXPECT_EQ(kernel::refused_at(
                  keys.change(*world.needs, world.id("ann"), kernel::Secret("wrong words"), World::passphrase("x"))),
              "current confidential.passphrase_wait")
        << "nor by the other door";
    EXPECT_EQ(kernel::refused_at(keys.open(*world.needs, world.id("ben"), "s", World::passphrase("ben"))), "")
        << "others are not kept out";
    EXPECT_FALSE(keys.of(*world.needs, world.id("ann"), "session"));
    world.clock.set(world.clock.now() + 61'000);
    EXPECT_EQ(opens("wrong again"), "passphrase confidential.passphrase_wrong");
    EXPECT_EQ(opens(right), "passphrase confidential.passphrase_wait");
    world.clock.set(world.clock.now() + 121'000);
    EXPECT_EQ(opens(right), "");
    EXPECT_TRUE(keys.of(*world.needs, world.id("ann"), "session"));
    EXPECT_FALSE(keys.of(*world.needs, world.id("ann"), "another session"));
    EXPECT_FALSE(keys.of(*world.needs, world.id("ben"), "session"));
    world.clock.set(world.clock.now() + 14 * 60'000);
    EXPECT_TRUE(keys.of(*world.needs, world.id("ann"), "session"));
    world.clock.set(world.clock.now() + 15 * 60'000);
    EXPECT_FALSE(keys.of(*world.needs, world.id("ann"), "session")) << "a quarter of an hour later";
    EXPECT_EQ(opens(right), "");
    keys.lock("session");
    EXPECT_FALSE(keys.of(*world.needs, world.id("ann"), "session"));
}

TEST(ConfidentialSealed, AKeyAndItsPassphrase) {
    World world(db::Engine::sqlite);
    const kernel::Code25 code = world.sent();
    world.hour();
    OpenKeys keys;
    const kernel::Secret fresh("other long words, as many");
    must(keys.change(*world.needs, world.id("ann"), World::passphrase("ann"), fresh));
    EXPECT_EQ(kernel::refused_at(keys.open(*world.needs, world.id("ann"), "s", World::passphrase("ann"))),
              "passphrase confidential.passphrase_wrong");
    must(keys.open(*world.needs, world.id("ann"), "s", fresh));
    EXPECT_TRUE(
        opened_by_receiver(world.look(code).matter, world.id("ann"), *keys.of(*world.needs, world.id("ann"), "s"))
            .opened());
    // A wrapped key opens for its officer alone, and for none when one bit is another.
    auto row =
        *key_row(*world.database->read(), world.id("ann"), keys.of(*world.needs, world.id("ann"), "s")->public_key());
    EXPECT_TRUE(unwrapped(world.id("ann"), row, fresh));
    EXPECT_FALSE(unwrapped(world.id("ben"), row, fresh));
    row.wrapped[20] ^= 1;
    EXPECT_FALSE(unwrapped(world.id("ann"), row, fresh));
    // A new key opens nothing of before.
    must(make_key(*world.needs, world.as("ann"), World::passphrase("ann")));
    EXPECT_FALSE(world.look(code, "ann").opened());
    EXPECT_TRUE(world.look(code, "ben").opened());
    EXPECT_EQ(world.number("select count(*) from local.confidential_key"), 6) << "one for each";
    EXPECT_EQ(kernel::refused_at(make_key(*world.needs, world.as("ann"), kernel::Secret("short"))),
              "passphrase confidential.passphrase_length");
    EXPECT_EQ(kernel::refused(make_key(*world.needs, world.as("admin"), fresh)), "confidential.no_receiver");
    // As after a rebuild.
    world.database->local()->run("delete from local.confidential_key");
    EXPECT_EQ(kernel::refused(keys.open(*world.needs, world.id("ann"), "s", fresh)), "confidential.key_missing");
}

class ConfidentialReplay : public testing::TestWithParam<db::Engine> {};

TEST_P(ConfidentialReplay, ReplayEqualsLifeAfterRandomActsAndErasures) {
    World world(GetParam());
    must(people::change_setting(*world.needs, world.as("admin"),
                                {"confidential.higher_body", std::to_string(world.board.value()), "Charter"}));
    std::mt19937 random(11);
    std::vector<kernel::Code25> codes = {world.sent()};
    world.hour();
    const char* who[] = {"ann", "ben", "cyd"};
    for (int i = 0; i < 45; ++i) {
        const kernel::Code25 code = codes[random() % codes.size()];
        const bool known = world.look(code).matter.id.has_value();
        const char* one = who[random() % 3];
        // Refusals belong to it: what is refused leaves nothing.
        switch (random() % 9) {
            case 0:
                codes.push_back(world.sent());
                break;
            case 1:
                (void)add_word(*world.needs, code, "More", "en", kernel::random_hash()).has_value();
                break;
            case 2:
                if (known) (void)world.answers(one, code, "Yes").has_value();
                break;
            case 3:
                if (known) (void)world.closes(one, code).has_value();
                break;
            case 4:
                if (known) (void)world.hands(one, code, who[random() % 3]).has_value();
                break;
            case 5:
                world.hour();
                break;
            case 6:
                world.clock.set(world.clock.now() + static_cast<std::int64_t>(random() % 9) * 86'400'000);
                ring(*world.needs);
                break;
            case 7: {
                Draft d = world.draft("It goes on");
                d.receivers = {world.id("cyd")};
                if (const auto sent = send_retaliation(*world.needs, code, d, kernel::random_hash()))
                    codes.push_back(kernel::Code25::parse(sent->code_fives).value());
                break;
            }
            case 8: {
                const Thread t = world.look(code);
                const Said& said = t.said[random() % t.said.size()];
                if (said.part.entry && said.part.words) world.erase(*said.part.entry);
                break;
            }
        }
    }
    world.hour();
    EXPECT_GT(world.number("select count(*) from confidential_entry"), 12);
    EXPECT_GT(world.number("select count(*) from confidential_entry where sealed = ''"), 0);
    world.expect_same_after_rebuild();
}

INSTANTIATE_TEST_SUITE_P(Engines, ConfidentialReplay, testing::ValuesIn(db::engines),
                         [](const auto& each) { return db::engine_name(each); });

}  // namespace
}  // namespace confidential
