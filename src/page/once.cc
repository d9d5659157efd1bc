#include "page.h"

namespace page {
namespace {

constexpr std::size_t longest_token = 200;

// Each part with its length before it, so that no two lists of parts give the same bytes.
void put(std::string& out, std::string_view part) {
    out += std::to_string(part.size());
    out += ':';
    out += part;
}

std::string start(const http::Request& request, std::string_view token) {
    std::string out = "huiyin once v1";
    put(out, request.path);
    put(out, token);
    return out;
}

bool usable(std::string_view token) { return !token.empty() && token.size() <= longest_token; }

}  // namespace

std::optional<kernel::Hash> once(const http::Request& request) {
    if (const auto token = request.field("once"); token && usable(*token))
        return kernel::sha256(kernel::view(start(request, *token)));
    const std::string_view key = request.header("idempotency-key");
    if (!usable(key)) return std::nullopt;
    std::string all = start(request, key);
    put(all, request.body);
    for (const auto& [name, value] : request.form) {
        if (name == "csrf") continue;
        put(all, name);
        put(all, value);
    }
    return kernel::sha256(kernel::view(all));
}

}  // namespace page
