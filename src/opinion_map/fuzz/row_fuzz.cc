// Rows of a public matrix, one a line, and the picture that anybody computes from them: what is read is written as the
// same bytes, and no votes whatever lead to a number that is none.
// needs: opinion_map/matrix.cc opinion/clusters.cc opinion/components.cc opinion/covariance.cc opinion/division.cc
// needs: opinion/groups.cc opinion/picture.cc opinion/point_tree.cc opinion/starts.cc opinion/symmetric.cc
// needs: opinion/telling.cc opinion/votes.cc
#include <cmath>
#include <cstdint>
#include <cstdlib>

#include "../matrix.h"

namespace {

constexpr std::size_t columns = 24;
constexpr std::size_t most_rows = 64;

void holds(bool what) {
    if (!what) std::abort();
}

void draw(const opinion_map::PublicMatrix& matrix) {
    const opinion::Votes votes = opinion_map::votes_of(matrix);
    const opinion::Picture picture = opinion::picture(votes, 1);
    for (const opinion::Point& place : picture.places) holds(std::isfinite(place.x) && std::isfinite(place.y));
    for (const double priority : picture.priorities) holds(std::isfinite(priority));
    holds(opinion_map::digest(picture) == opinion_map::digest(opinion::picture(votes, 1)));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view text(reinterpret_cast<const char*>(data), size);
    opinion_map::PublicMatrix matrix;
    for (std::size_t i = 0; i < columns; ++i) {
        matrix.columns.emplace_back(static_cast<std::uint32_t>(i + 1));
        matrix.hidden.push_back(i % 7 == 6);
    }
    while (!text.empty() && matrix.rows.size() < most_rows) {
        const std::size_t cut = std::min(text.find('\n'), text.size());
        const auto row = opinion_map::parse_row(text.substr(0, cut), columns);
        if (row) holds(opinion_map::row_text(*row) == text.substr(0, cut));
        if (row && !row->empty()) matrix.rows.emplace_back(text.substr(0, cut));
        text.remove_prefix(std::min(cut + 1, text.size()));
    }
    if (!matrix.rows.empty()) draw(matrix);
    return 0;
}
