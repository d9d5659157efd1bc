// For this module's tests: files of testdata/.
#pragma once
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <gtest/gtest.h>

#include <kernel/json.h>

#include "merkle.h"

namespace merkle {

inline std::string test_file(const std::string& path) {
    std::ifstream in(std::string(TESTDATA) + "/" + path, std::ios::binary);
    EXPECT_TRUE(in.good()) << path;
    return {std::istreambuf_iterator<char>(in), {}};
}

inline kernel::Json test_json(const std::string& path) {
    auto json = kernel::parse_json(test_file(path));
    EXPECT_TRUE(json.has_value()) << path;
    return json.has_value() ? *json : kernel::Json{};
}

// Hashes that lie one after the other.
inline std::vector<Hash> hashes_of(std::string_view bytes) {
    EXPECT_EQ(bytes.size() % 32, 0u);
    std::vector<Hash> out(bytes.size() / 32);
    for (std::size_t i = 0; i < out.size(); ++i)
        std::copy_n(bytes.begin() + static_cast<long>(i * 32), 32, out[i].begin());
    return out;
}

}  // namespace merkle
