// The compact form of votes in facts: many of them stand in one entry, and every one of them is written for ever.
#include <charconv>
#include <stdexcept>

#include "change.h"

namespace dialogue {
namespace {

constexpr char agree_letter = 'a', disagree_letter = 'd', pass_letter = 'p', none_letter = 'n';

char letter(std::optional<Choice> choice) {
    if (!choice) return none_letter;
    switch (*choice) {
        case Choice::agree:
            return agree_letter;
        case Choice::disagree:
            return disagree_letter;
        case Choice::pass:
            return pass_letter;
    }
    return none_letter;
}

void put(std::string& out, std::int64_t number) {
    char digits[20];
    const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
    out.append(digits, end);
}

// Takes pieces off the front of a text that we wrote.
struct Taker {
    std::string_view rest;

    std::int64_t number() {
        std::int64_t n = 0;
        const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), n);
        if (error != std::errc() || n < 0 || rest.front() == '-')
            throw std::runtime_error("votes: no number where one must be");
        rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
        return n;
    }
    char mark() {
        if (rest.empty()) throw std::runtime_error("votes: cut off");
        const char c = rest.front();
        rest.remove_prefix(1);
        return c;
    }
    std::optional<Choice> choice() {
        switch (mark()) {
            case agree_letter:
                return Choice::agree;
            case disagree_letter:
                return Choice::disagree;
            case pass_letter:
                return Choice::pass;
            case none_letter:
                return std::nullopt;
        }
        throw std::runtime_error("votes: unknown letter");
    }
};

}  // namespace

std::string votes_text(const std::vector<Vote>& votes) {
    std::string out;
    out.reserve(votes.size() * 8);
    for (const Vote& vote : votes) {
        put(out, vote.statement.value());
        out += letter(vote.choice);
    }
    return out;
}

std::vector<Vote> parse_votes(std::string_view text) {
    std::vector<Vote> votes;
    votes.reserve(text.size() / 5 + 1);
    for (Taker taker{text}; !taker.rest.empty();) {
        const StatementId statement(taker.number());
        votes.push_back({statement, taker.choice()});
    }
    return votes;
}

std::string imported_text(const std::vector<ImportedVote>& votes) {
    std::string out;
    out.reserve(votes.size() * 12);
    for (const ImportedVote& vote : votes) {
        if (!out.empty()) out += ',';
        put(out, vote.person);
        out += ':';
        put(out, vote.statement.value());
        out += letter(vote.choice);
    }
    return out;
}

std::vector<ImportedVote> parse_imported(std::string_view text) {
    std::vector<ImportedVote> votes;
    votes.reserve(text.size() / 8 + 1);
    for (Taker taker{text}; !taker.rest.empty();) {
        if (!votes.empty() && taker.mark() != ',') throw std::runtime_error("votes: no comma where one must be");
        ImportedVote vote;
        vote.person = taker.number();
        if (taker.mark() != ':') throw std::runtime_error("votes: no colon where one must be");
        vote.statement = StatementId(taker.number());
        const std::optional<Choice> choice = taker.choice();
        if (!choice) throw std::runtime_error("votes: an imported vote is never taken back");
        vote.choice = *choice;
        votes.push_back(vote);
    }
    return votes;
}

}  // namespace dialogue
