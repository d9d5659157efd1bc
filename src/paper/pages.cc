#include "pages.h"

#include <kernel/json.h>
#include <ledger/ledger.h>
#include <merkle/merkle.h>

#include "rules.h"
#include "store.h"
#include "words.h"

namespace paper {
namespace {

using page::Data;
using page::Lang;
using page::say;

constexpr int batches_on_a_page = 20, sheets_on_a_page = 100;

std::string number_of(std::int64_t n) { return std::to_string(n); }

std::vector<Data> counts_of(Lang lang, const Batch& b) {
    std::vector<Data> rows;
    const auto add = [&](std::string_view key, int n, bool always = false) {
        if (n == 0 && !always) return;
        Data row;
        row.set("name", say(lang, key)).set("n", page::number(lang, n));
        rows.push_back(std::move(row));
    };
    add("paper.count_sheets", b.sheets, true);
    add("paper.count_taken", b.taken, true);
    add("paper.count_corrected", b.corrected);
    add("paper.count_contracted", b.contracted);
    add("paper.count_unreadable", b.unreadable, true);
    add("paper.count_empty", b.empty);
    add("paper.count_elsewhere", b.elsewhere);
    add("paper.count_waiting", b.waiting, true);
    add("paper.count_returned", b.returned);
    add("paper.count_untyped", b.untyped(), true);
    add("paper.count_codes", b.codes);
    return rows;
}

std::vector<Data> sheet_rows(Lang lang, const std::vector<Sheet>& all, bool works) {
    std::vector<Data> rows;
    for (const Sheet& s : all) {
        Data row;
        row.set("number", say(lang, "paper.sheet_number", {{"n", number_of(s.n)}})).set("state", state_of(lang, s));
        if (works) row.set("link", address(s.id));
        row.set("corrected", s.corrected);
        if (s.voice) {
            row.set("voice", "/voices/" + number_of(s.voice->value()));
            row.set("voice_number", say(lang, "paper.voice_number", {{"n", number_of(s.voice->value())}}));
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<Data> history_rows(Lang lang, db::Connection& db, const std::vector<Event>& all) {
    constexpr std::string_view keys[] = {"paper.done_opened", "paper.done_recounted", "paper.done_returned",
                                         "paper.done_codes"};
    std::vector<Data> rows;
    for (const Event& e : all) {
        Data row;
        std::string n = page::number(lang, e.number.value_or(0));
        if (e.sheet)
            if (const auto s = sheet(db, *e.sheet)) n = number_of(s->n);
        row.set("what", say(lang, keys[static_cast<std::size_t>(e.done)], {{"n", n}}));
        row.set("by", by_words(lang, db, e.at, e.by)).set("entry", e.entry);
        // Why a sheet was sent back is for those who work on it: it may repeat what is written there.
        if (e.done == Done::recounted && !e.text.empty()) row.set("text", page::own_words(e.text, "und"));
        rows.push_back(std::move(row));
    }
    return rows;
}

page::Slip slip_of(Lang lang, db::Connection& db, const Sheet& s, const Batch& b) {
    const std::int64_t index = s.voice.value().value();
    page::Slip slip;
    slip.index = index;
    const auto receipt = ledger::receipt(db, index);
    if (receipt) {
        slip.minute = receipt->time;
        slip.leaf = merkle::leaf_hash(kernel::view(receipt->leaf));
    }
    if (const auto of = voice::slip(db, index)) {
        slip.kind = say(lang, "paper.slip_kind",
                        {{"kind", say(lang, of->kind_key)}, {"batch", number_of(b.id.value())}, {"n", number_of(s.n)}});
        slip.due = of->due;
    }
    slip.check_address = "/receipts/" + number_of(index);
    slip.one_of_many = true;
    return slip;
}

}  // namespace

std::string address(BatchId id) { return "/paper/" + std::to_string(id.value()); }
std::string address(SheetId id) { return "/paper/sheets/" + std::to_string(id.value()); }

std::optional<Sheet> next_to_check(db::Connection& db, const people::Actor& actor, const Batch& b, int after) {
    const people::Actor who = people::in_force(db, actor);
    const auto look = [&](int from, int until) -> std::optional<Sheet> {
        while (true) {
            const auto some = sheets_in(db, b.id, SheetState::waits, from, 50);
            for (const Sheet& s : some) {
                if (s.n > until) return std::nullopt;
                if (rules::may_check(who, b, s, typists(db, s.id))) return s;
            }
            if (some.size() < 50) return std::nullopt;
            from = some.back().n;
        }
    };
    if (auto further = look(after, b.highest)) return further;
    return look(0, after);
}

page::Page list_page(const http::Request& r, db::Connection& db, std::optional<people::CycleId> cycle,
                     std::optional<BatchId> before) {
    const Lang lang = page::lang_of(r);
    auto all = batches(db, cycle, before, batches_on_a_page + 1);
    const bool more = static_cast<int>(all.size()) > batches_on_a_page;
    if (more) all.pop_back();
    std::vector<Data> rows;
    for (const Batch& b : all) {
        Data row;
        row.set("link", address(b.id)).set("name", batch_name(lang, b)).set("place", place_of(lang, b));
        row.set("day", page::full_date(lang, b.day)).set("state", state_of(lang, b));
        row.set("progress", progress_words(lang, b));
        if (const auto unit = people::unit(db, b.unit)) row.set("unit", unit->name);
        rows.push_back(std::move(row));
    }
    Data data;
    data.set("may_open", rules::may_open(people::in_force(db, people::actor(r))).operator bool());
    data.set("empty", rows.empty()).set("rows", std::move(rows));
    if (cycle) {
        if (const auto c = cycle::cycle(db, *cycle)) {
            Data round;
            round.set("name", round_name(lang, *c))
                .set("lang", round_lang(lang, *c))
                .set("link", "/cycles/" + number_of(c->id.value()));
            data.set("round", std::move(round));
        }
    }
    if (more)
        data.set("more", "/paper?" + (cycle ? "cycle=" + number_of(cycle->value()) + "&" : std::string()) +
                             "before=" + number_of(all.back().id.value()));
    return page_of(say(lang, "paper.title"), page::render(lang, "paper/list.html", data));
}

page::Page batch_page(const http::Request& r, db::Connection& db, const Batch& b) {
    const Lang lang = page::lang_of(r);
    const people::Actor actor = people::in_force(db, people::actor(r));
    const bool works = rules::may_work(actor, b).operator bool();
    std::optional<int> after;
    if (const auto n = page::index_after(r, "sheets"); n && *n < most_sheets) after = static_cast<int>(*n);
    auto all = sheets(db, b.id, after, sheets_on_a_page + 1);
    auto done = history(db, b.id, page::index_after(r, "history"), page::history_on_a_page + 1);
    Data data;
    data.set("title", batch_name(lang, b)).set("state", state_of(lang, b)).set("place", place_of(lang, b));
    data.set("day", page::full_date(lang, b.day)).set("by", by_words(lang, db, b.at, b.by));
    if (const auto unit = people::unit(db, b.unit))
        data.set("unit", unit->name).set("unit_link", "/units/" + number_of(unit->id.value()));
    if (const auto c = cycle::cycle(db, b.cycle)) {
        data.set("cycle", round_name(lang, *c)).set("cycle_lang", round_lang(lang, *c));
        data.set("cycle_link", "/cycles/" + number_of(c->id.value()));
    }
    data.set("counts", counts_of(lang, b)).set("works", works);
    if (b.complete_at) data.set("completed", page::date_time(lang, *b.complete_at));
    if (works) {
        const int next = next_free(db, b);
        const auto to_check = next_to_check(db, actor, b, 0);
        const ToCode codes = to_code(db, actor, b);
        data.set("type_link", next > 0 ? address(b.id) + "/sheets" : std::string());
        data.set("check_link", to_check ? address(to_check->id) + "#matter" : std::string());
        data.set("check_plain", next > 0);
        data.set("slips", codes.mine > 0 ? address(b.id) + "/slips" : std::string());
        data.set("slips_plain", next > 0 || to_check.has_value());
        data.set("others", b.waiting > 0 && !to_check).set("recount", address(b.id) + "/recount");
    }
    data.set("sheets_turning", page::turning(r, {address(b.id), "sheets"}, all, sheets_on_a_page,
                                             [](const Sheet& s) { return number_of(s.n); }));
    data.set("history_turning", page::turning(r, {address(b.id), "history"}, done, page::history_on_a_page,
                                              [](const Event& e) { return number_of(e.entry); }));
    data.set("no_sheets", all.empty()).set("sheets", sheet_rows(lang, all, works));
    data.set("history", history_rows(lang, db, done));
    return page_of(batch_name(lang, b), page::render(lang, "paper/show.html", data));
}

page::Page slips_page(const http::Request& r, db::Connection& db, const Batch& b) {
    const Lang lang = page::lang_of(r);
    const ToCode codes = to_code(db, people::actor(r), b);
    Data data;
    page::Form(r).fill(lang, data, std::initializer_list<std::string_view>());
    data.set("batch", batch_name(lang, b)).set("batch_link", address(b.id)).set("action", address(b.id) + "/slips");
    data.set("some", codes.mine > 0).set("others", codes.others).set("repeated", r.asked("printed") == "yes");
    data.set("n", page::number(lang, codes.mine)).set("done", page::number(lang, b.codes));
    return page_of(say(lang, "paper.slips"), page::render(lang, "paper/slips.html", data));
}

page::Page printed_page(const http::Request& r, db::Connection& db, const Batch& b, const Codes& made) {
    const Lang lang = page::lang_of(r);
    page::Html slips;
    for (const Coded& one : made.all) {
        const auto s = sheet(db, one.sheet);
        if (!s) continue;
        page::Slip slip = slip_of(lang, db, *s, b);
        slip.code_fives = one.code.in_fives();
        slip.code_words = one.code.words();
        slips = slips + page::slip(lang, slip);
    }
    Data data;
    data.set("batch", batch_name(lang, b)).set("batch_link", address(b.id));
    data.set("n", page::number(lang, std::ssize(made.all))).set("slips", std::move(slips));
    page::Page shown = page_of(say(lang, "paper.printed"), page::render(lang, "paper/printed.html", data));
    shown.private_matter = true;
    return shown;
}

kernel::Json as_json(const Batch& b) {
    kernel::Json j = kernel::Json::Object{{"id", b.id.value()},         {"cycle", b.cycle.value()},
                                          {"unit", b.unit.value()},     {"day", kernel::iso(b.day)},
                                          {"place", b.place},           {"sheets", b.sheets},
                                          {"taken", b.taken},           {"corrected", b.corrected},
                                          {"contracted", b.contracted}, {"unreadable", b.unreadable},
                                          {"empty", b.empty},           {"elsewhere", b.elsewhere},
                                          {"waiting", b.waiting},       {"returned", b.returned},
                                          {"untyped", b.untyped()},     {"codes", b.codes}};
    j.set("opened", kernel::iso(b.at));
    j.set("complete", b.complete_at ? kernel::Json(kernel::iso(*b.complete_at)) : kernel::Json());
    return j;
}

page::Html part_of_cycle(const http::Request& r, db::Connection& db, const cycle::Cycle& c) {
    const Lang lang = page::lang_of(r);
    const Sums of = sums(db, c.id);
    if (of.batches == 0) return {};
    Data data;
    data.set("batches", page::number(lang, of.batches)).set("open", page::number(lang, of.open));
    data.set("sheets", page::number(lang, of.sheets)).set("taken", page::number(lang, of.taken));
    data.set("aside", page::number(lang, of.aside)).set("left", page::number(lang, of.left));
    data.set("all", "/paper?cycle=" + number_of(c.id.value()));
    return page::render(lang, "paper/part_of_cycle.html", data);
}

}  // namespace paper
