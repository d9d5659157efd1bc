// For this program's tests: a log that grows, and can be forked.
#pragma once
#include <string>
#include <vector>

#include <merkle/merkle.h>
#include <merkle/note.h>

namespace witness {

class TestLog {
public:
    explicit TestLog(const std::string& origin = "log.example", const char* seed = "a log's seed")
        : key_(merkle::SignerKey::from_seed(origin, kernel::sha256(kernel::view(seed)))) {}
    // Leaves "<branch>0", "<branch>1" … up to `size`; what was there stays.
    TestLog& grow(std::int64_t size, const std::string& branch = "a") {
        while (static_cast<std::int64_t>(leaves_.size()) < size)
            leaves_.push_back(merkle::leaf_hash(kernel::view(branch + std::to_string(leaves_.size()))));
        return *this;
    }
    const merkle::SignerKey& key() const { return key_; }
    merkle::Hash root(std::int64_t size) const { return merkle::root(size, reader()); }
    merkle::Checkpoint checkpoint(std::int64_t size) const { return {key_.verifier().name, size, root(size)}; }
    std::string note(std::int64_t size) const { return merkle::sign(checkpoint(size).body(), key_).text(); }
    merkle::Proof proof(std::int64_t from, std::int64_t to) const {
        return merkle::consistency_proof(from, to, reader());
    }
    std::string request(std::int64_t old, std::int64_t size) const {
        return request(old, old <= size ? proof(old, size) : merkle::Proof{}, note(size));
    }
    static std::string request(std::int64_t old, const merkle::Proof& proof, const std::string& note) {
        std::string out = "old " + std::to_string(old) + "\n";
        for (const merkle::Hash& hash : proof) out += kernel::base64(hash) + "\n";
        return out + "\n" + note;
    }

private:
    merkle::Reader reader() const {
        return [this](int level, std::int64_t index) {
            merkle::Frontier frontier;
            const std::int64_t width = std::int64_t{1} << level;
            for (std::int64_t i = index * width; i < (index + 1) * width; ++i)
                frontier.append(leaves_.at(static_cast<std::size_t>(i)));
            return frontier.root();
        };
    }
    merkle::SignerKey key_;
    std::vector<merkle::Hash> leaves_;
};

}  // namespace witness
