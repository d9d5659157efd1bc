#include "allowed_calls.h"

#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <memory>
#include <string>
#include <system_error>

#include "sanitizer.h"

namespace files {
namespace {

// To start (loader, C and C++ library), to read what may be read, to compute, to write to what is open, to end.
constexpr const char* allowed[] = {
    "read", "readv", "pread64", "write", "writev", "lseek", "close", "fstat", "newfstatat", "stat", "lstat", "statx",
    "fadvise64", "statfs", "fstatfs", "access", "faccessat", "faccessat2", "readlink", "readlinkat", "getdents64",
    "getcwd", "fcntl", "dup", "dup2", "dup3", "mmap", "munmap", "mremap", "mprotect", "madvise", "brk", "rt_sigaction",
    "rt_sigprocmask", "rt_sigreturn", "sigaltstack", "futex", "set_robust_list", "get_robust_list", "rseq",
    "set_tid_address", "arch_prctl", "prlimit64", "getrlimit", "getrusage", "getpid", "getppid", "gettid", "getpgrp",
    "getuid", "geteuid", "getgid", "getegid", "uname", "sysinfo", "clock_gettime", "clock_getres", "clock_nanosleep",
    "nanosleep", "gettimeofday", "time", "getrandom", "sched_yield", "sched_getaffinity", "restart_syscall", "poll",
    "ppoll",
    // bubblewrap starts the program under the filter, and its first process waits for the last to end.
    "execve", "wait4", "exit", "exit_group",
    // abort() and raise(): in its namespace there is nobody else.
    "tgkill"};
// Libraries try these on the way, and go on without.
constexpr const char* read_only[] = {"mkdir",    "mkdirat",   "chmod",    "fchmod",    "fchmodat",  "unlink",
                                     "unlinkat", "rename",    "renameat", "renameat2", "link",      "linkat",
                                     "symlink",  "symlinkat", "rmdir",    "ftruncate", "utimensat", "flock"};
// The sanitizers' own: a thread beside the program, a start without random addresses, a pipe to try addresses with.
constexpr const char* of_sanitizers[] = {"clone", "personality", "prctl", "pipe2", "set_mempolicy", "process_vm_readv"};

class Filter {
public:
    Filter() : context_(seccomp_init(SCMP_ACT_KILL_PROCESS)) {
        if (!context_) throw std::runtime_error("files: libseccomp makes no filter");
    }
    ~Filter() { seccomp_release(context_); }
    Filter(const Filter&) = delete;
    // Not every processor has every call: what there is none of needs no rule.
    template <class... Compared>
    void add(std::uint32_t action, const char* name, Compared... compared) {
        const int call = seccomp_syscall_resolve_name(name);
        if (call == __NR_SCMP_ERROR || call < 0) return;
        if (const int failed = seccomp_rule_add(context_, action, call, sizeof...(compared), compared...); failed != 0)
            throw std::system_error(-failed, std::generic_category(), std::string("files: a rule for ") + name);
    }
    kernel::Bytes bytes() const {
        const int file = ::memfd_create("huiyin-seccomp", MFD_CLOEXEC);
        if (file < 0) throw std::system_error(errno, std::generic_category(), "files: a filter in memory");
        const int failed = seccomp_export_bpf(context_, file);
        kernel::Bytes bytes(failed == 0 ? static_cast<std::size_t>(::lseek(file, 0, SEEK_END)) : 0);
        const ssize_t n = ::pread(file, bytes.data(), bytes.size(), 0);
        ::close(file);
        if (failed != 0 || bytes.empty() || n != static_cast<ssize_t>(bytes.size()))
            throw std::system_error(failed != 0 ? -failed : EIO, std::generic_category(), "files: writing the filter");
        return bytes;
    }

private:
    scmp_filter_ctx context_;
};

// `flags` is the argument at this place.
void add_opening(Filter& filter, const char* name, unsigned place) {
    constexpr scmp_datum_t writing[] = {O_WRONLY, O_RDWR, O_CREAT, O_TRUNC};
    scmp_datum_t any = 0;
    for (const scmp_datum_t one : writing) {
        filter.add(SCMP_ACT_ERRNO(EROFS), name, scmp_arg_cmp{place, SCMP_CMP_MASKED_EQ, one, one});
        any |= one;
    }
    filter.add(SCMP_ACT_ALLOW, name, scmp_arg_cmp{place, SCMP_CMP_MASKED_EQ, any, 0});
}

kernel::Bytes make() {
    Filter filter;
    for (const char* name : allowed) filter.add(SCMP_ACT_ALLOW, name);
    for (const char* name : read_only) filter.add(SCMP_ACT_ERRNO(EROFS), name);
    add_opening(filter, "open", 1);
    add_opening(filter, "openat", 2);
    filter.add(SCMP_ACT_ERRNO(ENOTTY), "ioctl");
    filter.add(SCMP_ACT_ERRNO(ENOSYS), "clone3");
    if (sanitized)
        for (const char* name : of_sanitizers) filter.add(SCMP_ACT_ALLOW, name);
    return filter.bytes();
}

}  // namespace

const kernel::Bytes& allowed_calls() {
    static const kernel::Bytes made = make();
    return made;
}

}  // namespace files
