// Places in a finished page that differ between readers, so that one page can be made for many.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "page.h"

namespace page {

enum class Slot : char {
    csrf = 'c',  // the anti-forgery token
    once = 'o',  // a fresh once-token
    here = 'h',  // address of this page, percent-encoded, for ?to=
};
// The mark of a slot: control characters that escape() drops from all text, so that nobody can write one.
std::string mark(Slot);

// A page with its slots found.
struct Shared {
    std::string text;                                 // without the marks
    std::vector<std::pair<std::size_t, Slot>> slots;  // ascending positions in text
    bool personal() const;                            // has a token in it
    std::size_t bytes() const { return text.size() + slots.size() * sizeof(slots[0]); }
};
Shared find_slots(std::string_view page);
std::string put_in(const Shared&, const http::Request&);

// The address of a request's page as it may stand in ?to=: local, without the parameter "lang", percent-encoded.
std::string here(const http::Request&);
// What ?to= leads to: an address on this site, or "/".
std::string local_address(std::string_view to);

}  // namespace page
