// What the pages and the JSON of receptions are made of.
#pragma once
#include "pages.h"
#include "reception.h"
#include "reception_rules.h"

namespace visit {

inline constexpr int coming_on_a_page = 50;

page::Page receptions_page(const http::Request&, db::Connection&, const ReceptionFilter&, rules::Moment now);
page::Page reception_page(const http::Request&, db::Connection&, const Reception&, const Hooks&, rules::Moment,
                          page::Form);
page::Page announce_page(const http::Request&, page::Form);
// `step`: "move", "call-off" or "held", the end of its address.
page::Page step_page(const http::Request&, const Reception&, std::string_view step, page::Form);
kernel::Json as_json(const Reception&, bool whole);
std::string address(ReceptionId);                       // "/receptions/17"
std::string clock_text(int minutes);                    // "09:05", of minutes since midnight
std::optional<int> parse_clock(std::string_view text);  // exactly that form, before 24:00

}  // namespace visit
