#include "handed_over.h"

#include <charconv>

#include "framed.h"
#include "mail.h"
#include "pdf.h"
#include "picture.h"

namespace files {
namespace {

std::uint32_t code_point(std::string_view text) {  // the first one of valid UTF-8
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(0);
    if (lead < 0x80) return lead;
    const std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    std::uint32_t value = lead & (0xFFu >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) value = value << 6 | (byte(i) & 0x3Fu);
    return value;
}

bool unwanted(std::uint32_t c) {
    return c < 0x20 || (c >= 0x7F && c <= 0x9F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) ||
           (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFE) == 0xFFFE;
}

void add_plain(std::string& out, std::string_view valid, kernel::Lines lines) {
    for (std::size_t at = 0; at < valid.size();) {
        const std::string_view one = kernel::first_code_points(valid.substr(at), 1);
        const std::uint32_t c = code_point(one);
        at += one.size();
        if (c == '\r' && valid.substr(at).starts_with("\n")) continue;
        if (c == '\n' || c == '\t' || c == '\r' || c == '\f')
            out += lines == kernel::Lines::one ? ' ' : c == '\t' ? '\t' : '\n';
        else if (!unwanted(c))
            out += one;
    }
}

template <class T>
std::optional<T> digits(std::string_view text) {
    T value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::optional<Attached> read_attached(const std::string_view* part) {
    const auto fate = digits<unsigned>(part[1]);
    const auto size = digits<std::uint64_t>(part[2]);
    if (!fate || *fate > static_cast<unsigned>(Attached::Fate::other_kind) || !size) return std::nullopt;
    Attached one{static_cast<Attached::Fate>(*fate), plain(part[0], kernel::Lines::one, most_mail_header), *size, {}};
    if (one.fate != Attached::Fate::taken) return part[3].empty() ? std::optional(one) : std::nullopt;
    if (part[3].size() != one.size || (kind_of(part[3]) == PictureKind::other && !is_pdf(part[3]))) return std::nullopt;
    const kernel::View content = kernel::view(part[3]);
    one.content.assign(content.begin(), content.end());
    return one;
}

}  // namespace

std::string plain(std::string_view text, kernel::Lines lines, std::size_t most) {
    std::string out;
    out.reserve(std::min(text.size(), most));
    while (!text.empty() && out.size() <= most) {
        const std::size_t good = kernel::valid_utf8_prefix(text);
        add_plain(out, text.substr(0, good), lines);
        text.remove_prefix(good);
        if (text.empty()) break;
        out += "\xEF\xBF\xBD";
        text.remove_prefix(1);
    }
    out = kernel::nfc(out);
    if (out.size() <= most) return out;
    std::size_t end = most;
    while ((static_cast<unsigned char>(out[end]) & 0xC0) == 0x80) --end;
    out.resize(end);
    return out;
}

std::optional<Size> size_of_plain_webp(std::string_view file) {
    // RIFF, size, WEBP, "VP8 ", size, then RFC 6386: three bytes of a key frame, its mark, width and height.
    if (kind_of(file) != PictureKind::webp || file.size() < 30 || file.substr(12, 4) != "VP8 ") return std::nullopt;
    const auto little = [&](std::size_t at, int bytes) {
        std::uint64_t value = 0;
        for (int i = bytes; i-- > 0;)
            value = value << 8 | static_cast<unsigned char>(file[at + static_cast<std::size_t>(i)]);
        return value;
    };
    const std::uint64_t chunk = little(16, 4);
    if (little(4, 4) + 8 != file.size() || 20 + chunk + chunk % 2 != file.size()) return std::nullopt;
    if ((file[20] & 1) != 0 || file.substr(23, 3) != "\x9D\x01\x2A") return std::nullopt;
    return Size{static_cast<int>(little(26, 2) & 0x3FFF), static_cast<int>(little(28, 2) & 0x3FFF)};
}

std::optional<std::vector<PageRead>> read_pages(std::string_view out) {
    const auto parts = parts_of(out, std::size_t{4} * most_pdf_pages);
    if (!parts || parts->empty() || parts->size() % 4 != 0) return std::nullopt;
    std::vector<PageRead> pages;
    for (std::size_t i = 0; i < parts->size(); i += 4) {
        const std::string_view* part = &(*parts)[i];
        if (part[0].size() != 8) return std::nullopt;
        const std::uint32_t width = number_at(part[0], 0), height = number_at(part[0], 4);
        const auto large = size_of_plain_webp(part[1]), small = size_of_plain_webp(part[2]);
        if (!large || !small || width < 1 || width > static_cast<std::uint32_t>(pdf_page_width) || height < 1 ||
            height > static_cast<std::uint32_t>(pdf_page_height))
            return std::nullopt;
        PageRead page{{static_cast<int>(width), static_cast<int>(height)}, part[1], part[2], {}};
        if (large->width != page.size.width || large->height != page.size.height || small->width > preview_width)
            return std::nullopt;
        page.text = kernel::trim(plain(part[3], kernel::Lines::many, most_pdf_text));
        pages.push_back(std::move(page));
    }
    return pages;
}

std::optional<Letter> read_letter(std::string_view out) {
    const auto parts = parts_of(out, mail_parts + 4 * most_mail_listed);
    if (!parts || parts->size() < mail_parts || (parts->size() - mail_parts) % 4 != 0) return std::nullopt;
    const auto& part = *parts;
    const auto sort = digits<unsigned>(part[mail_sort]);
    if (!sort || *sort > static_cast<unsigned>(Letter::Sort::bounce)) return std::nullopt;
    if (part[mail_cut] != "0" && part[mail_cut] != "1") return std::nullopt;
    const auto line = [&](MailPart one) {
        return kernel::trim(plain(part[one], kernel::Lines::one, most_mail_header));
    };
    Letter letter;
    letter.message_id = line(mail_id);
    letter.subject = line(mail_subject);
    letter.from = line(mail_from);
    letter.from_name = line(mail_from_name);
    // Years 1 to 9999, which the calendar knows.
    if (const auto seconds = digits<std::int64_t>(part[mail_date]);
        seconds && *seconds > -62'135'596'800 && *seconds < 253'402'300'800)
        letter.date = kernel::Instant{*seconds * 1000};
    if (kernel::language_tag(part[mail_language])) letter.language = part[mail_language];
    letter.sort = static_cast<Letter::Sort>(*sort);
    letter.cut = part[mail_cut] == "1";
    letter.text = kernel::trim(plain(part[mail_text], kernel::Lines::many, most_mail_text));
    const std::string answers = line(mail_answers);
    for (const std::string_view id : kernel::split(answers, ' '))
        if (id.starts_with(own_letter)) letter.answers.emplace_back(id);
    for (std::size_t i = mail_parts; i < part.size(); i += 4) {
        auto file = read_attached(&part[i]);
        if (!file) return std::nullopt;
        letter.files.push_back(std::move(*file));
    }
    return letter;
}

}  // namespace files
