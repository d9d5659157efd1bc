// What can happen to an issue, as typed values, and its permanent encoding in the ledger. Facts hold ids, states,
// marks; words hold title, text and reasons.
#pragma once
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <ledger/ledger.h>

#include "issue.h"

namespace issue::change {

struct Suggested {
    people::CycleId cycle;
    std::string title, text, lang;
    bool sample = false;
    people::OfficerId by;
    friend bool operator==(const Suggested&, const Suggested&) = default;
};
struct Gathered {  // put in, or taken out again
    IssueId issue;
    std::vector<voice::VoiceId> voices;
    std::vector<dialogue::StatementId> statements;
    bool in = true;
    people::OfficerId by;
    friend bool operator==(const Gathered&, const Gathered&) = default;
};
struct Moved {  // to another state
    IssueId issue;
    State to = State::confirmed;
    int marks = 0;  // of confirmed ones
    std::string reason;
    std::optional<std::int64_t>
        because;           // the sitting, the motion, the next round; of dismissed: the issue it is in now
    people::OfficerId by;  // 0: as part of another act
    friend bool operator==(const Moved&, const Moved&) = default;
};
struct RestListed {
    people::CycleId cycle;
    std::vector<voice::VoiceId> voices;
    std::string reason;
    people::OfficerId by;
    friend bool operator==(const RestListed&, const RestListed&) = default;
};
// What people wrote in surveys, put in or found to be no part of it. Served to nobody: which answer is about what is
// its author's own matter.
struct AnswersGathered {
    IssueId issue;
    std::vector<AnswerId> answers;
    bool in = true;
    people::OfficerId by;
    friend bool operator==(const AnswersGathered&, const AnswersGathered&) = default;
};
struct KeptOut {  // looked at and found to be no part of it: suggested no more; or that was undone
    IssueId issue;
    std::vector<voice::VoiceId> voices;
    std::vector<dialogue::StatementId> statements;
    bool out = true;
    people::OfficerId by;
    friend bool operator==(const KeptOut&, const KeptOut&) = default;
};
struct Advised {  // a message says what its author would do about it
    IssueId issue;
    voice::VoiceId voice;
    friend bool operator==(const Advised&, const Advised&) = default;
};
using Change = std::variant<Suggested, Gathered, Moved, RestListed, AnswersGathered, KeptOut, Advised>;

inline constexpr std::string_view suggested_kind = "issue.suggested";
inline constexpr std::string_view gathered_kind = "issue.gathered";
inline constexpr std::string_view moved_kind = "issue.moved";
inline constexpr std::string_view rest_listed_kind = "issue.rest_listed";
inline constexpr std::string_view answers_gathered_kind = "issue.answers_gathered";
inline constexpr std::string_view kept_out_kind = "issue.kept_out";
inline constexpr std::string_view advised_kind = "issue.advised";

ledger::Draft encode(const Change&, std::int64_t index);
// Reads every version ever written; texts are empty where the words are gone. Throws std::runtime_error when the facts
// are not what some version wrote.
Change decode(const ledger::Entry&);

}  // namespace issue::change
