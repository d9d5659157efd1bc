// The words of all modules in one language, from the embedded messages.LANG.txt.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "page.h"

namespace page {

using Words = std::map<std::string, std::string, std::less<>>;

// One file. Throws std::runtime_error naming file and line for a line without " = ", an empty text, a key outside
// `module`, and a key given twice (also against what is in `into`).
void read_messages(std::string_view file, std::string_view module, std::string_view text, Words& into);

// Chinese punctuation for Chinese text: , ; : ? ! beside a Han sign and brackets around Han signs become their
// full-width forms, and the blank after them goes. Files may be written either way; readers see one.
std::string typeset_han(std::string_view text);

const Words& words(Lang);  // read at first use; the Chinese ones typeset

// {name} becomes its argument, {name|one|many} one of two forms; what has no argument stays as it is.
std::string fill_in(std::string_view message, const Args&);
// The arguments a message mentions, sorted, each once; `chooses` is set when one of them picks a form.
std::vector<std::string> arguments(std::string_view message, bool* chooses = nullptr);

}  // namespace page
