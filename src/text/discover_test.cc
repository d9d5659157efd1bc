#include "discover.h"

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "labels.h"
#include "nearest.h"
#include "places.h"
#include "quality.h"
#include "testing.h"

namespace {

using text::Discovery;
using text::Found;
using text::Group;
using text::Message;

std::map<std::int64_t, std::size_t> group_of(const Found& found) {
    std::map<std::int64_t, std::size_t> out;
    for (std::size_t g = 0; g < found.groups.size(); ++g)
        for (const auto* list : {&found.groups[g].messages, &found.groups[g].suggested})
            for (const std::int64_t id : *list) EXPECT_TRUE(out.emplace(id, g).second) << id << " stands twice";
    return out;
}

TEST(Discover, finds_the_issues_that_messages_were_made_of) {
    const text::testing::Made made = text::testing::make(3000, 21);
    const Found found = text::discover(made.messages());
    const auto groups = group_of(found);
    ASSERT_EQ(groups.size(), 3000U);
    std::vector<std::uint32_t> group;
    for (const auto& [id, g] : groups) group.push_back(static_cast<std::uint32_t>(g));
    const text::Quality q = text::quality(group, made.issue);
    EXPECT_GT(q.f, 0.8) << q.precision << ' ' << q.recall;
    EXPECT_LE(q.largest, 150U);
    // Of a topic are all parts of an issue; no issue is in two topics more often than it is in two groups.
    for (const Group& one : found.groups) EXPECT_GE(one.people, 1U);
}

TEST(Discover, neither_order_nor_threads_change_anything) {
    const text::testing::Made made = text::testing::make(1500, 22);
    std::vector<Message> messages = made.messages();
    Discovery how;
    how.threads = 1;
    const Found one = text::discover(messages, how);
    std::mt19937 random(1);
    for (int i = 0; i < 2; ++i) {
        std::shuffle(messages.begin(), messages.end(), random);
        how.threads = 2 + i;
        const Found other = text::discover(messages, how);
        EXPECT_EQ(other.groups, one.groups);
        EXPECT_EQ(other.copied, one.copied);
    }
}

TEST(Discover, a_thousand_equal_posts_are_one_text_of_as_many_people) {
    const text::testing::Made made = text::testing::make(300, 23);
    std::vector<Message> messages = made.messages();
    for (std::int64_t i = 0; i < 1000; ++i)
        messages.push_back({1000 + i, "青石桥夜班车", "请恢复青石桥的夜班车，夜里干活的人回不了家。", 5000 + i % 40});
    messages.push_back({5000, "青石橋夜班車", "請恢復青石橋的夜班車,夜裡幹活的人回不了家!", 9000});
    const Found found = text::discover(messages);
    const Group& first = found.groups.front();
    EXPECT_EQ(first.messages.size(), 1001U);
    EXPECT_EQ(first.people, 41U);
    EXPECT_EQ(first.texts, 1U);
    for (const text::Copied& one : found.copied) {
        if (one.message >= 1000) { EXPECT_EQ(one.first, 1000); }
    }
}

TEST(Discover, the_same_complaint_of_other_districts_is_another_issue) {
    const std::string titles[] = {"A3区小区楼下麻将馆夜里扰民",     "A3区楼下的麻将馆深夜扰民没人管",
                                  "A3区麻将馆夜里噪音扰民",         "A5区小区楼下麻将馆夜里扰民",
                                  "A5区楼下的麻将馆深夜扰民没人管", "A5区麻将馆夜里噪音扰民"};
    std::vector<Message> messages;
    for (std::int64_t i = 0; i < 6; ++i) messages.push_back({i + 1, titles[i], "", i + 1});
    const auto groups = group_of(text::discover(messages));
    EXPECT_EQ(groups.at(1), groups.at(3));
    EXPECT_EQ(groups.at(4), groups.at(6));
    EXPECT_NE(groups.at(1), groups.at(4));
    // Districts that the caller knows go before what titles say.
    for (Message& one : messages) one.district = "everywhere";
    const auto known = group_of(text::discover(messages));
    EXPECT_EQ(known.at(1), known.at(4));
}

TEST(Discover, what_people_confirmed_keeps_its_issue_and_only_gains_suggestions) {
    const text::testing::Made made = text::testing::make(2000, 24);
    std::vector<Message> messages = made.messages();
    const Found before = text::discover(std::span(messages).first(1500));
    // The five largest groups are confirmed, and two of them are split by people in a way that no text shows.
    std::map<std::int64_t, std::int64_t> confirmed;
    for (std::size_t g = 0; g < 5; ++g)
        for (std::size_t i = 0; i < before.groups[g].messages.size(); ++i)
            confirmed[before.groups[g].messages[i]] = 70000 + static_cast<std::int64_t>(g * 2 + (g < 2 ? i % 2 : 0));
    for (Message& one : messages)
        if (const auto at = confirmed.find(one.id); at != confirmed.end()) one.confirmed = at->second;
    const Found after = text::discover(messages);
    std::map<std::int64_t, std::set<std::int64_t>> kept;
    std::size_t suggested = 0, right = 0;
    for (const Group& one : after.groups) {
        for (const std::int64_t id : one.messages) {
            const auto at = confirmed.find(id);
            EXPECT_EQ(one.confirmed, at == confirmed.end() ? 0 : at->second);
        }
        if (one.confirmed == 0) {
            EXPECT_TRUE(one.suggested.empty());
            continue;
        }
        EXPECT_TRUE(
            kept.emplace(one.confirmed, std::set<std::int64_t>(one.messages.begin(), one.messages.end())).second);
        for (const std::int64_t id : one.suggested) {
            ++suggested;
            right += made.issue[static_cast<std::size_t>(id - 1)] >= 0 &&
                     made.issue[static_cast<std::size_t>(id - 1)] ==
                         made.issue[static_cast<std::size_t>(one.messages.front() - 1)];
        }
    }
    EXPECT_EQ(kept.size(), 7U);
    std::size_t all = 0;
    for (const auto& [issue, of] : kept) all += of.size();
    EXPECT_EQ(all, confirmed.size());
    EXPECT_GE(right * 10, suggested * 8);
    group_of(after);
}

// Where most messages are in another language, "the" and "is" are rare and bind nothing.
TEST(Discover, few_messages_in_another_language_are_not_one_matter) {
    const std::vector<std::vector<std::string>> english = {
        {"The clock on the town hall shows half past four since Easter.",
         "Half past four: the clock on the town hall has stood still since Easter.",
         "When does the clock on the town hall go again? It has stood still for weeks."},
        {"Dogs run without a lead on the playground in Linden Street, and the children are afraid.",
         "On the playground in Linden Street dogs run free every evening; children are afraid to go there.",
         "Please see to it that dogs are kept on a lead on the playground in Linden Street."},
        {"The stairs to the castle are icy in winter, and there is no handrail on the upper half.",
         "No handrail on the upper half of the stairs to the castle: my mother slipped on the ice.",
         "The stairs to the castle need a handrail on the upper half before the winter's ice."}};
    std::vector<std::string> texts;
    for (const auto& matter : english) texts.insert(texts.end(), matter.begin(), matter.end());
    std::mt19937 random(7);
    for (int i = 0; i < 200; ++i) {
        std::string chinese;
        for (int n = 0; n < 40; ++n) {
            const auto c = static_cast<std::uint32_t>(0x4E00 + random() % 3000);
            chinese += static_cast<char>(0xE0 | c >> 12);
            chinese += static_cast<char>(0x80 | (c >> 6 & 0x3F));
            chinese += static_cast<char>(0x80 | (c & 0x3F));
        }
        texts.push_back(chinese);
    }
    std::vector<Message> messages;
    for (std::size_t i = 0; i < texts.size(); ++i)
        messages.push_back({static_cast<std::int64_t>(i + 1), "", texts[i], static_cast<std::int64_t>(i + 1), 0, ""});
    const Found found = text::discover(messages);
    const auto groups = group_of(found);
    for (std::int64_t i = 1; i <= 9; ++i)
        for (std::int64_t j = i + 1; j <= 9; ++j)
            EXPECT_EQ(groups.at(i) == groups.at(j), (i - 1) / 3 == (j - 1) / 3) << i << " and " << j;
}

TEST(Discover, empty_and_hostile_texts) {
    EXPECT_TRUE(text::discover({}).groups.empty());
    const std::string letters(5000, 'a'), bad = "\xff\xfe\x01",
                                          attack = "<script>fetch('http://169.254.169.254/')</script>' or 1=1 --";
    std::vector<Message> messages;
    for (std::int64_t i = 0; i < 5; ++i)
        for (const std::string_view body : {std::string_view(), std::string_view("😀😀"), std::string_view(letters),
                                            std::string_view(bad), std::string_view(attack)})
            messages.push_back({static_cast<std::int64_t>(messages.size()) + 1, "", body, 0});
    const Found found = text::discover(messages);
    const auto groups = group_of(found);
    EXPECT_EQ(groups.size(), messages.size());
    EXPECT_NE(groups.at(1), groups.at(6));  // two that say nothing are not the same
    EXPECT_NE(groups.at(2), groups.at(7));
    EXPECT_EQ(groups.at(3), groups.at(8));
    EXPECT_EQ(groups.at(5), groups.at(10));
    EXPECT_NE(groups.at(3), groups.at(5));
    messages.push_back(messages.front());
    EXPECT_THROW(text::discover(messages), std::invalid_argument);
}

RC_GTEST_PROP(Discover, every_message_is_in_one_group_whatever_it_says, (const std::vector<std::string>& bodies)) {
    std::vector<Message> messages;
    for (const std::string& body : bodies)
        messages.push_back({static_cast<std::int64_t>(messages.size()) * 3 - 5, body, body,
                            static_cast<std::int64_t>(body.size() % 3), static_cast<std::int64_t>(body.size() % 2)});
    const Found found = text::discover(messages);
    RC_ASSERT(group_of(found).size() == messages.size());
    const text::Labels labels(messages, found);
    for (std::size_t g = 0; g < found.groups.size(); ++g) RC_ASSERT(labels.of(g).keywords.size() <= 5);
}

TEST(Parts, a_core_is_told_from_what_is_only_a_little_like_it) {
    // 0 1 2 are alike, 3 4 5 too, and the two are not.
    std::vector<float> all(36, 0.1F);
    for (std::size_t i = 0; i < 6; ++i)
        for (std::size_t j = 0; j < 6; ++j)
            if (i / 3 == j / 3) all[i * 6 + j] = 0.6F;
    EXPECT_EQ(text::parts(all, 6, 0.3), (std::vector<std::vector<std::size_t>>{{0, 1, 2}, {3, 4, 5}}));
    EXPECT_EQ(text::parts(all, 6, 0.1).size(), 1U);
    EXPECT_EQ(text::parts(std::vector<float>(1, 1), 1, 0.3).size(), 1U);
}

TEST(Places, named) {
    EXPECT_EQ(text::named_districts("A市A7县星沙街道和A3区"), (std::vector<std::string>{"a3区", "a7县"}));
    EXPECT_TRUE(text::named_districts("丽江新区 and the rest").empty());
    EXPECT_TRUE(text::elsewhere({"a3区"}, {"a7县"}));
    EXPECT_FALSE(text::elsewhere({"a3区"}, {}));
    EXPECT_FALSE(text::elsewhere({"a3区", "a7县"}, {"a7县"}));
}

}  // namespace
