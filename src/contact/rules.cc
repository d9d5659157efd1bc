#include "rules.h"

#include <algorithm>

namespace contact::rules {
namespace {

using kernel::Code;

kernel::Checked has_part(const Standing& s, Reason reason) {
    const auto forbidden = [](std::string_view key) { return kernel::refuse(Code::forbidden, std::string(key)); };
    if (!s.part.reads) return forbidden("contact.not_yours");
    if (reason == Reason::call_back) return s.may_call_back ? kernel::Checked() : forbidden("contact.not_yours");
    // Whom a complaint is about, nothing records: it may be anybody in the unit that has it.
    if (s.kind == voice::Kind::complaint)
        return s.part.clerk && s.part.independent ? kernel::Checked() : forbidden("contact.of_complaint");
    return s.part.handles ? kernel::Checked() : forbidden("contact.not_yours");
}

bool digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

kernel::Checked may_open(const Standing& s, Reason reason) {
    if (auto ok = has_part(s, reason); !ok) return ok;
    return s.left ? kernel::Checked() : kernel::refuse(Code::not_found, "contact.none");
}

std::vector<Reason> reasons_for(const Standing& s) {
    std::vector<Reason> all;
    for (Reason reason : all_reasons)
        if (has_part(s, reason)) all.push_back(reason);
    return all;
}

bool telephone_form(std::string_view text) {
    constexpr std::string_view besides = " +-()/.#";
    const auto digits = std::count_if(text.begin(), text.end(), digit);
    return digits >= 5 && std::all_of(text.begin(), text.end(),
                                      [&](char c) { return digit(c) || besides.find(c) != std::string_view::npos; });
}

bool email_form(std::string_view text) {
    const std::size_t at = text.find('@');
    if (at == std::string_view::npos || at == 0 || text.find('@', at + 1) != std::string_view::npos) return false;
    const std::string_view host = text.substr(at + 1);
    const std::size_t dot = host.rfind('.');
    if (dot == std::string_view::npos || dot == 0 || dot + 1 == host.size()) return false;
    return std::none_of(text.begin(), text.end(), [](char c) { return c == ' ' || c == ',' || c == ';' || c == '<'; });
}

}  // namespace contact::rules
