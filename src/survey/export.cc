#include <algorithm>
#include <array>
#include <map>

#include <db/database.h>
#include <files/csv.h>

#include "pages.h"

namespace survey {
namespace {

// A permutation of 0 to n - 1 that needs no memory, keyed anew for each export: the generalised Feistel cipher of Black
// and Rogaway (Ciphers with arbitrary finite domains, 2002) in four rounds over a x b >= n; what falls outside is sent
// through again.
class Order {
public:
    explicit Order(std::int64_t n) : n_(static_cast<std::uint64_t>(n)) {
        while (a_ * a_ < n_) ++a_;
        b_ = (n_ + a_ - 1) / a_;
    }
    std::int64_t at(std::int64_t i) const {
        auto place = static_cast<std::uint64_t>(i);
        do place = once(place);
        while (place >= n_);
        return static_cast<std::int64_t>(place);
    }

private:
    std::uint64_t once(std::uint64_t place) const {
        std::uint64_t left = place % a_, right = place / a_;
        for (std::uint8_t round = 0; round < 4; ++round) {
            const std::uint64_t next = (left + mixed(round, right)) % (round % 2 == 0 ? a_ : b_);
            left = right, right = next;
        }
        return a_ * right + left;
    }
    std::uint64_t mixed(std::uint8_t round, std::uint64_t half) const {
        std::array<std::uint8_t, 9> said{round};
        for (std::size_t byte = 0; byte < 8; ++byte) said[byte + 1] = static_cast<std::uint8_t>(half >> (8 * byte));
        const kernel::Hash hash = kernel::hmac_sha256(key_, said);
        std::uint64_t number = 0;
        for (std::size_t byte = 0; byte < 7; ++byte) number |= std::uint64_t{hash[byte]} << (8 * byte);
        return number;
    }

    const std::uint64_t n_;
    std::uint64_t a_ = 1, b_ = 1;
    const kernel::Hash key_ = kernel::random_hash();
};

// "q3" for one cell; "q3 r2" for a row of a matrix, "q3 o2" for the rank of an option, or 1 where it was ticked.
std::vector<std::string> header(const Survey& s) {
    std::vector<std::string> cells;
    for (std::size_t i = 0; i < s.asked.questions.size(); ++i) {
        const Question& q = s.asked.questions[i];
        const std::string name = "q" + std::to_string(i + 1);
        const bool spread = q.type == Type::multiple || q.type == Type::ranking;
        for (std::size_t o = 1; spread && o <= q.options.size(); ++o) cells.push_back(name + " o" + std::to_string(o));
        for (std::size_t row = 1; row <= q.rows.size(); ++row) cells.push_back(name + " r" + std::to_string(row));
        if (!spread && q.type != Type::matrix) cells.push_back(name);
    }
    return cells;
}

void add_cells(std::vector<std::string>& cells, const Question& q, const Answer& a) {
    if (written(q)) return cells.push_back(a.text);
    if (q.type == Type::matrix) {
        for (std::size_t row = 0; row < q.rows.size(); ++row)
            cells.push_back(a.given() && a.picks[row] > 0 ? std::to_string(a.picks[row]) : std::string());
    } else if (q.type == Type::multiple || q.type == Type::ranking) {
        for (std::size_t o = 1; o <= q.options.size(); ++o) {
            const auto at = std::find(a.picks.begin(), a.picks.end(), static_cast<std::int64_t>(o));
            const auto rank = q.type == Type::ranking ? at - a.picks.begin() + 1 : 1;
            cells.push_back(at == a.picks.end() ? std::string() : std::to_string(rank));
        }
    } else {
        cells.push_back(a.given() ? std::to_string(a.picks[0]) : std::string());
    }
}

constexpr std::int64_t at_once = 250;

}  // namespace

http::Response export_csv(const people::Needs& needs, const Survey& s) {
    http::Response response;
    response.content_type = "text/csv; charset=utf-8";
    response.set("Content-Disposition",
                 "attachment; filename=\"survey-" + std::to_string(s.id.value()) + "-answers.csv\"");
    response.set("Cache-Control", "no-store");
    response.stream = [&needs, s, order = Order(s.answers), next = std::int64_t{0}](std::string& piece) mutable {
        if (next == 0) piece += std::string(files::csv_bom) + files::csv_row(header(s));
        std::vector<std::int64_t> places;
        for (; next < s.answers && static_cast<std::int64_t>(places.size()) < at_once; ++next)
            places.push_back(order.at(next) + 1);
        if (places.empty()) return false;
        std::map<std::int64_t, Sheet> found;
        for (Sheet& sheet : sheets_at(*needs.database.read(), s, places)) found.emplace(sheet.place, std::move(sheet));
        for (std::int64_t place : places) {
            const Answers& answers = found.at(place).answers;
            std::vector<std::string> cells;
            for (std::size_t i = 0; i < answers.size(); ++i) add_cells(cells, s.asked.questions[i], answers[i]);
            piece += files::csv_row(cells);
        }
        return next < s.answers;
    };
    return response;
}

}  // namespace survey
