#include "labels.h"

#include <gtest/gtest.h>

#include "testing.h"

namespace {

using text::Found;
using text::Message;

// Three issues among others; what a clerk would call them must be among their keywords.
TEST(Labels, whole_phrases_that_a_clerk_can_read) {
    const text::testing::Made others = text::testing::make(300, 31);
    std::vector<Message> messages = others.messages();
    const std::pair<const char*, std::vector<const char*>> issues[] = {
        {"搅拌站",
         {"A2区丽河新城旁搅拌站噪音扰民", "丽河新城附近的搅拌站灰尘污染严重", "投诉A2区丽河新城搅拌站",
          "A2区丽河新城居民反对搅拌站", "请关停丽河新城搅拌站"}},
        {"gravel works",
         {"Dust of the gravel works on Harrow Lane", "Gravel works: lorries at night", "Noise of the gravel works",
          "The gravel works must close"}},
        {"G107国道", {"G107国道三米道路扩建", "反映G107国道扩建拆迁", "G107国道扩建什么时候动工"}},
    };
    std::int64_t id = 1000;
    for (const auto& [name, titles] : issues)
        for (const char* title : titles) {
            messages.push_back({id, title, title, id});
            ++id;
        }
    const Found found = text::discover(messages);
    const text::Labels labels(messages, found);
    id = 1000;
    for (const auto& [name, titles] : issues) {
        std::size_t group = 0;
        for (std::size_t g = 0; g < found.groups.size(); ++g)
            if (std::ranges::find(found.groups[g].messages, id) != found.groups[g].messages.end()) group = g;
        const text::Label label = labels.of(group);
        std::string all;
        for (const std::string& word : label.keywords) all += word + "|";
        EXPECT_NE(all.find(name), std::string::npos) << all << ' ' << found.groups[group].messages.size();
        id += static_cast<std::int64_t>(titles.size());
    }
}

TEST(Labels, districts_that_half_of_the_messages_name) {
    std::vector<Message> messages;
    const std::string titles[] = {"A2区丽河新城搅拌站噪音", "A2区丽河新城搅拌站灰尘", "丽河新城搅拌站噪音灰尘",
                                  "A市A2区丽河新城搅拌站"};
    for (std::int64_t i = 0; i < 4; ++i) messages.push_back({i + 1, titles[i], "", i + 1});
    const Found found = text::discover(messages);
    ASSERT_EQ(found.groups.front().messages.size(), 4U);
    EXPECT_EQ(text::Labels(messages, found).of(0).districts, std::vector<std::string>{"a2区"});
}

TEST(Labels, a_single_message_has_no_keywords) {
    const Message one[] = {{1, "青石桥的路灯", "不亮", 1}};
    const Found found = text::discover(one);
    EXPECT_TRUE(text::Labels(one, found).of(0).keywords.empty());
    EXPECT_EQ(found.groups.front().example, 1);
}

}  // namespace
