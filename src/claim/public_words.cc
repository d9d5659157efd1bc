#include "public_words.h"

#include <ledger/ledger.h>

namespace claim {
namespace {

void gather(const kernel::Json& json, std::vector<std::string>& texts) {
    if (const std::string* text = json.string(); text && !text->empty()) texts.push_back(*text);
    if (const auto* array = json.array())
        for (const kernel::Json& one : *array) gather(one, texts);
    if (const auto* object = json.object())
        for (const auto& [name, one] : *object) gather(one, texts);
}

}  // namespace

std::vector<std::string> texts_of(const kernel::Json& words) {
    std::vector<std::string> texts;
    gather(words, texts);
    return texts;
}

std::vector<std::string> public_words(db::Connection& db, const Hooks& hooks, std::int64_t entry) {
    const auto found = ledger::public_entries(db, entry, 1);
    if (found.empty() || found[0].index != entry || !found[0].words) return {};
    if (hooks.withheld && hooks.withheld(db, entry)) return {};
    const auto words = kernel::parse_json(*found[0].words, kernel::Numbers::canonical);
    return words ? texts_of(*words) : std::vector<std::string>();
}

}  // namespace claim
