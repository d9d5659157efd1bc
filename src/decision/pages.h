// What the pages and the JSON of this feature are made of.
#pragma once
#include <string>
#include <vector>

#include <db/db.h>
#include <http/http.h>
#include <kernel/json.h>
#include <page/page.h>

#include "change.h"
#include "decision.h"

namespace decision {

inline constexpr int bodies_on_a_page = 100, sittings_on_a_page = 20;

std::string address(BodyId);
std::string address(SittingId);
std::string address(MotionId);
std::string title_of(page::Lang, const Body&);
std::string title_of(page::Lang, const Motion&);
std::string title_of(page::Lang, db::Connection&,
                     const Sitting&);  // the body and the day
page::Html state_of(page::Lang, const Sitting&);
page::Html state_of(page::Lang, const Motion&);
std::string member_name(page::Lang, const Member&);
// Rules of procedure in words, one sentence each: quorum, majority, tie,
// notice, where they are from.
std::vector<page::Data> rules_in_words(page::Lang, const Rules&);
std::string quorum_in_words(page::Lang, const Fraction&);
std::string majority_in_words(page::Lang, const Fraction&);
// The history of one of these things, and what others show about the words in it.
void set_history(page::Data&, const http::Request&, db::Connection&, std::int64_t about, const Hooks&);
page::Page framed(std::string title, page::Html main, bool sample);

page::Page list_page(const http::Request&, db::Connection&);
page::Page new_page(const http::Request&, db::Connection&, page::Form);
page::Page body_page(const http::Request&, db::Connection&, const Body&, page::Form, const Hooks&);
page::Page sitting_page(const http::Request&, db::Connection&, const Sitting&, page::Form, const Hooks&);
page::Page rules_page(const http::Request&, db::Connection&, const Body&, page::Form);
// With the fields of so many measures, 1 to rules::measures_max.
page::Page table_page(const http::Request&, db::Connection&, const Sitting&, page::Form, int measures);
page::Page motion_page(const http::Request&, db::Connection&, const Motion&, page::Form, const Hooks&);

kernel::Json brief_json(const Body&);
kernel::Json brief_json(const Sitting&);
kernel::Json as_json(db::Connection&, const Body&);
kernel::Json as_json(db::Connection&, const Sitting&);
kernel::Json as_json(db::Connection&, const Motion&);

}  // namespace decision
