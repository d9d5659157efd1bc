// From the bytes of one message to what the server may know of it. Everything hostile happens here, inside the sandbox.
#pragma once
#include <string>

namespace mail_reader {

// Reads the message in the file `descriptor` from its beginning, without holding it. "" when it is no message: it has
// neither a header field nor text. Otherwise as files/mail.h says.
std::string read(int descriptor);

}  // namespace mail_reader
