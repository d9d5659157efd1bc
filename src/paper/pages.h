// The pages of paper.
#pragma once
#include <page/page.h>

#include "paper.h"

namespace paper {

std::string address(BatchId);
std::string address(SheetId);

page::Page list_page(const http::Request&, db::Connection&, std::optional<people::CycleId>,
                     std::optional<BatchId> before);
page::Page open_page(const http::Request&, db::Connection&, kernel::Day today, page::Form);
page::Page batch_page(const http::Request&, db::Connection&, const Batch&);
// `n`: the number of the sheet; `of`: the one that was sent back.
page::Page type_page(const http::Request&, db::Connection&, const Batch&, int n, const std::optional<Sheet>& of,
                     page::Form);
page::Page check_page(const http::Request&, db::Connection&, const Hooks&, const Batch&, const Sheet&, page::Form);
page::Page recount_page(const http::Request&, db::Connection&, const Batch&, page::Form);
page::Page slips_page(const http::Request&, db::Connection&, const Batch&);
// With the codes, this once.
page::Page printed_page(const http::Request&, db::Connection&, const Batch&, const Codes&);
kernel::Json as_json(const Batch&);

// The next sheet after a number, from the first again, that this actor may check.
std::optional<Sheet> next_to_check(db::Connection&, const people::Actor&, const Batch&, int after);

}  // namespace paper
