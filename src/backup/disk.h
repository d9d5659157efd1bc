// Whole files, written so that they are there completely or not at all.
#pragma once
#include <filesystem>
#include <optional>
#include <string_view>

#include <kernel/bytes.h>

namespace backup {

// Waits until nobody else holds the folder; the kernel lets go when the process dies.
class Held {
public:
    explicit Held(const std::filesystem::path& folder);
    ~Held();
    Held(const Held&) = delete;
    Held& operator=(const Held&) = delete;

private:
    int folder_;
};

// Overwrites what a write_file() with `wiping` that was stopped in the middle left beside the file.
void wipe_leftovers(const std::filesystem::path&);
// Durable when it returns; what was there before is overwritten on the medium when `wiping`.
void write_file(const std::filesystem::path&, kernel::View, bool wiping = false);
std::optional<kernel::Bytes> read_file(const std::filesystem::path&);  // nothing: it is not there
kernel::Bytes need_file(const std::filesystem::path&);                 // std::runtime_error naming it

// Length-prefixed pieces, big-endian.
void put_number(kernel::Bytes&, std::uint64_t);
void put_piece(kernel::Bytes&, kernel::View);
class Pieces {
public:
    Pieces(kernel::View bytes, std::string name) : bytes_(bytes), name_(std::move(name)) {}
    bool done() const { return at_ == bytes_.size(); }
    std::uint64_t number();
    kernel::View piece();

private:
    [[noreturn]] void damaged() const;
    kernel::View bytes_;
    std::size_t at_ = 0;
    std::string name_;
};

}  // namespace backup
