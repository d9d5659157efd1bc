#include "markup.h"

namespace page {
namespace {

// The seal holds four signs of its own script, two by two, as a carved seal holds four characters. A sign is a lattice
// of 4 × 4 points; eight bytes of the hash say which neighbours are joined. Lengths are in units of a 68-unit square.
constexpr int near = 10, far = 37, pitch = 7;
constexpr int bytes_per_sign = 8;

// 16 beginnings × 16 endings: a byte is a syllable that Chinese and English speakers can both say and tell apart.
constexpr const char* beginnings[] = {"b", "d", "f", "g", "h", "j", "k", "l", "m", "n", "p", "r", "s", "t", "w", "y"};
constexpr const char* endings[] = {"a",  "e",  "i",  "o",  "u",  "ai",  "ao",  "ei",
                                   "ou", "an", "en", "in", "un", "ang", "ing", "ong"};

std::uint64_t bits_of(const kernel::Hash& leaf, int sign) {
    std::uint64_t bits = 0;
    for (int i = 0; i < bytes_per_sign; ++i)
        bits = bits << 8 | leaf[static_cast<std::size_t>(sign * bytes_per_sign + i)];
    return bits;
}

bool bit(std::uint64_t bits, int i) { return (bits >> i & 1) != 0; }

void put_stroke(Markup& out, int x, int y, char direction) {
    out.raw("M").raw(x).raw(" ").raw(y).raw(std::string_view(&direction, 1)).raw(pitch);
}

// Level strokes come three times of four, upright ones every second time: so a sign reads as one, not as noise.
void put_sign(Markup& out, std::uint64_t bits, int left, int top) {
    int next = 0;
    for (int row = 0; row < 4; ++row)
        for (int column = 0; column < 3; ++column, next += 2)
            if (bit(bits, next) || bit(bits, next + 1)) put_stroke(out, left + column * pitch, top + row * pitch, 'h');
    for (int row = 0; row < 3; ++row)
        for (int column = 0; column < 4; ++column, ++next)
            if (bit(bits, next)) put_stroke(out, left + column * pitch, top + row * pitch, 'v');
}

}  // namespace

Html seal(const kernel::Hash& leaf, int pixels) {
    // A carved seal is read from the top right downwards.
    constexpr int place[4][2] = {{far, near}, {far, far}, {near, near}, {near, far}};
    const bool white_script = (leaf[31] & 1) != 0;
    Markup out;
    out.raw("<svg class=\"seal").raw(white_script ? " white" : "").raw("\" role=\"img\" aria-label=\"");
    out.text(seal_name(leaf)).raw("\" width=\"").raw(pixels).raw("\" height=\"").raw(pixels);
    out.raw("\" viewBox=\"0 0 68 68\"><rect class=\"ground\" x=\"2\" y=\"2\" width=\"64\" height=\"64\" rx=\"5\"/>");
    out.raw("<path class=\"strokes\" d=\"");
    for (int sign = 0; sign < 4; ++sign) put_sign(out, bits_of(leaf, sign), place[sign][0], place[sign][1]);
    out.raw("\"/></svg>");
    return std::move(out).html();
}

std::string seal_name(const kernel::Hash& leaf) {
    std::string name;
    for (int sign = 0; sign < 4; ++sign) {
        const std::uint8_t byte = leaf[static_cast<std::size_t>(sign * bytes_per_sign + bytes_per_sign - 1)];
        if (!name.empty()) name += '-';
        name.append(beginnings[byte >> 4]).append(endings[byte & 15]);
    }
    return name;
}

}  // namespace page
