#include "mailer.h"

#include <curl/curl.h>

#include <algorithm>
#include <cstring>
#include <new>
#include <stdexcept>

#include <kernel/loopback.h>

#include "curl_list.h"

namespace http {
namespace {

// The host of "smtp://host:port", without brackets; "" where that is not the form.
std::string_view host_of(std::string_view url) {
    const std::size_t scheme = url.find("://");
    if (scheme == url.npos) return {};
    std::string_view rest = url.substr(scheme + 3);
    if (rest.starts_with('[')) return rest.substr(1, rest.find(']') == rest.npos ? 0 : rest.find(']') - 1);
    return rest.substr(0, rest.find(':'));
}

bool on_this_machine(std::string_view url) {
    const std::string_view host = host_of(url);
    return host == "localhost" || kernel::is_loopback(host);
}

// What goes on while one letter is sent.
struct Going {
    std::string_view left;     // of the letter's bytes
    bool sender_said = false;  // MAIL was answered, so that what is refused now is the recipient or the letter
    bool recipient_said = false;
    const std::function<bool()>* stopping = nullptr;
};

std::size_t give(char* to, std::size_t, std::size_t most, void* from) {
    auto* going = static_cast<Going*>(from);
    const std::size_t n = std::min(most, going->left.size());
    std::memcpy(to, going->left.data(), n);
    going->left.remove_prefix(n);
    return n;
}

// Only which command was sent is looked at; nothing of it is kept.
int look(CURL*, curl_infotype type, char* bytes, std::size_t n, void* to) {
    auto* going = static_cast<Going*>(to);
    const std::string_view line(bytes, n);
    if (type == CURLINFO_HEADER_OUT && line.starts_with("RCPT")) going->sender_said = true;
    if (type == CURLINFO_HEADER_OUT && line.starts_with("DATA")) going->recipient_said = true;
    return 0;
}

int go_on(void* with, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    const auto* going = static_cast<const Going*>(with);
    return !going->left.empty() && *going->stopping && (*going->stopping)() ? 1 : 0;
}

std::size_t ignore(char*, std::size_t, std::size_t n, void*) { return n; }

}  // namespace

bool relayable(std::string_view url) {
    const bool tls = url.starts_with("smtps://");
    if (!tls && !url.starts_with("smtp://")) return false;
    const std::string_view rest = url.substr(url.find("://") + 3);
    const bool good = std::all_of(rest.begin(), rest.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
               c == ':' || c == '[' || c == ']';
    });
    return good && !host_of(url).empty();
}

struct Mailer::Handle {
    CURL* curl;
    const Relay relay;
    explicit Handle(Relay r) : curl((prepare_curl(), curl_easy_init())), relay(std::move(r)) {
        if (!curl) throw std::bad_alloc();
        curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
        curl_easy_setopt(curl, CURLOPT_URL, (relay.url + "/" + relay.helo).c_str());
        curl_easy_setopt(curl, CURLOPT_PROXY, "");
        curl_easy_setopt(curl, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
        curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
        curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
        curl_easy_setopt(curl, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
        curl_easy_setopt(curl, CURLOPT_USE_SSL,
                         static_cast<long>(on_this_machine(relay.url) ? CURLUSESSL_NONE : CURLUSESSL_ALL));
        curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, 30'000L);
        if (!relay.user.empty()) {
            curl_easy_setopt(curl, CURLOPT_USERNAME, relay.user.c_str());
            curl_easy_setopt(curl, CURLOPT_PASSWORD, relay.password.reveal().c_str());
        }
        curl_easy_setopt(curl, CURLOPT_MAIL_FROM, ("<" + relay.from + ">").c_str());
        curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
        curl_easy_setopt(curl, CURLOPT_READFUNCTION, give);
        curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, ignore);
        curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L);  // for look() alone: with a function of our own nothing is printed
        curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, look);
        curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
        curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, go_on);
    }
    ~Handle() { curl_easy_cleanup(curl); }
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
};

Mailer::Mailer(Relay relay) {
    if (!relayable(relay.url)) throw std::invalid_argument("no mail server has the address " + relay.url);
    if (!mailable(relay.from)) throw std::invalid_argument("no letter can come from " + relay.from);
    handle_ = std::make_unique<Handle>(std::move(relay));
}
Mailer::~Mailer() = default;

const Relay& Mailer::relay() const { return handle_->relay; }

Taken Mailer::send(const Letter& letter, const std::function<bool()>& stopping) {
    const std::string bytes = bytes_of(letter);
    Going going{bytes, false, false, &stopping};
    CURL* curl = handle_->curl;
    List to(curl_slist_append(nullptr, ("<" + letter.to + ">").c_str()));
    if (!to) throw std::bad_alloc();
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, to.get());
    curl_easy_setopt(curl, CURLOPT_READDATA, &going);
    curl_easy_setopt(curl, CURLOPT_DEBUGDATA, &going);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &going);
    const CURLcode code = curl_easy_perform(curl);
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, nullptr);  // the list goes with this call
    long status = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    Taken out;
    out.status = static_cast<int>(status);
    if (code == CURLE_OK) {
        out.how = Taken::How::taken;
        return out;
    }
    out.fault = curl_easy_strerror(code);
    out.uncertain = going.left.empty() && status < 400;
    if (going.recipient_said || (going.sender_said && status >= 400 && status < 500))
        out.how = Taken::How::later;
    else if (going.sender_said && status >= 500)
        out.how = Taken::How::refused;
    return out;
}

}  // namespace http
