// Photographs and PDFs that were re-encoded while the rest of the form was not right yet: they wait in the file store,
// and the form carries a token for each, so that nobody has to choose them again. A token is good in the browser it was
// made for.
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

// What its pages are lies in the file store too, by the hash in the token.
std::string pages_in_store(const Paper&);
std::string keep(files::Store&, kernel::View server_key, std::string_view visitor, const Paper&);
std::optional<Paper> kept_paper(const files::Store&, kernel::View server_key, std::string_view visitor,
                                std::string_view token);

// The photographs and PDFs of a form, told by their content: those kept before, then those just sent, re-encoded. What
// is wrong with one stands at the field "photos"; more than max_photos of both: voice.photos_too_many.
struct Attached {
    std::vector<Photo> photos;
    std::vector<Paper> papers;
    std::size_t n() const { return photos.size() + papers.size(); }
};
Attached attached(const http::Request&, const Means&, kernel::View server_key, std::vector<kernel::Error>& errors);

}  // namespace voice
