#include "words.h"

#include <kernel/text.h>
#include <survey/survey.h>
#include <voice/workbench.h>

namespace discovery {
namespace {

constexpr std::size_t start_length = 120;

std::string start_of(const std::string& title, const std::string& text) {
    return std::string(kernel::first_code_points(title.empty() ? text : title, start_length));
}

std::optional<Shown> message(page::Lang lang, db::Connection& db, const people::Actor& actor, voice::VoiceId id) {
    auto v = voice::voice(db, id);
    if (!v) return std::nullopt;
    const bool for_all = !(v->title.empty() && v->text.empty());
    const std::string number = std::to_string(id.value());
    Shown s;
    s.link = "/voices/" + number;
    if (!for_all)
        if (auto mine = voice::desk_case(db, actor, id)) v = std::move(mine->voice), s.link = "/desk/voices/" + number;
    s.start = start_of(v->title, v->text), s.text = v->text, s.lang = v->lang, s.cycle = v->cycle;
    s.kind = page::say(lang, "voice.kind_" + std::string(voice::name(v->kind)));
    s.day = page::full_date(lang, kernel::local_day(v->received));
    return s;
}

std::optional<Shown> statement(page::Lang lang, db::Connection& db, dialogue::StatementId id) {
    const auto found = dialogue::statement(db, id);
    const auto in = found ? dialogue::dialogue(db, found->dialogue) : std::nullopt;
    if (!in) return std::nullopt;
    return Shown{found->text,
                 found->lang,
                 found->text,
                 "/statements/" + std::to_string(id.value()),
                 page::say(lang, "discovery.kind_statement"),
                 page::full_date(lang, found->day),
                 in->cycle};
}

std::optional<Shown> answer(page::Lang lang, db::Connection& db, const people::Actor& actor, issue::AnswerId id) {
    const auto found = survey::written(db, id.entry, id.question);
    if (!found) return std::nullopt;
    const auto round = cycle::cycle(db, found->cycle);
    const bool may = round && cycle::may_run(cycle::in_force(db, actor), *round);
    const std::string link = "/surveys/" + std::to_string(found->survey.value()) + "/texts";
    return Shown{may ? start_of("", found->text) : std::string(),
                 found->lang,
                 may ? found->text : std::string(),
                 may ? link : std::string(),
                 page::say(lang, "discovery.kind_answer", {{"asked", found->asked}}),
                 "",
                 found->cycle};
}

}  // namespace

std::optional<Shown> shown(page::Lang lang, db::Connection& db, const people::Actor& actor, Item item) {
    switch (what(item)) {
        case What::message:
            return message(lang, db, actor, voice::VoiceId(entry_of(item)));
        case What::statement:
            return statement(lang, db, dialogue::StatementId(entry_of(item)));
        case What::answer:
            return answer(lang, db, actor, answer_in(item));
    }
    return std::nullopt;
}

}  // namespace discovery
