// libFuzzer target: huiyin.toml as somebody may have written it. It is read, or std::runtime_error names the file;
// ports and rates stay in their ranges, and the command line goes before.
// needs: server/config.cc
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <stdexcept>

#include "../house.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const std::filesystem::path folder = "/dev/shm/huiyin-fuzz-config-" + std::to_string(getpid());
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "huiyin.toml", std::ios::binary)
        .write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
    server::Options options;
    options.data = folder;
    options.origin = "given";
    try {
        const server::Options read = server::with_file(options);
        if (read.origin != "given" || read.port < 0 || read.port > 65535 || read.rate_per_minute < 1) std::abort();
    } catch (const std::runtime_error& error) {
        if (std::string_view(error.what()).find("huiyin.toml") == std::string_view::npos) std::abort();
    }
    return 0;
}
