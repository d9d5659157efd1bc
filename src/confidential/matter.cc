#include "matter.h"

#include <algorithm>

namespace confidential {
namespace {

constexpr std::size_t key_bytes = 32;

// The key of act n in a list of keys; nothing where it is not known.
std::optional<kernel::Hash> listed(const kernel::Bytes& keys, int n) {
    const std::size_t from = static_cast<std::size_t>(n - 1) * key_bytes;
    if (n < 1 || from + key_bytes > keys.size()) return std::nullopt;
    kernel::Hash key;
    std::copy_n(keys.begin() + static_cast<std::ptrdiff_t>(from), key_bytes, key.begin());
    return key == kernel::Hash{} ? std::nullopt : std::optional(key);
}

void open_with(Said& said, std::optional<kernel::Hash> key) {
    if (!key || !said.part.words || said.content) return;
    said.content = unseal(said.part.facts, *said.part.words, *key);
    if (said.content) said.key = key;
}

template <class KeyOf>
Thread opened(Matter m, KeyOf key_of) {
    Thread thread;
    for (const Part& part : m.parts) {
        Said said{part, {}, {}};
        if (part.words) open_with(said, key_of(part));
        thread.said.push_back(std::move(said));
    }
    thread.matter = std::move(m);
    // Whoever it was handed over to finds the keys of what was said before in that act.
    for (std::size_t i = 0; i < thread.said.size(); ++i) {
        if (!thread.said[i].content || thread.said[i].content->act != Act::handed_over) continue;
        const kernel::Bytes keys = thread.said[i].content->keys;
        for (Said& said : thread.said) open_with(said, listed(keys, said.part.facts.n));
    }
    return thread;
}

}  // namespace

std::string_view name(Kind kind) {
    constexpr std::string_view names[] = {"help", "complaint", "suggestion", "question"};
    return names[static_cast<std::size_t>(kind)];
}

std::optional<Kind> parse_kind(std::string_view text) {
    for (const Kind kind : all_kinds)
        if (name(kind) == text) return kind;
    return std::nullopt;
}

std::optional<kernel::Hash> Matter::author() const {
    const Part& first = parts.front();
    return first.facts.n == 1 && first.words ? std::optional(first.words->author) : std::nullopt;
}

bool Matter::received_by(people::OfficerId officer) const {
    const auto& all = now().receivers;
    return officer && std::find(all.begin(), all.end(), officer) != all.end();
}

kernel::Bytes Thread::keys() const {
    kernel::Bytes all;
    for (const Said& one : said) {
        const kernel::Hash key = one.key.value_or(kernel::Hash{});
        all.insert(all.end(), key.begin(), key.end());
    }
    return all;
}

const Content* Thread::opened() const {
    const auto& first = said.front().content;
    return first && first->act == Act::opened ? &*first : nullptr;
}

Thread opened_by_author(Matter m, const kernel::BoxKey& key) {
    return opened(std::move(m), [&](const Part& part) { return key_at(part.facts, *part.words, 0, key); });
}

Thread opened_by_receiver(Matter m, people::OfficerId officer, const kernel::BoxKey& key) {
    return opened(std::move(m), [&](const Part& part) -> std::optional<kernel::Hash> {
        const auto& boxed = part.boxed_to;
        const auto found = std::find(boxed.begin(), boxed.end(), officer);
        if (found == boxed.end()) return std::nullopt;
        return key_at(part.facts, *part.words, 1 + static_cast<int>(found - boxed.begin()), key);
    });
}

Thread opened_with(Matter m, const kernel::Bytes& keys) {
    return opened(std::move(m), [&](const Part& part) { return listed(keys, part.facts.n); });
}

}  // namespace confidential
