#include "categories.h"

#include <gtest/gtest.h>

#include "testing.h"

namespace {

using text::CategoryModel;
using text::Example;

// Made messages of the same made issue are of one category.
struct Some {
    text::testing::Made made = text::testing::make(1500, 11);
    std::vector<Example> examples;
    Some() {
        for (std::size_t i = 0; i < made.titles.size(); ++i)
            if (made.issue[i] >= 0 && made.issue[i] < 6)
                examples.push_back({made.titles[i], made.bodies[i], made.issue[i]});
    }
};

TEST(Categories, learns_what_it_was_shown_and_measures_itself_on_what_it_was_not) {
    const Some some;
    ASSERT_GT(some.examples.size(), 30U);
    const CategoryModel model = CategoryModel::train(some.examples);
    int right = 0;
    for (const Example& one : some.examples)
        right += model.suggest(one.title, one.body).front().category == one.category;
    EXPECT_EQ(right, static_cast<int>(some.examples.size()));
    const text::Measured measured = text::measure(some.examples);
    EXPECT_GT(measured.right, 0.9);
    EXPECT_LE(measured.macro_f, 1);
    std::size_t all = 0;
    for (const text::LabelQuality& one : measured.categories) all += static_cast<std::size_t>(one.n);
    EXPECT_EQ(all, some.examples.size());
}

TEST(Categories, measuring_says_so_when_there_is_nothing_to_learn) {
    Some some;
    for (std::size_t i = 0; i < some.examples.size(); ++i) some.examples[i].category = static_cast<int>(i * 7919 % 5);
    EXPECT_LT(text::measure(some.examples).macro_f, 0.5);
}

TEST(Categories, the_same_by_one_thread_and_two) {
    const Some some;
    const CategoryModel one = CategoryModel::train(some.examples, 1), two = CategoryModel::train(some.examples, 2);
    for (std::size_t i = 0; i < 50; ++i) {
        const auto a = one.suggest(some.made.titles[i], some.made.bodies[i]),
                   b = two.suggest(some.made.titles[i], some.made.bodies[i]);
        ASSERT_EQ(a.size(), b.size());
        for (std::size_t k = 0; k < a.size(); ++k) {
            EXPECT_EQ(a[k].category, b[k].category);
            EXPECT_EQ(a[k].margin, b[k].margin);
        }
    }
}

TEST(Categories, few_and_hostile_examples) {
    EXPECT_TRUE(CategoryModel::train({}).suggest("x", "y").empty());
    const Example one[] = {{"noise", "at night", 1}};
    EXPECT_TRUE(CategoryModel::train(one).suggest("noise", "").empty());
    EXPECT_EQ(text::measure(one).macro_f, 0);
    const std::string letters(5000, 'a');
    const Example some[] = {{"", "", 1}, {"", "\xff\xfe", 2}, {"😀", letters, 1}, {"noise at night", "<script>", 2}};
    const CategoryModel model = CategoryModel::train(some);
    EXPECT_EQ(model.suggest("", "").size(), 2U);
    EXPECT_EQ(model.suggest("noise at night", "").front().category, 2);
}

}  // namespace
