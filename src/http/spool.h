// Files that uploads are streamed into.
#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "http.h"

namespace http {

// Makes the folder (mode 0700) and removes what an earlier run left in it. Throws std::system_error.
void prepare_spool(const std::string& folder);

// One file being written, mode 0600, under a random name. It goes with this object, or with the Upload made of it.
class SpoolFile {
public:
    explicit SpoolFile(const std::string& folder);  // throws std::system_error, as does write()
    ~SpoolFile();
    SpoolFile(const SpoolFile&) = delete;
    SpoolFile& operator=(const SpoolFile&) = delete;

    void write(std::string_view piece);
    std::uint64_t size() const { return size_; }
    // The last call: field, filename and content type are as claimed.
    std::shared_ptr<Upload> keep(Upload claimed);

private:
    std::string path_;
    int file_ = -1;
    std::uint64_t size_ = 0;
};

}  // namespace http
