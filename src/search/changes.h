// What changes in the lists of words in one transaction: gathered word by word, written list by list. One thread.
#pragma once
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <vector>

#include <db/db.h>

#include "postings.h"

namespace search {

inline constexpr auto no_place = static_cast<std::uint32_t>(-1);  // a filter's term: the matter, without a place

constexpr std::int64_t block_of(std::int64_t n) { return n / block_size; }
constexpr std::uint32_t slot_of(std::int64_t n) { return static_cast<std::uint32_t>(n % block_size); }

class Changes {
public:
    // What is added to a list goes by a number that is good until write(). Every call gives another one: whoever adds
    // much to one list remembers its number, and where it is forgotten, a second one does no harm.
    using Number = std::uint32_t;
    Number number_of(std::int64_t list);
    void add(Number, std::uint32_t slot, std::uint32_t place);
    // Matter n out of every list of its block: which words it had is written nowhere.
    void take_out(std::int64_t n);
    void take_out_of(std::int64_t n, std::int64_t list);

    // First what is taken out, then what is added. `fresh_from`: blocks from here on have no lists yet. Nothing is
    // gathered afterwards; the room stays for the next.
    void write(db::Connection& derived, std::int64_t fresh_from);

private:
    struct Addition {
        Number list = 0;
        std::uint32_t at = 0;  // slot and place
    };
    struct Numbered {
        std::int64_t list = 0;
        Number number = 0;
        std::uint32_t count = 0;  // of its additions
    };
    void sort_by(std::span<const Numbered> order);

    std::vector<Numbered> numbered_;  // by number
    std::vector<Addition> additions_;
    std::vector<std::uint32_t> sorted_;  // all `at`, list by list
    std::map<std::int64_t, std::set<std::uint32_t>> gone_, fewer_;
};

}  // namespace search
