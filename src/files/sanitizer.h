// Whether this build is watched by a sanitizer: its programs claim terabytes of addresses, and start a thread of their
// own.
#pragma once

namespace files {

#ifdef __has_feature
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define HUIYIN_SANITIZER
#endif
#endif
#if defined(HUIYIN_SANITIZER) || defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool sanitized = true;
#else
inline constexpr bool sanitized = false;
#endif

}  // namespace files
