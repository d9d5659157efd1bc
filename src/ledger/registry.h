// The kinds of Change by name, the ledger's own among them.
#pragma once
#include <string_view>
#include <unordered_map>

#include "ledger.h"

namespace ledger {

inline constexpr std::string_view words_erased = "ledger.words_erased";

class Registry {
public:
    // std::invalid_argument for a kind that is named twice, has no apply, or takes the ledger's own prefix.
    explicit Registry(Kinds);
    Registry(const Registry&) = delete;
    Registry& operator=(const Registry&) = delete;

    // std::runtime_error naming kind and index when there is none: nobody can say what the entry did.
    const Kind& find(std::string_view name, std::int64_t index) const;
    // What an entry's kind does with it, its words sealed as its own. An erasure destroys the target's words and has
    // its kind forget them.
    static void apply(const Kind&, db::Connection&, const Entry&);

private:
    void erase(db::Connection&, const Entry&) const;
    std::unordered_map<std::string_view, Kind> kinds_;
};

}  // namespace ledger
