#include <db/database.h>
#include <kernel/clock.h>
#include <kernel/json.h>
#include <kernel/seal.h>

#include "answers.h"
#include "begun.h"

namespace survey {
namespace {

constexpr std::string_view purpose = "answers begun";

// The row's key, and the one that it is sealed under.
struct Keys {
    kernel::Hash row, seal;
};
Keys keys_of(const people::Needs& needs, SurveyId id, std::string_view visitor) {
    const std::string of = std::to_string(id.value()) + " " + std::string(visitor);
    return {kernel::hmac_sha256(needs.server_key, kernel::view("huiyin survey begun v1 row " + of)),
            kernel::hmac_sha256(needs.server_key, kernel::view("huiyin survey begun v1 seal " + of))};
}

}  // namespace

std::optional<Answers> begun(const people::Needs& needs, const Survey& s, std::string_view visitor) {
    if (visitor.empty()) return std::nullopt;
    const Keys keys = keys_of(needs, s.id, visitor);
    const auto row = needs.database.read()->one("select sealed from local.survey_begun where key = $1", keys.row);
    if (!row) return std::nullopt;
    const auto plain = kernel::unseal(keys.seal, purpose, std::to_string(s.id.value()), row->bytes(0));
    if (!plain) return std::nullopt;
    const auto json = kernel::parse_json(kernel::text(*plain));
    if (!json || !(*json)["picks"].string() || !(*json)["texts"].array()) return std::nullopt;
    auto answers = parse_picks(*(*json)["picks"].string(), s.asked.questions.size());
    const kernel::Json::Array& texts = *(*json)["texts"].array();
    for (std::size_t i = 0; answers && i < answers->size() && i < texts.size(); ++i)
        if (texts[i].string()) (*answers)[i].text = *texts[i].string();
    return answers;
}

void keep_begun(const people::Needs& needs, const Survey& s, std::string_view visitor, const Answers& answers) {
    const Keys keys = keys_of(needs, s.id, visitor);
    kernel::Json::Array texts;
    for (const Answer& a : answers) texts.emplace_back(a.text);
    const std::string plain =
        kernel::canonical(kernel::Json::Object{{"picks", picks_text(answers)}, {"texts", std::move(texts)}});
    const kernel::Bytes sealed = kernel::seal(keys.seal, purpose, std::to_string(s.id.value()), kernel::view(plain));
    needs.database.local()->run(
        "insert into local.survey_begun (key, survey, day, sealed) values ($1, $2, $3, $4) on conflict (key) do update "
        "set day = excluded.day, sealed = excluded.sealed",
        keys.row, s.id.value(), kernel::local_day(needs.clock.now()).days, sealed);
}

void drop_begun(const people::Needs& needs, SurveyId id, std::string_view visitor) {
    needs.database.local()->run("delete from local.survey_begun where key = $1", keys_of(needs, id, visitor).row);
}

void drop_old(const people::Needs& needs, kernel::Day today) {
    needs.database.local()->run("delete from local.survey_begun where day < $1", (today + (-days_kept)).days);
}

}  // namespace survey
