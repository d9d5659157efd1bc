// Judges lines with src/merkle: the C++ side of the comparison. See README.md for the kinds of lines.
#include <kernel/id.h>
#include <kernel/text.h>
#include <merkle/merkle.h>
#include <merkle/note.h>
#include <iostream>
#include <map>

namespace {

using kernel::Bytes;
using kernel::Hash;
using kernel::View;

std::optional<Bytes> bytes(std::string_view field) { return field == "-" ? Bytes{} : kernel::parse_base64(field); }

std::optional<Hash> hash(std::string_view field) {
    const auto found = bytes(field);
    Hash out;
    if (!found || found->size() != out.size()) return std::nullopt;
    std::copy(found->begin(), found->end(), out.begin());
    return out;
}

// The fields of a line; what is no number or no hash of 32 bytes makes it unfit, and then it proves nothing.
struct Line {
    std::vector<std::string_view> fields;
    bool fits = true;

    template <class T>
    T need(const std::optional<T>& value) {
        fits = fits && value;
        return value.value_or(T{});
    }
    std::int64_t number(std::size_t i) { return need(kernel::parse_index(fields[i])); }
    Hash one(std::size_t i) { return need(hash(fields[i])); }
    Bytes raw(std::size_t i) { return need(bytes(fields[i])); }
    merkle::Proof proof(std::size_t i) {
        merkle::Proof out;
        if (fields[i] != "-")
            for (std::string_view part : kernel::split(fields[i], ',')) out.push_back(need(hash(part)));
        return out;
    }
    std::vector<Hash> hashes(std::size_t i) {  // one after the other
        const Bytes all = raw(i);
        fits = fits && all.size() % 32 == 0;
        std::vector<Hash> out(all.size() / 32);
        for (std::size_t n = 0; n < out.size(); ++n)
            std::copy_n(all.begin() + static_cast<long>(n * 32), 32, out[n].begin());
        return out;
    }
};

bool inclusion(Line& l) { return merkle::verify_inclusion(l.number(1), l.number(2), l.one(3), l.proof(5), l.one(4)); }

bool consistency(Line& l) {
    return merkle::verify_consistency(l.number(1), l.number(2), l.proof(5), l.one(3), l.one(4));
}

bool subtree_inclusion(Line& l) {
    return merkle::verify_subtree_inclusion(l.number(1), l.number(2), l.number(3), l.one(4), l.proof(6), l.one(5));
}

bool subtree_consistency(Line& l) {
    return merkle::verify_subtree_consistency(l.number(1), l.number(2), l.number(3), l.proof(6), l.one(4), l.one(5));
}

bool signature(Line& l) { return merkle::verify_ed25519(l.raw(1), kernel::text(l.raw(2)), l.raw(3)); }

std::optional<merkle::Note> note_of(Line& l) { return merkle::Note::parse(kernel::text(l.raw(2))); }

bool signed_note(Line& l) {
    const auto key = merkle::VerifierKey::parse(l.fields[1]);
    const auto note = note_of(l);
    return key && note && merkle::signed_by(*note, *key);
}

// Reads big-endian numbers and pieces; past the end it is `short_` and gives nothing.
struct Cursor {
    View rest;
    bool short_ = false;
    View take(std::size_t n) {
        short_ = short_ || n > rest.size();
        if (short_) return {};
        const View out = rest.first(n);
        rest = rest.subspan(n);
        return out;
    }
    std::size_t number(std::size_t size) {
        std::size_t out = 0;
        for (std::uint8_t byte : take(size)) out = out << 8 | byte;
        return out;
    }
    void skip_vector(std::size_t prefix) { take(number(prefix)); }
};

// Entries, each with its length in two bytes, that are these leaves and no more.
bool hold(View entries, const std::vector<Hash>& leaves) {
    Cursor cursor{entries};
    for (const Hash& leaf : leaves) {
        const View entry = cursor.take(cursor.number(2));
        if (cursor.short_ || merkle::leaf_hash(entry) != leaf) return false;
    }
    return cursor.rest.empty();
}

// A checkpoint, the hashes of its log's leaves (and perhaps of later ones), those of level 1, and the entries.
bool log(Line& l) {
    if (!signed_note(l)) return false;
    const auto key = merkle::VerifierKey::parse(l.fields[1]);
    const auto checkpoint = merkle::Checkpoint::parse(note_of(l)->body);
    // A witness signs under its own name.
    if (!checkpoint || (key->type == merkle::log_key && checkpoint->origin != key->name)) return false;
    const std::vector<Hash> leaves = l.hashes(3), roots = l.hashes(4);
    const auto count = static_cast<std::int64_t>(leaves.size());
    const Bytes entries = l.raw(5);
    if (!l.fits || (entries.empty() ? checkpoint->size != count : !hold(entries, leaves))) return false;
    std::vector<Hash> level1;
    merkle::Frontier frontier;
    bool same = false;
    for (std::int64_t i = 0; i <= count; ++i) {
        if (i == checkpoint->size) same = frontier.root() == checkpoint->root;
        if (i < count)
            frontier.append(leaves[static_cast<std::size_t>(i)], [&](int level, std::int64_t, const Hash& hash) {
                if (level == 8) level1.push_back(hash);
            });
    }
    return same && level1 == roots;
}

// A data tile of a certificate log (C2SP static-ct-api): its entries as RFC 6962 section 3.4 hashes them.
bool certificates(Line& l) {
    const std::vector<Hash> leaves = l.hashes(1);
    const Bytes data = l.raw(2);
    Cursor cursor{data};
    for (const Hash& leaf : leaves) {
        const View before = cursor.rest;
        cursor.take(8);  // time
        const bool precertificate = cursor.number(2) == 1;
        if (precertificate) cursor.take(32);
        cursor.skip_vector(3);
        cursor.skip_vector(2);
        if (cursor.short_) return false;
        Bytes entry = {0, 0};  // version, leaf type
        const View hashed = before.first(before.size() - cursor.rest.size());
        entry.insert(entry.end(), hashed.begin(), hashed.end());
        if (precertificate) cursor.skip_vector(3);
        cursor.skip_vector(2);  // the chain's fingerprints are not hashed
        if (cursor.short_ || merkle::leaf_hash(entry) != leaf) return false;
    }
    return l.fits && cursor.rest.empty();
}

struct Kind {
    std::size_t fields;
    bool (*judge)(Line&);
};

const std::map<std::string_view, Kind> kinds = {
    {"i", {6, inclusion}},
    {"c", {6, consistency}},
    {"si", {7, subtree_inclusion}},
    {"sc", {7, subtree_consistency}},
    {"s", {4, signature}},
    {"n", {3, signed_note}},
    {"l", {6, log}},
    {"t", {3, certificates}},
};

bool judge(const std::string& text) {
    Line line{kernel::split(text, ' ')};
    const auto kind = kinds.find(line.fields[0]);
    if (kind == kinds.end() || line.fields.size() != kind->second.fields)
        throw std::runtime_error("not a line to judge: " + text);
    const bool verdict = kind->second.judge(line);
    return verdict && line.fits;
}

}  // namespace

int main() {
    std::ios::sync_with_stdio(false);
    for (std::string line; std::getline(std::cin, line);) std::cout << (judge(line) ? 1 : 0) << '\n';
}
