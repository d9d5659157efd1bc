#include "coverage.h"

#include <algorithm>

#include "fault.h"

namespace verify {
namespace {

// A narrower tile that was published when the log was shorter must be the beginning of today's.
void check_prefix(Source& source, const merkle::TileAddress& old, int width) {
    const std::string address = merkle::tile_path(old);
    const auto narrow = source.get(address), wide = source.get(merkle::tile_path({old.level, old.n, width}));
    if (!narrow || !wide || !wide->starts_with(*narrow))
        throw Fault(source.name(address), std::nullopt, std::nullopt,
                    "this older, narrower tile is not the beginning of the one of today");
    std::size_t whole = static_cast<std::size_t>(old.width) * 32;
    if (old.level < 0) {
        whole = 0;
        for (int i = 0; i < old.width && whole + 2 <= wide->size(); ++i)
            whole += 2 + (static_cast<std::size_t>(static_cast<unsigned char>((*wide)[whole])) << 8) +
                     static_cast<unsigned char>((*wide)[whole + 1]);
    }
    if (narrow->size() != whole)
        throw Fault(source.name(address), std::nullopt, static_cast<std::int64_t>(std::min(narrow->size(), whole)),
                    "this older, narrower tile has another width than its name says");
}

}  // namespace

std::vector<std::string> check_coverage(Source& source, std::int64_t size) {
    std::vector<std::string> beside;
    const auto addresses = source.addresses();
    if (!addresses) return beside;
    for (const std::string& address : *addresses) {
        const auto tile = merkle::parse_tile_path(address);
        const auto payloads = parse_payload_path(address);
        if (!tile && !payloads) {
            if (address == "check.html" || address == "policy")
                beside.push_back(address);
            else if (address != "checkpoint" && address != "key")
                throw Fault(source.name(address), std::nullopt, std::nullopt, "this is no file of a log");
            continue;
        }
        const merkle::TileAddress& at = tile ? *tile : *payloads;
        const int width = merkle::tile_fill(std::max(at.level, 0), at.n, size);
        if (at.width > width || (payloads && at.width != width))
            throw Fault(source.name(address), std::nullopt, std::nullopt, "the checkpoint does not cover this file");
        if (at.width < width) check_prefix(source, at, width);
    }
    return beside;
}

}  // namespace verify
