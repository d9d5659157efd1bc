#include "change.h"

#include <algorithm>
#include <stdexcept>

#include <kernel/bytes.h>

namespace voice::change {
namespace {

using kernel::Json;

[[noreturn]] void contradiction(const std::string& what) { throw std::runtime_error("facts of a voice: " + what); }

template <class T>
T must(std::optional<T> value, std::string_view member) {
    if (!value) contradiction(std::string(member));
    return *std::move(value);
}

VoiceId voice_in(const Json& f) { return VoiceId(f.need_integer("voice")); }
people::OfficerId by_in(const Json& f) { return people::OfficerId(f.need_integer("by")); }
people::CycleId cycle_in(const Json& f) { return people::CycleId(f.need_integer("cycle")); }
int number_in(const Json& f, std::string_view member) { return static_cast<int>(f.need_integer(member)); }
kernel::Day day_in(const Json& f, std::string_view member) {
    return must(kernel::parse_day(f.need_string(member)), member);
}
Ground ground_in(const Json& f) { return must(parse_ground(f.need_string("ground")), "ground"); }
Kind kind_in(const Json& f) { return must(parse_kind(f.need_string("kind")), "kind"); }
Held held_in(const Json& f) { return {ground_in(f), day_in(f, "until")}; }

template <class T>
std::optional<T> id_in(const Json& f, std::string_view member) {
    const std::int64_t* value = f[member].integer();
    return value ? std::optional(T(*value)) : std::nullopt;
}

std::optional<kernel::Day> day_or_none(const Json& f, std::string_view member) {
    return f[member].string() ? std::optional(day_in(f, member)) : std::nullopt;
}

std::optional<bool> flag_in(const Json& f, std::string_view member) {
    return f[member].is_null() ? std::nullopt : std::optional(f.need_boolean(member));
}

std::optional<std::string> word(const ledger::Entry& entry, std::string_view member) {
    if (!entry.words) return std::nullopt;
    const std::string* text = (*entry.words)[member].string();
    return text ? std::optional(*text) : std::nullopt;
}

Shown shown_in(const Json& f) {
    for (Shown one : {Shown::held, Shown::published, Shown::unit_only, Shown::hidden})
        if (name(one) == f.need_string("shown")) return one;
    contradiction("shown");
}

std::vector<kernel::Day> days_in(const Json& f, std::string_view member) {
    std::vector<kernel::Day> days;
    for (const Json& one : f.need_array(member)) {
        if (!one.string()) contradiction(std::string(member));
        days.push_back(must(kernel::parse_day(*one.string()), member));
    }
    return days;
}

Counted counted_in(const Json& f, std::string_view member) {
    const Json& c = f[member];
    Counted counted{day_in(c, "from"),    number_in(c, "days"), c.need_string("calendar"), {},
                    days_in(c, "closed"), days_in(c, "worked"), day_in(c, "due"),          day_in(c, "late")};
    for (const Json& weekday : c.need_array("weekend")) {
        if (!weekday.integer()) contradiction("weekend");
        counted.weekend.insert(static_cast<int>(*weekday.integer()));
    }
    return counted;
}

Terms terms_in(const Json& f) {
    const Json& t = f["terms"];
    return {number_in(t, "reply_days"), number_in(t, "extension_days"), number_in(t, "ask_back_days"),
            number_in(t, "rating_days"), number_in(t, "superior_at")};
}

kernel::Hash hash_in(const Json& f, std::string_view member) {
    const std::optional<kernel::Bytes> bytes = kernel::parse_hex(f.need_string(member));
    kernel::Hash hash{};
    if (!bytes || bytes->size() != hash.size()) contradiction(std::string(member));
    std::copy(bytes->begin(), bytes->end(), hash.begin());
    return hash;
}

std::string text_or_empty(const Json& words, std::string_view member) {
    const std::string* text = words[member].string();
    return text ? *text : std::string();
}

std::optional<Words> words_in(const ledger::Entry& entry) {
    if (!entry.words) return std::nullopt;
    const Json& w = *entry.words;
    Words words{text_or_empty(w, "title"),    w.need_string("text"), text_or_empty(w, "place"),
                text_or_empty(w, "position"), w.need_string("lang"), {}};
    if (!w["pictures"].array()) return words;
    for (const Json& p : *w["pictures"].array())
        words.pictures.push_back({hash_in(p, "picture"), hash_in(p, "preview"), number_in(p, "width"),
                                  number_in(p, "height"), p.need_string("about")});
    return words;
}

Change received_in(const ledger::Entry& e) {
    const Json& f = e.facts;
    Received c;
    c.cycle = cycle_in(f);
    c.kind = kind_in(f);
    c.audience = must(parse_audience(f.need_string("audience")), "audience");
    c.shown = shown_in(f);
    c.way = must(parse_way(f.need_string("way")), "way");
    c.reply = counted_in(f, "reply");
    c.accept_late = day_in(f, "accept_late");
    c.terms = terms_in(f);
    if (f["held"].object()) c.held = held_in(f["held"]);
    c.photos = number_in(f, "photos");
    c.by_staff = f.need_boolean("by_staff");
    c.sample = f.need_boolean("sample");
    c.typist = id_in<people::OfficerId>(f, "typist");
    c.speaker = f.need_string("speaker");
    c.masked = e.v == 1;
    c.words = words_in(e);
    return c;
}

Change imported_in(const ledger::Entry& e) {
    const Json& f = e.facts;
    Imported c{
        cycle_in(f), kind_in(f), f.need_string("source"), day_or_none(f, "said_on"), f.need_boolean("sample"), {},
        0,           words_in(e)};
    if (f["file"].string()) {
        c.file = f.need_string("file");
        c.row = f.need_integer("row");
    }
    return c;
}

std::vector<std::string> names_in(const Json& f) {
    std::vector<std::string> names;
    for (const Json& one : f.need_array("names")) {
        if (!one.string()) contradiction("names");
        names.push_back(*one.string());
    }
    return names;
}

Change corrected_in(const ledger::Entry& e) {
    const Json& f = e.facts;
    Corrected c{voice_in(f), f.need_integer("entry"), {}, {}, day_or_none(f, "promised"), by_in(f), word(e, "reason")};
    if (f["kind"].string()) c.kind = kind_in(f);
    if (f["answer"].string()) c.answer = must(parse_answer(f.need_string("answer")), "answer");
    return c;
}

Change word_added_in(const ledger::Entry& e) {
    const Json& f = e.facts;
    return WordAdded{cycle_in(f), voice_in(f),
                     f["resumed"].object() ? std::optional(counted_in(f, "resumed")) : std::nullopt, word(e, "text")};
}

Change late_in(const Json& f) {
    const std::string& duty = f.need_string("duty");
    if (duty != "accept" && duty != "reply") contradiction("duty");
    return Late{voice_in(f), duty == "accept" ? Duty::accept : Duty::reply, number_in(f, "days"), day_in(f, "next")};
}

struct Decoder {
    std::string_view kind;
    Change (*read)(const ledger::Entry&);
    int newest = 1;  // version
};

using E = const ledger::Entry&;
// Sorted as the Changes are in change.h; the commonest come first.
constexpr Decoder decoders[] = {
    {"voice.received", received_in, 2},
    {"voice.imported", imported_in},
    {"voice.published",
     [](E e) -> Change {
         return Published{voice_in(e.facts), by_in(e.facts)};
     }},
    {"voice.held",
     [](E e) -> Change {
         return PutOnHold{voice_in(e.facts), held_in(e.facts), by_in(e.facts), word(e, "remark")};
     }},
    {"voice.hidden",
     [](E e) -> Change {
         return Hidden{voice_in(e.facts), ground_in(e.facts), id_in<VoiceId>(e.facts, "master"), by_in(e.facts),
                       word(e, "remark")};
     }},
    {"voice.shown_again",
     [](E e) -> Change {
         return ShownAgain{voice_in(e.facts), id_in<std::int64_t>(e.facts, "appeal"), by_in(e.facts),
                           word(e, "remark")};
     }},
    {"voice.appeal_refused",
     [](E e) -> Change {
         return AppealRefused{voice_in(e.facts), e.facts.need_integer("appeal"), by_in(e.facts), word(e, "remark")};
     }},
    {"voice.reported",
     [](E e) -> Change {
         return Reported{cycle_in(e.facts), voice_in(e.facts), ground_in(e.facts), word(e, "remark")};
     }},
    {"voice.report_decided",
     [](E e) -> Change {
         return ReportDecided{voice_in(e.facts), e.facts.need_integer("report"), e.facts.need_boolean("hidden"),
                              by_in(e.facts), word(e, "remark")};
     }},
    {"voice.assigned",
     [](E e) -> Change {
         return Assigned{voice_in(e.facts), people::UnitId(e.facts.need_integer("unit")),
                         id_in<people::OfficerId>(e.facts, "officer"), day_in(e.facts, "day"), by_in(e.facts)};
     }},
    {"voice.bounced",
     [](E e) -> Change {
         return Bounced{voice_in(e.facts), people::UnitId(e.facts.need_integer("unit")), by_in(e.facts),
                        word(e, "reason")};
     }},
    {"voice.asked_back",
     [](E e) -> Change {
         return AskedBack{voice_in(e.facts), day_in(e.facts, "day"), day_in(e.facts, "until"), by_in(e.facts),
                          word(e, "question")};
     }},
    {"voice.resumed",
     [](E e) -> Change {
         return Resumed{voice_in(e.facts), counted_in(e.facts, "reply")};
     }},
    {"voice.answered",
     [](E e) -> Change {
         return Answered{voice_in(e.facts),
                         must(parse_answer(e.facts.need_string("answer")), "answer"),
                         day_or_none(e.facts, "promised"),
                         day_in(e.facts, "term"),
                         by_in(e.facts),
                         word(e, "text")};
     }},
    {"voice.extended",
     [](E e) -> Change {
         return Extended{voice_in(e.facts), counted_in(e.facts, "reply"), by_in(e.facts), word(e, "reason")};
     }},
    {"voice.late", [](E e) -> Change { return late_in(e.facts); }},
    {"voice.closed",
     [](E e) -> Change {
         return Closed{voice_in(e.facts), true};
     }},
    {"voice.closed_unrated",
     [](E e) -> Change {
         return Closed{voice_in(e.facts), false};
     }},
    {"voice.corrected", corrected_in},
    {"voice.word_added", word_added_in},
    {"voice.rated",
     [](E e) -> Change {
         return Rated{cycle_in(e.facts),           voice_in(e.facts),       e.facts.need_boolean("solved"),
                      number_in(e.facts, "stars"), day_in(e.facts, "term"), word(e, "text")};
     }},
    {"voice.reopened",
     [](E e) -> Change {
         return Reopened{cycle_in(e.facts),
                         voice_in(e.facts),
                         number_in(e.facts, "nth"),
                         id_in<people::UnitId>(e.facts, "superior"),
                         counted_in(e.facts, "reply"),
                         word(e, "reason")};
     }},
    {"voice.withdrawn",
     [](E e) -> Change {
         return Withdrawn{cycle_in(e.facts), voice_in(e.facts), e.facts.need_boolean("unit_asked")};
     }},
    {"voice.appealed",
     [](E e) -> Change {
         return Appealed{cycle_in(e.facts), voice_in(e.facts), e.facts.need_integer("of"), word(e, "reason")};
     }},
    {"voice.joined",
     [](E e) -> Change {
         return Joined{voice_in(e.facts), VoiceId(e.facts.need_integer("master")),
                       id_in<people::UnitId>(e.facts, "unit"), by_in(e.facts), word(e, "reason")};
     }},
    {"voice.due_sooner",
     [](E e) -> Change {
         return DueSooner{voice_in(e.facts), VoiceId(e.facts.need_integer("joined")), counted_in(e.facts, "reply"),
                          by_in(e.facts)};
     }},
    {"voice.parted",
     [](E e) -> Change {
         return Parted{voice_in(e.facts), by_in(e.facts), word(e, "reason")};
     }},
    {"voice.kept_apart",
     [](E e) -> Change {
         return KeptApart{cycle_in(e.facts), voice_in(e.facts), word(e, "reason")};
     }},
    {"voice.answered_with",
     [](E e) -> Change {
         return AnsweredWith{voice_in(e.facts),
                             VoiceId(e.facts.need_integer("master")),
                             e.facts.need_integer("of"),
                             id_in<people::UnitId>(e.facts, "unit"),
                             must(parse_answer(e.facts.need_string("answer")), "answer"),
                             day_or_none(e.facts, "promised"),
                             day_in(e.facts, "term")};
     }},
    {"voice.agreement_said",
     [](E e) -> Change {
         return AgreementSaid{cycle_in(e.facts), voice_in(e.facts), e.facts.need_boolean("agrees"), word(e, "text")};
     }},
    {"voice.agreement_judged",
     [](E e) -> Change {
         return AgreementJudged{cycle_in(e.facts), voice_in(e.facts), e.facts.need_boolean("kept"), word(e, "text")};
     }},
    {"voice.agreement_found",
     [](E e) -> Change {
         return AgreementFound{voice_in(e.facts), flag_in(e.facts, "kept"), by_in(e.facts), word(e, "reason")};
     }},
    {"voice.found_open",
     [](E e) -> Change {
         return FoundOpen{voice_in(e.facts), e.facts.need_integer("look"), id_in<people::UnitId>(e.facts, "unit"),
                          counted_in(e.facts, "reply")};
     }},
    {"voice.places_listed", [](E e) -> Change { return PlacesListed{names_in(e.facts)}; }},
    {"voice.seal_made", [](E e) -> Change { return SealMade{hash_in(e.facts, "key")}; }},
};

}  // namespace

Change decode(const ledger::Entry& entry) {
    for (const Decoder& one : decoders) {
        if (one.kind != entry.kind) continue;
        if (entry.v >= 1 && entry.v <= one.newest) return one.read(entry);
        throw std::runtime_error("entry " + std::to_string(entry.index) + ": " + entry.kind + " has unknown version " +
                                 std::to_string(entry.v));
    }
    throw std::runtime_error("entry " + std::to_string(entry.index) + ": not of voice: " + entry.kind);
}

}  // namespace voice::change
