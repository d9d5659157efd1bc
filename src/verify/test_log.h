// For this module's tests: a small log in memory that can be changed before it is checked.
#pragma once
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <kernel/bytes.h>
#include <merkle/cosignature.h>
#include <merkle/note.h>
#include <merkle/tile.h>

#include "check.h"
#include "fault.h"

namespace verify {

class Memory final : public Source {
public:
    std::map<std::string, std::string> files;
    bool growing = false;
    std::function<void(const std::string& address)> before_get;

    std::optional<std::string> get(const std::string& address) override {
        if (before_get) before_get(address);
        const auto found = files.find(address);
        return found == files.end() ? std::nullopt : std::optional(found->second);
    }
    std::string name(const std::string& address) const override { return address; }
    std::optional<std::vector<std::string>> addresses() override {
        if (growing) return std::nullopt;
        std::vector<std::string> out;
        for (const auto& [address, content] : files) out.push_back(address);
        return out;
    }
    bool grows() const override { return growing; }
};

struct Made {
    std::string leaf, line;
};

inline merkle::SignerKey log_key() { return merkle::SignerKey::from_seed("log.example", kernel::Bytes(32, 7)); }

inline std::string base64_of(char salt) { return kernel::base64(kernel::Bytes(32, static_cast<std::uint8_t>(salt))); }

inline std::string commitment(char salt, const std::string& payload) {
    return kernel::base64(
        kernel::hmac_sha256(kernel::Bytes(32, static_cast<std::uint8_t>(salt)), kernel::view(payload)));
}

// `words`: "" for none. `more`: what stands between kind and time, such as `,"parent":0`.
inline Made entry(std::int64_t index, const std::string& words = "", const std::string& kind = "toy.said",
                  const std::string& facts = R"({"n":1})", const std::string& parent = "",
                  const std::string& minute = "00") {
    std::string quoted;
    for (char c : facts) quoted += c == '"' ? "\\\"" : std::string(1, c);
    Made out;
    out.leaf = R"({"facts":")" + commitment('f', facts) + R"(","format":1,"kind":")" + kind + "\"" + parent +
               R"(,"subject":3,"time":"2026-11-23T08:)" + minute + R"(:00Z","v":1)" +
               (words.empty() ? "" : R"(,"words":")" + commitment('w', R"({"t":")" + words + "\"}") + "\"") + "}";
    out.line =
        R"({"facts":")" + quoted + R"(","facts_salt":")" + base64_of('f') + R"(","index":)" + std::to_string(index) +
        (words.empty() ? "" : R"(,"words":"{\"t\":\")" + words + R"(\"}","words_salt":")" + base64_of('w') + "\"") +
        "}";
    return out;
}

inline Made erased(std::int64_t index, const std::string& words) {
    Made out = entry(index, words);
    out.line = out.line.substr(0, out.line.find(",\"words\"")) + ",\"words_erased\":true}";
    return out;
}

inline Made erasure(std::int64_t index, std::int64_t target) {
    const std::string t = std::to_string(target);
    return entry(index, "", "ledger.words_erased", R"({"basis":"asked","target":)" + t + "}", ",\"parent\":" + t);
}

inline std::string signed_checkpoint(std::int64_t size, const merkle::Hash& root) {
    return merkle::sign(merkle::Checkpoint{"log.example", size, root}.body(), log_key()).text();
}

// All files of a log of these entries.
inline Memory log_of(const std::vector<Made>& entries) {
    Memory out;
    merkle::Frontier frontier;
    std::map<int, std::vector<merkle::Hash>> levels;
    for (const Made& one : entries)
        frontier.append(merkle::leaf_hash(kernel::view(one.leaf)),
                        [&](int level, std::int64_t, const merkle::Hash& hash) {
                            if (level % 8 == 0) levels[level / 8].push_back(hash);
                        });
    const auto size = static_cast<std::int64_t>(entries.size());
    for (const auto& [level, hashes] : levels)
        for (std::int64_t n = 0; const int width = merkle::tile_fill(level, n, size); ++n)
            for (int i = 0; i < width; ++i)
                out.files[merkle::tile_path({level, n, width})] +=
                    kernel::text(hashes[static_cast<std::size_t>(n * 256 + i)]);
    for (std::int64_t i = 0; i < size; ++i) {
        const int width = merkle::tile_fill(0, i / 256, size);
        const Made& one = entries[static_cast<std::size_t>(i)];
        std::string& bundle = out.files[merkle::tile_path({-1, i / 256, width})];
        bundle += static_cast<char>(one.leaf.size() >> 8);
        bundle += static_cast<char>(one.leaf.size());
        bundle += one.leaf;
        out.files[payload_path(i / 256, width)] += one.line + "\n";
    }
    out.files["key"] = log_key().verifier().text() + "\n";
    out.files["checkpoint"] = signed_checkpoint(size, frontier.root());
    return out;
}

inline std::vector<Made> entries(std::int64_t count) {
    std::vector<Made> out;
    for (std::int64_t i = 0; i < count; ++i) out.push_back(entry(i, i % 3 ? "" : "hello"));
    return out;
}

// What is wrong with it; an empty text when nothing is.
inline std::string fault_of(Memory log, const Ask& ask = {}, Fault* into = nullptr) {
    try {
        check(log, ask);
        return "";
    } catch (const Fault& fault) {
        if (into) *into = fault;
        return fault.where + ": " + fault.why;
    }
}

}  // namespace verify
