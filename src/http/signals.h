// What a program that serves does with signals.
#pragma once
#include <pthread.h>
#include <csignal>

namespace http {

// Called on the main thread before any other is started: it alone takes SIGINT and SIGTERM, by sigwait() on what is
// returned; every other thread starts with them blocked. A client that goes away is an error of write(), not a signal.
inline sigset_t block_signals() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    return set;
}

}  // namespace http
