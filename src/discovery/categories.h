// Which category a message may belong to, learnt from answered cases: whoever answered one had the category before
// them and left it, or corrected it. A suggestion to a clerk, with how good such suggestions were; never applied by
// itself.
#pragma once
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include <db/database.h>
#include <kernel/clock.h>
#include <text/categories.h>

namespace discovery {

struct CategoryQuality {
    std::string code;
    int n = 0;
    double precision = 0, recall = 0, f = 0;
    friend bool operator==(const CategoryQuality&, const CategoryQuality&) = default;
};
// Measured on the same cases, each by a model of those in the other four fifths.
struct Learnt {
    kernel::Instant at;
    int cases = 0;
    double right = 0;    // share of the cases
    double macro_f = 0;  // mean of the categories' F
    std::vector<CategoryQuality> categories;
};

// Thread-safe. In memory alone: learnt anew at the start, and when there are a tenth more cases.
class Categories {
public:
    // Reads the newest `most_cases` and learns, where there is enough that is new. Categories of fewer than
    // `least_of_one` are left out; fewer than two others, and nothing is suggested.
    void learn(db::Database&, const kernel::Clock&, const std::function<bool()>& go_on);
    // Codes, the likeliest first; only those on whose side it is.
    std::vector<std::string> suggest(std::string_view title, std::string_view text) const;
    std::optional<Learnt> learnt() const;

    static constexpr int most_cases = 5'000, least_of_one = 10;

private:
    struct Model {
        text::CategoryModel model;
        std::vector<std::string> codes;  // by the model's numbers
        Learnt learnt;
    };
    mutable std::mutex mutex_;
    std::shared_ptr<const Model> model_;
    std::size_t learnt_from_ = 0;
};

}  // namespace discovery
