#include <algorithm>

#include <kernel/id.h>
#include <kernel/text.h>

#include "note.h"

namespace merkle {
namespace {

constexpr std::string_view first_line = "c2sp.org/tlog-proof@v1\n";
constexpr std::size_t longest_proof = 63;

// The text before the next line feed, which must be there; moves past it.
std::optional<std::string_view> take_line(std::string_view& text) {
    const std::size_t end = text.find('\n');
    if (end == text.npos) return std::nullopt;
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 1);
    return line;
}

std::optional<Hash> parse_hash(std::string_view base64) {
    const auto bytes = kernel::parse_base64(base64);
    Hash out;
    if (!bytes || bytes->size() != out.size()) return std::nullopt;
    std::copy(bytes->begin(), bytes->end(), out.begin());
    return out;
}

}  // namespace

std::string Checkpoint::body() const {
    return origin + "\n" + std::to_string(size) + "\n" + kernel::base64(root) + "\n";
}

std::optional<Checkpoint> Checkpoint::parse(std::string_view body) {
    const auto origin = take_line(body), size = take_line(body), root = take_line(body);
    if (!root || !body.empty() || origin->empty() || !kernel::valid_utf8(*origin)) return std::nullopt;
    const auto number = kernel::parse_index(*size);
    const auto hash = parse_hash(*root);
    if (!number || !hash) return std::nullopt;
    return Checkpoint{std::string(*origin), *number, *hash};
}

std::string TlogProof::text() const {
    std::string out(first_line);
    if (extra) out += "extra " + kernel::base64(kernel::view(*extra)) + "\n";
    out += "index " + std::to_string(index) + "\n";
    for (const Hash& hash : proof) out += kernel::base64(hash) + "\n";
    return out + "\n" + checkpoint;
}

std::optional<TlogProof> TlogProof::parse(std::string_view text) {
    if (!text.starts_with(first_line)) return std::nullopt;
    text.remove_prefix(first_line.size());
    TlogProof out;
    auto line = take_line(text);
    if (line && line->starts_with("extra ")) {
        const auto bytes = kernel::parse_base64(line->substr(6));
        if (!bytes) return std::nullopt;
        out.extra = std::string(kernel::text(*bytes));
        line = take_line(text);
    }
    if (!line || !line->starts_with("index ")) return std::nullopt;
    const auto index = kernel::parse_index(line->substr(6));
    if (!index) return std::nullopt;
    out.index = *index;
    while ((line = take_line(text)) && !line->empty()) {
        const auto hash = parse_hash(*line);
        if (!hash || out.proof.size() == longest_proof) return std::nullopt;
        out.proof.push_back(*hash);
    }
    if (!line || !Note::parse(text)) return std::nullopt;
    out.checkpoint = text;
    return out;
}

}  // namespace merkle
