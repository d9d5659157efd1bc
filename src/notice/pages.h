#pragma once
#include <optional>
#include <string>

#include <page/page.h>

#include "notice.h"
#include "store.h"

namespace notice {

std::string follow_address(const Matter&);  // "/follow?what=voice&id=17"
page::Page follow_page(const http::Request&, const Named&, const Matter&, const Means&, page::Form);
page::Page asked_page(const http::Request&);
// What an address follows, for whoever has its token: to confirm, to change, to stop.
page::Page own_page(const http::Request&, db::Connection&, const Hooks&, const Address&, const std::string& token);
page::Page nothing_page(const http::Request&);  // of a token that is none any more
page::Page stopped_page(const http::Request&);

}  // namespace notice
