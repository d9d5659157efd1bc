#include <array>
#include <fstream>

#include "files.h"
#include "handed_over.h"
#include "pdf.h"
#include "sandbox.h"

namespace files {

Documents::Documents(Store& store, std::filesystem::path program, int patience)
    : store_(store), program_(std::move(program)), patience_(patience) {}

kernel::Result<Document> Documents::take(const std::filesystem::path& path, std::string_view field) {
    const std::string at(field);
    if (std::filesystem::file_size(path) > most_pdf_bytes) return kernel::invalid(at, "files.pdf_too_large");
    std::array<char, 1024> start{};
    std::ifstream(path, std::ios::binary).read(start.data(), start.size());
    if (!is_pdf({start.data(), start.size()})) return kernel::invalid(at, "files.pdf_kind");
    // Fonts that the file does not bring are the machine's.
    const Allowance may{std::uint64_t{2} << 30, 20, patience_, 64u << 20, {"/etc/fonts", "/var/cache/fontconfig"}};
    const Ended ended = run_in_sandbox(program_, path, may);
    switch (ended.how) {
        case Ended::How::late:
            return kernel::Error{kernel::Code::unavailable, "files.pdf_busy", at, {}};
        case Ended::How::exhausted:
            return kernel::invalid(at, "files.pdf_heavy");
        case Ended::How::forbidden:
        case Ended::How::crashed:
            return kernel::invalid(at, "files.pdf_broken");
        case Ended::How::by_itself:
            break;
    }
    if (ended.code == pdf_locked) return kernel::invalid(at, "files.pdf_locked");
    if (ended.code == pdf_too_many_pages) return kernel::invalid(at, "files.pdf_pages");
    if (ended.code == pdf_too_heavy) return kernel::invalid(at, "files.pdf_heavy");
    const auto pages = ended.code == 0 ? read_pages(kernel::text(ended.out)) : std::nullopt;
    if (!pages) return kernel::invalid(at, "files.pdf_broken");
    Document document;
    for (const PageRead& page : *pages)
        document.pages.push_back({store_.put(kernel::view(page.picture)), store_.put(kernel::view(page.preview)),
                                  page.size.width, page.size.height, page.text});
    return document;
}

bool Documents::keep(const Page& page) { return store_.touch(page.picture) && store_.touch(page.preview); }

}  // namespace files
