// The index that likeness is computed by: TF-IDF vectors of tokens, and for each token the messages that have it.
// Messages come one by one and are found at once. No two runs differ: the same messages in the same order give the same
// numbers, whatever the threads.
//
// Weight of a token in a message = (1 + ln n) * idf, n how often it stands there (in the title `title_weight` times as
// often), idf = ln((1 + N) / (1 + df)) + 1; likeness is the cosine of two such vectors: 0 nothing in common, 1 the same
// tokens. Only what begins within the first `longest_body` tokens of the text counts: what a message is about stands at
// its beginning.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "tokens.h"

namespace text {

using Number = std::uint32_t;  // of a message: 0, 1, 2 … as they were added

struct Text {
    std::string_view title, body;
};

struct Neighbour {
    Number number = 0;
    float likeness = 0;
    friend bool operator==(const Neighbour&, const Neighbour&) = default;
};

struct IndexLimits {
    int title_weight = 3;
    std::size_t longest_body = 250;  // tokens
    std::size_t postings_a_query =
        50'000;                    // entries of posting lists that one query reads at most, rarest tokens first
    std::size_t candidates = 100;  // messages whose likeness is computed exactly, where not all lists were read
};

// Reading (const members) may be done by several threads at once, adding by none beside.
class Index {
public:
    explicit Index(IndexLimits = {});
    Index(Index&&) noexcept;
    Index& operator=(Index&&) noexcept;
    ~Index();

    Number add(std::string_view title, std::string_view body);
    // Many at once, as if one after another; their tokens are counted by several threads.
    void add(std::span<const Text>, int threads);
    void remove(Number);  // is found no more
    std::size_t size() const;

    // Weighs everything anew by how frequent tokens are now. Between two settlings what is added is weighed by the last
    // one's frequencies. A caller settles after the first load and whenever the number of messages has doubled.
    void settle();

    // The nearest, those of a likeness of at least `least`, nearest first, of equals the lower number first. Never the
    // message itself.
    std::vector<Neighbour> neighbours(Number, std::size_t most, float least) const;
    std::vector<Neighbour> neighbours(std::string_view title, std::string_view body, std::size_t most,
                                      float least) const;
    // Frees what neighbours are found by, more than half of it: afterwards likenesses alone can be asked for, and
    // neighbours(), add() and settle() throw std::logic_error.
    void only_likeness();
    float likeness(Number, Number) const;
    // Of each with each of the others: row i, column j of a square matrix, 1 in its diagonal.
    std::vector<float> likenesses(std::span<const Number>) const;
    double mean_likeness(std::span<const Number>) const;  // over all pairs; 1 for fewer than two

    std::size_t bytes() const;  // of memory, about

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace text
