// What the pages of this feature are made of.
#pragma once
#include <optional>
#include <string>

#include <db/db.h>
#include <http/http.h>
#include <kernel/json.h>
#include <page/page.h>

#include "support.h"

namespace support {

std::string address(VoiceId);  // "/voices/17/support"
// A reader's own page about one message: how many, whether they are among them, and the button for the other.
// `notice`: what this reader has to be told first; `errors`: at the field of the code.
page::Page own_page(const people::Needs&, const http::Request&, db::Connection&, const voice::Voice&,
                    const std::string& notice = {}, const std::vector<kernel::Error>& errors = {});
kernel::Json as_json(db::Connection&, const voice::Voice&);

}  // namespace support
