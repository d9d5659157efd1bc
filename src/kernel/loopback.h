// Which network addresses never leave this machine.
#pragma once
#include <string_view>

namespace kernel {

// Of 127.0.0.0/8, also written as an IPv6 address, or ::1. A name, "" and anything else that is no address: no.
bool is_loopback(std::string_view address);

}  // namespace kernel
