// Photographs that were re-encoded while the rest of the form was not right yet: they wait in the file store, and the
// form carries a token for each, so that nobody has to choose them again. A token is good in the browser it was made
// for.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include <http/http.h>
#include <kernel/bytes.h>
#include <kernel/result.h>

#include "voice.h"

namespace voice {

std::string keep(kernel::View server_key, std::string_view visitor, const Photo&);
// Nothing for a token that was made elsewhere or altered.
std::optional<Photo> kept(kernel::View server_key, std::string_view visitor, std::string_view token);

// The photographs of a form: those kept before, then those just sent, re-encoded. What is wrong with one stands at the
// field "photos"; more than max_photos: voice.photos_too_many.
std::vector<Photo> photos_of(const http::Request&, files::Photos*, kernel::View server_key,
                             std::vector<kernel::Error>& errors);

}  // namespace voice
