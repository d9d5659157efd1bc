// Tries in the sandbox what its standard input says, a word and perhaps another: what a decoder that hostile bytes have
// taken over would try. Ends with 0 when it could, with 10 when it was refused; says on standard output what it saw.
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <iostream>
#include <string>

extern char** environ;

namespace {

int refused() {
    std::printf("%s\n", std::strerror(errno));
    return 10;
}

int read_file(const std::string& path) {
    const int file = ::open(path.c_str(), O_RDONLY);
    char some[200];
    const ssize_t n = file < 0 ? -1 : ::read(file, some, sizeof some);
    if (n < 0) return refused();
    std::fwrite(some, 1, static_cast<std::size_t>(n), stdout);
    return 0;
}

int write_file(const std::string& path) {
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT, 0600);
    return file < 0 || ::write(file, "x", 1) != 1 ? refused() : 0;
}

int list(const std::string& path) {
    std::error_code error;
    for (const auto& one : std::filesystem::directory_iterator(path, error))
        std::printf("%s ", one.path().filename().c_str());
    return error ? 10 : 0;
}

int take_memory() {
    std::size_t megabytes = 0;
    for (; megabytes < 64 * 1024; ++megabytes) {
        void* piece = std::malloc(1u << 20);
        if (!piece) break;
        std::memset(piece, 1, 1u << 20);
    }
    std::printf("%zu\n", megabytes);
    return 0;
}

int show_what_was_inherited() {
    for (char** one = environ; *one; ++one) std::printf("%s ", *one);
    for (int file = 0; file < 64; ++file)
        if (::fcntl(file, F_GETFD) >= 0) std::printf("%d ", file);
    return 0;
}

}  // namespace

extern "C" const char* __asan_default_options();
extern "C" const char* __asan_default_options() { return "detect_leaks=0:handle_segv=0:allocator_may_return_null=1"; }

int main() {
    std::string what, which;
    std::cin >> what >> which;
    if (what == "read") return read_file(which);
    if (what == "write") return write_file(which);
    if (what == "list") return list(which);
    if (what == "memory") return take_memory();
    if (what == "inherited") return show_what_was_inherited();
    // With arguments that the kernel would refuse by itself, or that do nothing.
    if (what == "call") return ::syscall(std::atol(which.c_str()), 0, 0, 0, 0, 0, 0) < 0 ? refused() : 0;
    if (what == "fork") return ::fork() < 0 ? refused() : 0;
    if (what == "execute") return ::execl(which.c_str(), which.c_str(), nullptr), refused();
    if (what == "leave") return std::atoi(which.c_str());
    if (what == "spin")
        for (;;) (void)::getppid();
    if (what == "sleep") return ::sleep(60) != 0;
    if (what == "flood")
        while (std::fwrite("0123456789abcdef", 16, 1, stdout) == 1) {}
    if (what == "fall") return std::raise(SIGSEGV);
    return 99;
}
