// What the pages of this feature are made of.
#pragma once
#include <string>

#include <db/db.h>
#include <http/http.h>
#include <kernel/json.h>
#include <page/page.h>

#include "claim.h"

namespace claim {

std::string address(ClaimId);  // where moderators decide
// The form for an entry of which there are public words.
page::Page report_page(const http::Request&, db::Connection&, std::int64_t entry, page::Form);
// For a moderator who may decide on it.
page::Page decide_page(const http::Request&, db::Connection&, const Hooks&, const Claim&, page::Form);
// What everybody may know of it: never the remark, nor who decided.
kernel::Json as_json(const Claim&);

}  // namespace claim
