// What the two faces of libcurl share.
#pragma once
#include <curl/curl.h>

#include <memory>

namespace http {

struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using List = std::unique_ptr<curl_slist, FreeList>;

void prepare_curl();  // once for the process; std::runtime_error when it cannot be set up

}  // namespace http
