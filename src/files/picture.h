// What the server and the picture decoder must agree on. No other part of the program is shared with the decoder.
#pragma once
#include <string_view>

namespace files {

enum class PictureKind { jpeg, png, webp, other };

// By content: the first bytes, never the name.
inline PictureKind kind_of(std::string_view start) {
    if (start.starts_with("\xFF\xD8\xFF")) return PictureKind::jpeg;
    if (start.starts_with("\x89PNG\r\n\x1A\n")) return PictureKind::png;
    if (start.size() >= 12 && start.substr(0, 4) == "RIFF" && start.substr(8, 4) == "WEBP") return PictureKind::webp;
    return PictureKind::other;
}

// Exit codes of the decoder; 0 is a picture on standard output. 1 and 127 are left to bubblewrap.
inline constexpr int picture_broken = 65;
inline constexpr int picture_too_many_pixels = 66;
inline constexpr long long most_pixels = 50'000'000;
inline constexpr int largest_side = 2'000;
inline constexpr int preview_width = 320;

}  // namespace files
