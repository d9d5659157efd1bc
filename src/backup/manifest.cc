#include "manifest.h"

#include <optional>
#include <stdexcept>

#include <kernel/json.h>

#include "disk.h"

namespace backup {

using kernel::Json;

// The hash of the rest stands in front, so that a flipped bit in the manifest itself is found too.
std::string Manifest::text() const {
    Json::Object named;
    for (const auto& [name, hash] : files) named.insert_or_assign(name, hash);
    const Json body = Json::Object{
        {"checkpoint", checkpoint}, {"digest", digest}, {"files", std::move(named)}, {"format", 1}, {"made", made},
        {"origin", origin},         {"size", size}};
    const std::string text = kernel::canonical(body);
    return kernel::hex(kernel::sha256(kernel::view(text))) + '\n' + text + '\n';
}

Manifest parse_manifest(std::string_view text, const std::string& where) {
    const auto damaged = [&] { return std::runtime_error(where + " is damaged"); };
    if (text.size() < 66 || text[64] != '\n' || text.back() != '\n') throw damaged();
    const std::string_view body = text.substr(65, text.size() - 66);
    if (kernel::hex(kernel::sha256(kernel::view(body))) != text.substr(0, 64)) throw damaged();
    const auto json = kernel::parse_json(body, kernel::Numbers::canonical);
    if (!json || json->need_integer("format") != 1) throw damaged();
    Manifest m{json->need_integer("size"),  json->need_string("checkpoint"), json->need_string("origin"),
               json->need_string("digest"), json->need_string("made"),       {}};
    const Json named = (*json)["files"];
    if (!named.object()) throw damaged();
    for (const auto& [name, hash] : *named.object()) m.files[name] = hash.string() ? *hash.string() : "";
    if (m.text() != text) throw damaged();
    return m;
}

std::optional<Manifest> read_manifest(const std::filesystem::path& folder) {
    const auto bytes = read_file(folder / "manifest");
    if (!bytes) return std::nullopt;
    return parse_manifest(kernel::text(*bytes), (folder / "manifest").string());
}

std::string part_name(std::string_view kind, std::int64_t first, std::int64_t count) {
    std::string number = std::to_string(first);
    number.insert(0, 12 - std::min<std::size_t>(12, number.size()), '0');
    return std::string(kind) + '/' + number + '-' + std::to_string(count);
}

std::string box_name(const kernel::Hash& box) { return "local-" + kernel::hex(kernel::sha256(box)).substr(0, 16); }

std::string picture_name(const kernel::Hash& picture) {
    const std::string hex = kernel::hex(picture);
    return "pictures/" + hex.substr(0, 2) + '/' + hex.substr(2);
}

kernel::Bytes checked_file(const std::filesystem::path& folder, const Manifest& manifest, const std::string& name) {
    const auto known = manifest.files.find(name);
    if (known == manifest.files.end()) throw std::runtime_error("the manifest does not name " + name);
    kernel::Bytes bytes = need_file(folder / name);
    if (kernel::hex(kernel::sha256(bytes)) != known->second)
        throw std::runtime_error((folder / name).string() + " is damaged: it is not what the manifest says");
    return bytes;
}

}  // namespace backup
