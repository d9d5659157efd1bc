// The form in which an administrator edits figures: the fields of what a preset applies to, filled and read.
#pragma once
#include <span>
#include <string_view>

#include <page/page.h>
#include <page/reader.h>

#include "preset.h"

namespace preset {

std::span<const std::string_view> form_fields(Applies);  // of cases and measures; none of the others
void fill_form(page::Form&, page::Lang, const Params&);
// What was typed; what has no field is as in `like`. Faults are refused at their fields, and then the figure is as in
// `like`.
Params read_form(page::Reader&, const http::Request&, const Params& like);

}  // namespace preset
