// /design: every part in every state, for whoever writes a page.
#pragma once
#include "page.h"

namespace page {

void add_design(http::Router&);

}  // namespace page
