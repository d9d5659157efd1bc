// What its author wrote and attached, on the author's own pages.
#pragma once
#include "routes.h"

namespace voice {

// The code goes from form to form on pages that are never kept, so that it need not be typed for each.
page::Html code_field(const http::Request&);

// Whether pictures are open to this request because of the code alone. No address may carry that, so previews stand in
// the page itself, and a form asks for the whole picture.
bool by_code_alone(const Site&, const http::Request&, db::Connection&, const Case&);
std::string picture_in_page(const Site&, const kernel::Hash&);  // "data:image/webp;base64,…"; empty where it is gone
void set_preview_size(page::Data&, int width, int height);      // as width and height, of the picture itself

page::Html own_part(const Site&, const http::Request&, db::Connection&, const Case&, const change::Words&);

}  // namespace voice
