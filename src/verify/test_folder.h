// For this module's tests: a folder that goes with the test.
#pragma once
#include <filesystem>
#include <fstream>
#include <string>

#include <kernel/bytes.h>

#include "test_log.h"

namespace verify {

class ScratchFolder {
public:
    ScratchFolder()
        : path_(std::filesystem::temp_directory_path() / ("huiyin_verify_" + kernel::hex(kernel::random_bytes(8)))) {
        std::filesystem::create_directory(path_);
    }
    ~ScratchFolder() { std::filesystem::remove_all(path_); }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;

    std::string path(const std::string& name = "") const { return name.empty() ? path_ : path_ / name; }
    void write(const std::string& name, const std::string& content) const {
        std::filesystem::create_directories((path_ / name).parent_path());
        std::ofstream(path_ / name, std::ios::binary) << content;
    }
    void write(const Memory& log) const {
        for (const auto& [name, content] : log.files) write(name, content);
    }

private:
    std::filesystem::path path_;
};

// What is wrong, as fault_of() says it of a log in memory.
inline std::string fault_in(Source& source) {
    try {
        check(source, {});
        return "";
    } catch (const Fault& fault) { return fault.where + ": " + fault.why; }
}

// The message of the std::runtime_error that must come, of a log that cannot be read.
inline std::string unreadable(const std::function<void()>& read) {
    try {
        read();
    } catch (const std::runtime_error& error) { return error.what(); }
    return "nothing was thrown";
}

}  // namespace verify
