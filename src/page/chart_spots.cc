#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <numeric>

#include "chart.h"

namespace page {
namespace {

// Laid out for the narrowest screen, in pixels; on wider ones everything is farther apart.
constexpr double narrow = 288, spots_height = 320, spots_margin = 26, apart = 26;
constexpr int spots_foot = 28, smallest = 7, largest = 16;

struct Spread {
    double x = 0, y = 0;
    int r = 0;
};

double scaled(double value, double most) {
    return most <= 0 ? 0 : std::log2(1 + std::max(0.0, value)) / std::log2(1 + most);
}

bool free_of(const std::vector<Spread>& taken, const Spread& at) {
    return std::all_of(taken.begin(), taken.end(), [&](const Spread& other) {
        const double x = at.x - other.x, y = at.y - other.y, least = std::max(apart, at.r + other.r + 2.0);
        return x * x + y * y >= least * least;
    });
}

// Places around a point, in rings, the nearest first.
const std::vector<Spread>& around() {
    static const std::vector<Spread> all = [] {
        std::vector<Spread> out;
        for (int ring = 1; ring < 30; ++ring)
            for (int step = 0; step < 6 * ring; ++step) {
                const double angle = 2 * 3.14159265358979 * step / (6 * ring);
                out.push_back({ring * apart / 2 * std::cos(angle), ring * apart / 2 * std::sin(angle), 0});
            }
        return out;
    }();
    return all;
}

// The nearest place around its own where nothing stands yet.
Spread place(const std::vector<Spread>& taken, const Spread& own) {
    if (free_of(taken, own)) return own;
    for (const Spread& off : around()) {
        const Spread at{own.x + off.x, own.y + off.y, own.r};
        if (at.x < spots_margin || at.x > narrow - spots_margin) continue;
        if (at.y < spots_margin || at.y > spots_height - spots_margin) continue;
        if (free_of(taken, at)) return at;
    }
    return own;
}

// In the middle of a coordinate system: disc, diamond, square.
void put_shape(Markup& out, int level, int r) {
    if (level <= 0) {
        out.raw("<circle class=\"g1\" r=\"").raw(r).raw("\"/>");
    } else if (level == 1) {
        const int d = r + r / 4;
        out.raw("<path class=\"g4\" d=\"M0 -")
            .raw(d)
            .raw("L")
            .raw(d)
            .raw(" 0L0 ")
            .raw(d)
            .raw("L-")
            .raw(d)
            .raw(" 0z\"/>");
    } else {
        const int s = r - r / 8;
        out.raw("<rect class=\"g2\" x=\"-").raw(s).raw("\" y=\"-").raw(s).raw("\" width=\"").raw(2 * s);
        out.raw("\" height=\"").raw(2 * s).raw("\"/>");
    }
}

void put_spot(Markup& out, const Spot& spot, const Spread& at, int r) {
    out.raw("<svg class=\"spot\" width=\"1\" height=\"1\" x=\"")
        .raw(percent_length(100 * at.x / narrow))
        .raw("\" y=\"");
    out.raw(static_cast<int>(at.y)).raw("\"><a href=\"").text(spot.link).raw("\"><title>");
    out.text(std::to_string(spot.n) + ". " + spot.name + ". " + spot.said).raw("</title>");
    out.raw("<circle class=\"reach\" r=\"13\"/>");
    put_shape(out, spot.level, r);
    out.raw("<text class=\"note\" x=\"").raw(r + 3).raw("\" y=\"5\">").raw(spot.n).raw("</text></a></svg>");
}

int radius(std::int64_t behind, std::int64_t most) {
    if (most <= 0) return smallest;
    const double share = std::sqrt(static_cast<double>(std::max<std::int64_t>(0, behind)) / static_cast<double>(most));
    return smallest + static_cast<int>(share * (largest - smallest));
}

Html legend_of(const std::vector<std::string>& levels) {
    Markup out;
    out.raw("<ul class=\"legend\">");
    for (std::size_t i = 0; i < levels.size(); ++i) {
        out.raw("<li><svg class=\"spot\" aria-hidden=\"true\" width=\"20\" height=\"20\" viewBox=\"-10 -10 20 20\">");
        put_shape(out, static_cast<int>(i), 8);
        out.raw("</svg>").text(levels[i]).raw("</li>");
    }
    out.raw("</ul>");
    return std::move(out).html();
}

void put_spot_axes(Markup& out, const SpotMap& map) {
    const int bottom = static_cast<int>(spots_height);
    out.raw("<line class=\"axis\" x1=\"0\" x2=\"100%\" y1=\"").raw(bottom).raw("\" y2=\"").raw(bottom).raw("\"/>");
    out.raw("<line class=\"axis\" x1=\"0\" x2=\"0\" y1=\"16\" y2=\"").raw(bottom).raw("\"/>");
    out.raw("<text class=\"scale\" x=\"6\" y=\"12\">↑ ").text(map.up).raw("</text>");
    out.raw("<text class=\"scale end\" x=\"100%\" y=\"").raw(bottom + 20).raw("\">").text(map.across).raw(" →</text>");
}

}  // namespace

Html spot_map(Lang, const SpotMap& map) {
    double most_across = 0, most_up = 0;
    std::int64_t most_behind = 0;
    for (const Spot& spot : map.spots) {
        most_across = std::max(most_across, spot.across), most_up = std::max(most_up, spot.up);
        most_behind = std::max(most_behind, spot.behind);
    }
    // The largest first: it keeps its place and lies below.
    std::vector<std::size_t> order(map.spots.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return map.spots[a].behind > map.spots[b].behind; });
    Markup out;
    out.raw("<figure class=\"chart\"><figcaption>").text(map.title);
    if (!map.counted.empty()) out.raw("<span class=\"counted\">").text(map.counted).raw("</span>");
    out.raw("</figcaption>").raw(legend_of(map.levels));
    out.raw("<svg class=\"plot\" role=\"group\" width=\"100%\" height=\"")
        .raw(static_cast<int>(spots_height) + spots_foot);
    out.raw("\" aria-label=\"").text(map.title + ". " + map.description).raw("\"><desc>");
    out.text(map.description).raw("</desc>");
    put_spot_axes(out, map);
    std::vector<Spread> taken;
    for (const std::size_t i : order) {
        const Spot& spot = map.spots[i];
        const int r = radius(spot.behind, most_behind);
        const Spread at = place(
            taken, {spots_margin + scaled(spot.across, most_across) * (narrow - 2 * spots_margin),
                    spots_height - spots_margin - scaled(spot.up, most_up) * (spots_height - 2 * spots_margin), r});
        taken.push_back(at);
        put_spot(out, spot, at, r);
    }
    out.raw("</svg></figure>");
    return std::move(out).html();
}

Html trend(std::string_view said, const std::vector<std::int64_t>& values) {
    constexpr int wide = 6, gap = 2, high = 24;
    std::int64_t most = 1;
    for (const std::int64_t value : values) most = std::max(most, value);
    Markup out;
    out.raw("<svg class=\"trend\" role=\"img\" width=\"")
        .raw(std::ssize(values) * (wide + gap))
        .raw("\" height=\"")
        .raw(high);
    out.raw("\" aria-label=\"").text(said).raw("\"><title>").text(said).raw("</title>");
    std::int64_t x = 0;
    for (const std::int64_t value : values) {
        const std::int64_t h = value <= 0 ? 1 : std::max<std::int64_t>(3, high * value / most);
        out.raw("<rect class=\"bar\" x=\"").raw(x).raw("\" y=\"").raw(high - h).raw("\" width=\"").raw(wide);
        out.raw("\" height=\"").raw(h).raw("\"/>");
        x += wide + gap;
    }
    out.raw("</svg>");
    return std::move(out).html();
}

Html sketch(Lang lang, std::string_view title, const std::vector<Located>& all, std::string_view counted_when) {
    constexpr double wide = 320, high = 240, edge = 12, km_a_degree = 111.2;
    double south = 90, north = -90, west = 180, east = -180;
    for (const Located& one : all) {
        south = std::min(south, one.latitude), north = std::max(north, one.latitude);
        west = std::min(west, one.longitude), east = std::max(east, one.longitude);
    }
    // A degree of longitude is shorter away from the equator. At least half a kilometre, so that one place is a point.
    const double shrink = std::max(0.01, std::cos((south + north) / 2 * 3.14159265358979 / 180));
    const double least = 0.5 / km_a_degree;
    const double span =
        std::max({(east - west) * shrink, (north - south) * (wide - 2 * edge) / (high - 2 * edge), least});
    const double scale = (wide - 2 * edge) / span;
    Figure f;
    Markup out;
    out.raw("<svg width=\"100%\" height=\"240\" viewBox=\"0 0 320 240\">");
    out.raw("<path class=\"axis\" d=\"M0 239.5H320\"/>");
    f.columns = {say(lang, "page.column_what"), say(lang, "page.column_place")};
    for (const Located& one : all) {
        const double x = wide / 2 + (one.longitude - (west + east) / 2) * shrink * scale;
        const double y = high / 2 - (one.latitude - (south + north) / 2) * scale;
        out.raw("<circle class=\"dot\" r=\"5\" cx=\"").raw(svg_number(x)).raw("\" cy=\"").raw(svg_number(y));
        out.raw("\"><title>").text(one.label).raw("</title></circle>");
        std::array<char, 48> place{};
        std::snprintf(place.data(), place.size(), "%.4f, %.4f", one.latitude, one.longitude);
        f.rows.push_back({one.label, place.data()});
    }
    out.raw("</svg>");
    f.title = title;
    f.description = say(lang, "page.sketch_is",
                        {{"n", number(lang, std::ssize(all))}, {"km", svg_number(std::max(0.1, span * km_a_degree))}});
    f.counted = counted(lang, std::ssize(all), counted_when);
    f.height = static_cast<int>(high);
    f.drawing = std::move(out).html();
    return figure(lang, f);
}

}  // namespace page
