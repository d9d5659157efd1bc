#include "source.h"

namespace verify {
namespace {

constexpr std::string_view folder = "payloads/", like = "tile/entries/";

}  // namespace

std::string payload_path(std::int64_t n, int width) {
    return std::string(folder) + merkle::tile_path({-1, n, width}).substr(like.size());
}

std::optional<merkle::TileAddress> parse_payload_path(std::string_view address) {
    if (!address.starts_with(folder)) return std::nullopt;
    return merkle::parse_tile_path(std::string(like) + std::string(address.substr(folder.size())));
}

}  // namespace verify
