// Where hostile bytes are read: in a program of its own that has nothing to lose.
#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include <kernel/bytes.h>

namespace files {

// What the program gets. It has no network, no other process and none it could start, no file but its own, /usr and
// `shown`, none that it could write, and the calls of allowed_calls.h.
struct Allowance {
    std::uint64_t memory = 1u << 30;   // bytes of addresses
    int processor = 15;                // seconds
    int patience = 20;                 // seconds on the clock: so long it may wait for its turn, and then take
    std::size_t output = 16u << 20;    // bytes on its standard output
    std::vector<std::string> shown{};  // folders that it may read; one that the machine does not have is left out
};

struct Ended {
    enum class How {
        by_itself,  // with `code`
        late,       // too long on the clock: the machine is busy, or the input is a trap
        exhausted,  // too much memory, processor time or output
        forbidden,  // it asked the kernel for something else: an attack, or a library that learned a new call (logged)
        crashed,
    };
    How how = How::crashed;
    int code = -1;
    kernel::Bytes out;
    std::string said;  // the beginning of what it wrote to its standard error
};

// Runs `program`, which takes no words, on the file `in`, from where it is read to, until it ends. Any thread; two run
// at once in this process, others wait. Throws when it could not be started: bubblewrap is missing or may not make a
// sandbox, or there is no such program.
Ended run_in_sandbox(const std::filesystem::path& program, int in, const Allowance&);

// The same on a file that is opened to be read.
Ended run_in_sandbox(const std::filesystem::path& program, const std::filesystem::path& in, const Allowance&);

}  // namespace files
