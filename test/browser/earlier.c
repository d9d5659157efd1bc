// Loaded into a process, it lets that process live EARLIER seconds ago: so that a test has promises that are late.
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

int clock_gettime(clockid_t id, struct timespec* now) {
    long failed = syscall(SYS_clock_gettime, id, now);
    if (!failed && id == CLOCK_REALTIME) now->tv_sec -= EARLIER;
    return (int)failed;
}
