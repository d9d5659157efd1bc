// What is counted of the messages behind a matter, many at once: of each how its case went. For the figures of issues.
#pragma once
#include <string>
#include <vector>

#include "voice.h"

namespace voice {

struct Weighed {
    VoiceId id;
    std::optional<people::ParticipantId> author;  // for counting distinct people and nothing else
    kernel::Instant received;
    bool open = false;      // everybody may read it now
    std::string district;   // "" where none was said, or not for everybody
    bool owed = false;      // an answer is owed now
    std::int64_t days = 0;  // from receipt until its answer, or until today while one is owed
    int reopened = 0, extended = 0;
    std::vector<people::UnitId> units;                                               // that have had it, ascending
    bool answered = false, refused = false, appealed = false, dissatisfied = false;  // by the newest answer and rating
    std::optional<VoiceId> joined_to;                                                // says the same as this one
    std::int64_t joined = 0;  // how many others say the same as it
};
// By id; those that are there. A message that is split went as its parts did.
std::vector<Weighed> weighed(db::Connection&, const std::vector<VoiceId>&, kernel::Day today);
// Title and text as everybody may see them; both empty where not everybody may.
struct OpenWords {
    VoiceId id;
    std::string title, text;
};
std::vector<OpenWords> words_of(db::Connection&, const std::vector<VoiceId>&);  // by id; those that are there
// The message that an entry of this feature is about, where it changed its case or who may read it.
std::optional<VoiceId> voice_of_entry(db::Connection&, std::int64_t entry);
// The name of a district in the table in force; "" for "", and the code itself where the table has it no more.
std::string district_name(db::Connection&, page::Lang, std::string_view code);

}  // namespace voice
