// A report as it is sent, read into the draft of a message.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <contact/contact.h>
#include <http/http.h>
#include <kernel/result.h>

#include "services.h"

namespace georeport {

struct Posted {
    voice::Draft draft;
    contact::Given contact;   // how its author can be reached, sealed apart from the message
    bool name_alone = false;  // a name was sent and no way: nobody is reached by it, so it is not kept
    bool media = false;       // media_url was sent, which is not kept
};
// Everything that is wrong, each at its field. device_id and account_id are not looked at; of media_url it is only seen
// whether it was sent.
Posted read_posted(const http::Request&, const Sheet&, const Service&, people::CycleId desk,
                   std::vector<kernel::Error>& errors);

// One name out of the specification's two. What is written in Han goes as it is said there: the family's name first.
std::string whole_name(std::string_view first, std::string_view last);

}  // namespace georeport
