// Computes frozen maps again, out of what a public log serves and nothing else.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <kernel/json.h>

namespace opinion_map {

class Recount {
public:
    // An entry of the log, in order; those of other kinds are passed over. `facts`: as they are served.
    void take(std::int64_t index, std::string_view kind, std::int64_t v, std::int64_t subject,
              const std::optional<std::string_view>& facts);
    struct Found {
        std::int64_t dialogue = 0, entry = 0;
        std::string says;                  // its figures in a few words
        std::optional<std::string> fault;  // what it claims and is not so
    };
    // Of each map that was frozen, in the order of the log. `threads` change nothing but the time.
    std::vector<Found> finish(int threads) const;

private:
    struct Entry {
        std::string kind;
        std::int64_t v = 1, subject = 0;
        std::optional<kernel::Json> facts;
    };
    std::map<std::int64_t, Entry> entries_;  // by index
};

}  // namespace opinion_map
