#include <algorithm>
#include <array>

#include "header_value.h"
#include "http.h"

namespace http {
namespace {

constexpr std::size_t mac_size = 16;
constexpr std::string_view purpose = "huiyin csrf v1";

kernel::Hash& csrf_key() {
    static kernel::Hash key = kernel::random_hash();
    return key;
}

std::array<std::uint8_t, mac_size> mac_of(std::string_view visitor) {
    std::string text(purpose);
    text += '\0';
    text += visitor;
    const kernel::Hash whole = kernel::hmac_sha256(csrf_key(), kernel::view(text));
    std::array<std::uint8_t, mac_size> out;
    std::copy_n(whole.begin(), mac_size, out.begin());
    return out;
}

std::string_view authority_of(std::string_view url) {
    const std::size_t scheme = url.find("://");
    if (scheme == url.npos) return {};
    url.remove_prefix(scheme + 3);
    return url.substr(0, std::min(url.find_first_of("/?#"), url.size()));
}

// Under our Referrer-Policy browsers send "Origin: null" and no Referer with our own forms, and Sec-Fetch-Site only
// over TLS and to localhost. So each is a witness that may be absent; none may contradict. The token and SameSite stand
// alone where a plain network or an old browser gives no witness.
bool from_this_site(const Request& request) {
    const std::string_view site = request.header("sec-fetch-site");
    if (!site.empty() && site != "same-origin" && site != "none") return false;
    for (std::string_view header : {"origin", "referer"}) {
        const std::string_view value = request.header(header);
        if (value.empty() || value == "null") continue;
        if (!equal_ignoring_case(authority_of(value), request.header("host"))) return false;
    }
    return true;
}

}  // namespace

std::string csrf_token(const Request& request) {
    const auto mac = mac_of(request.need_visitor());
    kernel::Bytes token = kernel::random_bytes(mac_size);
    for (std::size_t i = 0; i < mac_size; ++i) token.push_back(static_cast<std::uint8_t>(token[i] ^ mac[i]));
    return kernel::base64url(token);
}

bool csrf_valid(const Request& request) {
    if (request.visitor.empty() || !from_this_site(request)) return false;
    std::string text(request.field("csrf").value_or(request.header("x-csrf-token")));
    if (text.find_first_of("+/=") != text.npos) return false;
    // What csrf_token() wrote, as kernel reads it: the plain alphabet, padded (32 bytes leave one place).
    std::replace(text.begin(), text.end(), '-', '+');
    std::replace(text.begin(), text.end(), '_', '/');
    const auto token = kernel::parse_base64(text + '=');
    if (!token || token->size() != 2 * mac_size) return false;
    std::array<std::uint8_t, mac_size> mac;
    for (std::size_t i = 0; i < mac_size; ++i) mac[i] = static_cast<std::uint8_t>((*token)[i] ^ (*token)[mac_size + i]);
    return kernel::equal_in_constant_time(mac, mac_of(request.visitor));
}

bool from_own_page(const Request& request) {
    return request.header("sec-fetch-site") == "same-origin" && from_this_site(request);
}

void set_csrf_key(kernel::View key32) {
    kernel::Hash& key = csrf_key();
    std::copy_n(key32.begin(), std::min(key.size(), key32.size()), key.begin());
}

}  // namespace http
