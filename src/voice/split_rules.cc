// A message that holds several matters: what a part may be, and when it is too late to put them together again.
#include <algorithm>

#include <kernel/text.h>

#include "rules.h"
#include "texts.h"

namespace voice::rules {
namespace {

using kernel::Code;
using kernel::invalid;
using kernel::refuse;

constexpr std::size_t max_kept_whole = 2000;

// The white space at this place, in bytes: the ideographic space is three.
std::size_t space_at(std::string_view text, std::size_t at) {
    if (at >= text.size()) return 0;
    const char c = text[at];
    if (c == ' ' || c == '\n' || c == '\t' || c == '\r') return 1;
    return text.substr(at).starts_with("\u3000") ? 3 : 0;
}
std::size_t spaces_at(std::string_view text, std::size_t at) {
    std::size_t n = 0;
    while (const std::size_t one = space_at(text, at + n)) n += one;
    return n;
}

std::string_view trimmed(std::string_view words) {
    words.remove_prefix(spaces_at(words, 0));
    std::size_t end = 0;
    for (std::size_t at = 0; at < words.size();) {
        const std::size_t wide = spaces_at(words, at);
        if (wide > 0)
            at += wide;
        else
            end = ++at;
    }
    return words.substr(0, end);
}

// How many bytes of the text from here on are these words; 0: they do not stand here.
std::size_t stand_at(std::string_view text, std::size_t from, std::string_view words) {
    std::size_t at = from;
    for (std::size_t i = 0; i < words.size();) {
        const std::size_t wide = spaces_at(words, i), there = spaces_at(text, at);
        if ((wide > 0) != (there > 0)) return 0;
        if (wide > 0) {
            i += wide, at += there;
            continue;
        }
        if (at >= text.size() || text[at] != words[i]) return 0;
        ++i, ++at;
    }
    return at - from;
}

std::optional<change::Passage> find(std::string_view text, std::string_view words) {
    for (std::size_t from = 0; from < text.size(); ++from)
        if (const std::size_t n = stand_at(text, from, words))
            return change::Passage{static_cast<std::int64_t>(from), static_cast<std::int64_t>(from + n)};
    return std::nullopt;
}

std::vector<std::string_view> pieces_of(std::string_view words) {
    std::vector<std::string_view> all;
    while (!words.empty()) {
        const std::size_t gap = words.find("\n\n");
        const std::string_view one = trimmed(words.substr(0, gap));
        if (!one.empty()) all.push_back(one);
        words = gap == words.npos ? std::string_view() : words.substr(gap + 2);
    }
    return all;
}

kernel::Error at(std::size_t nth, kernel::Error error, std::string_view field) {
    error.field = std::string(field) + "_" + std::to_string(nth);
    return error;
}

change::Counted due_of(const Case& c, Kind kind, const change::Counted& own, Today today) {
    if (kind == c.kind) return own;
    change::Counted by_kind = counted(today, kernel::local_day(c.received), today.casework.reply_term(name(kind)));
    return by_kind.due < own.due ? by_kind : own;
}

kernel::Checked check_part(const Case& c, std::size_t n, const PartAsked& asked, const routing::Table* table) {
    const PartDraft& d = asked.draft;
    if (d.title.empty()) return at(n, refuse(Code::invalid, "voice.part_title_missing"), "title");
    if (auto ok = kernel::check_length(d.title, "title", max_title); !ok) return at(n, ok.error(), "title");
    if (d.passage.empty()) return at(n, refuse(Code::invalid, "voice.passage_missing"), "passage");
    if (auto ok = listed(table, d.category, d.district); !ok) return at(n, ok.error(), ok.error().field);
    if (!d.district.empty() && c.audience != Audience::open)
        return at(n, refuse(Code::invalid, "voice.district_hidden"), "district");
    if (!d.unit) return {};
    if (!asked.unit || !asked.unit->open) return at(n, refuse(Code::invalid, "voice.unit_unknown"), "unit");
    if (!asked.under_actor) return at(n, refuse(Code::forbidden, "voice.not_yours"), "unit");
    return {};
}

}  // namespace

std::optional<std::vector<change::Passage>> passages(std::string_view text, std::string_view words) {
    const std::string_view all = trimmed(words);
    if (all.empty()) return std::nullopt;
    if (const auto one = find(text, all)) return std::vector{*one};
    std::vector<change::Passage> found;
    for (std::string_view piece : pieces_of(all)) {
        const auto one = find(text, piece);
        if (!one) return std::nullopt;
        found.push_back(*one);
    }
    return found;
}

kernel::Result<Splitting> split(const Case& c, const Who& who, const std::vector<PartAsked>& asked,
                                const std::optional<std::string>& text, bool has_joined, const change::Counted& own,
                                const routing::Table* table, Today today) {
    if (auto ok = may(Act::split, c, who); !ok) return ok.error();
    if (has_joined) return refuse(Code::conflict, "voice.has_joined");
    if (!text) return refuse(Code::conflict, "voice.split_erased");
    if (asked.size() < min_parts) return invalid("title_" + std::to_string(asked.size() + 1), "voice.parts_too_few");
    if (asked.size() > max_parts)
        return invalid("title_" + std::to_string(max_parts), "voice.parts_too_many",
                       {{"max", std::to_string(max_parts)}});
    Splitting made{{c.id, static_cast<int>(asked.size()), who.officer}, {}};
    for (std::size_t i = 0; i < asked.size(); ++i) {
        const PartDraft& d = asked[i].draft;
        if (auto ok = check_part(c, i + 1, asked[i], table); !ok) return ok.error();
        auto found = passages(*text, d.passage);
        if (!found) return at(i + 1, refuse(Code::invalid, "voice.passage_unknown"), "passage");
        change::SplitOff part;
        part.whole = c.id;
        part.nth = static_cast<int>(i + 1);
        part.kind = d.kind;
        part.passages = *std::move(found);
        part.reply = due_of(c, d.kind, own, today);
        part.overdue = c.overdue;
        part.unit = d.unit;
        part.day = today.day;
        if (table) {
            part.category = d.category;
            part.district = d.district;
        }
        part.by = who.officer;
        part.title = d.title;
        made.parts.push_back(std::move(part));
    }
    return made;
}

kernel::Checked parts_untouched(const std::vector<Case>& parts, bool has_joined) {
    const bool open =
        std::all_of(parts.begin(), parts.end(), [](const Case& part) { return part.open() && !part.answer; });
    if (!open || has_joined) return refuse(Code::conflict, "voice.part_touched");
    return {};
}

kernel::Result<change::PutTogether> put_together(const Case& c, const Who& who, const std::vector<Case>& parts,
                                                 bool has_joined, std::string_view reason) {
    if (auto ok = may(Act::put_together, c, who); !ok) return ok.error();
    if (auto ok = parts_untouched(parts, has_joined); !ok) return ok.error();
    if (auto ok = needed_text(reason, "reason", max_remark); !ok) return ok.error();
    return change::PutTogether{c.id, who.officer, std::string(reason)};
}

kernel::Result<change::KeptWhole> keep_whole(const Case& c, const Who& who, const std::vector<Case>& parts,
                                             bool has_joined, std::string_view reason) {
    if (auto ok = may(Act::keep_whole, c, who); !ok) return ok.error();
    if (auto ok = parts_untouched(parts, has_joined); !ok) return ok.error();
    if (auto ok = needed_text(reason, "reason", max_kept_whole); !ok) return ok.error();
    return change::KeptWhole{c.cycle, c.id, std::string(reason)};
}

}  // namespace voice::rules
