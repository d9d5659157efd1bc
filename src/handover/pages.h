// What the pages of this feature are made of.
#pragma once
#include <http/http.h>
#include <page/page.h>

#include "acts.h"
#include "errand.h"
#include "store.h"

namespace handover {

std::string authority_path(AuthorityId);  // "/admin/authorities/17"
std::string desk_path(HandoverId);        // "/desk/handovers/17"
std::string form_path(VoiceId);           // "/desk/voices/17/handover"
std::string fault_words(page::Lang, std::string_view fault);
std::string authority_name(db::Connection&, AuthorityId);
// Name, state, number, notes and reason of one, for all its readers; `whole`: also what was sent.
page::Data row_of(page::Lang, db::Connection&, const Handover&, bool whole);

page::Page admin_page(const http::Request&, db::Connection&, const Means&, page::Form);
page::Page authority_page(const http::Request&, db::Connection&, const Means&, const Authority&, page::Form);
// `to`: none is chosen yet.
page::Page give_page(const http::Request&, db::Connection&, const Means&, const rules::Case&,
                     const std::optional<Authority>& to, page::Form);
page::Page show_page(const http::Request&, db::Connection&, const Handover&, page::Form);
kernel::Json as_json(db::Connection&, const Handover&);

}  // namespace handover
