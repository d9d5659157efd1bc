// What the pages and the JSON of this feature are made of.
#pragma once
#include <optional>
#include <string>

#include <db/db.h>
#include <http/http.h>
#include <kernel/json.h>
#include <page/page.h>

#include "erasure.h"

namespace erasure {

inline constexpr int erasures_on_a_page = 30;

std::string address(ErasureId);
page::Page list_page(const http::Request&, db::Connection&, std::optional<ErasureId> before);
page::Page new_page(const http::Request&, page::Form);
page::Page show_page(const http::Request&, db::Connection&, const Hooks&, const Erasure&, page::Form);
kernel::Json as_json(const Erasure&);

}  // namespace erasure
