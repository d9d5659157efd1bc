// Where a log is read from. All three speak of the addresses below the log's origin: checkpoint, key, tile/…,
// payloads/….
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <merkle/tile.h>

namespace verify {

class Source {
public:
    virtual ~Source() = default;
    // The bytes at that address; nothing when there is nothing. Throws std::runtime_error when nobody can say.
    virtual std::optional<std::string> get(const std::string& address) = 0;
    // How the address is called for whoever looks for the fault: a path, or a URL.
    virtual std::string name(const std::string& address) const = 0;
    // Every address there is, where that can be known; nothing for a URL.
    virtual std::optional<std::vector<std::string>> addresses() = 0;
    // Does it grow meanwhile? Then an erasure may be newer than the checkpoint.
    virtual bool grows() const { return false; }
    virtual void wait() {}  // until there may be a newer checkpoint: some seconds
};

// fetch.cc: all reading of files and of the network.
// Of the log: "https://example.org/log". An answer takes at most so many seconds, and 64 MiB; what is neither status
// 200 nor 404 is no answer, and a redirection is not followed.
std::unique_ptr<Source> open_url(const std::string& url, int patience_seconds = 60);
std::unique_ptr<Source> open_folder(const std::string& folder);  // an export
std::string read_file(const std::string& path);  // a file or a pipe; std::runtime_error when it cannot be read
bool is_folder(const std::string& path);
bool is_file(const std::string& path);
// data_store.cc: the tables of a data folder's main.db, as if they were served with all payloads.
std::unique_ptr<Source> open_data(const std::string& folder);

// Payload bundles are named like entry bundles: "payloads/x001/067", "payloads/000.p/3".
std::string payload_path(std::int64_t n, int width);
std::optional<merkle::TileAddress> parse_payload_path(std::string_view address);

}  // namespace verify
