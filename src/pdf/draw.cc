#include "draw.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

#include <files/framed.h>
#include <files/picture.h>
#include <photo/pixels.h>
#include <poppler-document.h>
#include <poppler-page-renderer.h>
#include <poppler-page.h>

namespace pdf {
namespace {

struct Drawn {
    int width = 0, height = 0;
    double dots = 0;  // to the inch
};

// As wide as every page, however large it says it is.
std::optional<Drawn> how(const poppler::page& page) {
    const poppler::rectf box = page.page_rect();
    double width = box.width(), height = box.height();
    if (page.orientation() == poppler::page::landscape || page.orientation() == poppler::page::seascape)
        std::swap(width, height);
    if (!std::isfinite(width) || !std::isfinite(height) || width <= 0 || height <= 0) return std::nullopt;
    const double scale = std::min(files::pdf_page_width / width, files::pdf_page_height / height);
    const auto pixels = [&](double points, int most) {
        return std::clamp(static_cast<int>(std::lround(points * scale)), 1, most);
    };
    return Drawn{pixels(width, files::pdf_page_width), pixels(height, files::pdf_page_height), 72 * scale};
}

std::optional<photo::Pixels> picture_of(const poppler::page& page, const Drawn& as) {
    poppler::page_renderer renderer;
    renderer.set_image_format(poppler::image::format_rgb24);
    renderer.set_render_hint(poppler::page_renderer::antialiasing);
    renderer.set_render_hint(poppler::page_renderer::text_antialiasing);
    const poppler::image image = renderer.render_page(&page, as.dots, as.dots, 0, 0, as.width, as.height);
    if (!image.is_valid() || image.width() != as.width || image.height() != as.height) return std::nullopt;
    photo::Pixels pixels{as.width, as.height, {}};
    pixels.rgba.resize(std::size_t{4} * static_cast<std::size_t>(as.width) * static_cast<std::size_t>(as.height));
    std::uint8_t* to = pixels.rgba.data();
    for (int y = 0; y < as.height; ++y) {
        const char* from = image.const_data() + std::ptrdiff_t{image.bytes_per_row()} * y;
        for (int x = 0; x < as.width; ++x, from += 3, to += 4) {
            std::copy_n(from, 3, to);
            to[3] = 255;
        }
    }
    return pixels;
}

std::string text_of(const poppler::page& page) {
    const poppler::byte_array text = page.text(poppler::rectf(), poppler::page::non_raw_non_physical_layout).to_utf8();
    // The server takes no more of it either; half a character at the end is put right there.
    return {text.begin(), text.begin() + static_cast<std::ptrdiff_t>(std::min(text.size(), files::most_pdf_text))};
}

}  // namespace

int draw(std::string_view file, const std::function<bool(const std::string& page)>& put) {
    poppler::set_debug_error_function([](const std::string&, void*) {}, nullptr);
    if (file.size() > files::most_pdf_bytes) return files::pdf_broken;
    const std::unique_ptr<poppler::document> document(
        poppler::document::load_from_raw_data(file.data(), static_cast<int>(file.size())));
    if (!document) return files::pdf_broken;
    if (document->is_locked()) return files::pdf_locked;
    if (document->pages() > files::most_pdf_pages) return files::pdf_too_many_pages;
    if (document->pages() < 1) return files::pdf_broken;
    for (int i = 0; i < document->pages(); ++i) {
        const std::unique_ptr<poppler::page> page(document->create_page(i));
        const auto as = page ? how(*page) : std::nullopt;
        const auto large = as ? picture_of(*page, *as) : std::nullopt;
        if (!large) return files::pdf_broken;
        const photo::Pixels small = photo::shrink(*large, files::preview_width, large->height);
        std::string size, out;
        files::add_number(size, static_cast<std::size_t>(large->width));
        files::add_number(size, static_cast<std::size_t>(large->height));
        files::add_part(out, size);
        files::add_part(out, photo::webp(*large, 80));
        files::add_part(out, photo::webp(small, 75));
        files::add_part(out, text_of(*page));
        if (!put(out)) return files::pdf_broken;
    }
    return 0;
}

}  // namespace pdf
