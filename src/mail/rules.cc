#include "rules.h"

#include <algorithm>
#include <array>

#include <files/mail.h>
#include <kernel/code.h>
#include <kernel/id.h>
#include <kernel/text.h>

namespace mail::rules {
namespace {

constexpr std::size_t mac_bytes = 12;
constexpr std::string_view mark_begin = "##-", mark_end = "-##";

bool digit(char c) { return c >= '0' && c <= '9'; }

// A line, without what stands around it.
std::string_view bare(std::string_view line) {
    const std::size_t begin = line.find_first_not_of(" \t\r");
    if (begin == line.npos) return {};
    return line.substr(begin, line.find_last_not_of(" \t\r") - begin + 1);
}

bool is_quoted(std::string_view line) { return bare(line).starts_with('>'); }

bool is_mark(std::string_view line) {
    const std::size_t begin = line.find(mark_begin);
    return begin != line.npos && line.find(mark_end, begin + mark_begin.size()) != line.npos;
}

// What programs put before the mail they quote: a line of dashes, its sender and day, "Ming wrote:".
bool introduces(std::string_view line) {
    line = bare(line);
    if (line.empty()) return true;
    if (line.starts_with("-----") || line.starts_with("_____")) return true;
    constexpr std::string_view fields[] = {
        "From:", "Sent:", "To:",  "Cc:",    "Date:",  "Subject:", "Reply-To:", "发件人",   "发送时间", "收件人",
        "抄送",  "主题",  "日期", "寄件者", "寄件人", "收件者",   "傳送時間",  "寄件日期", "副本",     "主旨"};
    return std::any_of(std::begin(fields), std::end(fields), [&](std::string_view f) { return line.starts_with(f); });
}

bool ends_an_introduction(std::string_view line) {
    line = bare(line);
    return line.ends_with(':') || line.ends_with("：");
}

bool names_a_day(std::string_view line) {
    line = bare(line);
    constexpr std::string_view words[] = {"On ", "在", "于", "於"};
    return std::any_of(std::begin(words), std::end(words), [&](std::string_view w) { return line.starts_with(w); });
}

// Off the end of what was written before a quotation.
void drop_introduction(std::vector<std::string_view>& lines) {
    const auto drop_while = [&](auto is) {
        while (!lines.empty() && is(lines.back())) lines.pop_back();
    };
    drop_while(introduces);
    if (lines.empty() || !ends_an_introduction(lines.back())) return;
    // "On Monday, The Office <office@example.org> wrote:", perhaps in two lines.
    const bool two = !names_a_day(lines.back()) && lines.size() > 1 && names_a_day(lines[lines.size() - 2]);
    if (!two && !names_a_day(lines.back()) && lines.back().find('@') == std::string_view::npos) return;
    lines.resize(lines.size() - (two ? 2 : 1));
    drop_while(introduces);
}

std::string mac_of(kernel::View server_key, VoiceId id) {
    const kernel::Hash key = kernel::hmac_sha256(server_key, kernel::view("huiyin mail letter v1"));
    const kernel::Hash mac = kernel::hmac_sha256(key, kernel::view(std::to_string(id.value())));
    return kernel::hex(kernel::View(mac).first(mac_bytes));
}

std::string count_words(page::Lang lang, std::string_view key, std::int64_t n) {
    return page::say(lang, key, {{"n", page::number(lang, n)}});
}

}  // namespace

std::string_view name(Why why) {
    constexpr std::string_view names[] = {"automatic", "bulk",      "bounce", "own",      "empty",
                                          "broken",    "too_large", "heavy",  "too_many", "unfit"};
    return names[static_cast<std::size_t>(why)];
}

std::optional<Why> why_of(std::string_view key) {
    if (key == "files.mail_empty") return Why::empty;
    if (key == "files.mail_too_large") return Why::too_large;
    if (key == "files.mail_heavy") return Why::heavy;
    if (key == "files.mail_broken") return Why::broken;
    return std::nullopt;
}

std::optional<Why> not_by_a_person(const files::Letter& letter, const std::vector<std::string>& own_addresses) {
    using Sort = files::Letter::Sort;
    switch (letter.sort) {
        case Sort::automatic:
            return Why::automatic;
        case Sort::bulk:
            return Why::bulk;
        case Sort::bounce:
            return Why::bounce;
        case Sort::person:
            break;
    }
    const std::string from = folded(letter.from);
    const bool own = std::any_of(own_addresses.begin(), own_addresses.end(),
                                 [&](const std::string& one) { return folded(one) == from; });
    return own && !from.empty() ? std::optional(Why::own) : std::nullopt;
}

std::string origin_of(const files::Letter& letter, const kernel::Hash& body) {
    const std::string content = kernel::hex(body);
    if (!letter.message_id.empty()) return "id\n" + letter.message_id + "\n" + content;
    return "content\n" + letter.from + "\n" + (letter.date ? kernel::iso(*letter.date) : std::string()) + "\n" +
           letter.subject + "\n" + content;
}

std::string letter_id(kernel::View server_key, VoiceId id, std::string_view host) {
    return std::string(files::own_letter) + std::to_string(id.value()) + "." + mac_of(server_key, id) + "@" +
           std::string(host);
}

std::optional<VoiceId> answered(kernel::View server_key, std::string_view id) {
    if (!id.starts_with(files::own_letter)) return std::nullopt;
    id.remove_prefix(files::own_letter.size());
    const std::size_t dot = id.find('.');
    if (dot == id.npos) return std::nullopt;
    const auto number = kernel::parse_index(id.substr(0, dot));
    if (!number) return std::nullopt;
    const std::string right = mac_of(server_key, VoiceId(*number));
    if (!kernel::equal_in_constant_time(kernel::view(right), kernel::view(id.substr(dot + 1)))) return std::nullopt;
    return VoiceId(*number);
}

std::string host_of(std::string_view site) {
    const std::size_t scheme = site.find("://");
    const std::string_view rest = scheme == site.npos ? site : site.substr(scheme + 3);
    return std::string(rest.substr(0, rest.find_first_of(":/")));
}

std::string folded(std::string_view address) {
    std::string out(address);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

std::string mark_line(page::Lang lang) {
    return std::string(mark_begin) + " " + page::say(lang, "mail.letter_above") + " " + std::string(mark_end);
}

std::string own_part(std::string_view text) {
    std::vector<std::string_view> kept;
    bool quoting = false;
    for (const std::string_view line : kernel::split(text, '\n')) {
        const bool mark = is_mark(line), quoted = is_quoted(line);
        if (mark || quoted) {
            if (!quoting) drop_introduction(kept);
            quoting = true;
            if (mark && !quoted) break;
            continue;
        }
        quoting = quoting && bare(line).empty();
        kept.push_back(line);
    }
    std::string out;
    for (const std::string_view line : kept) out.append(line).append("\n");
    return kernel::trim(out);
}

std::vector<Span> like_codes(std::string_view text) {
    constexpr std::size_t digits_of_code = 25;
    std::vector<Span> all;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (!digit(text[at]) || (at > 0 && digit(text[at - 1]))) continue;
        Span span{at, at, {}};
        std::size_t next = at, between = 0;
        for (; next < text.size() && span.digits.size() < digits_of_code; ++next) {
            if (digit(text[next])) {
                span.digits += text[next];
                span.end = next + 1;
                between = 0;
            } else if (++between > 4 || std::string_view(" -\t\r\n>").find(text[next]) == std::string_view::npos) {
                break;
            }
        }
        if (span.digits.size() < digits_of_code || (span.end < text.size() && digit(text[span.end]))) continue;
        at = span.end - 1;
        all.push_back(std::move(span));
    }
    return all;
}

std::string words_of(page::Lang lang, const LeftOut& left) {
    if (!left.any()) return {};
    std::string out = page::say(lang, "mail.left_out");
    const auto add = [&](std::string_view key, std::int64_t n) {
        if (n > 0) out += "\n- " + count_words(lang, key, n);
    };
    add("mail.left_characters", static_cast<std::int64_t>(left.characters));
    if (left.text) out += "\n- " + page::say(lang, "mail.left_text");
    add("mail.left_photos", left.photos);
    add("mail.left_documents", left.documents);
    add("mail.left_large", left.large);
    add("mail.left_others", left.others);
    return out;
}

std::string fitted(page::Lang lang, std::string_view text, LeftOut& left, std::size_t most) {
    const auto with = [&](std::string_view kept) {
        const std::string words = words_of(lang, left);
        return words.empty() ? std::string(kept) : std::string(kept) + "\n\n[" + words + "]";
    };
    std::string whole = with(text);
    const std::size_t length = kernel::code_points(text);
    if (kernel::code_points(whole) <= most) return whole;
    // Room for the note, whose length hangs on the number that stands in it.
    left.characters = length;
    const std::size_t note = kernel::code_points(with(""));
    const std::size_t room = most > note ? most - note : 0;
    left.characters = length - std::min(room, length);
    return with(kernel::first_code_points(text, room));
}

std::optional<kernel::Instant> try_again(kernel::Instant now, int failures) {
    constexpr std::int64_t minute = 60'000, hour = 60 * minute;
    constexpr std::array waits = {minute / 2, 5 * minute, 30 * minute, 2 * hour, 8 * hour, 24 * hour, 24 * hour};
    const auto nth = static_cast<std::size_t>(std::max(failures, 1) - 1);
    if (nth >= waits.size()) return std::nullopt;
    return now + waits[nth];
}

std::int64_t relay_pause_ms(int failures) {
    constexpr std::int64_t longest = 15 * 60'000;
    std::int64_t pause = 2'000;
    for (int i = 1; i < failures && pause < longest; ++i) pause *= 2;
    return std::min(pause, longest);
}

}  // namespace mail::rules
