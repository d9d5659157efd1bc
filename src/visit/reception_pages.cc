// Reception days, for everybody and for those who receive.
#include "reception_pages.h"

#include <algorithm>

#include "reception_rules.h"
#include "reception_store.h"
#include "rules.h"

namespace visit {
namespace {

using http::Request;
using page::Data;
using page::Lang;
using page::say;

page::Html state_of(Lang lang, const Reception& r, kernel::Day today) {
    if (r.called_off) return page::state(lang, "visit.reception_state_off", page::Tone::neutral);
    if (r.held) return page::state(lang, "visit.reception_state_held", page::Tone::done);
    if (r.day < today) return page::state(lang, "visit.reception_state_over", page::Tone::late);
    return page::state(lang, "visit.reception_state_open", page::Tone::due);
}

std::string from_to(Lang lang, const Reception& r) {
    return say(lang, "visit.from_to", {{"from", clock_text(r.from)}, {"to", clock_text(r.start_of(r.slots + 1))}});
}

std::string title_of(Lang lang, const Reception& r) {
    return say(lang, "visit.reception_title", {{"day", page::full_date(lang, r.day)}});
}

std::string free_words(Lang lang, const Reception& r) {
    const std::int64_t left = r.slots - r.taken;
    if (left == 0) return say(lang, "visit.slots_none");
    return say(lang, "visit.slots_free", {{"n", page::number(lang, left)}, {"of", page::number(lang, r.slots)}});
}

Data row_of(Lang lang, db::Connection& db, const Reception& r, rules::Moment now) {
    const kernel::Day today = now.day;
    Data d;
    d.set("link", address(r.id)).set("title", title_of(lang, r)).set("state", state_of(lang, r, today));
    d.set("lang", r.lang)
        .set("where", r.where)
        .set("post", r.post)
        .set("sample", r.sample)
        .set("time", from_to(lang, r));
    d.set("short_notice", r.short_notice);
    // Once its last slot has begun nobody can take one any more.
    const bool begun = r.day == today && r.start_of(r.slots) <= now.minutes;
    if (r.open() && r.day >= today && !begun) d.set("free", free_words(lang, r));
    if (const auto unit = people::unit(db, r.unit))
        d.set("unit", unit->name).set("unit_link", "/units/" + std::to_string(r.unit.value()));
    return d;
}

std::string what_happened(Lang lang, const ReceptionEvent& e) {
    const auto when = [&](kernel::Day day, int from) {
        return say(lang, "visit.day_at", {{"day", page::full_date(lang, day)}, {"at", clock_text(from)}});
    };
    std::string what;
    switch (e.what) {
        case ReceptionStep::announced:
            what = say(lang, "visit.event_announced", {{"when", when(e.day, e.from)}});
            break;
        case ReceptionStep::moved:
            what = say(lang, "visit.event_moved",
                       {{"from", when(e.from_day.value_or(e.day), e.from_start)}, {"to", when(e.day, e.from)}});
            break;
        case ReceptionStep::called_off:
            what = say(lang, "visit.event_off");
            break;
        case ReceptionStep::held:
            what = say(lang, "visit.event_held");
    }
    return e.reason.empty() ? what : say(lang, "visit.event_reason", {{"what", what}, {"reason", e.reason}});
}

page::Html timeline_of(Lang lang, db::Connection& db, const std::vector<ReceptionEvent>& events) {
    std::vector<page::Event> shown;
    for (const ReceptionEvent& each : events) {
        page::Event e;
        e.at = each.minute, e.what = what_happened(lang, each), e.entry = each.entry;
        if (const auto officer = people::officer(db, each.by)) e.who = officer->post;
        e.tone = each.what == ReceptionStep::held ? page::Tone::done : page::Tone::neutral;
        shown.push_back(std::move(e));
    }
    return page::timeline(lang, shown);
}

// Those that are free and have not begun.
std::vector<page::Option> free_slots(const Reception& r, const std::vector<Slot>& taken, rules::Moment now) {
    std::vector<page::Option> all;
    for (int slot = 1; slot <= r.slots; ++slot) {
        if (r.day == now.day && r.start_of(slot) <= now.minutes) continue;
        if (std::ranges::count(taken, slot, &Slot::number) > 0) continue;
        all.push_back({std::to_string(slot), clock_text(r.start_of(slot)), ""});
    }
    return all;
}

// What those who receive see of each slot that somebody has.
std::vector<Data> wanted(Lang lang, const Reception& r, const std::vector<Slot>& taken) {
    std::vector<Data> rows;
    for (const Slot& slot : taken)
        rows.push_back(Data()
                           .set("time", clock_text(r.start_of(slot.number)))
                           .set("matter", slot.matter.empty() ? say(lang, "visit.matter_none") : slot.matter));
    return rows;
}

}  // namespace

std::string address(ReceptionId id) { return "/receptions/" + std::to_string(id.value()); }

std::string clock_text(int minutes) {
    const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return two(minutes / 60) + ":" + two(minutes % 60);
}

std::optional<int> parse_clock(std::string_view text) {
    const auto digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9' ? text[at] - '0' : 100; };
    if (text.size() != 5 || text[2] != ':') return std::nullopt;
    const int hour = digit(0) * 10 + digit(1), minute = digit(3) * 10 + digit(4);
    if (hour > 23 || minute > 59) return std::nullopt;
    return hour * 60 + minute;
}

page::Page receptions_page(const Request& r, db::Connection& db, const ReceptionFilter& f, rules::Moment now) {
    const Lang lang = page::lang_of(r);
    ReceptionFilter one_more = f;
    ++one_more.at_most;
    std::vector<Reception> found = receptions(db, one_more);
    std::optional<ReceptionId> older;
    if (static_cast<int>(found.size()) > f.at_most) {
        found.pop_back();
        older = found.back().id;
    }
    std::vector<Data> rows, coming;
    for (const Reception& each : found) rows.push_back(row_of(lang, db, each, now));
    if (!f.before && !f.unit)
        for (const Reception& each : receptions_to_come(db, now.day, coming_on_a_page))
            coming.push_back(row_of(lang, db, each, now));
    page::Query query;
    if (f.unit) query.add("unit", f.unit->value());
    page::Pages pages{"/receptions" + query.text(), {}, {}};
    if (older) pages.older = std::to_string(older->value());
    Data d;
    d.set("may_announce", rules::may_record(people::actor(r)).has_value());
    d.set("has_coming", !coming.empty()).set("coming", std::move(coming));
    d.set("pagination", page::pagination(lang, pages)).set("empty", rows.empty()).set("receptions", std::move(rows));
    return page_of(say(lang, "visit.receptions"), page::render(lang, "visit/receptions.html", d));
}

page::Page reception_page(const Request& r, db::Connection& db, const Reception& it, const Hooks& hooks,
                          rules::Moment now, page::Form form) {
    const Lang lang = page::lang_of(r);
    Data d = row_of(lang, db, it, now);
    const std::vector<Slot> taken = slots_taken(db, it.id);
    std::vector<page::Option> free = it.open() ? free_slots(it, taken, now) : std::vector<page::Option>();
    const bool ahead = it.open() && it.day >= now.day;
    d.set("takes", ahead && !free.empty()).set("gives_back", ahead && it.taken > 0);
    // A slot that nobody took and that has begun is not taken: nobody is told to wait for it.
    const bool full = it.taken >= it.slots, none = ahead && free.empty();
    d.set("full", none && full).set("begun", none && !full);
    form.options("slot", std::move(free));
    form.fill(lang, d, {"slot", "matter", "code"});
    d.set("code_value", "").set("day", page::full_date(lang, it.day)).set("id", it.id.value());
    d.set("erased", it.post.empty()).set("length", say(lang, "visit.minutes_n", {{"n", std::to_string(it.minutes)}}));
    d.set("topics", page::own_words(it.topics, it.lang)).set("has_topics", !it.topics.empty());
    d.set("reason", page::own_words(it.reason, it.lang)).set("has_reason", !it.reason.empty());
    d.set("said", page::own_words(it.said, it.lang)).set("has_said", !it.said.empty());
    d.set("called_off", it.called_off).set("held", it.held).set("over", it.open() && it.day < now.day);
    d.set("came",
          say(lang, "visit.came_n", {{"n", page::number(lang, it.came)}, {"absent", page::number(lang, it.absent)}}));
    std::vector<Data> voices;
    for (voice::VoiceId id : it.voices)
        voices.push_back(Data()
                             .set("link", "/voices/" + std::to_string(id.value()))
                             .set("words", say(lang, "visit.message_n", {{"n", std::to_string(id.value())}})));
    d.set("has_voices", !voices.empty()).set("voices", std::move(voices));
    const bool may = it.open() && rules::may_go_on(people::actor(r), it).has_value();
    d.set("may_move", may && it.day >= now.day).set("may_call_off", may).set("may_hold", may && it.day <= now.day);
    d.set("receives", may).set("wanted", may ? wanted(lang, it, taken) : std::vector<Data>());
    const std::vector<ReceptionEvent> events = history(db, it.id);
    std::vector<ReceptionEvent> on_page = events;
    d.set("history_turning", page::turning_all(r, {address(it.id), "history"}, on_page, page::history_on_a_page,
                                               [](const ReceptionEvent& e) { return e.entry; }));
    d.set("history", timeline_of(lang, db, on_page));
    if (hooks.words) d.set("about_words", hooks.words(r, db, people::entries_of(events)));
    return page_of(title_of(lang, it), page::render(lang, "visit/reception.html", d), it.sample);
}

page::Page announce_page(const Request& r, page::Form form) {
    const Lang lang = page::lang_of(r);
    form.options("lang", languages());
    form.value("lang", std::string(page::tag(lang))).value("minutes", "15").value("slots", "8").value("from", "09:00");
    Data d;
    form.fill(lang, d, {"day", "from", "slots", "minutes", "post", "where", "topics", "lang"});
    return page_of(say(lang, "visit.announce"), page::render(lang, "visit/reception_form.html", d));
}

page::Page step_page(const Request& r, const Reception& it, std::string_view step, page::Form form) {
    const Lang lang = page::lang_of(r);
    form.value("day", kernel::iso(it.day)).value("from", clock_text(it.from)).value("where", it.where);
    Data d;
    d.set("link", address(it.id)).set("title", title_of(lang, it));
    d.set("move", step == "move").set("off", step == "call-off").set("hold", step == "held");
    form.fill(lang, d, {"day", "from", "where", "reason", "came", "absent", "voices", "said"});
    const char* heading = step == "move" ? "visit.move" : step == "held" ? "visit.hold" : "visit.off";
    d.set("heading", say(lang, heading)).set("action", address(it.id) + "/" + std::string(step));
    return page_of(say(lang, heading), page::render(lang, "visit/reception_step.html", d), it.sample);
}

kernel::Json as_json(const Reception& r, bool whole) {
    kernel::Json j = kernel::Json::Object{{"id", r.id.value()},
                                          {"unit", r.unit.value()},
                                          {"day", kernel::iso(r.day)},
                                          {"from", clock_text(r.from)},
                                          {"slots", r.slots},
                                          {"minutes", r.minutes},
                                          {"free", r.slots - r.taken},
                                          {"short_notice", r.short_notice},
                                          {"post", r.post},
                                          {"where", r.where},
                                          {"topics", r.topics},
                                          {"lang", r.lang},
                                          {"called_off", r.called_off},
                                          {"reason", r.reason},
                                          {"held", r.held},
                                          {"came", r.came},
                                          {"absent", r.absent},
                                          {"said", r.said},
                                          {"sample", r.sample}};
    if (!whole) return j;
    kernel::Json::Array voices;
    for (voice::VoiceId id : r.voices) voices.emplace_back(id.value());
    return j.set("voices", std::move(voices));
}

}  // namespace visit
