// What the server itself refuses, before or instead of a handler.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "http.h"

namespace http {

struct Fault {
    int status = 500;
    kernel::Error error;
    std::vector<std::pair<std::string, std::string>> headers;  // Allow, Retry-After
};

Fault fault(kernel::Error);  // its status by status_of()
Fault fault(int status);     // 400 404 405 408 413 414 417 429 431 500 503 505 507, each with its message
Fault busy(int retry_after_seconds);
Fault too_many(int retry_after_seconds);

// The fault in three languages, in a page of a few hundred bytes without style: for when no template and no reader's
// language can be had. The words are those of messages.*.txt.
Response plain_page(const Fault&);

}  // namespace http
