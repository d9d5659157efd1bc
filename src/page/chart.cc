#include "chart.h"

#include <kernel/text.h>

namespace page {
namespace {

constexpr int widest = 36, line_height = 20;

// Han, kana and full-width forms start at U+2E80: three or four bytes, first byte 0xE2 0xBA and up.
bool wide(std::string_view character) {
    return character.size() >= 3 &&
           (static_cast<unsigned char>(character[0]) > 0xE2 ||
            (static_cast<unsigned char>(character[0]) == 0xE2 && static_cast<unsigned char>(character[1]) >= 0xBA));
}

Html table(Lang lang, const Figure& figure) {
    Markup out;
    out.raw("<section class=\"scroll\" tabindex=\"0\" aria-label=\"").text(figure.title).raw("\"><table><caption>");
    out.text(figure.title);
    if (!figure.counted.empty()) out.raw("<span class=\"counted\">").text(figure.counted).raw("</span>");
    out.raw("</caption><thead><tr>");
    for (std::size_t i = 0; i < figure.columns.size(); ++i)
        out.raw(i == 0 ? "<th scope=\"col\">" : "<th scope=\"col\" class=\"figure\">")
            .text(figure.columns[i])
            .raw("</th>");
    out.raw("</tr></thead><tbody>");
    for (const auto& row : figure.rows) {
        out.raw("<tr>");
        for (std::size_t i = 0; i < row.size(); ++i) {
            out.raw(i == 0 ? "<th scope=\"row\">" : "<td class=\"figure\">")
                .text(row[i])
                .raw(i == 0 ? "</th>" : "</td>");
        }
        out.raw("</tr>");
    }
    if (figure.rows.empty()) {
        out.raw("<tr><td colspan=\"").raw(figure.columns.size()).raw("\">").text(say(lang, "page.nothing_counted"));
        out.raw("</td></tr>");
    }
    out.raw("</tbody></table></section>");
    return std::move(out).html();
}

}  // namespace

Html figure(Lang lang, const Figure& f) {
    Markup out;
    out.raw("<figure class=\"chart\"><figcaption>").text(f.title);
    if (!f.counted.empty()) out.raw("<span class=\"counted\">").text(f.counted).raw("</span>");
    out.raw("</figcaption>")
        .raw(f.legend)
        .raw("<svg class=\"plot\" role=\"img\" width=\"100%\" height=\"")
        .raw(f.height);
    out.raw("\" aria-label=\"").text(std::string(f.title) + ". " + f.description).raw("\"><title>").text(f.title);
    out.raw("</title><desc>").text(f.description).raw("</desc>").raw(f.drawing).raw("</svg>");
    out.raw("<details class=\"behind\"><summary>").text(say(lang, "page.as_table")).raw("</summary>");
    out.raw(table(lang, f)).raw("</details></figure>");
    return std::move(out).html();
}

std::string counted(Lang lang, std::int64_t n, std::string_view when) {
    return say(lang, "page.counted", {{"n", number(lang, n)}, {"when", std::string(when)}});
}

std::vector<std::string> label_lines(std::string_view label) {
    std::vector<std::string> lines(1);
    int width = 0;
    std::size_t last_blank = std::string::npos;  // in the current line: where Latin text may break
    while (!label.empty()) {
        const std::string_view character = kernel::first_code_points(label, 1);
        label.remove_prefix(character.size());
        const int size = wide(character) ? 2 : 1;
        if (width + size > widest) {
            std::string rest;
            if (!wide(character) && last_blank != std::string::npos) {
                rest = lines.back().substr(last_blank + 1);
                lines.back().resize(last_blank);
            }
            width = static_cast<int>(kernel::code_points(rest));
            lines.push_back(std::move(rest));
            last_blank = std::string::npos;
        }
        if (character == " ") last_blank = lines.back().size();
        if (character == " " && lines.back().empty()) continue;
        lines.back() += character;
        width += size;
    }
    return lines;
}

int put_label(Markup& out, std::string_view label, int y) {
    for (const std::string& line : label_lines(label)) {
        out.raw("<text class=\"label\" x=\"0\" y=\"").raw(y).raw("\">").text(line).raw("</text>");
        y += line_height;
    }
    return y;
}

}  // namespace page
