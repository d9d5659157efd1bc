// The messages that say what people would do about an issue, as this module's rows and pages see them.
#pragma once
#include <optional>
#include <vector>

#include <db/db.h>
#include <http/http.h>
#include <kernel/json.h>
#include <page/page.h>

#include "issue.h"

namespace issue {

// Newest first, of those that were sent for everybody to read; what was hidden later is among them.
std::vector<voice::VoiceId> advice_of(db::Connection&, IssueId, std::optional<voice::VoiceId> before, int at_most);
bool has_advice(db::Connection&, IssueId, voice::VoiceId);
std::vector<Issue> advised_by(db::Connection&, voice::VoiceId);  // the issues that a message is advice about
std::optional<IssueId> issue_of_advice(db::Connection&, std::int64_t entry);

page::Html advice_part(const http::Request&, db::Connection&, const Issue&);  // of the issue's page
kernel::Json advice_json(db::Connection&, IssueId);                           // its counts
void add_advice_routes(http::Router&, const people::Needs&);

}  // namespace issue
