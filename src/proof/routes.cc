#include <memory>

#include <db/database.h>
#include <kernel/lru.h>
#include <merkle/tile.h>
#include <witnesses/witnesses.h>

#include "alone.h"
#include "parts.h"
#include "payloads.h"

namespace proof {
namespace {

http::Response bytes(std::string content, std::string type, bool immutable) {
    http::Response answer;
    answer.content_type = std::move(type);
    answer.body = std::move(content);
    answer.cacheable = true;
    answer.set("Cache-Control", immutable ? "public, max-age=31536000, immutable" : "no-cache");
    // Anybody's verifier may read the log from anybody's page.
    answer.set("Access-Control-Allow-Origin", "*");
    answer.set("Cross-Origin-Resource-Policy", "cross-origin");
    return answer;
}

// An address of C2SP tlog-tiles has two to six segments after its first word.
std::string address_below(std::string path, const http::Request& request) {
    for (const char* name : {"a", "b", "c", "d", "e", "f"}) {
        const std::string_view segment = request.param(name);
        if (!segment.empty()) path += "/" + std::string(segment);
    }
    return path;
}

// Full bundles that somebody asked for: what 256 leaves say never changes, and a verifier that starts from nothing asks
// for each.
using Bundles = kernel::Lru<std::string>;
constexpr std::size_t bundle_bytes = 32u << 20;

std::shared_ptr<const std::string> tile_at(const people::Needs& needs, Bundles& bundles,
                                           const merkle::TileAddress& address, const std::string& path) {
    const bool keeps = address.level < 0 && address.width == merkle::tile_width;
    if (keeps)
        if (auto found = bundles.find(path)) return found;
    auto lease = needs.database.read();
    const auto content = address.level < 0 ? ledger::entry_bundle(*lease, address.n, address.width)
                                           : ledger::tile(*lease, address.level, address.n, address.width);
    if (!content) return nullptr;
    auto made = std::make_shared<const std::string>(kernel::text(*content));
    if (keeps) bundles.keep(path, made, made->size());
    return made;
}

http::Response tile(const people::Needs& needs, Bundles& bundles, const http::Request& request) {
    const std::string path = address_below("tile", request);
    const auto address = merkle::parse_tile_path(path);
    const auto content = address ? tile_at(needs, bundles, *address, path) : nullptr;
    if (!content) return page::refusal(request, kernel::refuse(kernel::Code::not_found, "proof.no_such_tile"));
    http::Response answer = bytes(*content, "application/octet-stream", true);
    // One log has one content at each address: its key and the address name it.
    answer.set("ETag", "\"" + std::to_string(needs.ledger.key().id) + "/" + path + "\"");
    return answer;
}

// Not immutable: erasing words changes them.
http::Response payloads(const people::Needs& needs, const Hooks& hooks, const http::Request& request) {
    const auto address = parse_payload_path(address_below("payloads", request));
    if (!address) return page::refusal(request, kernel::refuse(kernel::Code::not_found, "proof.no_such_tile"));
    auto lease = needs.database.read();
    auto lines = payload_bundle(hooks, *lease, address->n, address->width);
    if (!lines) return page::refusal(request, kernel::refuse(kernel::Code::not_found, "proof.no_such_tile"));
    return bytes(std::move(*lines), "application/jsonl; charset=utf-8", false);
}

}  // namespace

void add_log_files(http::Router& router, const people::Needs& needs, const Hooks& hooks) {
    router.get("/log/checkpoint", [hooks](const http::Request&) {
        return bytes(hooks.witnesses->checkpoint(), "text/plain; charset=utf-8", false);
    });
    router.get("/log/policy", [hooks](const http::Request&) {
        return bytes(hooks.witnesses->policy().text(), "text/plain; charset=utf-8", false);
    });
    router.get("/log/key", [needs](const http::Request&) {
        return bytes(needs.ledger.key().text() + "\n", "text/plain; charset=utf-8", false);
    });
    router.get("/log/check.html", [needs, hooks](const http::Request&) {
        http::Response answer = bytes(page_alone(needs.ledger.key().text(), hooks.witnesses->policy().text()),
                                      "text/html; charset=utf-8", false);
        answer.set("Content-Disposition", "attachment; filename=\"check.html\"");
        return answer;
    });
    std::string below = "/log/payloads";
    for (const char* next : {"a", "b", "c", "d", "e", "f"}) {
        below += "/{" + std::string(next) + "}";
        router.get(below, [needs, hooks](const http::Request& request) { return payloads(needs, hooks, request); });
    }
    const auto bundles = std::make_shared<Bundles>(bundle_bytes);
    std::string pattern = "/log/tile/{a}";
    for (const char* next : {"b", "c", "d", "e", "f"}) {
        pattern += "/{" + std::string(next) + "}";
        router.get(pattern, [needs, bundles](const http::Request& request) { return tile(needs, *bundles, request); });
    }
}

void add_routes(http::Router& router, const people::Needs& needs, Hooks hooks) {
    add_log_files(router, needs, hooks);
    add_log_pages(router, needs, hooks);
    add_receipt_pages(router, needs, hooks);
    add_rules_page(router, needs, hooks);
    add_api(router, needs, hooks);
}

}  // namespace proof
