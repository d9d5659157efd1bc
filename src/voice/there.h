// What another register says of a case that was taken over from it, as pages and the importer see it.
#pragma once
#include "change.h"
#include "taken_over.h"

namespace voice {

struct There {
    Before came = Before::unanswered;
    std::optional<kernel::Day> replied_on, due;
    std::optional<int> rating;
    std::string reply, number, named;  // "" once erased, and where there were none
};
std::optional<There> find_there(db::Connection&, VoiceId);
// What a register calls one of its cases, so that it is taken once: keyed, because facts are public and numbers few.
kernel::Hash origin_of(const people::Needs&, std::string_view source, std::string_view number);
bool taken_from_there(db::Connection&, const kernel::Hash& origin);

bool is_before(Figure);
std::int64_t before_n(const BeforeCounts&, Figure);

}  // namespace voice
