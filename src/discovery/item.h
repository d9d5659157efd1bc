// What was said, wherever: a message, a statement, an answer in a survey, as one number.
#pragma once
#include <cstdint>

#include <issue/issue.h>

namespace discovery {

// entry * 64 + 0 for a message, 1 for a statement, 1 + question for an answer (a survey has at most 40 questions):
// ascending numbers are ascending time. Stored in derived tables alone, and in forms.
using Item = std::int64_t;

inline Item item_of(voice::VoiceId id) { return id.value() * 64; }
inline Item item_of(dialogue::StatementId id) { return id.value() * 64 + 1; }
inline Item item_of(issue::AnswerId id) { return id.entry * 64 + 1 + id.question; }
inline std::int64_t entry_of(Item item) { return item / 64; }

enum class What { message, statement, answer };
inline What what(Item item) {
    const std::int64_t kind = item % 64;
    return kind == 0 ? What::message : kind == 1 ? What::statement : What::answer;
}
inline issue::AnswerId answer_in(Item item) { return {entry_of(item), static_cast<int>(item % 64) - 1}; }

template <class Items>
std::vector<Item> items_of(const Items& all) {
    std::vector<Item> out;
    for (const auto id : all.voices) out.push_back(item_of(id));
    for (const auto id : all.statements) out.push_back(item_of(id));
    for (const auto id : all.answers) out.push_back(item_of(id));
    return out;
}
inline issue::Items as_items(const std::vector<Item>& all) {
    issue::Items out;
    for (const Item one : all) switch (what(one)) {
            case What::message:
                out.voices.emplace_back(entry_of(one));
                break;
            case What::statement:
                out.statements.emplace_back(entry_of(one));
                break;
            case What::answer:
                out.answers.push_back(answer_in(one));
        }
    return out;
}

}  // namespace discovery
