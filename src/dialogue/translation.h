// Statements in other languages, by staff: shown below the author's own words, never in their place. People vote on
// what the author said. The newest translation into a language stands.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <page/page.h>

#include "dialogue.h"

namespace dialogue {

inline constexpr std::size_t max_translation = 400;  // code points: an English sentence takes thrice a Chinese one's
inline constexpr int translated_at_once = 20;
// How often one statement is translated, each correction counted: its words and these go together when they are erased.
inline constexpr std::int64_t max_times_translated = 40;

// Whether two tags name the same language and script: "zh-TW" and "zh-Hant" do.
bool same_language(std::string_view tag, std::string_view other);

struct Translation {
    std::string lang, text;
    std::int64_t entry = 0;
};
std::vector<Translation> translations(db::Connection&, StatementId);  // that stand, by language tag
std::optional<Translation> translation(db::Connection&, StatementId, std::string_view lang);
std::int64_t times_translated(db::Connection&, StatementId);
// Accepted statements in another language that have none into this one, oldest first.
std::vector<Statement> untranslated(db::Connection&, DialogueId, std::string_view lang, StatementId after, int at_most);

// Whoever runs the round, and moderators.
kernel::Checked may_translate(const people::Actor&, const cycle::Cycle&);
struct Translating {
    StatementId statement;
    std::string text;  // "": what stands is taken back
};
// All of them or none, one entry for each that differs from what stands. Of one dialogue, at most translated_at_once.
// Refused at the field "text-17": dialogue.not_shown, dialogue.translated_same_language, dialogue.translated_often;
// dialogue.nothing_translated where nothing differs.
kernel::Checked translate(const people::Needs&, const people::Actor&, DialogueId, std::string_view lang,
                          const std::vector<Translating>&, Once = {});

// A statement as this reader is shown it: the words themselves, and below them the translation where there is one.
// Empty where the statement is not shown.
page::Html words_for(page::Lang, db::Connection&, const Statement&);

void add_translation_routes(http::Router&, const people::Needs&);

}  // namespace dialogue
