// Points in a balanced tree of boxes, so that those of a whole box are taken to a centre at once.
#pragma once
#include <vector>

#include "lloyd.h"

namespace opinion {

class PointTree {
public:
    PointTree(std::span<const Point>, int threads);

    // For each centre the sum of the points that nearest() takes to it. The same points give the same sums to the last
    // digit, whatever the threads.
    std::vector<Sum> sums(std::span<const Point> centres) const;
    std::vector<std::uint32_t> labels(std::span<const Point> centres) const;

private:
    static constexpr std::size_t leaf = 32;   // points at most
    static constexpr std::size_t depth = 40;  // more than there can be
    struct Box {
        Point low, high;
        Sum sum;
        std::uint32_t from = 0, to = 0;  // in order_
    };
    using Candidates = std::vector<std::uint32_t>;
    void split(std::size_t box, int levels);
    void close(std::size_t box);
    template <class Whole, class Single>
    // `room`: for as many candidates as there are centres, on each level.
    void walk(std::size_t box, std::span<const Point> centres, std::span<const std::uint32_t> among,
              std::uint32_t* room, const Whole&, const Single&) const;
    template <class Visit>
    void in_parts(const Visit&) const;

    std::vector<Point> points_;         // in the order of the leaves
    std::vector<std::uint32_t> order_;  // as they were given
    std::vector<Box> boxes_;            // the children of i are 2i + 1 and 2i + 2
    std::size_t leaves_ = 1;
    int threads_;
};

}  // namespace opinion
