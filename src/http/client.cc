#include "client.h"

#include <curl/curl.h>
#include <sys/socket.h>

#include <new>
#include <stdexcept>

#include "curl_list.h"
#include "inner_address.h"

namespace http {

void prepare_curl() {
    static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (ready != CURLE_OK) throw std::runtime_error("libcurl could not be set up");
}

namespace {

struct Arriving {
    std::string* body;
    std::size_t most;
    bool too_long = false;
};
std::size_t take(char* bytes, std::size_t, std::size_t n, void* to) {
    auto* taken = static_cast<Arriving*>(to);
    if (taken->body->size() + n > taken->most) {
        taken->too_long = true;
        return n == 0 ? 1 : 0;  // another number than n: libcurl stops
    }
    taken->body->append(bytes, n);
    return n;
}

// The name was looked up: where it leads is seen before anything is sent there.
curl_socket_t open_outside(void*, curlsocktype, curl_sockaddr* to) {
    if (inner_address(to->addr)) return CURL_SOCKET_BAD;
    return ::socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

bool names_a_number(std::string_view url) {
    std::string_view host = url.substr(url.find("://") + 3);
    if (host.starts_with("[")) return true;
    host = host.substr(0, host.find_first_of(":/?"));
    return host == "localhost" || host.find_first_not_of("0123456789.") == std::string_view::npos;
}

// What holds for every request; a handle keeps it.
void set_once(CURL* curl) {
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "https,http");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");  // also against the variables of the environment
    curl_easy_setopt(curl, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);  // several threads ask at the same time
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "huiyin");
    curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
}

bool local(std::string_view rest) {
    for (std::string_view host : {"127.0.0.1", "localhost", "[::1]"})
        if (rest.starts_with(host)) {
            const std::string_view after = rest.substr(host.size());
            if (after.empty() || after[0] == ':' || after[0] == '/' || after[0] == '?') return true;
        }
    return false;
}

}  // namespace

bool fetchable(std::string_view url) {
    for (char c : url)
        if (static_cast<unsigned char>(c) <= ' ' || c == 0x7f || c == '#' || c == '\\' || c == '@') return false;
    for (std::string_view scheme : {"https://", "http://"})
        if (url.starts_with(scheme)) {
            const std::string_view rest = url.substr(scheme.size());
            if (rest.empty() || rest[0] == '/' || rest[0] == '?' || rest[0] == ':') return false;
            return scheme == "https://" || local(rest);
        }
    return false;
}

struct Client::Handle {
    CURL* curl;
    Handle() : curl((prepare_curl(), curl_easy_init())) {
        if (!curl) throw std::bad_alloc();
        set_once(curl);
    }
    ~Handle() { curl_easy_cleanup(curl); }
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
};

Client::Client() : handle_(std::make_unique<Handle>()) {}
Client::~Client() = default;
Client::Client(Client&&) noexcept = default;
Client& Client::operator=(Client&&) noexcept = default;

Answered Client::send(const Asked& asked) {
    Answered out;
    if (!fetchable(asked.url)) {
        out.fault = "not an address that is asked";
        return out;
    }
    for (const auto& [name, value] : asked.headers)
        for (const char c : name + value)
            if (static_cast<unsigned char>(c) < ' ' || c == 0x7f) {
                out.fault = "a header that cannot be sent";
                return out;
            }
    CURL* curl = handle_->curl;
    Arriving taken{&out.body, asked.most_bytes};
    List headers;
    if (asked.body.empty()) {
        curl_easy_setopt(curl, CURLOPT_HTTPGET, 1L);
    } else {
        headers.reset(curl_slist_append(nullptr, ("Content-Type: " + asked.content_type).c_str()));
        for (const auto& [name, value] : asked.headers) curl_slist_append(headers.get(), (name + ": " + value).c_str());
        curl_slist_append(headers.get(), "Expect:");  // no waiting for "100 Continue"
        curl_easy_setopt(curl, CURLOPT_POST, 1L);
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, asked.body.data());
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(asked.body.size()));
    }
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(curl, CURLOPT_URL, asked.url.c_str());
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(asked.milliseconds));
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &taken);
    curl_easy_setopt(curl, CURLOPT_FRESH_CONNECT, asked.sent_once ? 1L : 0L);
    const bool outside = asked.outside_only && !names_a_number(asked.url);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, outside ? open_outside : nullptr);
    const CURLcode code = curl_easy_perform(curl);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, nullptr);  // the list goes with this call
    long bytes_sent = 0;
    curl_easy_getinfo(curl, CURLINFO_REQUEST_SIZE, &bytes_sent);
    out.reached = bytes_sent > 0;
    if (code != CURLE_OK) {
        out.body.clear();
        out.fault = taken.too_long ? "the answer is too long" : curl_easy_strerror(code);
        return out;
    }
    long status = 0;
    const char* type = nullptr;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(curl, CURLINFO_CONTENT_TYPE, &type);
    out.status = static_cast<int>(status);
    if (type) out.content_type = type;
    curl_off_t seconds = 0;
    if (curl_easy_getinfo(curl, CURLINFO_RETRY_AFTER, &seconds) == CURLE_OK && seconds > 0) out.retry_after = seconds;
    return out;
}

}  // namespace http
