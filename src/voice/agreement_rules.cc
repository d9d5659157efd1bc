// 达成一致: what both sides agreed on, and by when. The unit says it; only the author makes it an agreement of both;
// what became of it is said by the author or by somebody of an independent unit, after its day.
#include <kernel/text.h>

#include "rules.h"
#include "texts.h"

namespace voice::rules {
namespace {

using kernel::Code;

std::optional<std::string> given(std::string_view text) {
    return text.empty() ? std::nullopt : std::optional(std::string(text));
}

kernel::Checked its_day_is_over(const Case& c, Today today) {
    if (today.day > c.promised.value()) return {};
    return kernel::refuse(Code::conflict, "voice.agreement_early");
}

}  // namespace

kernel::Result<change::AgreementSaid> say_agreed(const Case& c, const Who& who, bool agrees, std::string_view text) {
    if (auto ok = may(Act::agree, c, who); !ok) return ok.error();
    if (!agrees && text.empty()) return kernel::invalid("agreement_text", "voice.agreement_text_missing");
    if (auto ok = kernel::check_length(text, "agreement_text", max_remark); !ok) return ok.error();
    return change::AgreementSaid{c.cycle, c.id, agrees, given(text)};
}

kernel::Result<change::AgreementJudged> judge_agreement(const Case& c, const Who& who, bool kept, std::string_view text,
                                                        Today today) {
    if (auto ok = may(Act::judge_agreement, c, who); !ok) return ok.error();
    if (auto ok = its_day_is_over(c, today); !ok) return ok.error();
    if (auto ok = kernel::check_length(text, "agreement_text", max_remark); !ok) return ok.error();
    return change::AgreementJudged{c.cycle, c.id, kept, given(text)};
}

kernel::Result<change::AgreementFound> find_agreement(const Case& c, const Who& who, bool kept, std::string_view text,
                                                      Today today) {
    if (auto ok = may(Act::find_agreement, c, who); !ok) return ok.error();
    if (auto ok = its_day_is_over(c, today); !ok) return ok.error();
    if (auto ok = needed_text(text, "reason", max_remark); !ok) return ok.error();
    return change::AgreementFound{c.id, kept, who.officer, given(text)};
}

std::optional<change::AgreementFound> agreement_unsaid(const Case& c, Today today) {
    const bool open = c.agreement == Agreement::offered || c.agreement == Agreement::confirmed;
    if (!open || !c.promised || today.day <= *c.promised) return std::nullopt;
    if (today.day <= deadline::count(today.calendar, *c.promised, today.casework.rating).due) return std::nullopt;
    return change::AgreementFound{c.id, {}, {}, {}};
}

}  // namespace voice::rules
