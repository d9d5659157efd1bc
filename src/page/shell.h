// The frame around every page.
#pragma once
#include "page.h"
#include "slots.h"

namespace page {

Shared in_shell(const http::Request&, const Page&);
http::Response as_response(const http::Request&, const Page&, const Shared&);
bool large_type(const http::Request&);

}  // namespace page
