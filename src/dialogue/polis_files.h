// The files of a Polis export, read strictly: what they say, and where they are broken.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include <kernel/bytes.h>
#include <kernel/result.h>
#include <kernel/time.h>

#include "dialogue.h"

namespace dialogue::polis {

struct SourceStatement {
    std::int64_t number = 0;
    State state = State::pending;
    kernel::Day day;  // UTC
    std::string text;
};
struct SourceVote {
    std::int64_t person = 0, statement = 0;
    Choice choice = Choice::pass;
    std::optional<kernel::Day> day;  // UTC; none in the final matrix
};
struct Source {
    std::string topic, about, url;
    std::vector<SourceStatement> statements;  // by number
    std::int64_t votes = 0;                   // votes.csv: rows; participants-votes.csv: filled cells
    kernel::Hash files{};                     // over all that is read
};

// Reads votes.csv row by row, or the final matrix where there is no votes.csv, in the order of the file.
class VoteReader {
public:
    static kernel::Result<VoteReader> open(const std::string& folder, const std::vector<SourceStatement>&);
    VoteReader(VoteReader&&) noexcept;
    VoteReader& operator=(VoteReader&&) noexcept;
    ~VoteReader();
    kernel::Result<std::optional<SourceVote>> next();

private:
    struct Scan;
    explicit VoteReader(std::unique_ptr<Scan>);
    std::unique_ptr<Scan> scan_;
};

// Reads everything once; the refusals of polis.h.
kernel::Result<Source> check(const std::string& folder);

}  // namespace dialogue::polis
