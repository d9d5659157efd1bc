// What clients hold: their key, and the token of a report that is not public yet.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include <kernel/bytes.h>
#include <voice/voice.h>

namespace georeport {

std::string new_key();                                               // 160 random bits, 32 letters and digits
kernel::Hash stored(kernel::View server_key, std::string_view key);  // what is kept of it

// A token is made of the number and of an HMAC over it, so nothing has to be kept for it, and nobody can make one up.
std::string token(kernel::View server_key, voice::VoiceId);
std::optional<voice::VoiceId> parse_token(kernel::View server_key, std::string_view);

}  // namespace georeport
