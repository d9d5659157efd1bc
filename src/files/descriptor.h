// A file's descriptor, closed at the end.
#pragma once
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>

namespace files {

struct Descriptor {
    explicit Descriptor(int of) : fd(of) {}
    ~Descriptor() { close(); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    void close() {
        if (fd >= 0) ::close(fd);
        fd = -1;
    }
    int fd;
};

// What the system just refused (errno), thrown.
[[noreturn]] inline void broken(const std::string& what, int error = errno) {
    throw std::system_error(error, std::generic_category(), "files: " + what);
}

}  // namespace files
