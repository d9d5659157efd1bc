// What main() fixed once at start. Read by any thread afterwards.
#pragma once
#include "page.h"

namespace page {

const Setup& setup();  // the defaults until set_up() was called

}  // namespace page
