#include "letters.h"

#include "handed_over.h"
#include "mail.h"
#include "sandbox.h"

namespace files {

Letters::Letters(std::filesystem::path program, int patience) : program_(std::move(program)), patience_(patience) {}

kernel::Result<Letter> Letters::read(const std::filesystem::path& message) const {
    const auto size = std::filesystem::file_size(message);
    if (size == 0) return kernel::invalid({}, "files.mail_empty");
    if (size > most_mail_bytes) return kernel::invalid({}, "files.mail_too_large");
    Allowance may;
    may.patience = patience_;
    may.output = most_mail_file_bytes + (1u << 20);
    const Ended ended = run_in_sandbox(program_, message, may);
    switch (ended.how) {
        case Ended::How::late:
            return kernel::refuse(kernel::Code::unavailable, "files.mail_busy");
        case Ended::How::exhausted:
            return kernel::invalid({}, "files.mail_heavy");
        case Ended::How::forbidden:
        case Ended::How::crashed:
            return kernel::invalid({}, "files.mail_broken");
        case Ended::How::by_itself:
            break;
    }
    if (ended.code == mail_empty) return kernel::invalid({}, "files.mail_empty");
    auto letter = ended.code == 0 ? read_letter(kernel::text(ended.out)) : std::nullopt;
    if (!letter) return kernel::invalid({}, "files.mail_broken");
    return std::move(*letter);
}

}  // namespace files
