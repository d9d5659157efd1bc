#include "rules.h"

#include <algorithm>

#include <kernel/text.h>

namespace paper::rules {
namespace {

using kernel::Checked;
using kernel::Code;
using kernel::invalid;
using kernel::refuse;
using people::Role;

bool typed_by(const std::vector<people::OfficerId>& typists, const people::Actor& actor) {
    return std::find(typists.begin(), typists.end(), actor.officer) != typists.end();
}

Checked sheets_in_range(std::int64_t sheets) {
    if (sheets >= 1 && sheets <= most_sheets) return {};
    return invalid("sheets", "paper.sheets_range", {{"most", std::to_string(most_sheets)}});
}

Checked undecided(const Sheet& s) {
    if (s.state == SheetState::waits) return {};
    return refuse(Code::conflict, s.state == SheetState::returned ? "paper.sheet_returned" : "paper.sheet_decided");
}

}  // namespace

Checked may_open(const people::Actor& actor) {
    if (auto ok = people::need_staff(actor); !ok) return ok;
    if (actor.has(Role::officer) || actor.has(Role::head) || actor.has(Role::clerk)) return {};
    return refuse(Code::forbidden, "paper.not_yours");
}

Checked may_work(const people::Actor& actor, const Batch& batch) {
    if (auto ok = may_open(actor); !ok) return ok;
    if (actor.has(Role::clerk) || actor.unit == batch.unit) return {};
    return refuse(Code::forbidden, "paper.not_yours");
}

kernel::Result<change::Opened> open(const people::Actor& actor, const Opening& asked, kernel::Day today) {
    if (auto ok = may_open(actor); !ok) return ok.error();
    if (auto ok = people::need_own_staff(actor); !ok) return ok.error();
    if (auto ok = kernel::need_text(asked.place, "place", max_place, "paper.place_missing"); !ok) return ok.error();
    if (asked.day > today) return invalid("day", "paper.day_ahead");
    if (asked.day < today + -oldest_days)
        return invalid("day", "paper.day_long_ago", {{"days", std::to_string(oldest_days)}});
    if (auto ok = sheets_in_range(asked.sheets); !ok) return ok.error();
    return change::Opened{asked.cycle, actor.unit, actor.officer, asked.day, asked.sheets, asked.place};
}

kernel::Result<change::SheetTyped> type(const people::Actor& actor, const Batch& batch,
                                        const std::optional<Sheet>& there, int n, const Typed& typed,
                                        kernel::Day today) {
    if (auto ok = may_work(actor, batch); !ok) return ok.error();
    if (n < 1 || n > batch.sheets)
        return invalid("n", "paper.number_range", {{"sheets", std::to_string(batch.sheets)}});
    if (there && there->state != SheetState::returned) return invalid("n", "paper.sheet_there");
    if (typed.said_on && *typed.said_on > today) return invalid("said_on", "paper.day_ahead");
    if (typed.what != What::message)
        if (auto ok = kernel::need_text(typed.remark, "remark", max_remark, "paper.remark_missing"); !ok)
            return ok.error();
    change::SheetTyped made{batch.id, {}, n, actor.officer, typed};
    if (there) made.of = there->id;
    return made;
}

Checked may_check(const people::Actor& actor, const Batch& batch, const Sheet& sheet,
                  const std::vector<people::OfficerId>& typists) {
    if (auto ok = may_work(actor, batch); !ok) return ok;
    if (auto ok = people::need_own_staff(actor); !ok) return ok;
    if (typed_by(typists, actor)) return refuse(Code::forbidden, "paper.same_person");
    return undecided(sheet);
}

kernel::Result<change::SheetChecked> check(const people::Actor& actor, const Batch& batch, const Sheet& sheet,
                                           const std::vector<people::OfficerId>& typists, const Version& newest,
                                           const Compared& asked) {
    if (auto ok = may_check(actor, batch, sheet, typists); !ok) return ok.error();
    if (asked.seen != sheet.version) return refuse(Code::conflict, "paper.retyped");
    if (newest.erased) return refuse(Code::conflict, "paper.words_gone");
    const bool differs = sheet.what == What::message && asked.typed != newest.typed;
    if (asked.same && differs) return invalid("outcome", "paper.not_the_same");
    if (!asked.same && sheet.what != What::message) return invalid("outcome", "paper.only_sent_back");
    if (!asked.same && !differs) return invalid("outcome", "paper.nothing_corrected");
    return change::SheetChecked{batch.id, sheet.id, actor.officer, sheet.what, !asked.same, {}};
}

kernel::Result<change::SentBack> send_back(const people::Actor& actor, const Batch& batch, const Sheet& sheet,
                                           const std::vector<people::OfficerId>& typists, std::string_view remark) {
    if (auto ok = may_work(actor, batch); !ok) return ok.error();
    const bool own = typed_by(typists, actor);
    if (!own)
        if (auto ok = people::need_own_staff(actor); !ok) return ok.error();
    if (auto ok = undecided(sheet); !ok) return ok.error();
    if (auto ok = kernel::check_length(remark, "remark", max_remark); !ok) return ok.error();
    if (!own && remark.empty()) return invalid("remark", "paper.remark_missing");
    return change::SentBack{batch.id, sheet.id, actor.officer, std::string(remark)};
}

kernel::Result<change::Recounted> recount(const people::Actor& actor, const Batch& batch, people::OfficerId said_by,
                                          std::int64_t sheets, std::string_view reason) {
    if (auto ok = may_work(actor, batch); !ok) return ok.error();
    if (auto ok = people::need_own_staff(actor); !ok) return ok.error();
    if (actor.officer == said_by) return refuse(Code::forbidden, "paper.same_count");
    if (auto ok = sheets_in_range(sheets); !ok) return ok.error();
    if (sheets == batch.sheets) return invalid("sheets", "paper.sheets_same");
    if (sheets < batch.highest) return invalid("sheets", "paper.sheets_fewer", {{"n", std::to_string(batch.highest)}});
    if (auto ok = kernel::need_text(reason, "reason", max_remark, "paper.reason_missing"); !ok) return ok.error();
    return change::Recounted{batch.id, actor.officer, sheets, std::string(reason)};
}

Checked may_code(const people::Actor& actor, const Batch& batch) {
    if (auto ok = may_work(actor, batch); !ok) return ok;
    return people::need_own_staff(actor);
}

bool may_code_this(const people::Actor& actor, const Sheet& sheet, const std::vector<people::OfficerId>& typists,
                   bool own_unit) {
    return sheet.state == SheetState::taken && !sheet.code_entry && sheet.checked_by != actor.officer &&
           !typed_by(typists, actor) && !own_unit;
}

}  // namespace paper::rules
