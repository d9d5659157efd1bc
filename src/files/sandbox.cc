#include "sandbox.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <spawn.h>
#include <array>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <system_error>

#include <kernel/clock.h>
#include <watch/watch.h>

#include "allowed_calls.h"
#include "descriptor.h"
#include "sanitizer.h"

extern char** environ;

namespace files {
namespace {

// At most two at once, whatever the load.
class Gate {
public:
    class Inside {
    public:
        Inside(Gate& gate, int seconds) : gate_(gate), in_(gate.enter(seconds)) {}
        ~Inside() {
            if (in_) gate_.leave();
        }
        Inside(const Inside&) = delete;
        explicit operator bool() const { return in_; }

    private:
        Gate& gate_;
        bool in_;
    };

private:
    bool enter(int seconds) {
        std::unique_lock lock(mutex_);
        if (!free_.wait_for(lock, std::chrono::seconds(seconds), [&] { return inside_ < 2; })) return false;
        ++inside_;
        return true;
    }
    void leave() {
        std::lock_guard lock(mutex_);
        --inside_;
        free_.notify_one();
    }
    std::mutex mutex_;
    std::condition_variable free_;
    int inside_ = 0;
};
Gate& gate() {
    static Gate one;
    return one;
}

// Both ends are for no other child.
struct Pipe {
    explicit Pipe(int flags) {
        int end[2];
        if (::pipe2(end, O_CLOEXEC | flags) != 0) broken("a pipe");
        from.fd = end[0];
        to.fd = end[1];
    }
    Descriptor from{-1}, to{-1};
};

int filter_file() {
    const kernel::Bytes& filter = allowed_calls();
    const int file = ::memfd_create("huiyin-seccomp", MFD_CLOEXEC);
    if (file < 0) broken("a filter in memory");
    if (::pwrite(file, filter.data(), filter.size(), 0) != static_cast<ssize_t>(filter.size())) {
        ::close(file);
        broken("a filter in memory", EIO);
    }
    return file;
}

constexpr int filter_place = 3;

std::vector<std::string> words_of(const std::string& program, const Allowance& may) {
    const std::string memory = sanitized ? "unlimited" : std::to_string(may.memory);
    std::vector<std::string> words{"prlimit",     "--as=" + memory, "--cpu=" + std::to_string(may.processor),
                                   "--nofile=32", "--core=0",       "--fsize=0"};
    for (const char* word :
         {"bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL", "--ro-bind", "/usr",
          "/usr", "--symlink", "usr/lib", "/lib", "--symlink", "usr/lib64", "/lib64"})
        words.push_back(word);
    for (const std::string& folder : may.shown) words.insert(words.end(), {"--ro-bind-try", folder, folder});
    words.insert(words.end(), {"--ro-bind", program, "/program", "--clearenv", "--setenv", "HOME", "/", "--seccomp",
                               std::to_string(filter_place), "--", "/program"});
    return words;
}

pid_t start(const std::filesystem::path& program, const Allowance& may, int in, int out, int err) {
    std::vector<std::string> words = words_of(program.string(), may);
    std::vector<char*> pointers;
    for (std::string& word : words) pointers.push_back(word.data());
    pointers.push_back(nullptr);
    const Descriptor filter(filter_file());
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in, 0);
    posix_spawn_file_actions_adddup2(&actions, out, 1);
    posix_spawn_file_actions_adddup2(&actions, err, 2);
    // Last: any of the others may lie there.
    posix_spawn_file_actions_adddup2(&actions, filter.fd, filter_place);
    posix_spawn_file_actions_addclosefrom_np(&actions, filter_place + 1);  // whatever the server has open
    pid_t child = 0;
    const int failed = posix_spawnp(&child, pointers[0], &actions, nullptr, pointers.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failed) broken("starting the sandbox", failed);
    return child;
}

// Takes what it writes; kills it when that is too much, or takes too long. Says how that ended it, if it did.
std::optional<Ended::How> listen(kernel::Bytes& taken, pid_t child, int out, const Allowance& may) {
    const double until = kernel::stopwatch() + may.patience;
    std::array<std::uint8_t, 64 * 1024> piece;
    for (;;) {
        const double left = until - kernel::stopwatch();
        pollfd waiting{out, POLLIN, 0};
        const int ready = left > 0 ? ::poll(&waiting, 1, static_cast<int>(left * 1000) + 1) : 0;
        if (ready < 0 && errno == EINTR) continue;
        const ssize_t n = ready > 0 ? ::read(out, piece.data(), piece.size()) : -1;
        if (n == 0) return std::nullopt;
        if (n < 0 || taken.size() + static_cast<std::size_t>(n) > may.output) {
            ::kill(child, SIGKILL);
            return ready == 0 ? Ended::How::late : n < 0 ? Ended::How::crashed : Ended::How::exhausted;
        }
        taken.insert(taken.end(), piece.begin(), piece.begin() + n);
    }
}

// bubblewrap ends with the program's code, or with 128 and the signal that ended it.
Ended::How how_of(int code) {
    if (code < 128) return Ended::How::by_itself;
    switch (code - 128) {
        case SIGSYS:
            return Ended::How::forbidden;
        case SIGXCPU:
        case SIGKILL:
        case SIGABRT:  // what libraries do without memory
            return Ended::How::exhausted;
        default:
            return Ended::How::crashed;
    }
}

bool started(const Ended& ended) {
    const bool could_be = ended.how == Ended::How::by_itself && (ended.code == 1 || ended.code == 127);
    return !could_be || !(ended.said.starts_with("bwrap: ") || ended.said.starts_with("prlimit: "));
}

}  // namespace

Ended run_in_sandbox(const std::filesystem::path& program, int in, const Allowance& may) {
    Ended ended;
    const Gate::Inside inside(gate(), may.patience);
    if (!inside) {
        ended.how = Ended::How::late;
        return ended;
    }
    // Its standard error is not ours: that may be a file, and under --fsize=0 the first byte to a file kills. Nobody
    // reads it while the program runs: what does not fit is lost.
    Pipe out(0), err(O_NONBLOCK);
    const pid_t child = start(program, may, in, out.to.fd, err.to.fd);
    out.to.close();
    const auto killed = listen(ended.out, child, out.from.fd, may);
    out.from.close();
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {}
    if (WIFEXITED(status)) ended.code = WEXITSTATUS(status);
    ended.how = killed ? *killed : how_of(WIFSIGNALED(status) ? 128 + WTERMSIG(status) : ended.code);
    std::array<char, 400> said;
    if (const ssize_t n = ::read(err.from.fd, said.data(), said.size()); n > 0)
        ended.said.assign(said.data(), static_cast<std::size_t>(n));
    if (!started(ended)) throw std::runtime_error("files: the sandbox could not be made: " + ended.said);
    if (ended.how == Ended::How::forbidden)
        watch::error("files.sandbox_forbidden", {{"program", program.filename().string()}});
    return ended;
}

Ended run_in_sandbox(const std::filesystem::path& program, const std::filesystem::path& in, const Allowance& may) {
    const Descriptor file(::open(in.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.fd < 0) broken("opening what is to be read");
    return run_in_sandbox(program, file.fd, may);
}

}  // namespace files
