#include "wire.h"

#include <algorithm>
#include <set>

#include <kernel/json.h>
#include <kernel/text.h>

namespace handover::wire {
namespace {

using kernel::Json;

constexpr int patience = 10'000;  // milliseconds for one answer

http::Asked asked(const Authority& a, std::string path, std::size_t most) {
    http::Asked out;
    out.url = a.url + "/" + std::move(path);
    if (!a.jurisdiction.empty()) out.url += "?jurisdiction_id=" + kernel::percent_encoded(a.jurisdiction);
    out.milliseconds = patience;
    out.most_bytes = most;
    return out;
}

void add(std::string& form, std::string_view name, std::string_view value) {
    if (value.empty()) return;
    if (!form.empty()) form += '&';
    form.append(name).append("=").append(kernel::percent_encoded(value));
}

bool in_json(const http::Answered& a) {
    const std::string_view type = std::string_view(a.content_type).substr(0, a.content_type.find(';'));
    return type.find("json") != std::string_view::npos || type.find("javascript") != std::string_view::npos;
}

// The fault of an answer that holds nothing to read; "" when it may.
std::string fault_of(const http::Answered& a) {
    if (a.status == 0) return a.fault == "the answer is too long" ? "too_long" : "not_reached";
    if (a.status >= 300 && a.status < 400) return "redirect";
    if (a.status == 401 || a.status == 403) return "key_refused";
    if (a.status == 429) return "too_often";
    if (a.status >= 500) return "broken";
    return in_json(a) ? "" : "no_json";
}

std::optional<Json> parsed(const http::Answered& a) {
    kernel::Result<Json> json = kernel::parse_json(a.body);
    return json ? std::optional(*std::move(json)) : std::nullopt;
}

// The specification has text; some servers write numbers.
std::string text_of(const Json& value) {
    if (const auto* text = value.string()) return *text;
    if (const auto* number = value.integer()) return std::to_string(*number);
    return {};
}

const Json* only_one(const std::optional<Json>& json) {
    const Json::Array* all = json ? json->array() : nullptr;
    return all && all->size() == 1 && all->front().object() ? &all->front() : nullptr;
}

// What a server says in the shape of the specification's errors; nothing for anything else.
std::optional<std::string> errors_in(const http::Answered& a) {
    if (!in_json(a)) return std::nullopt;
    const auto json = parsed(a);
    const Json::Array* all = json ? json->array() : nullptr;
    if (!all || all->empty()) return std::nullopt;
    std::string out;
    for (const Json& one : *all) {
        if (one["code"].is_null() && one["description"].is_null()) return std::nullopt;
        const std::string words = text_of(one["description"]);
        if (!words.empty()) out += (out.empty() ? "" : "\n") + words;
    }
    return clean(out, max_notes);
}

std::int64_t milliseconds(std::int64_t seconds) { return std::clamp<std::int64_t>(seconds, 0, 1 << 26) * 1000; }

bool good_code(std::string_view code) {
    constexpr std::size_t longest = 100;
    return !code.empty() && code.size() <= longest && std::all_of(code.begin(), code.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               std::string_view("-._~:").find(c) != std::string_view::npos;
    });
}

// Controls, and what changes the direction of text or is no character.
bool dropped(char32_t c) {
    return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7f && c < 0xa0) || (c >= 0x200e && c <= 0x200f) ||
           (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0xfeff ||
           (c >= 0xfdd0 && c <= 0xfdef) || (c & 0xfffe) == 0xfffe;
}

char32_t code_point(std::string_view utf8) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(utf8[i]); };
    char32_t c = byte(0) < 0x80 ? byte(0) : byte(0) & (0x7f >> utf8.size());
    for (std::size_t i = 1; i < utf8.size(); ++i) c = c << 6 | (byte(i) & 0x3f);
    return c;
}

}  // namespace

std::string clean(std::string_view utf8, std::size_t most) {
    std::string kept;
    while (!utf8.empty()) {
        const std::string_view one = kernel::first_code_points(utf8, 1);
        if (one == "\r" ? !utf8.substr(1).starts_with("\n") : !dropped(code_point(one)))
            kept += one == "\r" ? "\n" : std::string(one);
        utf8.remove_prefix(one.size());
    }
    return kernel::trim(kernel::first_code_points(kernel::nfc(kernel::trim(kept)), most));
}

bool good_number(std::string_view number) {
    const auto text = kernel::admit(number, "number", max_number, kernel::Lines::one);
    return text && *text == number && !number.empty() && number != "." && number != "..";
}

http::Asked services(const Authority& a) { return asked(a, "services.json", longest_directory); }
http::Asked discovery(const Authority& a) { return asked(a, "discovery.json", longest_answer); }
http::Asked token(const Authority& a, std::string_view token) {
    return asked(a, "tokens/" + kernel::percent_encoded(token) + ".json", longest_answer);
}
http::Asked request(const Authority& a, std::string_view number) {
    return asked(a, "requests/" + kernel::percent_encoded(number) + ".json", longest_answer);
}

http::Asked report(const Authority& a, const Means::Key& key, const Handover& h, const std::string& idempotency) {
    http::Asked out = asked(a, "requests.json", longest_answer);
    out.url = a.url + "/requests.json";
    out.content_type = "application/x-www-form-urlencoded";
    add(out.body, "api_key", key.key.reveal());
    add(out.body, "jurisdiction_id", a.jurisdiction);
    add(out.body, "service_code", h.service);
    const std::size_t comma = std::min(h.position.find(','), h.position.size());
    if (comma < h.position.size()) {
        add(out.body, "lat", std::string_view(h.position).substr(0, comma));
        add(out.body, "long", std::string_view(h.position).substr(comma + 1));
    }
    add(out.body, "address_string", h.address);
    add(out.body, "description", h.text);
    out.headers = {{"Idempotency-Key", idempotency}};
    out.sent_once = true;
    return out;
}

Services read_services(const http::Answered& a) {
    Services out;
    out.fault = a.status == 404 ? "no_json" : fault_of(a);
    if (!out.fault.empty()) return out;
    const auto json = parsed(a);
    const Json::Array* all = json ? json->array() : nullptr;
    if (a.status != 200 || !all) {
        out.fault = "unreadable";
        return out;
    }
    std::set<std::string> seen;
    for (const Json& one : *all) {
        const std::string code = text_of(one["service_code"]);
        std::string name = clean(text_of(one["service_name"]), most_service_name);
        if (!good_code(code) || out.all.size() >= most_services || !seen.insert(code).second) {
            ++out.left_out;
            continue;
        }
        out.all.push_back(
            {code, name.empty() ? code : std::move(name), clean(text_of(one["group"]), most_service_name)});
    }
    return out;
}

bool says_once(const http::Answered& a) {
    if (a.status != 200 || !in_json(a)) return false;
    const auto json = parsed(a);
    const Json::Array* all = json ? (*json)["endpoints"].array() : nullptr;
    if (!all) return false;
    return std::any_of(all->begin(), all->end(), [](const Json& one) {
        const bool* says = one["idempotency_key"].boolean();
        return says && *says;
    });
}

Sent read_sent(const http::Answered& a) {
    Sent out;
    out.retry_after = milliseconds(a.retry_after);
    out.fault = fault_of(a);
    const bool done = a.status >= 200 && a.status < 300;
    const auto errors = errors_in(a);
    if (a.status == 0) {
        out.is = a.reached ? Sent::Is::unsure : Sent::Is::later;
    } else if (a.status == 429 || a.status == 503 || a.status == 401 || a.status == 403 ||
               (a.status >= 300 && a.status < 400)) {
        out.is = Sent::Is::later;
    } else if (a.status >= 400 && a.status < 500) {
        // What is not in the specification's shape may come from whatever stands before their server.
        const bool theirs = errors || a.status == 400 || a.status == 409 || a.status == 413 || a.status == 422;
        out.is = theirs ? Sent::Is::refused : Sent::Is::later;
        out.notes = errors.value_or("");
        if (!theirs && out.fault.empty()) out.fault = "no_such_address";
    } else if (done && out.fault.empty()) {
        const auto json = parsed(a);
        const Json* one = only_one(json);
        const std::string number = one ? text_of((*one)["service_request_id"]) : "";
        const std::string token = one ? text_of((*one)["token"]) : "";
        if (good_number(number)) {
            out.is = Sent::Is::taken, out.number = number;
        } else if (number.empty() && good_number(token)) {
            out.is = Sent::Is::token, out.token = token;
        } else {
            out.fault = "unreadable";
        }
    }
    return out;
}

namespace {

// Fills in what is wrong; the one object otherwise.
std::optional<Json> one_of(const http::Answered& a, Looked& out) {
    out.retry_after = milliseconds(a.retry_after);
    out.unknown = a.status == 404 || a.status == 410;
    out.fault = out.unknown ? "unknown_there" : fault_of(a);
    if (!out.fault.empty()) return std::nullopt;
    const auto json = parsed(a);
    const Json* one = only_one(json);
    if (a.status != 200 || !one) out.fault = "unreadable";
    return out.fault.empty() ? std::optional(*one) : std::nullopt;
}

}  // namespace

Looked read_token(const http::Answered& a) {
    Looked out;
    const auto one = one_of(a, out);
    if (!one) return out;
    const std::string number = text_of((*one)["service_request_id"]);
    if (number.empty()) return out;
    if (good_number(number))
        out.number = number;
    else
        out.fault = "unreadable";
    return out;
}

Looked read_request(const http::Answered& a, std::string_view number) {
    Looked out;
    const auto one = one_of(a, out);
    if (!one) return out;
    const std::string status = text_of((*one)["status"]);
    if (text_of((*one)["service_request_id"]) != number) {
        out.fault = "other_number";
    } else if (status != "open" && status != "closed") {
        out.fault = "status_unknown";
    } else {
        out.state = status == "open" ? State::open : State::closed;
        out.notes = clean(text_of((*one)["status_notes"]), max_notes);
    }
    return out;
}

}  // namespace handover::wire
