#include "kept_photos.h"

#include <algorithm>
#include <array>
#include <fstream>

#include <files/files.h>
#include <files/pdf.h>
#include <kernel/id.h>
#include <kernel/json.h>
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

std::string paper_mac(kernel::View server_key, std::string_view visitor, std::string_view manifest) {
    return mac_of(server_key, visitor, "paper." + std::string(manifest));
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

std::string pages_in_store(const Paper& paper) {
    kernel::Json::Array pages;
    for (const PaperPage& p : paper.pages) {
        kernel::Json page;
        page.set("height", p.height).set("picture", kernel::hex(p.picture)).set("preview", kernel::hex(p.preview));
        pages.push_back(page.set("text", p.text).set("width", p.width));
    }
    return kernel::canonical(pages);
}

std::string keep(files::Store& store, kernel::View server_key, std::string_view visitor, const Paper& paper) {
    const std::string manifest = kernel::hex(store.put(kernel::view(pages_in_store(paper))));
    return manifest + "." + paper_mac(server_key, visitor, manifest);
}

std::optional<Paper> kept_paper(const files::Store& store, kernel::View server_key, std::string_view visitor,
                                std::string_view token) {
    const std::size_t dot = token.find('.');
    if (dot == std::string_view::npos) return std::nullopt;
    const std::string_view manifest = token.substr(0, dot), mac = token.substr(dot + 1);
    if (!kernel::equal_in_constant_time(kernel::view(mac), kernel::view(paper_mac(server_key, visitor, manifest))))
        return std::nullopt;
    const std::optional<kernel::Hash> hash = parse_hash(manifest);
    const std::optional<kernel::Bytes> bytes = hash ? store.get(*hash) : std::nullopt;
    const kernel::Result<kernel::Json> json =
        bytes ? kernel::parse_json(kernel::text(*bytes)) : kernel::refuse(kernel::Code::not_found, "files.photo_gone");
    if (!json || !json->array()) return std::nullopt;
    Paper paper;
    for (const kernel::Json& p : *json->array()) {
        const auto picture = parse_hash(p.need_string("picture")), preview = parse_hash(p.need_string("preview"));
        if (!picture || !preview) return std::nullopt;
        paper.pages.push_back({*picture, *preview, static_cast<int>(p.need_integer("width")),
                               static_cast<int>(p.need_integer("height")), p.need_string("text")});
    }
    return paper.pages.empty() ? std::nullopt : std::optional(std::move(paper));
}

namespace {

bool is_pdf(const std::filesystem::path& path) {
    std::array<char, 1024> start{};
    std::ifstream in(path, std::ios::binary);
    in.read(start.data(), start.size());
    return files::is_pdf({start.data(), static_cast<std::size_t>(in.gcount())});
}

kernel::Result<Photo> take_photo(files::Photos& photos, const std::filesystem::path& path, bool papers_too) {
    kernel::Result<files::Photo> taken = photos.take(path, "photos");
    if (taken) return Photo{taken->hash, taken->small, taken->width, taken->height, {}};
    kernel::Error error = taken.error();
    if (papers_too && error.key == "files.photo_kind") error.key = "voice.attached_kind";
    return error;
}

kernel::Result<Paper> take_paper(files::Documents& documents, const std::filesystem::path& path) {
    const kernel::Result<files::Document> taken = documents.take(path, "photos");
    if (!taken) return taken.error();
    Paper paper;
    for (const files::Page& p : taken->pages)
        paper.pages.push_back(
            {p.picture, p.preview, p.width, p.height, std::string(kernel::first_code_points(p.text, max_page_text))});
    return paper;
}

bool still_there(files::Documents* documents, const Paper& paper) {
    return !documents || std::all_of(paper.pages.begin(), paper.pages.end(), [&](const PaperPage& p) {
        return documents->keep({p.picture, p.preview, p.width, p.height, p.text});
    });
}

void take_kept(const http::Request& request, const Means& means, kernel::View server_key, Attached& all,
               std::vector<kernel::Error>& errors) {
    for (std::string_view token : request.fields("kept")) {
        const std::optional<Photo> photo = kept(server_key, request.visitor, token);
        if (!photo || all.n() == max_photos) continue;
        if (!means.photos || means.photos->keep(photo->picture, photo->preview))
            all.photos.push_back(*photo);
        else
            errors.push_back(kernel::invalid("photos", "files.photo_gone"));
    }
    if (!means.files) return;
    for (std::string_view token : request.fields("kept_paper")) {
        if (all.n() == max_photos) break;
        std::optional<Paper> paper = kept_paper(*means.files, server_key, request.visitor, token);
        if (paper && still_there(means.documents, *paper))
            all.papers.push_back(*std::move(paper));
        else
            errors.push_back(kernel::invalid("photos", "files.photo_gone"));
    }
}

}  // namespace

Attached attached(const http::Request& request, const Means& means, kernel::View server_key,
                  std::vector<kernel::Error>& errors) {
    Attached all;
    take_kept(request, means, server_key, all, errors);
    for (const auto& upload : request.uploads) {
        if (upload->field != "photos" || upload->size == 0 || !means.photos) continue;
        if (all.n() == max_photos) {
            errors.push_back(kernel::invalid("photos", "voice.photos_too_many", {{"max", std::to_string(max_photos)}}));
            break;
        }
        if (means.documents && is_pdf(upload->path)) {
            if (auto paper = take_paper(*means.documents, upload->path))
                all.papers.push_back(*std::move(paper));
            else
                errors.push_back(paper.error());
        } else if (auto photo = take_photo(*means.photos, upload->path, means.documents != nullptr)) {
            all.photos.push_back(*std::move(photo));
        } else {
            errors.push_back(photo.error());
        }
    }
    return all;
}

}  // namespace voice
