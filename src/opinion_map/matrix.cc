#include "matrix.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <stdexcept>

namespace opinion_map {
namespace {

using opinion::Votes;

constexpr std::string_view letters = "dpa";  // by vote + 1

class Digest {
public:
    void whole(std::uint64_t n) {
        for (int shift = 0; shift < 64; shift += 8) bytes_.push_back(static_cast<char>(n >> shift & 0xff));
    }
    void real(double x) { whole(std::bit_cast<std::uint64_t>(x == 0 ? 0.0 : x)); }
    void point(const opinion::Point& p) {
        real(p.x);
        real(p.y);
    }
    template <class List, class Write>
    void list(const List& list, const Write& write) {
        whole(list.size());
        for (const auto& one : list) write(one);
    }
    kernel::Hash hash() const { return kernel::sha256(kernel::view(bytes_)); }

private:
    std::string bytes_;
};

void add_telling(Digest& d, const opinion::Telling& one) {
    d.whole(one.statement);
    d.whole(one.vote == opinion::Vote::agree ? 1 : 0);
    d.whole(one.success);
    d.whole(one.trials);
    for (const double x : {one.probability, one.probability_test, one.ratio, one.ratio_test}) d.real(x);
    d.whole(one.best_agree ? 1 : 0);
}

// Uniform in [0, n): what would make some numbers likelier than others is thrown away.
std::uint64_t below(std::uint64_t n) {
    const std::uint64_t most = UINT64_MAX - UINT64_MAX % n;
    for (;;) {
        const kernel::Bytes bytes = kernel::random_bytes(8);
        std::uint64_t x = 0;
        for (const auto byte : bytes) x = x << 8 | static_cast<std::uint8_t>(byte);
        if (x < most) return x % n;
    }
}

}  // namespace

std::string row_text(std::span<const Votes::Code> row) {
    std::string out;
    for (const Votes::Code code : row) {
        out += std::to_string(Votes::statement_of(code));
        out += letters[static_cast<std::size_t>(static_cast<int>(Votes::vote_of(code)) + 1)];
    }
    return out;
}

std::optional<std::vector<Votes::Code>> parse_row(std::string_view text, std::size_t columns) {
    std::vector<Votes::Code> out;
    while (!text.empty()) {
        std::uint32_t column = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), column);
        const auto digits = static_cast<std::size_t>(end - text.data());
        if (error != std::errc() || digits == text.size() || column >= columns) return std::nullopt;
        if (digits > 1 && text[0] == '0') return std::nullopt;
        const std::size_t letter = letters.find(text[digits]);
        if (letter == std::string_view::npos) return std::nullopt;
        const Votes::Code code = Votes::code(column, static_cast<opinion::Vote>(static_cast<int>(letter) - 1));
        if (!out.empty() && Votes::statement_of(out.back()) >= column) return std::nullopt;
        out.push_back(code);
        text.remove_prefix(digits + 1);
    }
    return out;
}

PublicMatrix shuffled(const Votes& votes, const std::vector<StatementId>& statements, const std::vector<bool>& secret) {
    PublicMatrix out;
    std::vector<opinion::Statement> column(statements.size());
    for (opinion::Statement s = 0; s < statements.size(); ++s) {
        column[s] = static_cast<opinion::Statement>(out.columns.size());
        if (secret[s] || votes.counts(s).seen() == 0) continue;
        out.columns.push_back(statements[s]);
        out.hidden.push_back(votes.hidden(s));
    }
    for (opinion::Person p = 0; p < votes.people(); ++p) {
        std::vector<Votes::Code> row;
        for (const Votes::Code code : votes.row(p)) {
            const opinion::Statement s = Votes::statement_of(code);
            if (!secret[s]) row.push_back(Votes::code(column[s], Votes::vote_of(code)));
        }
        if (!row.empty()) out.rows.push_back(row_text(row));
    }
    for (std::size_t i = out.rows.size(); i > 1; --i) std::swap(out.rows[i - 1], out.rows[below(i)]);
    return out;
}

Votes votes_of(const PublicMatrix& matrix) {
    Votes out;
    out.grow(matrix.rows.size(), matrix.columns.size());
    for (opinion::Statement s = 0; s < matrix.columns.size(); ++s) out.hide(s, matrix.hidden[s]);
    for (opinion::Person p = 0; p < matrix.rows.size(); ++p) {
        const auto row = parse_row(matrix.rows[p], matrix.columns.size());
        if (!row) throw std::runtime_error("a row of a public matrix that cannot be read");
        out.reserve(p, static_cast<std::uint32_t>(row->size()));
        for (const Votes::Code code : *row) out.set(p, Votes::statement_of(code), Votes::vote_of(code));
    }
    return out;
}

kernel::Hash digest(const PublicMatrix& matrix) {
    std::string lines;
    for (std::size_t i = 0; i < matrix.columns.size(); ++i)
        lines += std::to_string(i) + " " + std::to_string(matrix.columns[i].value()) +
                 (matrix.hidden[i] ? " hidden\n" : "\n");
    for (const std::string& row : matrix.rows) lines.append(row).append("\n");
    return kernel::sha256(kernel::view(lines));
}

kernel::Hash digest(const opinion::Picture& p) {
    Digest d;
    const auto real = [&](double x) { d.real(x); };
    const auto point = [&](const opinion::Point& one) { d.point(one); };
    const auto whole = [&](std::uint64_t n) { d.whole(n); };
    d.list(p.components.loadings, [&](const opinion::Pair& one) { d.point({one[0], one[1]}); });
    for (const double value : p.components.eigenvalues) d.real(value);
    d.list(p.centre, real);
    d.list(p.places, point);
    d.list(p.statement_places, point);
    d.list(p.placed, whole);
    d.list(p.grouping.bases, [&](const opinion::Base& one) {
        d.point(one.centre);
        d.whole(one.people);
    });
    d.list(p.grouping.groups, [&](const opinion::Group& one) {
        d.point(one.centre);
        d.whole(one.people);
        d.list(one.bases, whole);
    });
    d.list(p.grouping.group_of, [&](std::int8_t one) { d.whole(static_cast<std::uint64_t>(one + 1)); });
    d.list(p.grouping.silhouettes, [&](const auto& one) {
        d.whole(static_cast<std::uint64_t>(one.first));
        d.real(one.second);
    });
    d.real(p.grouping.silhouette);
    d.real(p.grouping.silhouette_of_people);
    d.list(p.tallies, [&](const opinion::Tally& tally) {
        d.list(tally, [&](const opinion::Counts& one) {
            for (const std::uint32_t n : {one.agree, one.disagree, one.pass}) d.whole(n);
        });
    });
    d.list(p.telling, [&](const auto& list) { d.list(list, [&](const auto& one) { add_telling(d, one); }); });
    const auto shared = [&](const opinion::Shared& one) {
        for (const std::uint64_t n : {one.statement, one.success, one.trials}) d.whole(n);
        d.real(one.probability);
        d.real(one.probability_test);
    };
    d.list(p.consensus.agree, shared);
    d.list(p.consensus.disagree, shared);
    d.list(p.group_aware_consensus, real);
    d.list(p.priorities, real);
    d.list(p.spread, [&](const std::optional<double>& one) {
        d.whole(one ? 1 : 0);
        d.real(one.value_or(0));
    });
    return d.hash();
}

}  // namespace opinion_map
