#include "categories.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <random>
#include <set>

#include <kernel/threads.h>

#include "tokens.h"
#include "vectors.h"

namespace text {

namespace {

constexpr std::size_t longest_body = 1500;  // tokens
constexpr int title_weight = 2;
constexpr int rounds = 60;
constexpr double stop_below = 0.01;  // largest step of a round

std::vector<Count> counted(std::string_view title, std::string_view body) {
    Tokenizer tokenizer;
    return counts(tokenizer, title, body, title_weight, longest_body);
}

}  // namespace

struct CategoryModel::Parts {
    std::vector<int> categories;
    Numbering terms;
    std::vector<float> idf;
    std::vector<std::vector<float>> weights;  // of categories: of terms, and one for all at the end

    using Features = std::vector<std::pair<std::uint32_t, float>>;

    Features features(const std::vector<Count>& counts) const {
        Features out;
        double sum = 0;
        for (const Count& one : counts) {
            const std::uint32_t t = terms.find(one.hash);
            if (t == Numbering::none) continue;
            const float weight = (1 + std::log(static_cast<float>(one.n))) * idf[t];
            out.emplace_back(t, weight);
            sum += static_cast<double>(weight) * weight;
        }
        std::sort(out.begin(), out.end());
        for (auto& [t, weight] : out) weight = static_cast<float>(weight / std::sqrt(sum));
        return out;
    }

    double margin(std::size_t c, const Features& of) const {
        double sum = weights[c].back();
        for (const auto& [t, weight] : of) sum += static_cast<double>(weight) * weights[c][t];
        return sum;
    }
};

CategoryModel::CategoryModel(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
CategoryModel::CategoryModel(CategoryModel&&) noexcept = default;
CategoryModel& CategoryModel::operator=(CategoryModel&&) noexcept = default;
CategoryModel::~CategoryModel() = default;

CategoryModel CategoryModel::train(std::span<const Example> examples, int threads) {
    auto model = std::make_unique<Parts>();
    std::set<int> categories;
    for (const Example& one : examples) categories.insert(one.category);
    if (categories.size() < 2) return CategoryModel(std::move(model));
    model->categories.assign(categories.begin(), categories.end());

    std::vector<std::vector<Count>> all(examples.size());
    kernel::in_threads(examples.size(), threads, [&](std::size_t from, std::size_t to) {
        for (std::size_t i = from; i < to; ++i) all[i] = counted(examples[i].title, examples[i].body);
    });
    std::vector<std::uint32_t> frequency;
    for (const std::vector<Count>& each : all)
        for (const Count& one : each) {
            const std::uint32_t t = model->terms.number(one.hash);
            if (t == frequency.size()) frequency.push_back(0);
            ++frequency[t];
        }
    for (const std::uint32_t n : frequency)
        model->idf.push_back(
            static_cast<float>(std::log((1.0 + static_cast<double>(examples.size())) / (1.0 + n)) + 1));
    std::vector<Parts::Features> x;
    for (const std::vector<Count>& each : all) x.push_back(model->features(each));

    model->weights.assign(model->categories.size(), std::vector<float>(model->terms.size() + 1));
    const auto learn = [&](std::size_t c) {
        // Dual coordinate descent of Hsieh et al. 2008 for squared hinge loss.
        constexpr double diagonal = 0.5;  // 1 / 2C
        std::vector<double> w(model->terms.size() + 1), alpha(x.size()), square(x.size());
        for (std::size_t i = 0; i < x.size(); ++i) square[i] = (x[i].empty() ? 0 : 1) + 1 + diagonal;
        std::vector<std::size_t> order(x.size());
        std::iota(order.begin(), order.end(), 0);
        std::mt19937 random(1);
        for (int round = 0; round < rounds; ++round) {
            for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random() % i]);
            double largest = 0;
            for (const std::size_t i : order) {
                const double y = examples[i].category == model->categories[c] ? 1 : -1;
                double sum = w.back();
                for (const auto& [t, weight] : x[i]) sum += w[t] * weight;
                const double gradient = y * sum - 1 + diagonal * alpha[i];
                const double next = std::max(0.0, alpha[i] - gradient / square[i]), step = next - alpha[i];
                if (step == 0) continue;
                largest = std::max(largest, std::abs(step));
                alpha[i] = next;
                for (const auto& [t, weight] : x[i]) w[t] += step * y * weight;
                w.back() += step * y;
            }
            if (largest < stop_below) break;
        }
        std::transform(w.begin(), w.end(), model->weights[c].begin(),
                       [](double value) { return static_cast<float>(value); });
    };
    kernel::in_threads(
        model->categories.size(), threads,
        [&](std::size_t from, std::size_t to) {
            for (std::size_t c = from; c < to; ++c) learn(c);
        },
        1);
    return CategoryModel(std::move(model));
}

std::vector<Suggestion> CategoryModel::suggest(std::string_view title, std::string_view body) const {
    const auto of = parts_->features(counted(title, body));
    std::vector<Suggestion> out;
    for (std::size_t c = 0; c < parts_->weights.size(); ++c)
        out.push_back({parts_->categories[c], parts_->margin(c, of)});
    std::sort(out.begin(), out.end(), [](const Suggestion& a, const Suggestion& b) {
        return a.margin != b.margin ? a.margin > b.margin : a.category < b.category;
    });
    return out;
}

Measured measure(std::span<const Example> examples, int folds, int threads) {
    Measured out;
    std::vector<int> part(examples.size());
    std::map<int, int> turn;
    for (std::size_t i = 0; i < examples.size(); ++i) part[i] = turn[examples[i].category]++ % folds;
    std::vector<int> is, said;
    for (int fold = 0; fold < folds; ++fold) {
        std::vector<Example> shown;
        for (std::size_t i = 0; i < examples.size(); ++i)
            if (part[i] != fold) shown.push_back(examples[i]);
        const CategoryModel model = CategoryModel::train(shown, threads);
        for (std::size_t i = 0; i < examples.size(); ++i) {
            if (part[i] != fold) continue;
            const std::vector<Suggestion> suggested = model.suggest(examples[i].title, examples[i].body);
            if (suggested.empty()) continue;
            is.push_back(examples[i].category);
            said.push_back(suggested.front().category);
        }
    }
    if (is.empty()) return out;
    out.macro_f = macro_f(is, said, &out.categories);
    for (std::size_t i = 0; i < is.size(); ++i) out.right += is[i] == said[i];
    out.right /= static_cast<double>(is.size());
    return out;
}

}  // namespace text
