// Reads members of the facts of this feature's entries; for change.cc alone. All throw std::runtime_error where the
// facts are not what some version wrote.
#pragma once
#include <algorithm>
#include <stdexcept>

#include <kernel/bytes.h>

#include "change.h"

namespace voice::change {

using kernel::Json;

[[noreturn]] inline void contradiction(const std::string& what) {
    throw std::runtime_error("facts of a voice: " + what);
}

template <class T>
T must(std::optional<T> value, std::string_view member) {
    if (!value) contradiction(std::string(member));
    return *std::move(value);
}

inline VoiceId voice_in(const Json& f) { return VoiceId(f.need_integer("voice")); }
inline people::OfficerId by_in(const Json& f) { return people::OfficerId(f.need_integer("by")); }
inline people::CycleId cycle_in(const Json& f) { return people::CycleId(f.need_integer("cycle")); }
inline int number_in(const Json& f, std::string_view member) { return static_cast<int>(f.need_integer(member)); }
inline kernel::Day day_in(const Json& f, std::string_view member) {
    return must(kernel::parse_day(f.need_string(member)), member);
}
inline Ground ground_in(const Json& f) { return must(parse_ground(f.need_string("ground")), "ground"); }
inline Kind kind_in(const Json& f) { return must(parse_kind(f.need_string("kind")), "kind"); }
inline Held held_in(const Json& f) { return {ground_in(f), day_in(f, "until")}; }

template <class T>
std::optional<T> id_in(const Json& f, std::string_view member) {
    const std::int64_t* value = f[member].integer();
    return value ? std::optional(T(*value)) : std::nullopt;
}

inline std::optional<kernel::Day> day_or_none(const Json& f, std::string_view member) {
    return f[member].string() ? std::optional(day_in(f, member)) : std::nullopt;
}

inline std::optional<std::string> text_in(const Json& f, std::string_view member) {
    return f[member].string() ? std::optional(*f[member].string()) : std::nullopt;
}

inline std::optional<bool> flag_in(const Json& f, std::string_view member) {
    return f[member].is_null() ? std::nullopt : std::optional(f.need_boolean(member));
}

inline std::optional<std::string> word(const ledger::Entry& entry, std::string_view member) {
    if (!entry.words) return std::nullopt;
    const std::string* text = (*entry.words)[member].string();
    return text ? std::optional(*text) : std::nullopt;
}

inline Shown shown_in(const Json& f) {
    for (Shown one : {Shown::held, Shown::published, Shown::unit_only, Shown::hidden})
        if (name(one) == f.need_string("shown")) return one;
    contradiction("shown");
}

inline std::vector<kernel::Day> days_in(const Json& f, std::string_view member) {
    std::vector<kernel::Day> days;
    for (const Json& one : f.need_array(member)) {
        if (!one.string()) contradiction(std::string(member));
        days.push_back(must(kernel::parse_day(*one.string()), member));
    }
    return days;
}

// "days" are working days from the day after; all else says its whole term.
inline deadline::Term term_in(const Json& counted) {
    if (counted["days"].integer())
        return {deadline::Unit::working_days, number_in(counted, "days"), deadline::First::next_day,
                deadline::Ending::as_it_falls};
    const Json alone = Json::Object{{"term", counted["term"]}};
    deadline::JsonReader in(alone);
    const deadline::Term term = in.term("term");
    if (!in.finish()) contradiction("term");
    return term;
}

inline Counted counted_in(const Json& f, std::string_view member) {
    const Json& c = f[member];
    Counted counted;
    counted.from = day_in(c, "from");
    counted.term = term_in(c);
    counted.calendar = c.need_string("calendar");
    counted.closed = days_in(c, "closed");
    counted.worked = days_in(c, "worked");
    counted.due = day_in(c, "due");
    counted.late = day_in(c, "late");
    counted.beyond = c["beyond"].is_null() ? false : c.need_boolean("beyond");
    counted.look = day_or_none(c, "look");
    for (const Json& weekday : c.need_array("weekend")) {
        if (!weekday.integer()) contradiction("weekend");
        counted.weekend.insert(static_cast<int>(*weekday.integer()));
    }
    return counted;
}

inline Terms terms_in(const Json& f) {
    const Json& t = f["terms"];
    return {number_in(t, "reply_days"), number_in(t, "extension_days"), number_in(t, "ask_back_days"),
            number_in(t, "rating_days"), number_in(t, "superior_at")};
}

inline kernel::Hash hash_in(const Json& f, std::string_view member) {
    const std::optional<kernel::Bytes> bytes = kernel::parse_hex(f.need_string(member));
    kernel::Hash hash{};
    if (!bytes || bytes->size() != hash.size()) contradiction(std::string(member));
    std::copy(bytes->begin(), bytes->end(), hash.begin());
    return hash;
}

inline std::string text_or_empty(const Json& words, std::string_view member) {
    const std::string* text = words[member].string();
    return text ? *text : std::string();
}

inline std::optional<Words> words_in(const ledger::Entry& entry) {
    if (!entry.words) return std::nullopt;
    const Json& w = *entry.words;
    Words words{text_or_empty(w, "title"),    w.need_string("text"), text_or_empty(w, "place"),
                text_or_empty(w, "position"), w.need_string("lang"), {}};
    if (w["papers"].array())
        for (const Json& one : *w["papers"].array()) {
            Paper paper{{}, one.need_string("about")};
            for (const Json& p : one.need_array("pages"))
                paper.pages.push_back({hash_in(p, "picture"), hash_in(p, "preview"), number_in(p, "width"),
                                       number_in(p, "height"), p.need_string("text")});
            words.papers.push_back(std::move(paper));
        }
    if (!w["pictures"].array()) return words;
    for (const Json& p : *w["pictures"].array())
        words.pictures.push_back({hash_in(p, "picture"), hash_in(p, "preview"), number_in(p, "width"),
                                  number_in(p, "height"), p.need_string("about")});
    return words;
}

}  // namespace voice::change
