#include <poll.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <unistd.h>

#include <atomic>
#include <memory>
#include <mutex>

#include <kernel/clock.h>

#include "line.h"
#include "watch.h"

namespace watch {
namespace {

std::atomic<bool> silent = false;
std::mutex writing;

// A pipe that nobody empties would hold every thread that logs. Linux calls a pipe writable while a line of PIPE_BUF
// bytes fits, so a line after this question does not wait.
bool taken_at_once() {
    pollfd out{STDERR_FILENO, POLLOUT, 0};
    return poll(&out, 1, 0) != 0;
}

spdlog::logger& logger() {
    static const std::unique_ptr<spdlog::logger> out = [] {
        auto made = std::make_unique<spdlog::logger>("huiyin", std::make_shared<spdlog::sinks::stderr_sink_mt>());
        made->set_pattern("%v");
        return made;
    }();
    return *out;
}

void write(spdlog::level::level_enum level, std::string_view word, std::string_view event,
           std::initializer_list<Field> fields) {
    if (silent) return;
    const std::string line = log_line(kernel::SystemClock().now(), word, event, fields);
    const std::lock_guard lock(writing);
    if (!taken_at_once()) {
        count("huiyin_log_lines_dropped_total");
        return;
    }
    logger().log(level, spdlog::string_view_t(line.data(), line.size()));
}

}  // namespace

void info(std::string_view event, std::initializer_list<Field> fields) {
    write(spdlog::level::info, "info", event, fields);
}

void warn(std::string_view event, std::initializer_list<Field> fields) {
    write(spdlog::level::warn, "warn", event, fields);
}

void error(std::string_view event, std::initializer_list<Field> fields) {
    write(spdlog::level::err, "error", event, fields);
}

void quiet(bool on) { silent = on; }

}  // namespace watch
