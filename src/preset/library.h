// The presets that come with the program: *.preset.json in this folder, compiled in.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <kernel/json.h>

#include "preset.h"

namespace preset {

struct Title {
    std::string zh_hans, zh_hant, en;
};
struct LibraryPreset {
    Preset preset;
    Title title;
};

// Strict: id, version, applies, jurisdiction, tag, source, article, retrieved, title, params; nothing else, at most
// 64 KB. A figure that the file does not say is that of `base`, the whole one of what it applies to; an empty object
// where there is none. Refusals as of parse_params, kernel.json_…, preset.id (lower case letters, digits, '.' and '_'),
// preset.too_large.
kernel::Result<LibraryPreset> parse_preset(std::string_view text, const std::function<kernel::Json(Applies)>& base);

std::span<const LibraryPreset> library();  // by id; any thread
const LibraryPreset* in_library(std::string_view id);
// The neutral one of what is adoptable: letters.generic, rect.generic.
const LibraryPreset& neutral(Applies);

}  // namespace preset
