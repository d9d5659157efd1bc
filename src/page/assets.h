// Style sheet, scripts and icons, compiled in and served under addresses that change with their content.
#pragma once
#include <string>
#include <string_view>

#include "page.h"

namespace page {

void load_assets();
std::string style_sheet();  // /assets/huiyin.css
// "huiyin.css" -> "/assets/huiyin.css?v=0123456789". Throws std::logic_error when there is none.
const std::string& asset_address(std::string_view name);
http::Response asset(const http::Request&);  // {name}

}  // namespace page
