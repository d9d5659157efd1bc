#include "categories.h"

#include <map>

#include "corpus.h"

namespace discovery {
namespace {

struct Case {
    std::string code, title, text;
};

std::vector<Case> answered(db::Database& database, const std::function<bool()>& go_on) {
    std::vector<Case> all;
    std::optional<voice::VoiceId> before;
    while (std::ssize(all) < Categories::most_cases && go_on()) {
        auto db = database.read();
        const auto some = voice::answered_cases(*db, before, 500);
        if (some.empty()) break;
        before = some.back().voice;
        for (const voice::AnsweredCase& one : some) {
            if (!one.category || one.category->empty() || std::ssize(all) == Categories::most_cases) continue;
            if (auto said = piece(*db, item_of(one.voice)))
                all.push_back({*one.category, std::move(said->title), std::move(said->text)});
        }
    }
    return all;
}

}  // namespace

void Categories::learn(db::Database& database, const kernel::Clock& clock, const std::function<bool()>& go_on) {
    std::vector<Case> cases = answered(database, go_on);
    if (!go_on() || cases.size() < learnt_from_ + std::max<std::size_t>(learnt_from_ / 10, 1)) return;
    learnt_from_ = cases.size();
    std::map<std::string, int> often;
    for (const Case& one : cases) ++often[one.code];
    std::vector<std::string> codes;
    std::map<std::string, int> number;
    for (const auto& [code, n] : often)
        if (n >= least_of_one) number[code] = static_cast<int>(codes.size()), codes.push_back(code);
    if (codes.size() < 2) return;
    std::vector<text::Example> examples;
    for (const Case& one : cases)
        if (const auto found = number.find(one.code); found != number.end())
            examples.push_back({one.title, one.text, found->second});
    constexpr int folds = 5, threads = 1;
    text::Measured measured = text::measure(examples, folds, threads);
    Learnt learnt{clock.now(), static_cast<int>(examples.size()), measured.right, measured.macro_f, {}};
    for (const text::LabelQuality& q : measured.categories)
        learnt.categories.push_back({codes[static_cast<std::size_t>(q.label)], q.n, q.precision, q.recall, q.f});
    auto model = std::make_shared<const Model>(
        Model{text::CategoryModel::train(examples, threads), std::move(codes), std::move(learnt)});
    const std::lock_guard lock(mutex_);
    model_ = std::move(model);
}

std::vector<std::string> Categories::suggest(std::string_view title, std::string_view text) const {
    std::shared_ptr<const Model> model;
    {
        const std::lock_guard lock(mutex_);
        model = model_;
    }
    std::vector<std::string> all;
    if (!model) return all;
    for (const text::Suggestion& one : model->model.suggest(title, text))
        if (one.margin > 0) all.push_back(model->codes[static_cast<std::size_t>(one.category)]);
    return all;
}

std::optional<Learnt> Categories::learnt() const {
    const std::lock_guard lock(mutex_);
    return model_ ? std::optional(model_->learnt) : std::nullopt;
}

}  // namespace discovery
