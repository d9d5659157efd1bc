// How many entries of the log were ever answered for, in a file beside the database. A database that comes back with
// fewer has lost some: its write-ahead log was damaged or taken away, or an older copy was put in its place.
#pragma once
#include <cstdint>
#include <optional>
#include <string>

namespace ledger {

class Acknowledged {
public:
    // Opens the file, or makes one that is there after a power cut too. An empty path: nothing is kept. Throws
    // std::system_error when it can be neither opened nor made.
    explicit Acknowledged(const std::string&);
    ~Acknowledged();
    Acknowledged(const Acknowledged&) = delete;
    Acknowledged& operator=(const Acknowledged&) = delete;

    // At once for a process that is killed. After a power cut an older number may stand there, never one that was not
    // committed before. What cannot be written is told to the log, once. The writer thread.
    void put(std::int64_t size);

    // What a file says; 0 where there is none. Nothing: it holds something else. Throws std::system_error when it
    // cannot be read.
    static std::optional<std::int64_t> read(const std::string&);

private:
    int fd_ = -1;
    bool told_ = false;
};

}  // namespace ledger
