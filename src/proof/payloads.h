// What is served of the payloads, beside the log: docs/ledger-format.md section 6.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <merkle/tile.h>

#include "proof.h"

namespace ledger {
struct PublicEntry;
}

namespace proof {

// "payloads/x001/067", "payloads/000.p/3": named like the entry bundles.
std::string payload_path(std::int64_t n, int width);
std::optional<merkle::TileAddress> parse_payload_path(std::string_view path);

std::string payload_line(const ledger::PublicEntry&);  // canonical JSON and a line feed
// The lines of entries 256*n .. 256*n+width-1, as they may be shown now; nothing when the log does not have them all.
std::optional<std::string> payload_bundle(const Hooks&, db::Connection&, std::int64_t n, int width);

}  // namespace proof
