#include <qrencode.h>

#include <memory>
#include <stdexcept>

#include "markup.h"

namespace page {
namespace {

constexpr int quiet = 4, pixels_per_module = 4;

struct FreeCode {
    void operator()(QRcode* code) const { QRcode_free(code); }
};

// One run of dark modules after the other, row by row.
void put_runs(Markup& out, const QRcode& code) {
    for (int y = 0; y < code.width; ++y) {
        const unsigned char* const row = code.data + y * code.width;
        for (int x = 0; x < code.width;) {
            const int from = x;
            while (x < code.width && (row[x] & 1) != 0) ++x;
            const int run = x - from;
            if (run > 0)
                out.raw("M").raw(from + quiet).raw(" ").raw(y + quiet).raw("h").raw(run).raw("v1h-").raw(run).raw("z");
            if (run == 0) ++x;
        }
    }
}

}  // namespace

Html qr_code(std::string_view label, std::string_view text) {
    if (text.empty() || text.size() > most_in_qr_code) throw std::length_error("qr code: empty or too long");
    const std::unique_ptr<QRcode, FreeCode> code(QRcode_encodeData(
        static_cast<int>(text.size()), reinterpret_cast<const unsigned char*>(text.data()), 0, QR_ECLEVEL_M));
    if (!code) throw std::runtime_error("qr code: the library refused");
    const int side = code->width + 2 * quiet;
    Markup out;
    out.raw("<svg class=\"qr\" role=\"img\" aria-label=\"")
        .text(label)
        .raw("\" width=\"")
        .raw(side * pixels_per_module);
    out.raw("\" height=\"").raw(side * pixels_per_module).raw("\" viewBox=\"0 0 ").raw(side).raw(" ").raw(side);
    out.raw("\" shape-rendering=\"crispEdges\"><rect fill=\"#fff\" width=\"").raw(side).raw("\" height=\"").raw(side);
    out.raw("\"/><path fill=\"#000\" d=\"");
    put_runs(out, *code);
    out.raw("\"/></svg>");
    return std::move(out).html();
}

}  // namespace page
