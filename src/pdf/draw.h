// From a PDF's bytes to pictures and text. Everything hostile happens here, inside the sandbox.
#pragma once
#include <functional>
#include <string>
#include <string_view>

#include <files/pdf.h>

namespace pdf {

// Hands each page to `put` as files/pdf.h says, in order; 0, or the exit code that says why not. Throws std::bad_alloc,
// and std::runtime_error when a picture cannot be encoded.
int draw(std::string_view file, const std::function<bool(const std::string& page)>& put);

}  // namespace pdf
