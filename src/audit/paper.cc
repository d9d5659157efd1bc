// Paper: that each sheet was typed by one person and compared by another, once, and what became of the sheets.
#include <algorithm>
#include <stdexcept>

#include "world.h"

namespace audit {
namespace {

constexpr std::array<std::string_view, 4> kinds_of_sheet = {"message", "unreadable", "empty", "elsewhere"};

struct Handling {
    World& w;
    const Event& e;
    Batch& b;

    void wrong(std::string what) const { w.fault("batch", e.subject, e.index, std::move(what)); }

    void typed() const {
        const Index n = e.integer("n");
        if (n < 1 || n > b.sheets) wrong("sheet " + std::to_string(n) + " of " + std::to_string(b.sheets));
        const std::string_view what = one_of(kinds_of_sheet, e.string("what"));
        if (!e.has("sheet")) {
            for (const auto& [id, other] : b.typed)
                if (other.n == n) wrong("two sheets have the number " + std::to_string(n));
            b.typed[e.index] = {n, what, "waits", {e.integer("by")}};
            return;
        }
        Sheet& s = known(b.typed, e.integer("sheet"), "sheet");
        if (s.state != "returned") wrong("typed again, and nobody had sent it back");
        s.what = what, s.state = "waits";
        s.typists.push_back(e.integer("by"));
    }

    void checked() const {
        Sheet& s = known(b.typed, e.integer("sheet"), "sheet");
        if (s.state != "waits") wrong("sheet " + std::to_string(s.n) + " is compared, and it does not wait");
        if (std::find(s.typists.begin(), s.typists.end(), e.integer("by")) != s.typists.end())
            wrong("sheet " + std::to_string(s.n) + " was typed and compared by one person");
        if (one_of(kinds_of_sheet, e.string("what")) != s.what) wrong("compared as something else than was typed");
        const bool message = s.what == "message";
        if (message) known(w.cases, e.integer("voice"), "message");
        s.state = message ? "taken" : "aside";
        b.corrected += message && e.flag("corrected");
        const auto typist = w.contracted.find(s.typists.back());
        b.contracted += message && typist != w.contracted.end() && typist->second;
    }
};

Index in_state(const Batch& b, std::string_view state, std::string_view what = "") {
    return std::count_if(b.typed.begin(), b.typed.end(), [&](const auto& one) {
        return one.second.state == state && (what.empty() || one.second.what == what);
    });
}

}  // namespace

void take_paper(World& w, const Event& e) {
    if (e.kind == "paper.opened") {
        known(w.rounds, e.integer("cycle"), "round");
        known(w.units, e.integer("unit"), "unit");
        Batch b;
        b.round = e.integer("cycle"), b.sheets = e.integer("sheets"), b.counted_by = e.integer("by");
        b.day = e.day("day"), b.touched = e.index;
        w.batches[e.index] = std::move(b);
        return;
    }
    Batch& b = known(w.batches, e.subject, "batch");
    const Handling handling{w, e, b};
    if (e.kind == "paper.typed") {
        handling.typed();
    } else if (e.kind == "paper.checked") {
        handling.checked();
    } else if (e.kind == "paper.sent_back") {
        Sheet& s = known(b.typed, e.integer("sheet"), "sheet");
        if (s.state != "waits") handling.wrong("sent back, and it does not wait");
        s.state = "returned";
    } else if (e.kind == "paper.recounted") {
        if (e.integer("by") == b.counted_by) handling.wrong("counted again by who counted");
        b.sheets = e.integer("sheets"), b.counted_by = e.integer("by");
    }
    b.touched = e.index;
}

Json figures_of(const World&, Index id, const Batch& b) {
    const Index taken = in_state(b, "taken"), unreadable = in_state(b, "aside", "unreadable"),
                empty = in_state(b, "aside", "empty"), elsewhere = in_state(b, "aside", "elsewhere"),
                waiting = in_state(b, "waits"), returned = in_state(b, "returned");
    return Json::Object{{"id", id},
                        {"cycle", b.round},
                        {"day", kernel::iso(b.day)},
                        {"sheets", b.sheets},
                        {"taken", taken},
                        {"corrected", b.corrected},
                        {"contracted", b.contracted},
                        {"unreadable", unreadable},
                        {"empty", empty},
                        {"elsewhere", elsewhere},
                        {"waiting", waiting},
                        {"returned", returned},
                        {"untyped", b.sheets - taken - unreadable - empty - elsewhere - waiting - returned}};
}

std::string says(const Batch& b) {
    return std::to_string(b.sheets) + " sheets, " + std::to_string(in_state(b, "taken")) + " messages, " +
           std::to_string(in_state(b, "aside")) + " set aside";
}

}  // namespace audit
