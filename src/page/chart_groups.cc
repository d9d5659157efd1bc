#include <algorithm>
#include <cmath>

#include "chart.h"
#include "group_map.h"
#include "group_shapes.h"

namespace page {
namespace {

// Drawn as large as the width and this height allow.
constexpr double across = 288, up = 216, edge = 22;
constexpr int drawn_height = 300;

struct Scale {
    double x = 0, y = 0, by = 1;
    OnMap operator()(const OnMap& at) const { return {across / 2 + (at.x - x) * by, up / 2 - (at.y - y) * by}; }
};

Scale scale_of(const GroupMap& map) {
    std::vector<OnMap> all;
    for (const Standing& one : map.people) all.push_back(one.at);
    if (map.me) all.push_back(*map.me);
    if (all.empty()) return {};
    OnMap low = all.front(), high = low;
    for (const OnMap& one : all) {
        low = {std::min(low.x, one.x), std::min(low.y, one.y)};
        high = {std::max(high.x, one.x), std::max(high.y, one.y)};
    }
    const double widest = std::max({(high.x - low.x) / (across - 2 * edge), (high.y - low.y) / (up - 2 * edge), 1e-9});
    return {(low.x + high.x) / 2, (low.y + high.y) / 2, 1 / widest};
}

double turn(const OnMap& a, const OnMap& b, const OnMap& c) {
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

// The convex hull, by Andrew's monotone chain.
std::vector<OnMap> hull(std::vector<OnMap> points) {
    std::sort(points.begin(), points.end(),
              [](const OnMap& a, const OnMap& b) { return a.x != b.x ? a.x < b.x : a.y < b.y; });
    if (points.size() < 3) return points;
    std::vector<OnMap> out;
    for (int side = 0; side < 2; ++side) {
        const std::size_t from = out.size();
        for (const OnMap& point : points) {
            while (out.size() >= from + 2 && turn(out[out.size() - 2], out.back(), point) <= 0) out.pop_back();
            out.push_back(point);
        }
        out.pop_back();
        std::reverse(points.begin(), points.end());
    }
    return out;
}

void put_hull(Markup& out, int group, const std::vector<OnMap>& corners) {
    if (corners.empty()) return;
    out.raw("<path class=\"hull g").raw(group % 8 + 1).raw("\" d=\"M");
    for (std::size_t i = 0; i < corners.size(); ++i)
        out.raw(i == 0 ? "" : "L").raw(svg_number(corners[i].x)).raw(" ").raw(svg_number(corners[i].y));
    out.raw("z\"/>");
}

void put_mark(Markup& out, const Standing& one, const OnMap& at, std::int64_t most) {
    const double share = most <= 1 ? 0 : std::sqrt(static_cast<double>(one.people - 1) / static_cast<double>(most - 1));
    const double size = 8 + 14 * share;  // of the side of its square
    out.raw("<g class=\"stand g").raw(one.group % 8 + 1).raw("\" transform=\"translate(");
    out.raw(svg_number(at.x - size / 2)).raw(" ").raw(svg_number(at.y - size / 2)).raw(") scale(");
    out.raw(svg_number(size / 20)).raw(")\">").raw(group_shape(one.group)).raw("</g>");
}

Html legend_of(const GroupMap& map) {
    Markup out;
    out.raw("<ul class=\"legend\">");
    for (std::size_t g = 0; g < map.groups.size(); ++g)
        out.raw("<li>").raw(group_mark(static_cast<int>(g), 18)).text(map.groups[g]).raw("</li>");
    if (map.me)
        out.raw(
               "<li><svg aria-hidden=\"true\" width=\"20\" height=\"20\" viewBox=\"-10 -10 20 20\">"
               "<circle class=\"me\" r=\"7\"/></svg>")
            .text(map.me_words)
            .raw("</li>");
    out.raw("</ul>");
    return std::move(out).html();
}

}  // namespace

Html group_map(Lang lang, const GroupMap& map) {
    const Scale scale = scale_of(map);
    std::int64_t most = 1;
    std::vector<std::vector<OnMap>> of_group(map.groups.size());
    for (const Standing& one : map.people) {
        most = std::max(most, one.people);
        of_group[static_cast<std::size_t>(one.group)].push_back(scale(one.at));
    }
    Markup out;
    out.raw("<svg width=\"100%\" height=\"300\" viewBox=\"0 0 288 216\">");
    for (std::size_t g = 0; g < of_group.size(); ++g) put_hull(out, static_cast<int>(g), hull(of_group[g]));
    for (const Standing& one : map.people) put_mark(out, one, scale(one.at), most);
    if (map.me) {
        const OnMap at = scale(*map.me);
        out.raw("<circle class=\"me\" r=\"11\" cx=\"")
            .raw(svg_number(at.x))
            .raw("\" cy=\"")
            .raw(svg_number(at.y))
            .raw("\"/>");
    }
    out.raw("</svg>");
    Figure f;
    f.title = map.title;
    f.description = map.description;
    f.counted = map.counted;
    f.height = drawn_height;
    f.drawing = std::move(out).html();
    f.columns = map.columns;
    f.rows = map.rows;
    f.legend = legend_of(map);
    return figure(lang, f);
}

}  // namespace page
