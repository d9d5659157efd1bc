#include "point_tree.h"

#include <algorithm>
#include <numeric>

#include <kernel/threads.h>

namespace opinion {
namespace {

// Drops what is farther than another candidate from every point of the box, by more than rounding could be.
std::size_t filter(const Point& low, const Point& high, std::span<const Point> centres,
                   std::span<const std::uint32_t> among, std::uint32_t* out) {
    const Point middle{(low.x + high.x) / 2, (low.y + high.y) / 2};
    std::uint32_t best = among[0];
    double least = apart(middle, centres[best]);
    for (const std::uint32_t one : among.subspan(1)) {
        const double distance = apart(middle, centres[one]);
        if (distance < least) least = distance, best = one;
    }
    const double size = apart(low, high);
    std::size_t left = 0;
    for (const std::uint32_t one : among) {
        const Point &a = centres[one], &b = centres[best];
        const Point corner{a.x > b.x ? high.x : low.x, a.y > b.y ? high.y : low.y};
        const double far = apart(corner, a), near = apart(corner, b);
        if (one == best || !(far - near > 1e-12 * (far + size))) out[left++] = one;
    }
    return left;
}

}  // namespace

PointTree::PointTree(std::span<const Point> points, int threads) : order_(points.size()), threads_(threads) {
    std::iota(order_.begin(), order_.end(), 0U);
    while (points.size() > leaves_ * leaf) leaves_ *= 2;
    boxes_.resize(2 * leaves_ - 1);
    boxes_[0].to = static_cast<std::uint32_t>(points.size());
    points_.assign(points.begin(), points.end());  // in the order given until all is split
    const std::size_t top = std::min<std::size_t>(leaves_, 16);
    for (std::size_t box = 0; box + 1 < top; ++box) split(box, 1);
    kernel::in_threads(
        top, threads,
        [&](std::size_t from, std::size_t to) {
            for (std::size_t i = from; i < to; ++i) split(top - 1 + i, 64);
        },
        1);
    std::vector<Point> placed;
    placed.reserve(points.size());
    for (const std::uint32_t one : order_) placed.push_back(points[one]);
    points_ = std::move(placed);
    for (std::size_t box = boxes_.size(); box-- > 0;) close(box);
}

// Halves a box along its longer side, and so on for so many levels.
void PointTree::split(std::size_t box, int levels) {
    Box& here = boxes_[box];
    const auto begin = order_.begin() + here.from, end = order_.begin() + here.to;
    if (box >= leaves_ - 1) {
        std::sort(begin, end);  // what a library leaves in a part is its own affair, and sums go by order
        return;
    }
    if (levels == 0) return;
    Point low = points_[here.from == here.to ? 0 : *begin], high = low;
    for (auto at = begin; at != end; ++at) {
        const Point& point = points_[*at];
        low = {std::min(low.x, point.x), std::min(low.y, point.y)};
        high = {std::max(high.x, point.x), std::max(high.y, point.y)};
    }
    const bool wide = high.x - low.x >= high.y - low.y;
    const auto middle = begin + (here.to - here.from) / 2;
    std::nth_element(begin, middle, end, [&](std::uint32_t a, std::uint32_t b) {
        const double one = wide ? points_[a].x : points_[a].y, other = wide ? points_[b].x : points_[b].y;
        return one != other ? one < other : a < b;
    });
    const auto cut = static_cast<std::uint32_t>(middle - order_.begin());
    boxes_[2 * box + 1].from = here.from;
    boxes_[2 * box + 1].to = boxes_[2 * box + 2].from = cut;
    boxes_[2 * box + 2].to = here.to;
    split(2 * box + 1, levels - 1);
    split(2 * box + 2, levels - 1);
}

void PointTree::close(std::size_t box) {
    Box& here = boxes_[box];
    if (box < leaves_ - 1) {
        const Box &left = boxes_[2 * box + 1], &right = boxes_[2 * box + 2];
        here.low = {std::min(left.low.x, right.low.x), std::min(left.low.y, right.low.y)};
        here.high = {std::max(left.high.x, right.high.x), std::max(left.high.y, right.high.y)};
        here.sum = left.sum;
        here.sum.add(right.sum);
        return;
    }
    if (here.from == here.to) return;
    here.low = here.high = points_[here.from];
    for (std::uint32_t i = here.from; i < here.to; ++i) {
        const Point& point = points_[i];
        here.low = {std::min(here.low.x, point.x), std::min(here.low.y, point.y)};
        here.high = {std::max(here.high.x, point.x), std::max(here.high.y, point.y)};
        here.sum.add(point);
    }
}

template <class Whole, class Single>
void PointTree::walk(std::size_t box, std::span<const Point> centres, std::span<const std::uint32_t> among,
                     std::uint32_t* room, const Whole& whole, const Single& single) const {
    const Box& here = boxes_[box];
    if (here.from == here.to) return;
    const std::span<const std::uint32_t> left(room, filter(here.low, here.high, centres, among, room));
    room += left.size();
    if (left.size() == 1) return whole(here, left[0]);
    if (box < leaves_ - 1) {
        walk(2 * box + 1, centres, left, room, whole, single);
        walk(2 * box + 2, centres, left, room, whole, single);
        return;
    }
    for (std::uint32_t i = here.from; i < here.to; ++i) {
        std::uint32_t best = left[0];
        double least = apart(points_[i], centres[best]);
        for (const std::uint32_t one : left) {
            const double distance = apart(points_[i], centres[one]);
            if (distance > least) continue;
            least = distance;
            best = one;
        }
        single(i, best);
    }
}

template <class Visit>
void PointTree::in_parts(const Visit& visit) const {
    const std::size_t parts = std::min<std::size_t>(leaves_, 16);
    kernel::in_threads(
        parts, threads_,
        [&](std::size_t from, std::size_t to) {
            for (std::size_t part = from; part < to; ++part) visit(part, parts - 1 + part);
        },
        1);
}

std::vector<Sum> PointTree::sums(std::span<const Point> centres) const {
    Candidates all(centres.size());
    std::iota(all.begin(), all.end(), 0U);
    std::vector<std::vector<Sum>> parts(std::min<std::size_t>(leaves_, 16));
    in_parts([&](std::size_t part, std::size_t box) {
        std::vector<Sum> sums(centres.size());
        Candidates room(centres.size() * depth);
        walk(
            box, centres, all, room.data(),
            [&](const Box& whole, std::uint32_t centre) { sums[centre].add(whole.sum); },
            [&](std::uint32_t i, std::uint32_t centre) { sums[centre].add(points_[i]); });
        parts[part] = std::move(sums);
    });
    for (std::size_t part = 1; part < parts.size(); ++part)
        for (std::size_t i = 0; i < centres.size(); ++i) parts[0][i].add(parts[part][i]);
    return parts[0];
}

std::vector<std::uint32_t> PointTree::labels(std::span<const Point> centres) const {
    Candidates all(centres.size());
    std::iota(all.begin(), all.end(), 0U);
    std::vector<std::uint32_t> out(points_.size());
    in_parts([&](std::size_t, std::size_t box) {
        Candidates room(centres.size() * depth);
        walk(
            box, centres, all, room.data(),
            [&](const Box& whole, std::uint32_t centre) {
                for (std::uint32_t i = whole.from; i < whole.to; ++i) out[order_[i]] = centre;
            },
            [&](std::uint32_t i, std::uint32_t centre) { out[order_[i]] = centre; });
    });
    return out;
}

}  // namespace opinion
