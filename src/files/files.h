// Files that people send: kept by content hash in the data folder, shown only after a worker in a sandbox has
// re-encoded them without metadata.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include <kernel/bytes.h>
#include <kernel/result.h>

namespace files {

// Blobs by SHA-256: <folder>/ab/cdef…, mode 0600, written by temporary file, fsync, rename, fsync of the folder. Any
// thread. A blob once put never changes.
class Store {
public:
    explicit Store(std::filesystem::path folder);
    kernel::Hash put(kernel::View bytes);  // durable when it returns; the same bytes twice are one blob
    std::optional<kernel::Bytes> get(const kernel::Hash&) const;
    std::optional<std::uint64_t> size(const kernel::Hash&) const;
    void erase(const kernel::Hash&);  // wiped and gone when it returns; nothing happens when it is not there

    // Is it there? Then sweep() leaves it for another day. So does put().
    bool touch(const kernel::Hash&);
    // Erases what was put or touched more than a day ago and which `in_use` does not know: pictures of forms that were
    // never sent. What a writer that died left unfinished goes after the same day. Says how many; ends early when
    // `stopping`.
    int sweep(const std::function<bool(const kernel::Hash&)>& in_use, const std::function<bool()>& stopping);

    // Reads every blob and says which does not hold what its name says, by its path; and how many there were.
    std::int64_t check(const std::function<void(const std::filesystem::path&)>& damaged) const;

private:
    void sweep_one(const std::filesystem::path&, const std::function<bool(const kernel::Hash&)>& in_use, int& gone);
    std::mutex mutex_;  // between being found there and being swept
    std::filesystem::path folder_;
};

// Overwrites the file's bytes with zeros on its medium, then takes it away: freed blocks would keep them. Nothing
// happens when it is not there. Copies that a file system makes of its own accord (snapshots, copy on write) stay.
void wipe(const std::filesystem::path& file);

struct Photo {
    kernel::Hash hash{};   // of the re-encoded picture in the Store
    kernel::Hash small{};  // of its preview, at most 320 px wide
    int width = 0, height = 0;
    std::string content_type;  // "image/webp"
};

// Takes pictures in: JPEG, PNG, WebP, told by their content, not by their name; at most 8 MB and 50 megapixels. The
// decoder runs as its own program (huiyin-photo) in a sandbox (sandbox.h): no network, no files, no time. What comes
// out is WebP of at most 2,000 px without any metadata. Any thread; at most two programs run in the sandbox at once.
class Photos {
public:
    // `patience`: seconds a picture may wait for a decoder, and then take; after them it is files.photo_busy.
    Photos(Store&, std::filesystem::path decoder_program, int patience = 20);
    // `path`: the spooled upload. Refusals: files.photo_too_large, files.photo_kind, files.photo_broken,
    // files.photo_pixels, code invalid at `field`; files.photo_busy, unavailable. Throws when bubblewrap itself cannot
    // be started.
    kernel::Result<Photo> take(const std::filesystem::path& path, std::string_view field);
    // Whether a photograph that was taken before is still there; then it stays for another day.
    bool keep(const kernel::Hash& picture, const kernel::Hash& preview);

private:
    Store& store_;
    std::filesystem::path decoder_;
    int patience_;
};

struct Page {
    kernel::Hash picture{}, preview{};  // in the Store: WebP, 1,000 px wide (narrower when 4,000 px high), and 320
    int width = 0, height = 0;          // of the picture
    std::string text;                   // what can be read on it, in lines; passes kernel::admit(); often empty (scans)
};
struct Document {
    std::vector<Page> pages;
};

// Takes PDF in, told by its content: at most 20 MB and 20 pages. What is kept are pictures of its pages and their text:
// no script, no file within it, no metadata of it or of the pictures in it. The file itself is not kept. It is read by
// huiyin-pdf in the sandbox, with 2 GiB and 20 s of processor time. Any thread.
class Documents {
public:
    Documents(Store&, std::filesystem::path program, int patience = 60);  // as Photos
    // `path`: the spooled upload. Refusals: files.pdf_too_large, files.pdf_kind, files.pdf_locked (it wants a
    // password), files.pdf_pages, files.pdf_heavy (memory or time), files.pdf_broken, code invalid at `field`;
    // files.pdf_busy, unavailable. Throws as Photos.
    kernel::Result<Document> take(const std::filesystem::path& path, std::string_view field);
    // Whether a page that was taken before is still there; then it stays for another day. What owns it names both
    // hashes to Store::sweep().
    bool keep(const Page&);

private:
    Store& store_;
    std::filesystem::path program_;
    int patience_;
};

}  // namespace files
