#include "kept_photos.h"

#include <algorithm>

#include <files/files.h>
#include <kernel/id.h>
#include <kernel/text.h>

namespace voice {
namespace {

std::string mac_of(kernel::View server_key, std::string_view visitor, std::string_view payload) {
    std::string text = "huiyin kept photo v1";
    text += '\0';
    text += visitor;
    text += '\0';
    text += payload;
    return kernel::hex(kernel::hmac_sha256(server_key, kernel::view(text)));
}

std::optional<kernel::Hash> parse_hash(std::string_view hex) {
    const std::optional<kernel::Bytes> bytes = kernel::parse_hex(hex);
    kernel::Hash hash{};
    if (!bytes || bytes->size() != hash.size()) return std::nullopt;
    std::copy(bytes->begin(), bytes->end(), hash.begin());
    return hash;
}

}  // namespace

std::string keep(kernel::View server_key, std::string_view visitor, const Photo& photo) {
    const std::string payload = kernel::hex(photo.picture) + "." + kernel::hex(photo.preview) + "." +
                                std::to_string(photo.width) + "." + std::to_string(photo.height);
    return payload + "." + mac_of(server_key, visitor, payload);
}

std::optional<Photo> kept(kernel::View server_key, std::string_view visitor, std::string_view token) {
    const std::size_t last = token.rfind('.');
    if (last == std::string_view::npos) return std::nullopt;
    const std::string_view payload = token.substr(0, last), mac = token.substr(last + 1);
    if (!kernel::equal_in_constant_time(kernel::view(mac), kernel::view(mac_of(server_key, visitor, payload))))
        return std::nullopt;
    const std::vector<std::string_view> parts = kernel::split(payload, '.');
    if (parts.size() != 4) return std::nullopt;
    const auto picture = parse_hash(parts[0]), preview = parse_hash(parts[1]);
    const auto width = kernel::parse_index(parts[2]), height = kernel::parse_index(parts[3]);
    if (!picture || !preview || !width || !height) return std::nullopt;
    return Photo{*picture, *preview, static_cast<int>(*width), static_cast<int>(*height), {}};
}

std::vector<Photo> photos_of(const http::Request& request, files::Photos* photos, kernel::View server_key,
                             std::vector<kernel::Error>& errors) {
    std::vector<Photo> all;
    for (std::string_view token : request.fields("kept")) {
        const std::optional<Photo> photo = kept(server_key, request.visitor, token);
        if (!photo || all.size() == max_photos) continue;
        if (!photos || photos->keep(photo->picture, photo->preview))
            all.push_back(*photo);
        else
            errors.push_back(kernel::invalid("photos", "files.photo_gone"));
    }
    for (const auto& upload : request.uploads) {
        if (upload->field != "photos" || upload->size == 0 || !photos) continue;
        if (all.size() == max_photos) {
            errors.push_back(kernel::invalid("photos", "voice.photos_too_many", {{"max", std::to_string(max_photos)}}));
            break;
        }
        const kernel::Result<files::Photo> taken = photos->take(upload->path, "photos");
        if (!taken) {
            errors.push_back(taken.error());
            errors.back().field = "photos";
            continue;
        }
        all.push_back({taken->hash, taken->small, taken->width, taken->height, {}});
    }
    return all;
}

}  // namespace voice
