// The pages of presets.
#pragma once
#include <optional>
#include <vector>

#include <kernel/calendar.h>
#include <kernel/json.h>
#include <page/page.h>

#include "preset.h"

namespace preset {

std::string address(const Preset&);  // of its page: by entry when adopted, else by its name in the library
page::Page list_page(const http::Request&, db::Connection&, std::optional<std::int64_t> before);
// `words`: what is said on the page about the words of the entry.
page::Page preset_page(const http::Request&, db::Connection&, const Preset&, page::Html words);
page::Page admin_page(const http::Request&, db::Connection&);
// What the figures give for something that begins on this day.
struct Trial {
    kernel::Day day;
    Params params;
};
page::Page edit_page(const http::Request&, db::Connection&, const Preset& from, page::Form, const std::optional<Trial>&,
                     kernel::Day today);
kernel::Json as_json(const Preset&);

}  // namespace preset
