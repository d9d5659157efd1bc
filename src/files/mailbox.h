// Mails that lie in one file after another (mbox) or each in a file (Maildir), taken one by one.
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <kernel/result.h>

namespace files {

// An mbox of any size, read once from its beginning to its end or from where a reader stopped. A mail begins at a line
// "From … 2026" with a time of day, at the file's beginning or after an empty line; of lines "> … >From " one sign is
// taken off (mboxrd, which reads mboxo as well). One thread.
class Mbox {
public:
    // `place`: 0, or the `next` of a mail that was taken. Refusals, at no field: files.mailbox_missing {path},
    // files.mailbox_kind {path}: there is something, and at `place` it does not begin a mail.
    static kernel::Result<Mbox> open(const std::filesystem::path& file, std::uint64_t place = 0);
    Mbox(Mbox&&) noexcept;
    Mbox& operator=(Mbox&&) noexcept;
    ~Mbox();

    struct Taken {
        std::uint64_t place = 0, next = 0;  // bytes of the file: where it begins, and where the next one does
        std::uint64_t size = 0;             // bytes that were written to `into`
        bool whole = true;                  // false when it is larger than any mail is read: the rest was left out
    };
    // Writes the next mail, without its "From " line, to the file `into`, which is made, or emptied, with mode 0600;
    // nothing at the end. Throws when the disk does not do it.
    std::optional<Taken> next(const std::filesystem::path& into);

private:
    struct Reading;
    explicit Mbox(std::unique_ptr<Reading>);
    std::unique_ptr<Reading> reading_;
};

// The mails of a Maildir, those of `new` and `cur`, in the order of their names, which begin with the time of their
// arrival. Unread and read are one: who takes them knows what was taken. files.mailbox_missing, files.mailbox_kind.
kernel::Result<std::vector<std::filesystem::path>> maildir(const std::filesystem::path& folder);

}  // namespace files
