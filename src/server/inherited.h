// The part of a round's page that shows what it takes over from the rounds before it.
#pragma once
#include <cycle/cycle.h>

namespace server {

page::Html inherited(const http::Request&, db::Connection&, const cycle::Cycle&);  // empty where it inherits nothing

}  // namespace server
