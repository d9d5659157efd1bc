// huiyin-mail: reads one raw message on standard input, writes what of it can become a message of its author on
// standard output, as files/mail.h says. Runs in a sandbox; whoever starts it decides what it may do.
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <exception>

#include <files/mail.h>

#include "read.h"

// The sandbox has no /proc, which looking for leaks needs. Without the address sanitizer nobody asks for this.
extern "C" const char* __asan_default_options();
extern "C" const char* __asan_default_options() { return "detect_leaks=0"; }

int main() {
    struct stat file {};
    if (::fstat(STDIN_FILENO, &file) != 0 || !S_ISREG(file.st_mode)) return files::mail_broken;
    if (file.st_size == 0) return files::mail_empty;
    try {
        const std::string out = mail_reader::read(STDIN_FILENO);
        if (out.empty()) return files::mail_broken;
        return std::fwrite(out.data(), 1, out.size(), stdout) == out.size() && std::fflush(stdout) == 0
                   ? 0
                   : files::mail_broken;
    } catch (const std::exception&) { return files::mail_broken; }
}
