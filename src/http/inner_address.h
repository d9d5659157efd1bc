// Which addresses lead into this machine or an inner network, where no stranger may send a server.
#pragma once
#include <sys/socket.h>

namespace http {

// Loopback, private, link-local, shared, multicast and reserved ones of IPv4 and IPv6 (IANA's special-purpose
// registries), also where IPv6 wraps IPv4. True for what is neither.
bool inner_address(const sockaddr&);

}  // namespace http
