#include "pixels.h"

#include <webp/encode.h>

#include <algorithm>
#include <stdexcept>

namespace photo {

Pixels shrink(const Pixels& in, int width_at_most, int height_at_most) {
    if (in.width <= width_at_most && in.height <= height_at_most) return in;
    const double factor =
        std::max(static_cast<double>(in.width) / width_at_most, static_cast<double>(in.height) / height_at_most);
    Pixels out;
    out.width = std::max(1, static_cast<int>(in.width / factor));
    out.height = std::max(1, static_cast<int>(in.height / factor));
    out.rgba.resize(std::size_t{4} * static_cast<std::size_t>(out.width) * static_cast<std::size_t>(out.height));
    for (int y = 0; y < out.height; ++y) {
        const int from_y = static_cast<int>(std::int64_t{y} * in.height / out.height);
        const int to_y = std::max(from_y + 1, static_cast<int>(std::int64_t{y + 1} * in.height / out.height));
        for (int x = 0; x < out.width; ++x) {
            const int from_x = static_cast<int>(std::int64_t{x} * in.width / out.width);
            const int to_x = std::max(from_x + 1, static_cast<int>(std::int64_t{x + 1} * in.width / out.width));
            std::uint64_t sum[4] = {};
            for (int sy = from_y; sy < to_y; ++sy)
                for (int sx = from_x; sx < to_x; ++sx)
                    for (int c = 0; c < 4; ++c)
                        sum[c] += in.rgba[4 * (static_cast<std::size_t>(sy) * static_cast<std::size_t>(in.width) +
                                               static_cast<std::size_t>(sx)) +
                                          static_cast<std::size_t>(c)];
            const std::uint64_t n =
                static_cast<std::uint64_t>(to_y - from_y) * static_cast<std::uint64_t>(to_x - from_x);
            for (int c = 0; c < 4; ++c)
                out.rgba[4 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(out.width) +
                              static_cast<std::size_t>(x)) +
                         static_cast<std::size_t>(c)] = static_cast<std::uint8_t>((sum[c] + n / 2) / n);
        }
    }
    return out;
}

std::string webp(const Pixels& pixels, float quality) {
    std::uint8_t* bytes = nullptr;
    const std::size_t size =
        WebPEncodeRGBA(pixels.rgba.data(), pixels.width, pixels.height, pixels.width * 4, quality, &bytes);
    if (size == 0) throw std::runtime_error("not encoded");
    std::string out(reinterpret_cast<char*>(bytes), size);
    WebPFree(bytes);
    return out;
}

}  // namespace photo
