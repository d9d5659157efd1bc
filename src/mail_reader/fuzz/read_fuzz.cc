// libFuzzer target: mail of strangers. What is handed over has the parts that files/mail.h says, no longer than it
// says.
// needs: mail_reader/read.cc mail_reader/header.cc mail_reader/charset.cc mail_reader/plain_text.cc
// needs: mail_reader/html.cc pkg:gmime-3.0
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>

#include <files/framed.h>
#include <files/mail.h>
#include <mail_reader/read.h>

namespace {

void need(bool holds) {
    if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const int file = ::memfd_create("mail", 0);
    need(::ftruncate(file, 0) == 0 && ::pwrite(file, data, size, 0) == static_cast<ssize_t>(size));
    ::lseek(file, 0, SEEK_SET);
    const std::string out = mail_reader::read(file);
    if (out.empty()) return 0;
    const auto parts = files::parts_of(out, files::mail_parts + 4 * files::most_mail_listed);
    need(parts && parts->size() >= files::mail_parts && (parts->size() - files::mail_parts) % 4 == 0);
    for (int i = 0; i < files::mail_text; ++i)
        need((*parts)[static_cast<std::size_t>(i)].size() <= files::most_mail_header);
    need((*parts)[files::mail_text].size() <= files::most_mail_text);
    need((*parts)[files::mail_answers].size() <= files::most_mail_header);
    need((*parts)[files::mail_id].find('[') == std::string_view::npos);
    return 0;
}
