#include "facts.h"

namespace voice::change {
namespace {

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
    if (e.v < 3 || f["preset"].is_null()) c.terms = terms_in(f);
    if (f["held"].object()) c.held = held_in(f["held"]);
    c.photos = number_in(f, "photos");
    c.by_staff = f.need_boolean("by_staff");
    c.sample = f.need_boolean("sample");
    c.typist = id_in<people::OfficerId>(f, "typist");
    c.speaker = f.need_string("speaker");
    c.masked = e.v == 1;
    c.words = words_in(e);
    if (e.v < 3) return c;
    c.preset = f["preset"].is_null() ? 0 : f.need_integer("preset");
    c.accept_look = day_or_none(f, "accept_look");
    c.table = id_in<std::int64_t>(f, "table");
    c.category = text_in(f, "category");
    c.district = text_in(f, "district");
    c.client = text_in(f, "client").value_or("");
    if (f["origin"].string()) c.origin = hash_in(f, "origin");
    if (e.v > 3) c.papers = number_in(f, "papers");
    return c;
}

Change assigned_in(const ledger::Entry& e) {
    const Json& f = e.facts;
    Assigned c{voice_in(f), people::UnitId(f.need_integer("unit")), id_in<people::OfficerId>(f, "officer"),
               day_in(f, "day"), by_in(f)};
    if (e.v < 2) return c;
    c.table = f.need_integer("table");
    c.row = f.need_integer("row");
    c.returnable = f.need_boolean("returnable");
    return c;
}

TakenOver taken_over_in(const ledger::Entry& e) {
    const Json& f = e.facts["before"];
    TakenOver t;
    t.unit_only = f.need_boolean("unit_only");
    t.replied = f.need_boolean("replied");
    t.replied_on = day_or_none(f, "replied_on");
    if (f["rating"].integer()) t.rating = number_in(f, "rating");
    t.unit = id_in<people::UnitId>(f, "unit");
    if (f["term"].object()) t.term = counted_in(f, "term");
    if (f["origin"].string()) t.origin = hash_in(f, "origin");
    if (!e.words) return t;
    t.reply = text_or_empty(*e.words, "reply");
    t.number = text_or_empty(*e.words, "number");
    t.named = text_or_empty(*e.words, "unit");
    return t;
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
    if (e.v == 2) c.before = taken_over_in(e);
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
    if (e.v < 2) return c;
    c.category = f.need_string("category");
    c.district = f.need_string("district");
    return c;
}

Change word_added_in(const ledger::Entry& e) {
    const Json& f = e.facts;
    return WordAdded{cycle_in(f), voice_in(f),
                     f["resumed"].object() ? std::optional(counted_in(f, "resumed")) : std::nullopt, word(e, "text")};
}

Duty duty_in(const Json& f) {
    const std::string& duty = f.need_string("duty");
    if (duty != "accept" && duty != "reply") contradiction("duty");
    return duty == "accept" ? Duty::accept : Duty::reply;
}

Rung rung_in(const Json& f) {
    Rung rung{must(deadline::parse_level(f.need_string("level")), "level"), {}, f.need_boolean("public")};
    for (const Json& one : f.need_array("to"))
        rung.to.push_back(must(one.string() ? deadline::parse_whom(*one.string()) : std::nullopt, "to"));
    return rung;
}

Change late_in(const ledger::Entry& e) {
    const Json& f = e.facts;
    Late c{voice_in(f), duty_in(f), number_in(f, "days"), {}, {}};
    c.next = e.v == 1 ? day_in(f, "next") : day_or_none(f, "next");
    if (e.v > 1) c.rung = rung_in(f);
    return c;
}

Change due_in(const ledger::Entry& e) {
    const Json& f = e.facts;
    return DueSoon{voice_in(f), duty_in(f), number_in(f, "left"), rung_in(f), day_or_none(f, "next")};
}

Change resumed_in(const ledger::Entry& e) {
    const Json& f = e.facts;
    return Resumed{voice_in(f), counted_in(f, "reply"), f["by"].is_null() ? people::OfficerId() : by_in(f)};
}

Change paused_in(const ledger::Entry& e) {
    const Json& f = e.facts;
    return Paused{voice_in(f),      must(deadline::parse_reason(f.need_string("reason")), "reason"),
                  day_in(f, "day"), day_in(f, "until"),
                  by_in(f),         word(e, "text")};
}

Change called_back_in(const ledger::Entry& e) {
    const Json& f = e.facts;
    CalledBack c;
    c.voice = voice_in(f);
    c.outcome = must(parse_call(f.need_string("outcome")), "outcome");
    c.nth = number_in(f, "nth");
    c.by = by_in(f);
    c.unit = people::UnitId(f.need_integer("unit"));
    c.text = word(e, "text");
    if (c.outcome != Call::rated) return c;
    c.solved = f.need_boolean("solved");
    c.stars = number_in(f, "stars");
    c.term = day_or_none(f, "term");
    const Json& again = f["again"];
    if (again.object())
        c.again = Again{number_in(again, "nth"), id_in<people::UnitId>(again, "superior"), counted_in(again, "reply")};
    if (c.term.has_value() == c.again.has_value()) contradiction("again");
    return c;
}

Change split_off_in(const ledger::Entry& e) {
    const Json& f = e.facts;
    SplitOff c;
    c.whole = voice_in(f);
    c.nth = number_in(f, "nth");
    c.kind = kind_in(f);
    for (const Json& one : f.need_array("passages")) {
        const Json::Array* pair = one.array();
        if (!pair || pair->size() != 2 || !(*pair)[0].integer() || !(*pair)[1].integer()) contradiction("passages");
        c.passages.push_back({*(*pair)[0].integer(), *(*pair)[1].integer()});
        if (c.passages.back().from < 0 || c.passages.back().to < c.passages.back().from) contradiction("passages");
    }
    c.reply = counted_in(f, "reply");
    c.overdue = number_in(f, "overdue");
    if (c.overdue < 0 || c.overdue > 2) contradiction("overdue");
    c.unit = id_in<people::UnitId>(f, "unit");
    c.day = day_in(f, "day");
    c.category = text_in(f, "category");
    c.district = text_in(f, "district");
    c.by = by_in(f);
    c.title = word(e, "title");
    return c;
}

struct Decoder {
    std::string_view kind;
    Change (*read)(const ledger::Entry&);
    int newest = 1;  // version
};

using E = const ledger::Entry&;
// Sorted as the Changes are in change.h; the commonest come first.
constexpr Decoder decoders[] = {
    {"voice.received", received_in, 4},
    {"voice.imported", imported_in, 2},
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
    {"voice.assigned", assigned_in, 2},
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
    {"voice.paused", paused_in},
    {"voice.resumed", resumed_in, 2},
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
     },
     2},
    {"voice.due", due_in},
    {"voice.late", late_in, 2},
    {"voice.closed",
     [](E e) -> Change {
         return Closed{voice_in(e.facts), true};
     }},
    {"voice.closed_unrated",
     [](E e) -> Change {
         return Closed{voice_in(e.facts), false};
     }},
    {"voice.corrected", corrected_in, 2},
    {"voice.word_added", word_added_in, 2},
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
     },
     2},
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
     },
     2},
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
    {"voice.called_back", called_back_in},
    {"voice.found_open",
     [](E e) -> Change {
         return FoundOpen{voice_in(e.facts), e.facts.need_integer("look"), id_in<people::UnitId>(e.facts, "unit"),
                          counted_in(e.facts, "reply")};
     },
     2},
    {"voice.split",
     [](E e) -> Change {
         return Split{voice_in(e.facts), number_in(e.facts, "parts"), by_in(e.facts)};
     }},
    {"voice.split_off", split_off_in},
    {"voice.kept_whole",
     [](E e) -> Change {
         return KeptWhole{cycle_in(e.facts), voice_in(e.facts), word(e, "reason")};
     }},
    {"voice.put_together",
     [](E e) -> Change {
         return PutTogether{voice_in(e.facts), by_in(e.facts), word(e, "reason")};
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
