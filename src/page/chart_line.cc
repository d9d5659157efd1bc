#include <algorithm>
#include <cstdio>

#include "chart.h"

namespace page {
namespace {

constexpr int plot_top = 24, plot_height = 150, foot = 24;  // pixels
constexpr double line_left = 2, line_room = 86;             // percent of the width; right of it stands the last value

// At most two decimals, none where there are none.
std::string value_text(Lang lang, double value) {
    std::string text = svg_number(value);
    const std::size_t dot = text.find('.');
    const std::string whole = text.substr(0, dot);
    if (whole.size() > 18) return text;  // beyond what grouping can read as a whole number
    const std::string grouped = number(lang, std::stoll(whole));
    const bool lost_sign = whole == "-0";
    return (lost_sign ? "-" : "") + grouped + (dot == std::string::npos ? "" : text.substr(dot));
}

struct Frame {
    double low = 0, high = 1;
    std::int64_t first = 0, last = 1;

    int y(double value) const { return plot_top + static_cast<int>(plot_height * (high - value) / (high - low)); }
    double x(kernel::Day day) const {
        if (last == first) return line_left + line_room / 2;
        return line_left + line_room * static_cast<double>(day.days - first) / static_cast<double>(last - first);
    }
};

Frame frame_of(const std::vector<Point>& points, std::optional<double> baseline, std::optional<double> target) {
    std::vector<double> all;
    for (const Point& point : points) all.push_back(point.value);
    if (baseline) all.push_back(*baseline);
    if (target) all.push_back(*target);
    Frame frame;
    if (!all.empty()) {
        const auto [low, high] = std::minmax_element(all.begin(), all.end());
        const double margin = *high > *low ? (*high - *low) * 0.1 : 1;
        frame.low = *low - margin;
        frame.high = *high + margin;
    }
    if (!points.empty()) {
        frame.first = points.front().day.days;
        frame.last = points.back().day.days;
    }
    return frame;
}

// The baseline is near the first points and the target near the last: each has its words at the other side.
void put_level(Markup& out, const char* kind, int y, const std::string& label, bool words_at_end) {
    out.raw("<line class=\"").raw(kind).raw("\" x1=\"0\" x2=\"100%\" y1=\"").raw(y).raw("\" y2=\"").raw(y).raw("\"/>");
    out.raw(words_at_end ? "<text class=\"note end\" x=\"100%\" y=\"" : "<text class=\"note\" x=\"0\" y=\"").raw(y - 5);
    out.raw("\">").text(label).raw("</text>");
}

void put_points(Markup& out, Lang lang, const Frame& frame, const std::vector<Point>& points) {
    for (std::size_t i = 1; i < points.size(); ++i) {
        const Point &a = points[i - 1], &b = points[i];
        out.raw("<line class=\"line\" x1=\"").raw(percent_length(frame.x(a.day))).raw("\" y1=\"").raw(frame.y(a.value));
        out.raw("\" x2=\"").raw(percent_length(frame.x(b.day))).raw("\" y2=\"").raw(frame.y(b.value)).raw("\"/>");
    }
    for (const Point& point : points) {
        out.raw("<circle class=\"dot\" r=\"5\" cx=\"").raw(percent_length(frame.x(point.day))).raw("\" cy=\"");
        out.raw(frame.y(point.value))
            .raw("\"><title>")
            .text(full_date(lang, point.day) + ": " + value_text(lang, point.value));
        out.raw("</title></circle>");
    }
    const Point& last = points.back();
    out.raw("<text class=\"value\" dx=\"10\" x=\"").raw(percent_length(frame.x(last.day))).raw("\" y=\"");
    out.raw(frame.y(last.value) + 5).raw("\">").text(value_text(lang, last.value)).raw("</text>");
}

void put_days(Markup& out, Lang lang, const std::vector<Point>& points) {
    const int y = plot_top + plot_height + foot - 6;
    out.raw("<text class=\"scale\" x=\"0\" y=\"")
        .raw(y)
        .raw("\">")
        .text(full_date(lang, points.front().day))
        .raw("</text>");
    if (points.size() < 2) return;
    out.raw("<text class=\"scale end\" x=\"100%\" y=\"").raw(y).raw("\">").text(full_date(lang, points.back().day));
    out.raw("</text>");
}

}  // namespace

Html indicator_line(Lang lang, std::string_view title, const std::vector<Point>& points, std::optional<double> baseline,
                    std::optional<double> target, std::string_view unit) {
    const Frame frame = frame_of(points, baseline, target);
    const auto level = [&](const char* key, double value) {
        return say(lang, key, {{"value", value_text(lang, value)}, {"unit", std::string(unit)}});
    };
    Figure f;
    Markup out;
    if (baseline) put_level(out, "baseline", frame.y(*baseline), level("page.baseline", *baseline), true);
    if (target) put_level(out, "target", frame.y(*target), level("page.target", *target), false);
    f.columns = {say(lang, "page.column_day"), std::string(unit)};
    for (const Point& point : points) f.rows.push_back({full_date(lang, point.day), value_text(lang, point.value)});
    if (points.empty()) {
        out.raw("<text class=\"value middle\" x=\"50%\" y=\"").raw(plot_top + plot_height / 2).raw("\">");
        out.text(say(lang, "page.not_measured")).raw("</text>");
        f.description = say(lang, "page.not_measured");
    } else {
        put_points(out, lang, frame, points);
        put_days(out, lang, points);
        f.counted = say(lang, "page.measured",
                        {{"n", number(lang, static_cast<std::int64_t>(points.size()))},
                         {"day", full_date(lang, points.back().day)}});
        f.description = level("page.latest", points.back().value);
    }
    if (baseline) f.description += "; " + level("page.baseline", *baseline);
    if (target) f.description += "; " + level("page.target", *target);
    f.title = title;
    f.height = plot_top + plot_height + foot;
    f.drawing = std::move(out).html();
    return figure(lang, f);
}

}  // namespace page
