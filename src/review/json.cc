#include "pages.h"

namespace review {
namespace {

using kernel::Json;

Json panels_json(const Review& r, const std::optional<Result>& found) {
    Json::Array all;
    for (std::size_t i = 0; i < r.frozen.panels.size(); ++i) {
        const PanelDraft& p = r.frozen.panels[i];
        Json panel = Json::Object{{"group", name(p.group)}, {"name", p.name}, {"chosen_by", p.chosen_by},
                                  {"weight", p.weight},     {"roll", p.roll}, {"secrecy", name(p.secrecy)}};
        if (found) {
            const PanelResult& result = found->panels[i];
            Json::Array counts;
            for (const auto& question : result.counts)
                counts.emplace_back(Json::Array(question.begin(), question.end()));
            panel.set("cast", result.cast).set("shown", result.shown).set("counted", result.counted);
            panel.set("counts", std::move(counts)).set("good", result.good).set("marks", result.marks);
            panel.set("low", result.counted ? Json(result.low) : Json());
            panel.set("high", result.counted ? Json(result.high) : Json());
        }
        all.push_back(std::move(panel));
    }
    return all;
}

}  // namespace

Json as_json(const Review& r) {
    Json json;
    json.set("id", r.id.value()).set("measure", r.frozen.measure.value()).set("state", name(r.state));
    json.set("closes", kernel::iso(r.frozen.closes)).set("lang", r.frozen.lang).set("sample", r.sample);
    json.set("accept_percent", r.frozen.accept_percent).set("k", r.frozen.k);
    return json;
}

Json in_full_json(db::Connection& db, const Review& r) {
    const auto found = result(db, r.id);
    Json json = as_json(r);
    Json::Array questions, named;
    for (const Question& q : r.frozen.questions)
        questions.emplace_back(
            Json::Object{{"text", q.text}, {"criterion", q.criterion ? Json(q.criterion.value()) : Json()}});
    json.set("questions", std::move(questions)).set("panels", panels_json(r, found));
    json.set("result", Json());
    if (found) {
        Json verdict;
        verdict.set("enough", found->enough).set("accepted", found->accepted);
        verdict.set("percent", found->percent ? Json(*found->percent) : Json());
        json.set("result", std::move(verdict));
    }
    for (std::size_t p = 0; p < r.frozen.panels.size(); ++p)
        for (const change::Named& one : named_ballots(db, r.id, static_cast<int>(p))) {
            Json::Array answers;
            for (char answer : one.answers) answers.emplace_back(answer - '0');
            named.emplace_back(Json::Object{
                {"panel", p + 1}, {"name", one.name}, {"reasons", one.reasons}, {"answers", std::move(answers)}});
        }
    json.set("by_name", std::move(named));
    return json;
}

}  // namespace review
