#include "assets.h"

#include <map>
#include <stdexcept>

#include <kernel/bytes.h>
#include <kernel/embedded.h>

namespace page {
namespace {

constexpr std::string_view folder = "assets/";

struct Asset {
    std::string content;
    std::string type, version, address;
};
using Assets = std::map<std::string, Asset, std::less<>>;

std::string type_of(std::string_view name) {
    if (name.ends_with(".css")) return "text/css; charset=utf-8";
    if (name.ends_with(".js")) return "text/javascript; charset=utf-8";
    if (name.ends_with(".svg")) return "image/svg+xml; charset=utf-8";
    return "application/octet-stream";
}

void put_asset(Assets& out, const std::string& name, std::string_view content) {
    const kernel::Hash hash = kernel::sha256(kernel::view(content));
    const std::string version = kernel::hex(kernel::View(hash).first(5));
    out.emplace(name, Asset{std::string(content), type_of(name), version, "/assets/" + name + "?v=" + version});
}

Assets read_assets() {
    Assets out;
    for (const kernel::EmbeddedFile& file : kernel::embedded_files()) {
        if (!file.path.starts_with(folder) || file.path.ends_with(".css")) continue;
        put_asset(out, std::string(file.path.substr(folder.size())), file.content);
    }
    put_asset(out, "huiyin.css", style_sheet());
    return out;
}

const Assets& assets() {
    static const Assets all = read_assets();
    return all;
}

}  // namespace

// The parts 1_….css to 7_….css one after the other: one request, and order decides.
std::string style_sheet() {
    std::string out;
    for (const kernel::EmbeddedFile& file : kernel::embedded_files())
        if (file.path.starts_with(folder) && file.path.ends_with(".css")) out += file.content;
    return out;
}

void load_assets() { assets(); }

const std::string& asset_address(std::string_view name) {
    const auto found = assets().find(name);
    if (found == assets().end()) throw std::logic_error("no asset " + std::string(name));
    return found->second.address;
}

http::Response asset(const http::Request& request) {
    const auto found = assets().find(request.param("name"));
    if (found == assets().end()) return refusal(request, kernel::refuse(kernel::Code::not_found, "page.not_found"));
    http::Response response;
    response.content_type = found->second.type;
    response.body = found->second.content;
    response.cacheable = true;
    // Under its version an address never has another content.
    if (request.asked("v") == found->second.version)
        response.set("Cache-Control", "public, max-age=31536000, immutable");
    return response;
}

}  // namespace page
