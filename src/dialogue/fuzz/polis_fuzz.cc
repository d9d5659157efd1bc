// libFuzzer target: a Polis export of a stranger: three files, parted by lines of "---". What passes the check can be
// read to its end, every vote is about a statement that is there, and the counts agree.
// needs: dialogue/polis_files.cc files/csv_read.cc -licui18n
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <string_view>

#include "../polis_files.h"

namespace {

void need(bool holds) {
    if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const std::string folder = "/dev/shm/huiyin-fuzz-polis-" + std::to_string(getpid());
    std::filesystem::create_directories(folder);
    std::string_view rest(reinterpret_cast<const char*>(data), size);
    for (const char* name : {"summary.csv", "comments.csv", "votes.csv", "participants-votes.csv"}) {
        const std::string path = folder + "/" + name;
        if (rest.empty()) {
            std::filesystem::remove(path);
            continue;
        }
        const std::size_t end = std::min(rest.find("---\n"), rest.size());
        std::ofstream(path, std::ios::binary) << rest.substr(0, end);
        rest.remove_prefix(std::min(end + 4, rest.size()));
    }
    const auto source = dialogue::polis::check(folder);
    if (!source) return 0;
    std::set<std::int64_t> numbers;
    for (const auto& statement : source->statements) need(numbers.insert(statement.number).second);
    auto votes = dialogue::polis::VoteReader::open(folder, source->statements);
    need(votes.has_value());
    std::int64_t read = 0;
    while (true) {
        const auto vote = votes->next();
        need(vote.has_value());
        if (!*vote) break;
        need(numbers.contains((*vote)->statement));
        ++read;
    }
    need(read == source->votes);
    return 0;
}
