// Checks of admitted text that several rules share.
#pragma once
#include <string_view>

#include <kernel/result.h>

namespace voice::rules {

// voice.FIELD_missing, voice.text_too_long {max, got}, both at the field.
kernel::Checked needed_text(std::string_view text, std::string_view field, std::size_t max);
kernel::Checked fitting_text(std::string_view text, std::string_view field, std::size_t max);

}  // namespace voice::rules
