// Who agreed with what: a sparse matrix of people by statements, kept vote by vote.
#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace opinion {

using Person = std::uint32_t;     // a row: 0, 1, 2 …
using Statement = std::uint32_t;  // a column

enum class Vote : std::int8_t { disagree = -1, pass = 0, agree = 1 };

struct Counts {
    std::uint32_t disagree = 0, pass = 0, agree = 0;
    std::uint32_t seen() const { return disagree + pass + agree; }
    friend bool operator==(const Counts&, const Counts&) = default;
};

// What stands in the matrix is independent of the order in which it came. Reading (const members) may be done by
// several threads at once, changing by none beside.
class Votes {
public:
    // A vote in its row: statement * 3 + vote + 1.
    using Code = std::uint32_t;
    static constexpr Statement most_statements = 1U << 30;
    static Code code(Statement statement, Vote vote) {
        return statement * 3 + static_cast<Code>(static_cast<int>(vote) + 1);
    }
    static Statement statement_of(Code code) { return code / 3; }
    static Vote vote_of(Code code) { return static_cast<Vote>(static_cast<int>(code % 3) - 1); }

    Votes() = default;
    // Who gave its votes away is empty.
    Votes(Votes&& other) noexcept { swap(other); }
    Votes& operator=(Votes&& other) noexcept {
        Votes taken(std::move(other));
        swap(taken);
        return *this;
    }
    // Every row with at least these, so that numbers below them may be named. Statements beyond most_statements throw
    // std::length_error.
    void grow(std::size_t people, std::size_t statements);
    // Room for so many votes of one person: for loaders that know.
    void reserve(Person, std::uint32_t votes);
    // Casts, changes or (nothing) takes back; returns what stood there. Both numbers must be below what grow() was
    // told.
    std::optional<Vote> set(Person, Statement, std::optional<Vote>);
    std::optional<Vote> get(Person, Statement) const;
    // What a moderator set aside stays in the matrix and weighs nothing.
    void hide(Statement, bool hidden);
    // A statement about the person who votes ("I live in the country"), not about the matter: it weighs nothing either,
    // and is asked often (meta_priority).
    void mark_meta(Statement, bool meta);
    bool meta(Statement statement) const { return meta_[statement]; }
    bool hidden(Statement statement) const { return hidden_[statement]; }  // set aside, or meta

    std::size_t people() const { return rows_.size(); }
    std::size_t statements() const { return counts_.size(); }
    std::size_t votes() const { return votes_; }
    // Ascending.
    std::span<const Code> row(Person person) const { return {rows_[person].codes, rows_[person].size}; }
    // Votes on statements that are not hidden.
    std::uint32_t shown_votes(Person) const;
    const Counts& counts(Statement statement) const { return counts_[statement]; }
    // Statements that somebody voted on, and those among them that are hidden.
    std::size_t columns() const { return columns_; }
    std::size_t hidden_columns() const { return hidden_columns_; }
    std::size_t bytes() const;  // of memory, about

private:
    struct Row {
        Code* codes = nullptr;
        std::uint32_t size = 0, room = 0;
    };
    static constexpr std::size_t slab = std::size_t{1} << 18;  // codes
    Code* take(std::uint32_t room);
    void move_to(Row&, std::uint32_t room);
    void count(Statement, Vote, int by);
    void weigh(Statement);
    void swap(Votes&) noexcept;

    std::vector<Row> rows_;
    std::vector<Counts> counts_;
    std::vector<bool> set_aside_, meta_, hidden_;  // the last: either of the others
    std::size_t votes_ = 0, columns_ = 0, hidden_columns_ = 0;
    std::vector<std::unique_ptr<Code[]>> slabs_;
    std::size_t left_ = 0;                      // in the newest slab
    Code* next_ = nullptr;                      // there
    std::array<std::vector<Code*>, 33> freed_;  // rows that moved, by the logarithm of their room
    std::size_t taken_ = 0;
};

}  // namespace opinion
