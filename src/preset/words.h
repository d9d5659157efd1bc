// Figures as readers are told them, and as an administrator types them.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include <deadline/clock.h>
#include <page/page.h>

#include "library.h"
#include "preset.h"

namespace preset {

std::string title(page::Lang, const Preset&);  // of the library; the institution's own, the settings
std::string tag_words(page::Lang, const Preset&);
std::string applies_words(page::Lang, Applies);
std::string source_words(const Preset&);  // "条例 (2021), 24, 25"

std::string kind_words(page::Lang, std::string_view kind);  // of voices
std::string start_words(page::Lang, deadline::Start);
std::string step_words(page::Lang, const deadline::Step&);  // "5 working days after: overdue; head of the unit; public"

// One figure of a preset in a row of a table.
struct Figure {
    std::string path, what, value;
};
std::vector<Figure> figures(page::Lang, const Params&);

// ---- typed
// ------------------------------------------------------------------------------------------------------------- "10
// working days", "10 个工作日", "60 d", "3 months"; a number alone means working days.
std::string typed(page::Lang, const deadline::Term&);
// `like` says which day counts first and what an end on a closed day means: nobody types that. Refusals at `field`:
// preset.term_form, deadline.span.
kernel::Result<deadline::Term> read_term(std::string_view text, const deadline::Term& like, std::string_view field);
// "24 hours" for a way back that is counted in them.
std::string typed(page::Lang, const deadline::Bounce&);
kernel::Result<deadline::Bounce> read_bounce(std::string_view within, int most, const deadline::Bounce& like,
                                             std::string_view field);
// A step a line: "-2 reminder handler", "1 overdue handler head public", and at the end "every 20".
std::string typed(const deadline::Ladder&, int then_every);
struct TypedSteps {
    deadline::Ladder ladder;
    int then_every = 0;
};
// Refusals at `field`: preset.step_line {line, text}, and those of deadline::check(Ladder).
kernel::Result<TypedSteps> read_steps(std::string_view text, std::string_view field);

}  // namespace preset
