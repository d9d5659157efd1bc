// What the measurements share: what a program has used, and how a figure is printed. Time: kernel::stopwatch().
#pragma once
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include <kernel/clock.h>

namespace bench {

inline double processor() {  // seconds of all threads
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    return static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
           static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}
inline double resident_mb() {
    std::int64_t size = 0, pages = 0;
    std::ifstream("/proc/self/statm") >> size >> pages;
    return static_cast<double>(pages * sysconf(_SC_PAGESIZE)) / 1e6;
}
inline double most_memory_mb() {
    std::ifstream file("/proc/self/status");
    for (std::string line; std::getline(file, line);)
        if (line.starts_with("VmHWM:")) return std::atof(line.c_str() + 6) / 1024;
    return 0;
}

inline double at_share(std::vector<double> times, double share) {
    std::sort(times.begin(), times.end());
    return times.at(static_cast<std::size_t>(static_cast<double>(times.size() - 1) * share));
}

// One JSON object a line.
inline void say(const std::string& name, double value, const char* unit, const std::string& against) {
    std::printf("{\"name\":\"%s\",\"values\":[%.4f],\"unit\":\"%s\",\"against\":\"%s\"}\n", name.c_str(), value, unit,
                against.c_str());
    std::fflush(stdout);
}

}  // namespace bench
