#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <spawn.h>
#include <array>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <fstream>
#include <iterator>
#include <mutex>
#include <stdexcept>
#include <system_error>

#include <kernel/clock.h>

#include "files.h"
#include "picture.h"

extern char** environ;

namespace files {
namespace {

constexpr std::uint64_t most_bytes = 8u << 20;
constexpr std::size_t most_output = 16u << 20;

// Sanitizers claim terabytes of addresses and cannot start under any such limit.
#ifdef __has_feature
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define HUIYIN_SANITIZER
#endif
#endif
#if defined(HUIYIN_SANITIZER) || defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr const char* memory = "--as=unlimited";
#else
constexpr const char* memory = "--as=1073741824";
#endif

// At most two decoders at once, whatever the load.
class Gate {
public:
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

private:
    std::mutex mutex_;
    std::condition_variable free_;
    int inside_ = 0;
};
Gate& gate() {
    static Gate one;
    return one;
}

struct Finished {
    int code = -1;      // exit code; -1 when killed
    bool late = false;  // killed because its time on the clock was over: the machine is busy, or the picture a trap
    kernel::Bytes out;
    std::string said;  // the beginning of what it wrote to its standard error
};

// A pipe whose ends no other child gets.
struct Pipe {
    explicit Pipe(int flags) {
        if (::pipe2(end, O_CLOEXEC | flags) != 0)
            throw std::system_error(errno, std::generic_category(), "files: a pipe");
    }
    ~Pipe() {
        close(0);
        close(1);
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    void close(int which) {
        if (end[which] >= 0) ::close(end[which]);
        end[which] = -1;
    }
    int end[2] = {-1, -1};
};

// The decoder sees its own program and libraries, its standard input and output, and nothing else: no network, no other
// file, no other process; 1 GiB of memory, 15 s of processor time.
pid_t start(const std::filesystem::path& decoder, int in, int out, int err) {
    const std::string program = decoder.string();
    const char* words[] = {"prlimit",
                           memory,
                           "--cpu=15",
                           "--nofile=32",
                           "--core=0",
                           "--fsize=0",
                           "bwrap",
                           "--unshare-all",
                           "--die-with-parent",
                           "--new-session",
                           "--cap-drop",
                           "ALL",
                           "--ro-bind",
                           "/usr",
                           "/usr",
                           "--symlink",
                           "usr/lib",
                           "/lib",
                           "--symlink",
                           "usr/lib64",
                           "/lib64",
                           "--ro-bind",
                           program.c_str(),
                           "/decoder",
                           "--clearenv",
                           "--",
                           "/decoder",
                           nullptr};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in, 0);
    posix_spawn_file_actions_adddup2(&actions, out, 1);
    posix_spawn_file_actions_adddup2(&actions, err, 2);
    pid_t child = 0;
    const int failed = posix_spawnp(&child, words[0], &actions, nullptr, const_cast<char**>(words), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failed) throw std::system_error(failed, std::generic_category(), "files: starting the decoder");
    return child;
}

// Takes what it writes; kills it when that is too much, or takes too long.
void listen(Finished& finished, pid_t child, int out, int seconds) {
    const double until = kernel::stopwatch() + seconds;
    std::array<std::uint8_t, 64 * 1024> piece;
    for (;;) {
        const double left = until - kernel::stopwatch();
        pollfd waiting{out, POLLIN, 0};
        const int ready = left > 0 ? ::poll(&waiting, 1, static_cast<int>(left * 1000) + 1) : 0;
        if (ready < 0 && errno == EINTR) continue;
        const ssize_t n = ready > 0 ? ::read(out, piece.data(), piece.size()) : -1;
        if (n <= 0 || finished.out.size() + static_cast<std::size_t>(n) > most_output) {
            if (n != 0) ::kill(child, SIGKILL);
            finished.late = ready == 0;
            return;
        }
        finished.out.insert(finished.out.end(), piece.begin(), piece.begin() + n);
    }
}

Finished decode(const std::filesystem::path& decoder, const std::filesystem::path& picture, int seconds) {
    // Its standard error is not ours: that may be a file, and under --fsize=0 the first byte to a file kills. Nobody
    // reads it while the decoder runs: what does not fit is lost.
    Pipe out(0), err(O_NONBLOCK);
    const int in = ::open(picture.c_str(), O_RDONLY | O_CLOEXEC);
    if (in < 0) throw std::system_error(errno, std::generic_category(), "files: opening an upload");
    pid_t child = 0;
    try {
        child = start(decoder, in, out.end[1], err.end[1]);
    } catch (...) {
        ::close(in);
        throw;
    }
    ::close(in);
    out.close(1);
    Finished finished;
    listen(finished, child, out.end[0], seconds);
    out.close(0);
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {}
    if (WIFEXITED(status)) finished.code = WEXITSTATUS(status);
    std::array<char, 400> said;
    if (const ssize_t n = ::read(err.end[0], said.data(), said.size()); n > 0)
        finished.said.assign(said.data(), static_cast<std::size_t>(n));
    return finished;
}

std::uint32_t number(kernel::View bytes) {
    return (std::uint32_t{bytes[0]} << 24) | (std::uint32_t{bytes[1]} << 16) | (std::uint32_t{bytes[2]} << 8) |
           bytes[3];
}

}  // namespace

Photos::Photos(Store& store, std::filesystem::path decoder, int patience)
    : store_(store), decoder_(std::move(decoder)), patience_(patience) {}

kernel::Result<Photo> Photos::take(const std::filesystem::path& path, std::string_view field) {
    const std::string at(field);
    if (std::filesystem::file_size(path) > most_bytes) return kernel::invalid(at, "files.photo_too_large");
    std::array<char, 12> start{};
    std::ifstream(path, std::ios::binary).read(start.data(), start.size());
    if (kind_of({start.data(), start.size()}) == PictureKind::other) return kernel::invalid(at, "files.photo_kind");
    if (!gate().enter(patience_)) return kernel::Error{kernel::Code::unavailable, "files.photo_busy", at, {}};
    Finished finished;
    try {
        finished = decode(decoder_, path, patience_);
    } catch (...) {
        gate().leave();
        throw;
    }
    gate().leave();
    if (finished.late) return kernel::Error{kernel::Code::unavailable, "files.photo_busy", at, {}};
    if (finished.code == picture_too_many_pixels) return kernel::invalid(at, "files.photo_pixels");
    if (finished.code == 1 || finished.code == 127)
        throw std::runtime_error("files: bubblewrap or the decoder could not be started: " + finished.said);
    const kernel::View out(finished.out);
    // Four numbers of four bytes: width, height, length of the picture, length of its preview; then both.
    if (finished.code != 0 || out.size() < 16) return kernel::invalid(at, "files.photo_broken");
    const std::size_t large = number(out.subspan(8)), small = number(out.subspan(12));
    if (out.size() != 16 + large + small || kind_of(kernel::text(out.subspan(16))) != PictureKind::webp)
        return kernel::invalid(at, "files.photo_broken");
    Photo photo;
    photo.width = static_cast<int>(number(out));
    photo.height = static_cast<int>(number(out.subspan(4)));
    photo.content_type = "image/webp";
    photo.hash = store_.put(out.subspan(16, large));
    photo.small = store_.put(out.subspan(16 + large));
    return photo;
}

bool Photos::keep(const kernel::Hash& picture, const kernel::Hash& preview) {
    return store_.touch(picture) && store_.touch(preview);
}

}  // namespace files
