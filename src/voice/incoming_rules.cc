#include <algorithm>

#include <kernel/text.h>

#include "rules.h"
#include "texts.h"

namespace voice::rules {
namespace {

using kernel::Checked;
using kernel::invalid;
using people::Role;

bool digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// "-12.3456": at most `whole` digits before the point, four behind it, and no farther from zero than `most` degrees.
bool coordinate(std::string_view text, int most) {
    if (text.starts_with('-')) text.remove_prefix(1);
    const std::size_t point = text.find('.');
    const std::string_view whole = text.substr(0, point);
    const std::string_view rest = point == std::string_view::npos ? std::string_view() : text.substr(point + 1);
    if (!digits(whole) || whole.size() > 3) return false;
    if (point != std::string_view::npos && (!digits(rest) || rest.size() > 4)) return false;
    const int degrees = std::stoi(std::string(whole));
    return degrees < most ||
           (degrees == most && std::all_of(rest.begin(), rest.end(), [](char c) { return c == '0'; }));
}

Checked check_words(const Draft& d, std::size_t text_limit, std::size_t title_limit) {
    if (auto ok = needed_text(d.text, "text", text_limit); !ok) return ok;
    if (auto ok = kernel::check_length(d.title, "title", title_limit); !ok) return ok;
    if (auto ok = kernel::check_length(d.place, "place", max_place); !ok) return ok;
    if (!valid_language(d.lang)) return invalid("lang", "voice.language_unknown");
    if (d.position && !valid_position(*d.position)) return invalid("position", "voice.position_malformed");
    return {};
}

Checked check_way(const Draft& d, const Who& who) {
    if (d.way == Way::web) return {};
    // The program's own readers of other channels set one of these; no form can.
    if (d.way == Way::email && !d.origin.empty()) return {};
    if (d.way == Way::open311 && !d.client.empty()) return {};
    if (who.officer && !who.active) return kernel::refuse(kernel::Code::forbidden, "people.account_closed");
    const bool may_type = who.officer && (who.has(Role::officer) || who.has(Role::head) || who.has(Role::clerk));
    if (!may_type) return kernel::Error{kernel::Code::forbidden, "voice.way_needs_staff", "way", {}};
    return {};
}

// What the table in force lets people choose, whether they did or not; the district only of what everybody may read.
void choose(const Draft& d, const routing::Table* table, change::Received& c) {
    if (!table) return;
    c.table = table->id.value();
    c.category = d.category;
    if (c.shown != Shown::unit_only) c.district = d.district;
}

// The clock looks whether a unit has it. The entry says when, where that is not the first day on which it is late.
void count_acceptance(Today today, change::Received& c) {
    const deadline::Duty& accept = today.casework.accept;
    const deadline::Counted until = deadline::count(today.calendar, today.day, accept.term);
    c.accept_late = until.late;
    const auto look = next_look(accept, today.day, until.due, today);
    if (look && *look < c.accept_late) c.accept_look = look;
}

change::Words words_of(const Draft& d) {
    return {d.title, d.text, d.place, d.position.value_or(""), d.lang, d.photos, d.papers};
}

}  // namespace

bool valid_position(std::string_view text) {
    const std::size_t comma = text.find(',');
    if (comma == std::string_view::npos) return false;
    return coordinate(text.substr(0, comma), 90) && coordinate(text.substr(comma + 1), 180);
}

bool valid_language(std::string_view tag) {
    return tag.size() >= 2 && tag.size() <= 35 && std::all_of(tag.begin(), tag.end(), [](char c) {
               return c == '-' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
           });
}

kernel::Result<change::Received> receive(const Draft& d, const Incoming& in) {
    if (d.about_person)
        return in.contact.empty() ? invalid("about_person", "voice.about_person_unsaid")
                                  : invalid("about_person", "voice.about_person", {{"contact", in.contact}});
    if (auto ok = check_way(d, in.who); !ok) return ok.error();
    if (auto ok = check_words(d, max_text, max_title); !ok) return ok.error();
    if (!in.place_known) return invalid("place", "voice.place_unknown");
    if (auto ok = listed(in.table, d.category, d.district); !ok) return ok.error();
    if (d.photos.size() + d.papers.size() > max_photos)
        return invalid("photos", "voice.photos_too_many", {{"max", std::to_string(max_photos)}});

    change::Received c;
    c.cycle = d.cycle;
    c.kind = d.kind;
    c.audience = d.audience;
    c.way = d.way;
    c.preset = in.preset;
    if (c.preset == 0) c.terms = in.terms;
    c.reply = counted(in.today, d.arrived ? std::min(*d.arrived, in.today.day) : in.today.day,
                      in.today.casework.reply_term(name(d.kind)));
    count_acceptance(in.today, c);
    c.client = d.client;
    c.photos = static_cast<int>(d.photos.size());
    c.papers = static_cast<int>(d.papers.size());
    c.by_staff = d.way == Way::web && in.who.officer;
    c.sample = d.sample;
    if (by_hand(d.way)) c.typist = d.typist ? *d.typist : in.who.officer;
    c.words = words_of(d);
    c.shown = d.audience == Audience::unit_only ? Shown::unit_only : Shown::published;
    if (c.shown == Shown::published && in.personal_numbers) {
        c.shown = Shown::held;
        c.held = change::Held{Ground::personal_data,
                              kernel::add_working_days(in.today.calendar, in.today.day, in.hold_days)};
    }
    choose(d, in.table, c);
    return c;
}

std::optional<change::Assigned> routed(VoiceId id, const change::Received& c, const routing::Table& table,
                                       kernel::Day today) {
    const auto to = table.sheet->route(c.category.value_or(""), c.district.value_or(""), name(c.kind));
    if (!to) return std::nullopt;
    return change::Assigned{
        id, to->unit, {}, today, {}, table.id.value(), static_cast<std::int64_t>(to->row), to->returnable};
}

kernel::Checked listed(const routing::Table* table, std::string_view category, std::string_view district) {
    if (!category.empty() && !(table && table->sheet->has_category(category)))
        return invalid("category", "voice.category_unknown");
    if (!district.empty() && !(table && table->sheet->has_district(district)))
        return invalid("district", "voice.district_unknown");
    return {};
}

kernel::Result<change::Imported> import(const Draft& d) {
    if (d.source.empty()) return invalid("source", "voice.import_no_source");
    if (auto ok = kernel::check_length(d.source, "source", max_remark); !ok) return ok.error();
    if (auto ok = check_words(d, max_imported, max_imported_title); !ok) return ok.error();
    change::Imported c;
    c.cycle = d.cycle;
    c.kind = d.kind;
    c.source = d.source;
    c.said_on = d.said_on;
    c.sample = d.sample;
    c.words = words_of(d);
    return c;
}

}  // namespace voice::rules
