#include "decode.h"

#include <csetjmp>
#include <cstdio>
#include <cstring>

#include <files/picture.h>
#include <jpeglib.h>
#include <png.h>
#include <webp/decode.h>

namespace photo {
namespace {

struct JpegFault {
    jpeg_error_mgr standard;
    std::jmp_buf back;
};

// TIFF tag 274 of the Exif segment: 1 to 8, 1 when there is none.
int orientation(std::string_view exif) {
    if (exif.size() < 14 || std::memcmp(exif.data(), "Exif\0\0", 6) != 0) return 1;
    const std::string_view tiff = exif.substr(6);
    const bool little = tiff.starts_with("II");
    auto number = [&](std::size_t at, int bytes) -> std::uint32_t {
        std::uint32_t value = 0;
        if (at + static_cast<std::size_t>(bytes) > tiff.size()) return 0;
        for (int i = 0; i < bytes; ++i) {
            const std::uint32_t b =
                static_cast<std::uint8_t>(tiff[at + static_cast<std::size_t>(little ? bytes - 1 - i : i)]);
            value = (value << 8) | b;
        }
        return value;
    };
    const std::size_t directory = number(4, 4);
    const std::uint32_t count = number(directory, 2);
    for (std::uint32_t i = 0; i < count && i < 512; ++i) {
        const std::size_t at = directory + 2 + std::size_t{12} * i;
        if (number(at, 2) != 274) continue;
        const std::uint32_t value = number(at + 8, 2);
        return value >= 1 && value <= 8 ? static_cast<int>(value) : 1;
    }
    return 1;
}

Pixels upright(const Pixels& in, int how) {
    if (how == 1) return in;
    const bool turned = how >= 5;
    Pixels out{turned ? in.height : in.width, turned ? in.width : in.height, std::vector<std::uint8_t>(in.rgba.size())};
    for (int y = 0; y < out.height; ++y) {
        for (int x = 0; x < out.width; ++x) {
            int sx = turned ? y : x, sy = turned ? x : y;
            if (how == 2 || how == 3 || how == 7 || how == 8) sx = in.width - 1 - sx;
            if (how == 3 || how == 4 || how == 6 || how == 7) sy = in.height - 1 - sy;
            std::memcpy(&out.rgba[4 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(out.width) +
                                       static_cast<std::size_t>(x))],
                        &in.rgba[4 * (static_cast<std::size_t>(sy) * static_cast<std::size_t>(in.width) +
                                      static_cast<std::size_t>(sx))],
                        4);
        }
    }
    return out;
}

Pixels decode_jpeg(std::string_view file) {
    // libjpeg leaves by longjmp: nothing with a destructor may be made between setjmp and it.
    Pixels pixels;
    std::vector<std::uint8_t> line;
    volatile int how = 1;
    jpeg_decompress_struct jpeg{};
    JpegFault fault{};
    jpeg.err = jpeg_std_error(&fault.standard);
    fault.standard.error_exit = [](j_common_ptr c) { std::longjmp(reinterpret_cast<JpegFault*>(c->err)->back, 1); };
    fault.standard.output_message = [](j_common_ptr) {};
    bool too_many = false;
    if (setjmp(fault.back)) {
        jpeg_destroy_decompress(&jpeg);
        if (too_many) throw TooManyPixels();
        throw std::runtime_error("no JPEG");
    }
    jpeg_create_decompress(&jpeg);
    jpeg_mem_src(&jpeg, reinterpret_cast<const unsigned char*>(file.data()), static_cast<unsigned long>(file.size()));
    jpeg_save_markers(&jpeg, JPEG_APP0 + 1, 0xFFFF);
    jpeg_read_header(&jpeg, TRUE);
    if (std::int64_t{jpeg.image_width} * jpeg.image_height > files::most_pixels) {
        jpeg_destroy_decompress(&jpeg);
        throw TooManyPixels();
    }
    for (auto* m = jpeg.marker_list; m; m = m->next)
        if (m->marker == JPEG_APP0 + 1 && how == 1)
            how = orientation({reinterpret_cast<const char*>(m->data), m->data_length});
    jpeg.out_color_space = JCS_RGB;
    // The library itself halves while decoding, which keeps large pictures cheap.
    while (jpeg.scale_denom < 8 && static_cast<int>(std::max(jpeg.image_width, jpeg.image_height) /
                                                    (jpeg.scale_denom * 2)) >= files::largest_side)
        jpeg.scale_denom *= 2;
    jpeg_start_decompress(&jpeg);
    pixels.width = static_cast<int>(jpeg.output_width);
    pixels.height = static_cast<int>(jpeg.output_height);
    pixels.rgba.resize(std::size_t{4} * jpeg.output_width * jpeg.output_height);
    line.resize(std::size_t{3} * jpeg.output_width);
    while (jpeg.output_scanline < jpeg.output_height) {
        std::uint8_t* to = &pixels.rgba[std::size_t{4} * jpeg.output_scanline * jpeg.output_width];
        JSAMPROW row = line.data();
        jpeg_read_scanlines(&jpeg, &row, 1);
        for (unsigned x = 0; x < jpeg.output_width; ++x) {
            std::memcpy(to + 4 * x, row + 3 * x, 3);
            to[4 * x + 3] = 255;
        }
    }
    const bool damaged = fault.standard.num_warnings > 0;
    jpeg_finish_decompress(&jpeg);
    jpeg_destroy_decompress(&jpeg);
    // Cut-off files end in grey: that is no complete picture.
    if (damaged && !file.substr(file.size() > 64 ? file.size() - 64 : 0).ends_with("\xFF\xD9"))
        throw std::runtime_error("cut off");
    return upright(pixels, how);
}

Pixels decode_png(std::string_view file) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    if (!png_image_begin_read_from_memory(&image, file.data(), file.size())) throw std::runtime_error("no PNG");
    Pixels pixels;
    try {
        check_size(image.width, image.height);
        image.format = PNG_FORMAT_RGBA;
        pixels.width = static_cast<int>(image.width);
        pixels.height = static_cast<int>(image.height);
        pixels.rgba.resize(PNG_IMAGE_SIZE(image));
    } catch (...) {
        png_image_free(&image);
        throw;
    }
    if (!png_image_finish_read(&image, nullptr, pixels.rgba.data(), 0, nullptr)) throw std::runtime_error("broken PNG");
    return pixels;
}

Pixels decode_webp(std::string_view file) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(file.data());
    WebPBitstreamFeatures features;
    if (WebPGetFeatures(bytes, file.size(), &features) != VP8_STATUS_OK || features.has_animation)
        throw std::runtime_error("no still WebP");
    check_size(features.width, features.height);
    Pixels pixels{features.width, features.height, {}};
    pixels.rgba.resize(std::size_t{4} * static_cast<std::size_t>(features.width) *
                       static_cast<std::size_t>(features.height));
    if (!WebPDecodeRGBAInto(bytes, file.size(), pixels.rgba.data(), pixels.rgba.size(), features.width * 4))
        throw std::runtime_error("broken WebP");
    return pixels;
}

}  // namespace

void check_size(std::int64_t width, std::int64_t height) {
    if (width < 1 || height < 1) throw std::runtime_error("no pixels");
    if (width * height > files::most_pixels) throw TooManyPixels();
}

Pixels decode(std::string_view file) {
    switch (files::kind_of(file)) {
        case files::PictureKind::jpeg:
            return decode_jpeg(file);
        case files::PictureKind::png:
            return decode_png(file);
        case files::PictureKind::webp:
            return decode_webp(file);
        case files::PictureKind::other:
            break;
    }
    throw std::runtime_error("no picture");
}

}  // namespace photo
