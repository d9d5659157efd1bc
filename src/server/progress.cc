#include <unistd.h>

#include <iostream>

#include "commands.h"

namespace server {

// One line that is written over, on a terminal; on anything else a line now and then.
std::function<void(std::int64_t, std::int64_t)> progress(const char* what) {
    const bool terminal = ::isatty(2) != 0;
    return [what, terminal, last = std::int64_t{-1}](std::int64_t done, std::int64_t of) mutable {
        const std::int64_t percent = of > 0 ? done * 100 / of : 100;
        if (percent == last || (!terminal && percent / 20 == last / 20 && last >= 0)) return;
        last = percent;
        std::cerr << (terminal ? "\r" : "") << what << ' ' << percent << " %" << (terminal && percent < 100 ? "" : "\n")
                  << std::flush;
    };
}

}  // namespace server
