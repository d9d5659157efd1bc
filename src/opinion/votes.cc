#include "votes.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <stdexcept>

namespace opinion {

void Votes::grow(std::size_t people, std::size_t statements) {
    if (statements > most_statements || people > UINT32_MAX) throw std::length_error("opinion: too large a matrix");
    if (people > rows_.size()) rows_.resize(people);
    if (statements > counts_.size()) {
        counts_.resize(statements);
        set_aside_.resize(statements);
        meta_.resize(statements);
        hidden_.resize(statements);
    }
}

void Votes::swap(Votes& other) noexcept {
    rows_.swap(other.rows_);
    counts_.swap(other.counts_);
    set_aside_.swap(other.set_aside_);
    meta_.swap(other.meta_);
    hidden_.swap(other.hidden_);
    slabs_.swap(other.slabs_);
    freed_.swap(other.freed_);
    std::swap(votes_, other.votes_);
    std::swap(columns_, other.columns_);
    std::swap(hidden_columns_, other.hidden_columns_);
    std::swap(left_, other.left_);
    std::swap(next_, other.next_);
    std::swap(taken_, other.taken_);
}

Votes::Code* Votes::take(std::uint32_t room) {
    auto& freed = freed_[static_cast<std::size_t>(std::countr_zero(room))];
    if (!freed.empty()) {
        Code* codes = freed.back();
        freed.pop_back();
        return codes;
    }
    if (room > left_) {
        // What is left of a slab is lost, at most a row's room; long rows get a slab of their own.
        left_ = std::max<std::size_t>(slab, room);
        slabs_.push_back(std::make_unique_for_overwrite<Code[]>(left_));
        taken_ += left_;
        next_ = slabs_.back().get();
    }
    Code* codes = next_;
    next_ += room;
    left_ -= room;
    return codes;
}

void Votes::move_to(Row& row, std::uint32_t room) {
    Code* codes = take(room);
    if (row.size > 0) std::memcpy(codes, row.codes, row.size * sizeof(Code));
    if (row.room > 0) freed_[static_cast<std::size_t>(std::countr_zero(row.room))].push_back(row.codes);
    row.codes = codes;
    row.room = room;
}

void Votes::reserve(Person person, std::uint32_t votes) {
    Row& row = rows_[person];
    if (votes > row.room) move_to(row, std::bit_ceil(votes));
}

void Votes::count(Statement statement, Vote vote, int by) {
    Counts& counts = counts_[statement];
    const bool was = counts.seen() > 0;
    std::uint32_t& one = vote == Vote::agree ? counts.agree : vote == Vote::pass ? counts.pass : counts.disagree;
    one += static_cast<std::uint32_t>(by);
    votes_ += static_cast<std::size_t>(static_cast<std::ptrdiff_t>(by));
    const bool is = counts.seen() > 0;
    if (was == is) return;
    columns_ += is ? 1 : std::size_t(-1);
    if (hidden_[statement]) hidden_columns_ += is ? 1 : std::size_t(-1);
}

std::optional<Vote> Votes::set(Person person, Statement statement, std::optional<Vote> vote) {
    Row& row = rows_[person];
    Code* const end = row.codes + row.size;
    const Code first = statement * 3;
    // Most loads come in order: then the place is the end.
    Code* at = row.size == 0 || end[-1] < first ? end : std::lower_bound(row.codes, end, first);
    std::optional<Vote> before;
    if (at != end && statement_of(*at) == statement) before = vote_of(*at);
    if (before == vote) return before;
    if (before) count(statement, *before, -1);
    if (vote) count(statement, *vote, 1);
    if (before && vote) {
        *at = code(statement, *vote);
    } else if (before) {
        std::memmove(at, at + 1, static_cast<std::size_t>(end - at - 1) * sizeof(Code));
        --row.size;
    } else {
        const auto place = at - row.codes;
        if (row.size == row.room) move_to(row, row.room == 0 ? 4 : row.room * 2);
        at = row.codes + place;
        std::memmove(at + 1, at, (row.size - static_cast<std::size_t>(place)) * sizeof(Code));
        *at = code(statement, *vote);
        ++row.size;
    }
    return before;
}

std::optional<Vote> Votes::get(Person person, Statement statement) const {
    const auto codes = row(person);
    const auto at = std::lower_bound(codes.begin(), codes.end(), statement * 3);
    if (at == codes.end() || statement_of(*at) != statement) return std::nullopt;
    return vote_of(*at);
}

void Votes::hide(Statement statement, bool hidden) {
    set_aside_[statement] = hidden;
    weigh(statement);
}

void Votes::mark_meta(Statement statement, bool meta) {
    meta_[statement] = meta;
    weigh(statement);
}

void Votes::weigh(Statement statement) {
    const bool hidden = set_aside_[statement] || meta_[statement];
    if (hidden_[statement] == hidden) return;
    hidden_[statement] = hidden;
    if (counts_[statement].seen() > 0) hidden_columns_ += hidden ? 1 : std::size_t(-1);
}

std::uint32_t Votes::shown_votes(Person person) const {
    if (hidden_columns_ == 0) return rows_[person].size;
    std::uint32_t shown = 0;
    for (const Code code : row(person)) shown += hidden_[statement_of(code)] ? 0 : 1;
    return shown;
}

std::size_t Votes::bytes() const {
    return taken_ * sizeof(Code) + rows_.capacity() * sizeof(Row) + counts_.capacity() * sizeof(Counts);
}

}  // namespace opinion
