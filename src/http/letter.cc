// What a letter looks like as bytes: RFC 5322, RFC 2045, RFC 2047.
#include <algorithm>
#include <array>
#include <cstdio>
#include <stdexcept>

#include <kernel/bytes.h>
#include <kernel/text.h>

#include "mailer.h"

namespace http {
namespace {

constexpr std::size_t longest_address = 254, longest_local = 64, longest_label = 63;
constexpr std::size_t longest_line = 76;  // of quoted-printable text, RFC 2045 section 6.7
constexpr std::size_t encoded_bytes =
    36;  // of an encoded word: with the name of a header before it 76 characters hold it, RFC 2047

bool letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }
bool atom_char(char c) {
    return letter_or_digit(c) || std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
}

bool is_label(std::string_view label) {
    return !label.empty() && label.size() <= longest_label && label.front() != '-' && label.back() != '-' &&
           std::all_of(label.begin(), label.end(), [](char c) { return letter_or_digit(c) || c == '-'; });
}

bool is_atom(std::string_view atom) { return !atom.empty() && std::all_of(atom.begin(), atom.end(), atom_char); }

bool plain(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c < 0x7f; });
}

void need_one_line(std::string_view name, std::string_view value) {
    for (const char c : value)
        if (static_cast<unsigned char>(c) < ' ' || c == 0x7f)
            throw std::invalid_argument("a letter's " + std::string(name) + " holds a control character");
}

// One header's text: as it is where it is short and ASCII, else in encoded words, one on each line.
std::string encoded(std::string_view text) {
    if (plain(text) && text.size() <= 60 && text.find("=?") == text.npos) return std::string(text);
    std::string out;
    while (!text.empty()) {
        std::size_t n = std::min(text.size(), encoded_bytes);
        while (n > 0 && n < text.size() && (static_cast<unsigned char>(text[n]) & 0xC0) == 0x80) --n;
        out +=
            (out.empty() ? "=?UTF-8?B?" : "\r\n =?UTF-8?B?") + kernel::base64(kernel::view(text.substr(0, n))) + "?=";
        text.remove_prefix(n);
    }
    return out;
}

void add_header(std::string& out, std::string_view name, std::string_view value) {
    need_one_line(name, value);
    if (!plain(value)) throw std::invalid_argument("a letter's " + std::string(name) + " is not ASCII");
    out.append(name).append(": ").append(value).append("\r\n");
}

void add_text_header(std::string& out, std::string_view name, std::string_view text) {
    need_one_line(name, text);
    out.append(name).append(": ").append(encoded(text)).append("\r\n");
}

std::string from_of(const Letter& letter) {
    const std::string& name = letter.from_name;
    need_one_line("sender", name);
    const std::string address = "<" + letter.from + ">";
    if (name.empty()) return address;
    const std::string words = encoded(name);
    if (words != name) return words + "\r\n " + address;
    std::string quoted = "\"";
    for (const char c : name) {
        if (c == '"' || c == '\\') quoted += '\\';
        quoted += c;
    }
    return quoted + "\" " + address;
}

std::string date_header(kernel::Instant t) {
    constexpr std::array<const char*, 7> days = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array<const char*, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::string iso = kernel::iso(t);  // 2026-11-23T08:05:00Z
    const kernel::Day day = kernel::parse_day(iso.substr(0, 10)).value();
    const kernel::Date date = kernel::date(day);
    std::array<char, 48> text{};
    std::snprintf(text.data(), text.size(), "%s, %d %s %d %s +0000",
                  days[static_cast<std::size_t>(kernel::weekday(day))], date.day,
                  months[static_cast<std::size_t>(date.month - 1)], date.year, iso.substr(11, 8).c_str());
    return text.data();
}

// RFC 2045 section 6.7. Each line of the text stays one; longer ones are broken softly.
std::string quoted_printable(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    std::size_t column = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\n') {
            out += "\r\n";
            column = 0;
            continue;
        }
        const bool last = i + 1 == text.size() || text[i + 1] == '\n';
        const bool as_is = (c > ' ' && c < 0x7f && c != '=') || (c == ' ' && !last);
        const std::size_t width = as_is ? 1 : 3;
        if (column + width > longest_line - 1) {
            out += "=\r\n";
            column = 0;
        }
        if (as_is)
            out += c;
        else
            (out += '=')
                .append(1, digits[static_cast<unsigned char>(c) >> 4])
                .append(1, digits[static_cast<unsigned char>(c) & 15]);
        column += width;
    }
    if (column > 0) out += "\r\n";
    return out;
}

}  // namespace

bool mailable(std::string_view address) {
    const std::size_t at = address.rfind('@');
    if (at == address.npos || address.size() > longest_address || at > longest_local) return false;
    const auto atoms = kernel::split(address.substr(0, at), '.');
    const auto labels = kernel::split(address.substr(at + 1), '.');
    return labels.size() >= 2 && std::all_of(atoms.begin(), atoms.end(), is_atom) &&
           std::all_of(labels.begin(), labels.end(), is_label) &&
           std::any_of(labels.back().begin(), labels.back().end(), [](char c) { return c < '0' || c > '9'; });
}

std::string bytes_of(const Letter& letter) {
    if (!mailable(letter.from) || !mailable(letter.to)) throw std::invalid_argument("a letter's address is none");
    std::string out;
    add_header(out, "Date", date_header(letter.date));
    out.append("From: ").append(from_of(letter)).append("\r\n");
    add_header(out, "To", "<" + letter.to + ">");
    add_text_header(out, "Subject", letter.subject);
    add_header(out, "Message-ID", "<" + letter.message_id + ">");
    for (const auto& [name, value] : letter.more) {
        if (!is_atom(name) || name.find(':') != name.npos) throw std::invalid_argument("a letter's header has no name");
        add_header(out, name, value);
    }
    add_header(out, "MIME-Version", "1.0");
    if (!letter.lang.empty()) add_header(out, "Content-Language", letter.lang);
    add_header(out, "Content-Type", "text/plain; charset=utf-8");
    add_header(out, "Content-Transfer-Encoding", "quoted-printable");
    return out + "\r\n" + quoted_printable(letter.text);
}

}  // namespace http
