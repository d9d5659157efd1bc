// libFuzzer target: what a program in the sandbox hands over when hostile bytes have taken it over. Whatever is read
// has the sizes and the text that files.h and letters.h promise.
// needs: files/handed_over.cc
#include <cstdint>
#include <cstdlib>

#include <files/framed.h>
#include <files/handed_over.h>
#include <files/mail.h>
#include <files/pdf.h>
#include <files/picture.h>

namespace {

void need(bool holds) {
    if (!holds) std::abort();
}

void need_text(const std::string& text, kernel::Lines lines, std::size_t most) {
    need(text.size() <= most && kernel::admit(text, "", most, lines).has_value());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view out(reinterpret_cast<const char*>(data), size);
    if (const auto parts = files::parts_of(out, 200)) {
        std::string again;
        for (const std::string_view part : *parts) files::add_part(again, part);
        need(again == out);
    }
    if (const auto pages = files::read_pages(out))
        for (const auto& page : *pages) {
            need(page.size.width >= 1 && page.size.width <= files::pdf_page_width);
            need(page.size.height >= 1 && page.size.height <= files::pdf_page_height);
            need(files::kind_of(page.picture) == files::PictureKind::webp);
            need_text(page.text, kernel::Lines::many, files::most_pdf_text);
        }
    if (const auto letter = files::read_letter(out)) {
        for (const std::string& line : {letter->message_id, letter->subject, letter->from, letter->from_name})
            need_text(line, kernel::Lines::one, files::most_mail_header);
        need_text(letter->text, kernel::Lines::many, files::most_mail_text);
        for (const std::string& id : letter->answers) need_text(id, kernel::Lines::one, files::most_mail_header);
        for (const auto& file : letter->files)
            need(file.fate == files::Attached::Fate::taken ? file.content.size() == file.size : file.content.empty());
    }
    return 0;
}
