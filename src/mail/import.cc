// A mailbox that is imported: every mail goes the same way as one that arrives. The mailbox stays as it is, so what was
// taken is known by the log alone.
#include <files/files.h>
#include <files/mail.h>
#include <files/mailbox.h>
#include <kernel/bytes.h>

#include "taking.h"

namespace mail {
namespace {

namespace fs = std::filesystem;

class Importing {
public:
    Importing(const people::Needs& needs, const Means& means, const Reading& reading, bool receipts)
        : taking_(needs, means, makers(reading), {false, receipts}), reading_(reading) {}

    void take(const fs::path& mail, bool whole = true) {
        ++imported.read;
        Outcome out;
        for (int tries = 0; out.how == Outcome::How::later && !out.trouble && tries < rules::tries_to_read; ++tries)
            out = whole ? take_file(taking_, reading_.letters, mail)
                        : taking_.refuse("file\n" + kernel::hex(body_hash(mail)), rules::Why::too_large);
        switch (out.how) {
            case Outcome::How::message:
                ++imported.messages;
                break;
            case Outcome::How::reply:
                ++imported.replies;
                break;
            case Outcome::How::known:
                ++imported.known;
                break;
            case Outcome::How::refused:
                imported.refused[std::string(rules::name(out.why.value()))].push_back(imported.read);
                break;
            case Outcome::How::later:
                imported.later.push_back(imported.read);
                break;
        }
    }
    Imported imported;

private:
    const Taking taking_;
    const Reading& reading_;
};

}  // namespace

kernel::Result<Imported> import_mails(const people::Needs& needs, const Means& means, const Reading& reading,
                                      const fs::path& path, bool receipts,
                                      const std::function<void(std::int64_t, std::int64_t)>& progress) {
    if (receipts && !means.answers()) return kernel::invalid("receipts", "mail.import_no_receipts");
    wipe_pieces(reading.spool);
    Importing importing(needs, means, reading, receipts);
    if (fs::is_directory(path)) {
        const auto all = files::maildir(path);
        if (!all) return all.error();
        for (const fs::path& mail : *all) {
            importing.take(mail);
            progress(importing.imported.read, static_cast<std::int64_t>(all->size()));
        }
        return std::move(importing.imported);
    }
    auto mbox = files::Mbox::open(path);
    if (!mbox) return mbox.error();
    const auto size = static_cast<std::int64_t>(fs::file_size(path));
    const fs::path piece = reading.spool / ("mail-" + kernel::hex(kernel::random_bytes(8)));
    while (const auto one = mbox->next(piece)) {
        importing.take(piece, one->whole);
        progress(static_cast<std::int64_t>(one->next), size);
    }
    files::wipe(piece);
    return std::move(importing.imported);
}

}  // namespace mail
