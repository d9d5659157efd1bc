// A voice as everybody sees it, and what its page shares with the desk's and the author's.
#pragma once
#include "in_force.h"
#include "routes.h"

namespace voice {

page::Page show_page(const Site&, const http::Request&, db::Connection&, const Case&, const InForce&,
                     kernel::Day today);

// text, place, position, has_photos, photos: what the author wrote.
void set_words(page::Data&, page::Lang, const Case&, const change::Words&);
// What was said to and fro: questions, answers, further words, reasons. Rows of what, who, when, entry, entry_link,
// text.
std::vector<page::Data> exchange_of(page::Lang, db::Connection&, const Case&, const std::vector<Step>&,
                                    std::string_view author_lang);
// How the due day in force came about; nothing for what was imported.
std::optional<change::Counted> counted_of(db::Connection&, const Case&, const std::vector<Step>&);
page::Html counted_part(page::Lang, const change::Counted&);
// What another register says of it, as `there`; its words only to who may read the case's own.
void set_there(page::Data&, page::Lang, db::Connection&, const Case&, bool with_words);
kernel::Json there_as_json(db::Connection&, const Case&);  // null where it comes from none
std::string number_words(page::Lang, VoiceId);             // "no. 17"
// The parts of a whole, and the whole of a part, with links into this folder; nothing for others.
page::Html parts_of_whole(page::Lang, db::Connection&, const Case&, std::string_view folder);

}  // namespace voice
