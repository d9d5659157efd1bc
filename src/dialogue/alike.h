// Statements that say nearly the same as what somebody is about to add: whoever finds their own thought there votes on
// it instead, and votes are not parted among twins.
#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <string_view>
#include <vector>

#include <db/db.h>
#include <text/index.h>

#include "dialogue.h"

namespace dialogue {

class Alike {
public:
    // Accepted ones with their words, the likest first. The index of a dialogue is made when it is first asked for and
    // again when its statements are others; those of the dialogues asked for last are kept. Any thread.
    std::vector<StatementId> near(db::Connection&, DialogueId, std::string_view text, std::size_t most);

private:
    struct Known {
        std::int64_t accepted = -1, set_aside = -1;
        text::Index index;
        std::vector<StatementId> statements;  // by number in the index
    };
    std::mutex mutex_;
    std::map<DialogueId, std::shared_ptr<const Known>> known_;
};

}  // namespace dialogue
