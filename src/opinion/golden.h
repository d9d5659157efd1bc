// Real conversations with what others computed from them (testdata/README.md), for tests.
#pragma once
#include <gtest/gtest.h>
#include <zlib.h>

#include <stdexcept>
#include <string>
#include <vector>

#include <kernel/json.h>

#include "picture.h"
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

// ---- what others computed, against what we do ----------------------------------------------------------------------
inline void expect_tally(const kernel::Json& json, const Tally& is) {
    const auto agree = indices(json["agree"]), disagree = indices(json["disagree"]), seen = indices(json["seen"]);
    ASSERT_EQ(agree.size(), is.size());
    for (std::size_t s = 0; s < is.size(); ++s) {
        EXPECT_EQ(agree[s], is[s].agree);
        EXPECT_EQ(disagree[s], is[s].disagree);
        EXPECT_EQ(seen[s], is[s].seen());
    }
}
template <class One>
void expect_trial(const kernel::Json& json, const One& is) {
    EXPECT_EQ(static_cast<Statement>(*json["statement"].integer()), is.statement);
    EXPECT_EQ(*json["success"].integer(), is.success);
    EXPECT_EQ(*json["trials"].integer(), is.trials);
    EXPECT_NEAR(number(json["probability"]), is.probability, 1e-14);
    EXPECT_NEAR(number(json["probability_test"]), is.probability_test, 1e-12);
}
// `ratio_within`: how exactly they kept the test of the ratio.
inline void expect_telling(const kernel::Json& json, const std::vector<std::vector<Telling>>& is, double ratio_within) {
    const kernel::Json::Array& groups = *json.array();
    ASSERT_EQ(groups.size(), is.size());
    for (std::size_t g = 0; g < groups.size(); ++g) {
        ASSERT_EQ(groups[g].array()->size(), is[g].size());
        for (std::size_t i = 0; i < is[g].size(); ++i) {
            const kernel::Json& golden = (*groups[g].array())[i];
            expect_trial(golden, is[g][i]);
            EXPECT_NEAR(number(golden["ratio"]), is[g][i].ratio, 1e-12);
            EXPECT_NEAR(number(golden["ratio_test"]), is[g][i].ratio_test, ratio_within);
            EXPECT_EQ(*golden["vote"].string() == "agree", is[g][i].vote == Vote::agree);
            EXPECT_EQ(*golden["best"].boolean(), is[g][i].best_agree);
        }
    }
}
inline void expect_consensus(const kernel::Json& json, const Consensus& is) {
    for (const char* side : {"agree", "disagree"}) {
        const auto& list = side == std::string("agree") ? is.agree : is.disagree;
        ASSERT_EQ(json[side].array()->size(), list.size());
        for (std::size_t i = 0; i < list.size(); ++i) expect_trial((*json[side].array())[i], list[i]);
    }
}

}  // namespace opinion::golden
