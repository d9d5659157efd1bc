// What a witness must never forget: the newest checkpoint it cosigned of each log, one file each, written so that it
// is on the disk before anybody is told.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace witness {

class Kept {
public:
    // Makes the folder (0700) when it is not there and holds it alone; std::runtime_error when another process has it.
    explicit Kept(const std::filesystem::path& folder);
    ~Kept();
    Kept(const Kept&) = delete;
    Kept& operator=(const Kept&) = delete;

    // `name`: letters and digits. Nothing when there is no such file; std::runtime_error when it cannot be read.
    std::optional<std::string> read(const std::string& name) const;
    // Replaces the file as one step, durable when it returns true. False: the disk is full or the file cannot be made,
    // and the old one stands. When it cannot be known which of the two is on the disk the process ends: after a failed
    // fsync the page cache says nothing true, and a witness that forgets may sign a fork. One thread for one name.
    bool replace(const std::string& name, std::string_view text);

private:
    std::filesystem::path folder_;
    int lock_ = -1, directory_ = -1;
};

}  // namespace witness
