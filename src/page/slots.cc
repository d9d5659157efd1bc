#include "slots.h"

#include <algorithm>

#include <kernel/bytes.h>
#include <kernel/text.h>

namespace page {
namespace {

constexpr char opening = '\x02', closing = '\x03';

bool unreserved(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
           c == '_' || c == '~' || c == '/';
}

std::string percent_encoded(std::string_view text) {
    static const char digits[] = "0123456789ABCDEF";
    std::string out;
    for (char c : text) {
        if (unreserved(c)) {
            out += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out += '%';
        out += digits[byte >> 4];
        out += digits[byte & 15];
    }
    return out;
}

std::string without_lang(std::string_view target) {
    const std::size_t question = target.find('?');
    std::string out(target.substr(0, question));
    if (question == target.npos) return out;
    char separator = '?';
    for (std::string_view pair : kernel::split(target.substr(question + 1), '&')) {
        if (pair.empty() || pair == "lang" || pair.starts_with("lang=")) continue;
        out += separator;
        out += pair;
        separator = '&';
    }
    return out;
}

std::string random_token() { return kernel::base64url(kernel::random_bytes(16)); }

}  // namespace

std::string mark(Slot slot) { return {opening, static_cast<char>(slot), closing}; }

bool Shared::personal() const {
    return std::any_of(slots.begin(), slots.end(), [](const auto& slot) { return slot.second != Slot::here; });
}

Shared find_slots(std::string_view page) {
    Shared out;
    out.text.reserve(page.size());
    while (true) {
        const std::size_t at = page.find(opening);
        out.text += page.substr(0, at);
        if (at == page.npos) return out;
        if (at + 2 < page.size() && page[at + 2] == closing)
            out.slots.emplace_back(out.text.size(), static_cast<Slot>(page[at + 1]));
        page.remove_prefix(std::min(at + 3, page.size()));
    }
}

std::string put_in(const Shared& shared, const http::Request& request) {
    std::string csrf, address, out;
    out.reserve(shared.text.size() + shared.slots.size() * 96);
    std::size_t from = 0;
    for (const auto& [at, slot] : shared.slots) {
        out.append(shared.text, from, at - from);
        from = at;
        switch (slot) {
            case Slot::csrf:
                if (csrf.empty()) csrf = http::csrf_token(request);
                out += csrf;
                break;
            case Slot::once:
                out += random_token();
                break;
            case Slot::here:
                if (address.empty()) address = here(request);
                out += address;
                break;
        }
    }
    return out.append(shared.text, from);
}

std::string here(const http::Request& request) {
    return percent_encoded(local_address(without_lang(request.target.empty() ? request.path : request.target)));
}

std::string local_address(std::string_view to) {
    const bool local = to.size() <= 2048 && to.starts_with('/') && !to.starts_with("//");
    const bool clean = std::all_of(to.begin(), to.end(), [](char c) {
        return static_cast<unsigned char>(c) > 0x20 && c != 0x7F && c != '\\' && c != '"' && c != '<' && c != '>';
    });
    return local && clean ? std::string(to) : "/";
}

}  // namespace page
