// What the routes of this feature share. routes.cc lists the addresses; each other routes_*.cc serves one part.
#pragma once
#include <memory>

#include <db/database.h>
#include <http/http.h>
#include <ledger/ledger.h>
#include <page/page.h>

#include "labels.h"
#include "reader.h"
#include "store.h"
#include "voice.h"

namespace voice {

// Made once for all routes and kept by them.
struct Site {
    people::Needs needs;
    Means means;
    Hooks hooks;
};
using Serve = http::Response (*)(const Site&, const http::Request&);

// routes_say.cc: the form, at the desk, in a round, and for a caller
http::Response show_say(const Site&, const http::Request&);
http::Response start_say(const Site&, const http::Request&);  // what was begun on another page, in the form
http::Response post_say(const Site&, const http::Request&);
http::Response show_enter(const Site&, const http::Request&);
http::Response post_enter(const Site&, const http::Request&);

// routes_public.cc: what everybody may read
http::Response list_voices(const Site&, const http::Request&);
http::Response show_voice(const Site&, const http::Request&);
http::Response show_photo(const Site&, const http::Request&);
http::Response show_paper(const Site&, const http::Request&);
http::Response show_paper_page(const Site&, const http::Request&);

// channel_page.cc: by which way messages came
http::Response show_channels(const Site&, const http::Request&);
http::Response channels_json(const Site&, const http::Request&);

// export.cc: lists as tables for spreadsheets and programs
http::Response voices_csv(const Site&, const http::Request&);
http::Response desk_csv(const Site&, const http::Request&);

// routes_author.cc: for authors, by code or browser; and "report this", for anybody
http::Response show_mine(const Site&, const http::Request&);
http::Response post_mine(const Site&, const http::Request&);
http::Response show_author(const Site&, const http::Request&);
http::Response post_open(const Site&, const http::Request&);  // the author's page on a device that is not known
http::Response post_word(const Site&, const http::Request&);
http::Response post_rating(const Site&, const http::Request&);
http::Response post_reopening(const Site&, const http::Request&);
http::Response post_apart(const Site&, const http::Request&);
http::Response post_whole(const Site&, const http::Request&);
http::Response post_agreement(const Site&, const http::Request&);
http::Response post_agreement_kept(const Site&, const http::Request&);
http::Response post_withdrawal(const Site&, const http::Request&);
http::Response post_appeal(const Site&, const http::Request&);
http::Response show_report(const Site&, const http::Request&);
http::Response post_report(const Site&, const http::Request&);

// routes_desk.cc, routes_desk_acts.cc: for staff
http::Response show_desk(const Site&, const http::Request&);
http::Response show_moderation(const Site&, const http::Request&);
http::Response show_case(const Site&, const http::Request&);
void add_desk_acts(http::Router&, const std::shared_ptr<const Site>&);

// routes_call_back.cc: who is to be called, the oldest answer first
http::Response show_call_back_queue(const Site&, const http::Request&);
void set_call_options(page::Form&, page::Lang);
// What higher features show of a case to staff who work on it.
page::Html desk_parts_of(const Site&, const http::Request&, db::Connection&, VoiceId);

// routes_api.cc
http::Response post_voice_json(const Site&, const http::Request&);
http::Response list_voices_json(const Site&, const http::Request&);
http::Response voice_json(const Site&, const http::Request&);

// ---- shared --------------------------------------------------------------------------------------------------------
// The number in the address; zero when it is none, and then nothing is found.
VoiceId id_of(const http::Request&);
kernel::Error unknown_voice();
// The cycle an address names, /cycles/{id}/…; the standing desk where it names none.
std::optional<cycle::Cycle> cycle_of(db::Connection&, const http::Request&);
// What stands behind a figure, as the address names it.
std::optional<Counting> counting_of(const http::Request&);
// Filters of a list as its address has them; unknown values are no filter.
Filter filter_of(const http::Request&, int at_most);
// The author behind a request for this voice: who showed the code in the form, or whose browser sent it.
bool is_author(const Site&, db::Connection&, const http::Request&, const Case&);

}  // namespace voice
