#include <array>
#include <fstream>

#include "files.h"
#include "framed.h"
#include "picture.h"
#include "sandbox.h"

namespace files {
namespace {

constexpr std::uint64_t most_bytes = 8u << 20;

}  // namespace

Photos::Photos(Store& store, std::filesystem::path decoder, int patience)
    : store_(store), decoder_(std::move(decoder)), patience_(patience) {}

kernel::Result<Photo> Photos::take(const std::filesystem::path& path, std::string_view field) {
    const std::string at(field);
    if (std::filesystem::file_size(path) > most_bytes) return kernel::invalid(at, "files.photo_too_large");
    std::array<char, 12> start{};
    std::ifstream(path, std::ios::binary).read(start.data(), start.size());
    if (kind_of({start.data(), start.size()}) == PictureKind::other) return kernel::invalid(at, "files.photo_kind");
    Allowance may;
    may.patience = patience_;
    const Ended ended = run_in_sandbox(decoder_, path, may);
    if (ended.how == Ended::How::late) return kernel::Error{kernel::Code::unavailable, "files.photo_busy", at, {}};
    if (ended.how == Ended::How::by_itself && ended.code == picture_too_many_pixels)
        return kernel::invalid(at, "files.photo_pixels");
    const std::string_view out = kernel::text(ended.out);
    // Four numbers of four bytes: width, height, length of the picture, length of its preview; then both.
    if (ended.how != Ended::How::by_itself || ended.code != 0 || out.size() < 16)
        return kernel::invalid(at, "files.photo_broken");
    const std::size_t large = number_at(out, 8), small = number_at(out, 12);
    if (out.size() != 16 + large + small || kind_of(out.substr(16)) != PictureKind::webp)
        return kernel::invalid(at, "files.photo_broken");
    Photo photo;
    photo.width = static_cast<int>(number_at(out, 0));
    photo.height = static_cast<int>(number_at(out, 4));
    photo.content_type = "image/webp";
    photo.hash = store_.put(kernel::view(out.substr(16, large)));
    photo.small = store_.put(kernel::view(out.substr(16 + large)));
    return photo;
}

bool Photos::keep(const kernel::Hash& picture, const kernel::Hash& preview) {
    return store_.touch(picture) && store_.touch(preview);
}

}  // namespace files
