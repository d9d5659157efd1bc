#include <stdexcept>

namespace {
struct NoToml : std::runtime_error {
    NoToml() : std::runtime_error("this is no TOML") {}
};
[[noreturn]] void no_toml() { throw NoToml(); }
}  // namespace
// Its parser asserts of bytes what a broken file may break: then it says no more than that, and goes on to nothing.
#define TOML_ASSERT(expr) ((expr) ? void() : no_toml())
#include <toml++/toml.h>
#include <algorithm>
#include <fstream>
#include <iterator>

#include "house.h"

namespace server {
namespace {

// One "[[witness]]".
witnesses::Named witness(const std::filesystem::path& path, const toml::table& table) {
    witnesses::Named out;
    for (auto&& [key, node] : table) {
        const std::string_view name = key.str();
        std::string* place = name == "name" ? &out.name : name == "key" ? &out.key : name == "url" ? &out.url : nullptr;
        const auto value = node.value<std::string>();
        if (!place || !value)
            throw std::runtime_error(path.string() + ": a witness has name, key and url, and they are texts");
        *place = *value;
    }
    return out;
}

// Where a character beyond ASCII stands outside one-line strings and comments, npos if none does. Up to its first fault
// a file is TOML, so there this and the parser agree on what a string is; the parser stops at the fault.
std::size_t bare_letter(std::string_view text) {
    auto at = [&](std::size_t place) { return place < text.size() ? text[place] : '\n'; };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (static_cast<unsigned char>(c) >= 0x80) return i;
        if (c == '#')
            while (at(i) != '\n') ++i;
        const bool lines = at(i + 1) == c && at(i + 2) == c;  // what stands in these is looked at like the rest
        if ((c != '"' && c != '\'') || lines) continue;
        for (++i; at(i) != c && at(i) != '\n'; ++i)
            if (c == '"' && at(i) == '\\' && at(i + 1) != '\n') ++i;
    }
    return std::string_view::npos;
}

// What breaks the parser is refused before it sees it: control characters (it asserts), and other letters where it asks
// whether they are blanks (its table of those runs past its end, as at U+00A1).
std::string text_of(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(in), {}};
    for (const char c : text)
        if (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t')
            throw std::runtime_error(path.string() + ": holds control characters");
    if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
    if (const auto at = bare_letter(text); at != std::string::npos)
        throw std::runtime_error(
            path.string() + ", line " +
            std::to_string(1 + std::count(text.begin(), text.begin() + static_cast<long>(at), '\n')) +
            ": letters other than ASCII stand in quotes or after #");
    return text;
}

}  // namespace

Options with_file(Options options) {
    const auto path = options.data / "huiyin.toml";
    if (!std::filesystem::exists(path)) return options;
    const Options standard;
    toml::table table;
    try {
        table = toml::parse(text_of(path), path.string());
    } catch (const toml::parse_error& error) {
        throw std::runtime_error(path.string() + ", line " + std::to_string(error.source().begin.line) + ": " +
                                 std::string(error.description()));
    } catch (const NoToml& error) { throw std::runtime_error(path.string() + ": " + error.what()); }
    auto text = [&](const toml::node& node, std::string_view key) {
        auto value = node.value<std::string>();
        if (!value) throw std::runtime_error(path.string() + ": " + std::string(key) + " is no text");
        return *value;
    };
    for (auto&& [key, node] : table) {
        const std::string_view name = key.str();
        if (name == "postgres") {
            if (options.postgres.empty()) options.postgres = text(node, name);
        } else if (name == "address") {
            if (options.address == standard.address) options.address = text(node, name);
        } else if (name == "port") {
            auto value = node.value<std::int64_t>();
            if (!value || *value < 0 || *value > 65535)
                throw std::runtime_error(path.string() + ": port is no port number");
            if (options.port == standard.port) options.port = static_cast<int>(*value);
        } else if (name == "rate_per_minute") {
            auto value = node.value<std::int64_t>();
            if (!value || *value < 1 || *value > 100'000'000)
                throw std::runtime_error(path.string() + ": rate_per_minute is no such number");
            if (options.rate_per_minute == standard.rate_per_minute) options.rate_per_minute = static_cast<int>(*value);
        } else if (name == "work_from_per_minute") {
            auto value = node.value<std::int64_t>();
            if (!value || *value < 0 || *value > 100'000'000)
                throw std::runtime_error(path.string() + ": work_from_per_minute is no such number");
            if (options.work_from_per_minute == standard.work_from_per_minute)
                options.work_from_per_minute = static_cast<int>(*value);
        } else if (name == "origin") {
            if (options.origin.empty()) options.origin = text(node, name);
        } else if (name == "trusted_proxies" && node.is_array()) {
            for (auto&& one : *node.as_array()) options.trusted_proxies.push_back(text(one, name));
        } else if (name == "quorum") {
            auto value = node.value<std::int64_t>();
            if (!value || *value < 1 || *value > 63)
                throw std::runtime_error(path.string() + ": quorum is no such number");
            options.quorum = static_cast<int>(*value);
        } else if (name == "witness" && node.is_array_of_tables()) {
            for (auto&& one : *node.as_array()) options.witnesses.push_back(witness(path, *one.as_table()));
        } else {
            throw std::runtime_error(path.string() + ": unknown key " + std::string(name));
        }
    }
    return options;
}

}  // namespace server
