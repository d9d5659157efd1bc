// Real conversations with what others computed from them (testdata/README.md), for tests.
#pragma once
#include <zlib.h>

#include <stdexcept>
#include <string>
#include <vector>

#include <kernel/json.h>

#include "votes.h"

namespace opinion::golden {

inline std::string unzipped(const std::string& name) {
    gzFile file = gzopen((std::string(TESTDATA) + "/" + name).c_str(), "rb");
    if (!file) throw std::runtime_error("opinion: no testdata " + name);
    std::string out, piece(1U << 16, '\0');
    for (int n; (n = gzread(file, piece.data(), static_cast<unsigned>(piece.size()))) > 0;)
        out.append(piece, 0, static_cast<std::size_t>(n));
    gzclose(file);
    return out;
}

// A line for each person, a letter for each statement: + agree, - disagree, 0 pass, . not seen.
inline Votes read(const std::string& lines) {
    Votes out;
    Person person = 0;
    for (std::size_t at = 0; at < lines.size(); ++person) {
        const std::size_t end = lines.find('\n', at);
        out.grow(person + 1, end - at);
        for (Statement s = 0; s < end - at; ++s) {
            const char one = lines[at + s];
            if (one != '.') out.set(person, s, one == '+' ? Vote::agree : one == '-' ? Vote::disagree : Vote::pass);
        }
        at = end + 1;
    }
    return out;
}
inline kernel::Json json(const std::string& name) { return *kernel::parse_json(unzipped(name + ".json.gz")); }
inline Votes votes(const std::string& name, const kernel::Json& results) {
    Votes out = read(unzipped(name + ".votes.gz"));
    for (const kernel::Json& one : *results["hidden"].array()) out.hide(static_cast<Statement>(*one.integer()), true);
    if (const auto* meta = results["meta"].array())
        for (const kernel::Json& one : *meta) out.mark_meta(static_cast<Statement>(*one.integer()), true);
    return out;
}
inline double number(const kernel::Json& json) {
    return json.integer() ? static_cast<double>(*json.integer()) : *json.real();
}
inline std::vector<double> numbers(const kernel::Json& json) {
    std::vector<double> out;
    for (const kernel::Json& one : *json.array()) out.push_back(number(one));
    return out;
}
inline std::vector<std::uint32_t> indices(const kernel::Json& json) {
    std::vector<std::uint32_t> out;
    for (const kernel::Json& one : *json.array()) out.push_back(static_cast<std::uint32_t>(*one.integer()));
    return out;
}

}  // namespace opinion::golden
