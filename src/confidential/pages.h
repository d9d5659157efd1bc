// What the pages of this feature share. routes.cc lists the addresses.
#pragma once
#include <string>
#include <vector>

#include <http/http.h>
#include <page/page.h>

#include "matter.h"
#include "open_keys.h"

namespace confidential {

// Made once for all routes and kept by them.
struct Site {
    explicit Site(const people::Needs& n) : needs(n) {}
    const people::Needs& needs;
    mutable OpenKeys keys;
};

// A page that keeps nothing in the browser: the token that forms need lasts as long as the browser's session at most;
// after the `last` page of a way it is gone.
http::Response leaving_nothing(const http::Request&, page::Page, bool last = false);
page::Page private_page(page::Lang, std::string_view title_key, page::Html main, int status = 200);
std::string post_of(page::Lang, db::Connection&, people::OfficerId);
std::string label(page::Lang, std::string_view set, std::string_view value);  // "confidential.kind_help"
// What was said, as this reader sees it; with the matter that an act is about, where its keys came along.
std::vector<page::Data> said_rows(page::Lang, db::Connection&, const Thread&, bool to_author);
void set_standing(page::Lang, db::Connection&, page::Data&, const Thread&);
std::vector<page::Option> receiver_options(db::Connection&, const std::vector<Receiver>&);
// The token of the sent form. A form without one is as good as no form: nothing.
std::optional<kernel::Hash> form_token(const http::Request&);

// routes_author.cc
http::Response show_intro(const Site&, const http::Request&);
http::Response post_units(const Site&, const http::Request&);
http::Response post_send(const Site&, const http::Request&);
http::Response show_guess(const Site&, const http::Request&);
// routes_thread.cc
http::Response show_thread(const Site&, const http::Request&);
http::Response post_thread(const Site&, const http::Request&);
http::Response post_word(const Site&, const http::Request&);
http::Response post_retaliation(const Site&, const http::Request&);
http::Response post_retaliation_send(const Site&, const http::Request&);
http::Response post_proof(const Site&, const http::Request&);
// routes_desk.cc
http::Response show_desk(const Site&, const http::Request&);
http::Response post_open(const Site&, const http::Request&);
http::Response post_lock(const Site&, const http::Request&);
http::Response show_matter(const Site&, const http::Request&);
http::Response post_act(const Site&, const http::Request&, Act);
// routes_receivers.cc
http::Response show_receiving(const Site&, const http::Request&);
http::Response post_receiving(const Site&, const http::Request&);
http::Response post_receiving_change(const Site&, const http::Request&);
http::Response post_receiving_end(const Site&, const http::Request&);
http::Response show_receivers(const Site&, const http::Request&);
http::Response post_receivers(const Site&, const http::Request&);
http::Response post_receiver_end(const Site&, const http::Request&);

// The form with which a message is written, for both ways of sending one; `code`: of the matter that it is about.
http::Response write_page(const Site&, const http::Request&, const std::vector<people::UnitId>& units,
                          const std::vector<Receiver>& offered, std::string_view code,
                          const std::vector<kernel::Error>&);
http::Response sent_page(const http::Request&, const Sent&);
Draft draft_of(const http::Request&, std::vector<kernel::Error>&);  // without the units

}  // namespace confidential
