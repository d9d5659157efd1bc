#include <cxxabi.h>

#include <algorithm>
#include <cstdlib>
#include <system_error>
#include <typeinfo>

#include <watch/watch.h>

#include "exchange.h"

namespace http {
namespace {

constexpr std::size_t longest_text = 200;
constexpr std::ptrdiff_t longest_number = 5;

std::string readable_type(const std::exception& error) {
    const char* raw = typeid(error).name();
    int status = 0;
    const std::unique_ptr<char, void (*)(void*)> name(abi::__cxa_demangle(raw, nullptr, nullptr, &status), std::free);
    return name ? name.get() : raw;
}

// Texts are taken from what this program throws (std::runtime_error and std::logic_error themselves, the failures of db
// and ledger, whose texts hold no values) and from the system. Libraries' own classes quote what they were given.
bool may_be_shown(const std::exception& error, const std::string& type) {
    if (typeid(error) == typeid(std::runtime_error) || typeid(error) == typeid(std::logic_error)) return true;
    if (dynamic_cast<const std::system_error*>(&error)) return true;
    return type.starts_with("db::") || type.starts_with("ledger::") || type.starts_with("kernel::");
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Even so: what people write is rarely plain ASCII, and telephone and identity numbers are long.
std::string scrub(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size() && out.size() < longest_text;) {
        const auto end = std::find_if_not(text.begin() + static_cast<std::ptrdiff_t>(i), text.end(), is_digit);
        const std::ptrdiff_t digits = end - text.begin() - static_cast<std::ptrdiff_t>(i);
        if (digits > longest_number) {
            out += '#';
            i += static_cast<std::size_t>(digits);
            continue;
        }
        const char c = text[i++];
        out += c >= 0x20 && c < 0x7F ? c : '?';
    }
    return out;
}

}  // namespace

Broken describe(const std::exception& error) {
    Broken out{readable_type(error), {}};
    if (may_be_shown(error, out.type)) out.text = scrub(error.what());
    return out;
}

void log_exception(const char* event, std::string_view route, const std::exception* error) {
    const Broken broken = error ? describe(*error) : Broken{"unknown", {}};
    watch::error(event, {{"route", route}, {"type", broken.type}, {"text", broken.text}});
}

}  // namespace http
