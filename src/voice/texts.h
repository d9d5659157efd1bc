// Checks of admitted text that several rules share.
#pragma once
#include <string_view>

#include <kernel/result.h>

namespace voice::rules {

// voice.FIELD_missing or kernel.text_too_long {max, got}, both at the field.
kernel::Checked needed_text(std::string_view text, std::string_view field, std::size_t max);

}  // namespace voice::rules
