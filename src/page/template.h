// Loading of the embedded templates, for this module alone.
#pragma once
#include "page.h"

namespace page {

// A template that is only put into others: it has ((parameters)).
bool is_partial(std::string_view text);
// Parses all templates in all languages; throws std::runtime_error naming the file that is wrong.
void load_templates();
// Renders a text instead of an embedded file; for tests.
Html render_text(Lang, std::string_view text, const Data&);

}  // namespace page
