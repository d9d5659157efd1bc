// huiyin-pdf: reads a PDF on standard input, writes pictures of its pages and their text on standard output, as
// files/pdf.h says. Runs in a sandbox; whoever starts it decides what it may do.
#include <cstdio>
#include <iostream>
#include <iterator>
#include <new>
#include <string>

#include "draw.h"

// The sandbox has no /proc, which looking for leaks needs. Without the address sanitizer nobody asks for this.
extern "C" const char* __asan_default_options();
extern "C" const char* __asan_default_options() { return "detect_leaks=0"; }

int main() {
    try {
        const std::string file((std::istreambuf_iterator<char>(std::cin)), {});
        return pdf::draw(file, [](const std::string& page) {
            return std::fwrite(page.data(), 1, page.size(), stdout) == page.size() && std::fflush(stdout) == 0;
        });
    } catch (const std::bad_alloc&) { return files::pdf_too_heavy; } catch (const std::exception&) {
        return files::pdf_broken;
    }
}
