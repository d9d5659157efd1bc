// Judges proofs with src/merkle: the C++ side of the comparison in run.mjs. Lines as in src/interop/main.go.
#include <kernel/id.h>
#include <kernel/text.h>
#include <merkle/merkle.h>
#include <iostream>

namespace {

std::optional<merkle::Hash> hash(std::string_view base64) {
    const auto bytes = kernel::parse_base64(base64);
    merkle::Hash out;
    if (!bytes || bytes->size() != out.size()) return std::nullopt;
    std::copy(bytes->begin(), bytes->end(), out.begin());
    return out;
}

bool judge(const std::string& line) {
    const auto fields = kernel::split(line, ' ');
    if (fields.size() != 6) throw std::runtime_error("not a line of proofs: " + line);
    const auto first = hash(fields[3]), second = hash(fields[4]);
    merkle::Proof proof;
    if (fields[5] != "-")
        for (std::string_view one : kernel::split(fields[5], ',')) {
            const auto part = hash(one);
            if (!part) return false;
            proof.push_back(*part);
        }
    const auto a = kernel::parse_index(fields[1]), b = kernel::parse_index(fields[2]);
    if (!first || !second || !a || !b) return false;
    return fields[0] == "i" ? merkle::verify_inclusion(*a, *b, *first, proof, *second)
                            : merkle::verify_consistency(*a, *b, proof, *first, *second);
}

}  // namespace

int main() {
    std::ios::sync_with_stdio(false);
    for (std::string line; std::getline(std::cin, line);) std::cout << (judge(line) ? 1 : 0) << '\n';
}
