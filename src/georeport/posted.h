// A report as it is sent, read into the draft of a message.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <http/http.h>
#include <kernel/result.h>

#include "services.h"

namespace georeport {

struct Posted {
    voice::Draft draft;
    bool contact = false, media = false;  // something was sent of what is not kept
};
// Everything that is wrong, each at its field. device_id and account_id are not looked at; of contact data and
// media_url it is only seen whether they were sent.
Posted read_posted(const http::Request&, const Sheet&, const Service&, people::CycleId desk,
                   std::vector<kernel::Error>& errors);

// WGS84 degrees, "31.23041": rounded to four decimals, "31.2304"; nothing for anything else or beyond `most`.
std::optional<std::string> degrees(std::string_view, int most);

}  // namespace georeport
