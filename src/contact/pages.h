// What the pages of this feature are made of.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include <db/db.h>
#include <http/http.h>
#include <page/page.h>

#include "rules.h"

namespace contact {

std::string page_address(VoiceId);  // "/desk/voices/17/contact"
page::Html say_part(const http::Request&, db::Connection&, bool for_caller, const std::vector<kernel::Error>&);
// `shown_until`: this session opened it, and sees it until then.
page::Page open_page(const http::Request&, db::Connection&, VoiceId, const rules::Standing&,
                     const std::optional<Contact>&, std::optional<kernel::Instant> shown_until, page::Form);

}  // namespace contact
