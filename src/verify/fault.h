// Where something is wrong, and what. The first fault ends the check.
#pragma once
#include <cstddef>
#include <cstdint>
#include <exception>
#include <optional>
#include <string>

namespace verify {

struct Fault : std::exception {
    std::string where;                  // file or address
    std::optional<std::int64_t> index;  // of the entry, or of the hash in its tile
    std::optional<std::int64_t> byte;   // in the file, from 0
    std::string why;

    Fault(std::string where, std::optional<std::int64_t> index, std::optional<std::int64_t> byte, std::string why)
        : where(std::move(where)), index(index), byte(byte), why(std::move(why)) {}
    const char* what() const noexcept override { return why.c_str(); }
};

// A text that is not as the format says; whoever knows where the text came from makes it a Fault.
struct Wrong : std::exception {
    std::size_t byte;
    std::string why;

    Wrong(std::size_t byte, std::string why) : byte(byte), why(std::move(why)) {}
    const char* what() const noexcept override { return why.c_str(); }
};

}  // namespace verify
