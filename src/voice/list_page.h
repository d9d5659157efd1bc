// The list of voices as a page and as a part of a round's page.
#pragma once
#include "routes.h"

namespace voice {

inline constexpr int voices_on_a_page = 20;

page::Page list_page(const http::Request&, db::Connection&, const Hooks&, kernel::Day today);
// One row of a list: link, text, lang, instead, state, number, part, kind, day, unit, due, verdict, sample, source.
page::Data list_row(page::Lang, db::Connection&, const kernel::Calendar&, const Voice&, kernel::Day today);

}  // namespace voice
