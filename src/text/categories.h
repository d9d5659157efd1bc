// Which category a message may belong to, learnt from what people confirmed. A suggestion: the model is never applied
// without a person.
//
// Features: tokens of every kind, (1 + ln n) * idf, length 1. For each category a linear support vector machine against
// all others (squared hinge loss, dual coordinate descent, C = 1), in a fixed order: the same examples in the same
// order give the same model.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "quality.h"

namespace text {

struct Example {
    std::string_view title, body;
    int category = 0;
};
struct Suggestion {
    int category = 0;
    double margin = 0;  // above 0: the category's own side
};

class CategoryModel {
public:
    // Fewer than two categories give a model that suggests nothing.
    static CategoryModel train(std::span<const Example>, int threads = 2);
    CategoryModel(CategoryModel&&) noexcept;
    CategoryModel& operator=(CategoryModel&&) noexcept;
    ~CategoryModel();
    // All categories, likeliest first.
    std::vector<Suggestion> suggest(std::string_view title, std::string_view body) const;

private:
    struct Parts;
    explicit CategoryModel(std::unique_ptr<Parts>);
    std::unique_ptr<Parts> parts_;
};

// How good such a model is on messages it was not shown: each example is judged by a model of those in the other
// `folds` - 1 parts. Parts are made within each category, by turns.
struct Measured {
    double macro_f = 0;  // mean of the categories' F
    double right = 0;    // share of the examples
    std::vector<LabelQuality> categories;
};
Measured measure(std::span<const Example>, int folds = 5, int threads = 2);

}  // namespace text
