// For the tests of features' Changes: a Change as one line of testdata/changes.vN.jsonl, written once and read for
// ever.
#pragma once
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "ledger.h"

namespace ledger {

inline constexpr std::int64_t index_in_tests = 77;  // of the entry that such a line stands for

inline std::vector<kernel::Json> written_changes(const std::string& path) {
    std::ifstream file(path);
    if (!file) throw std::runtime_error("there is no " + path);
    std::vector<kernel::Json> all;
    for (std::string line; std::getline(file, line);)
        all.push_back(*kernel::parse_json(line, kernel::Numbers::canonical));
    return all;
}

// Without its words it is what an erasure leaves.
inline Entry as_entry(const kernel::Json& written, bool with_words = true) {
    Entry e;
    e.index = index_in_tests;
    e.kind = written.need_string("kind");
    e.v = static_cast<int>(written.need_integer("v"));
    e.subject = written.need_integer("subject");
    if (!written["parent"].is_null()) e.parent = written.need_integer("parent");
    e.facts = written["facts"];
    if (with_words && !written["words"].is_null()) e.words = written["words"];
    return e;
}

inline kernel::Json as_json(const Draft& d) {
    kernel::Json json;
    json.set("kind", d.kind).set("v", d.v).set("subject", d.subject).set("facts", d.facts);
    if (d.parent) json.set("parent", *d.parent);
    if (d.words) json.set("words", *d.words);
    return json;
}
inline std::string line_of(const Draft& d) { return kernel::canonical(as_json(d)); }

// Line by line: what was written is read as the sample, and the sample is written as it was, byte for byte.
template <class Change, class Encode, class Decode>
void expect_permanent(const std::string& path, const std::vector<Change>& samples, Encode encode, Decode decode) {
    std::ifstream file(path);
    std::size_t i = 0;
    for (std::string line; std::getline(file, line); ++i) {
        ASSERT_LT(i, samples.size());
        EXPECT_EQ(decode(as_entry(*kernel::parse_json(line, kernel::Numbers::canonical))), samples[i])
            << "line " << i + 1;
        EXPECT_EQ(line_of(encode(samples[i], index_in_tests)), line) << "line " << i + 1;
    }
    EXPECT_EQ(i, samples.size());
}

}  // namespace ledger
