#include "rules.h"

#include <algorithm>
#include <array>

#include <http/client.h>
#include <http/mailer.h>
#include <kernel/text.h>

namespace notice {

std::string_view name(What what) {
    switch (what) {
        case What::cycle:
            return "cycle";
        case What::unit:
            return "unit";
        case What::issue:
            return "issue";
        case What::measure:
            return "measure";
        case What::voice:
            return "voice";
    }
    return "";
}

std::optional<What> parse_what(std::string_view text) {
    for (const What each : all_whats)
        if (name(each) == text) return each;
    return std::nullopt;
}

}  // namespace notice

namespace notice::rules {
namespace {

constexpr std::int64_t second = 1000, minute = 60 * second, hour = 60 * minute;
constexpr std::array busy_waits = {5 * minute, 15 * minute, hour, 4 * hour, 12 * hour, 24 * hour};
constexpr std::array broken_waits = {5 * second, 30 * second, 5 * minute, 30 * minute, 2 * hour, 8 * hour, 24 * hour};

}  // namespace

kernel::Result<std::string> address_of(std::string_view typed) {
    std::string address = kernel::trim(typed);
    if (address.empty()) return kernel::invalid("email", "notice.email_missing");
    if (!http::mailable(address)) return kernel::invalid("email", "notice.email_wrong");
    for (char& c : address)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return address;
}

kernel::Instant next_digest(kernel::Instant now) {
    const kernel::Day today = kernel::local_day(now);
    const kernel::Instant at = kernel::start_of(today) + digest_hour * hour;
    return at > now ? at : kernel::start_of(today + 1) + digest_hour * hour;
}

std::optional<kernel::Instant> try_again(kernel::Instant now, int failures, bool busy) {
    const auto nth = static_cast<std::size_t>(std::max(failures, 1) - 1);
    if (nth >= (busy ? busy_waits.size() : broken_waits.size())) return std::nullopt;
    return now + (busy ? busy_waits[nth] : broken_waits[nth]);
}

std::int64_t relay_pause_ms(int failures) {
    std::int64_t pause = 2 * second;
    for (int i = 1; i < failures && pause < 15 * minute; ++i) pause *= 2;
    return std::min(pause, 15 * minute);
}

bool wanted(const Webhook& hook, std::string_view kind) {
    if (hook.kinds.empty()) return true;
    return std::any_of(hook.kinds.begin(), hook.kinds.end(), [&](const std::string& each) {
        return each.ends_with('.') ? kind.starts_with(each) : kind == each;
    });
}

std::string host_of(std::string_view address) {
    const std::size_t scheme = address.find("://");
    const std::string_view rest = scheme == address.npos ? address : address.substr(scheme + 3);
    return std::string(rest.substr(0, rest.find_first_of(":/")));
}

bool public_address(std::string_view address) {
    const std::size_t scheme = address.find("://");
    return http::fetchable(address) && address.find_first_of("/?[]<>\"", scheme + 3) == address.npos;
}

}  // namespace notice::rules

namespace notice {

std::optional<std::string> fault_of(const Means& means) {
    if (!means.address.empty() && !rules::public_address(means.address))
        return "public_address is no address such as https://voices.example.org";
    if (means.relay) {
        if (means.address.empty()) return "[smtp] needs public_address: letters hold links";
        if (!http::relayable(means.relay->url)) return "[smtp] url is neither smtps://host:port nor smtp://host:port";
        if (!http::mailable(means.relay->from)) return "[smtp] from is no mail address";
    }
    for (const Webhook& hook : means.webhooks) {
        if (!http::fetchable(hook.url)) return "a webhook's url is neither https nor on this machine";
        if (hook.secret.size() < 24 || hook.secret.size() > 64) return "a webhook's secret has not 24 to 64 bytes";
    }
    return std::nullopt;
}

}  // namespace notice
