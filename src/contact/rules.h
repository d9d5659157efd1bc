// Who may open, and what can be left, as pure functions.
#pragma once
#include <vector>

#include <voice/call_back.h>

#include "contact.h"

namespace contact::rules {

// What somebody has to do with the message, and what was left.
struct Standing {
    voice::Kind kind = voice::Kind::suggestion;
    voice::Part part;
    bool may_call_back = false;
    bool left = false;  // there is something to open
    bool lost = false;  // what was left was sealed under another server.key
};
// Refuses contact.not_yours, contact.of_complaint (forbidden), then contact.none (not_found).
kernel::Checked may_open(const Standing&, Reason);
std::vector<Reason> reasons_for(const Standing&);  // in which it may be opened, were something left

bool telephone_form(std::string_view);  // at least 5 digits, and besides them + - ( ) / . # and blanks alone
bool email_form(std::string_view);      // one @, something before it, a name with a dot after it, no blanks

}  // namespace contact::rules
