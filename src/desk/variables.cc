#include "variables.h"

#include <algorithm>

#include <kernel/text.h>

namespace desk {
namespace {

constexpr std::size_t longest_shown = 40;  // of an unknown name, in the message; code points

// Calls `plain` with what stands between variables and `variable` with each name, in order. False at a brace that is
// never closed.
template <class Plain, class Variable>
bool walk(std::string_view text, Plain plain, Variable variable) {
    while (true) {
        const std::size_t open = text.find('{');
        plain(text.substr(0, open));
        if (open == std::string_view::npos) return true;
        const std::size_t close = text.find_first_of("{}\n", open + 1);
        if (close == std::string_view::npos || text[close] != '}') return false;
        variable(text.substr(open + 1, close - open - 1));
        text.remove_prefix(close + 1);
    }
}

}  // namespace

kernel::Checked check_variables(std::string_view text) {
    std::string unknown;
    bool known = true;
    const bool closed = walk(
        text, [](std::string_view) {},
        [&](std::string_view name) {
            if (!known || std::find(std::begin(variables), std::end(variables), name) != std::end(variables)) return;
            known = false;
            unknown = kernel::first_code_points(name, longest_shown);
        });
    if (!known) return kernel::invalid("text", "desk.variable_unknown", {{"name", unknown}});
    if (!closed) return kernel::invalid("text", "desk.brace_open");
    return {};
}

Filled fill(std::string_view text, const Values& values) {
    Filled filled;
    walk(
        text, [&](std::string_view plain) { filled.text += plain; },
        [&](std::string_view name) {
            const auto value = values.find(name);
            if (value != values.end() && !value->second.empty()) {
                filled.text += value->second;
                return;
            }
            filled.text += "…";
            if (std::find(filled.missing.begin(), filled.missing.end(), name) == filled.missing.end())
                filled.missing.emplace_back(name);
        });
    return filled;
}

}  // namespace desk
