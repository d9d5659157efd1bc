#include "maildir.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <fstream>
#include <system_error>

#include <files/files.h>
#include <files/mailbox.h>
#include <jobs/jobs.h>
#include <watch/watch.h>

#include "mail.h"

namespace mail {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void failed(const char* what) { throw std::system_error(errno, std::generic_category(), what); }

// With the file that Maildir++ marks a folder by.
void make_folder(const fs::path& folder) {
    if (fs::exists(folder / "maildirfolder")) return;
    for (const fs::path& one : {folder, folder / "new", folder / "tmp", folder / "cur"})
        if (::mkdir(one.c_str(), 0700) != 0 && errno != EEXIST) failed("making a folder for mails");
    std::ofstream(folder / "maildirfolder").flush();
}

bool on_one_disk(const fs::path& a, const fs::path& b) {
    struct stat one {
    }, other{};
    return ::stat(a.c_str(), &one) == 0 && ::stat(b.c_str(), &other) == 0 && one.st_dev == other.st_dev;
}

}  // namespace

std::optional<std::string> fault_of_maildir(const fs::path& folder) {
    for (const char* part : {"new", "cur", "tmp"}) {
        std::error_code none;
        if (!fs::is_directory(folder / part, none)) return "there is no folder " + (folder / part).string();
    }
    for (const fs::path& part : {folder, folder / "new", folder / "cur"})
        if (::access(part.c_str(), R_OK | W_OK | X_OK) != 0)
            return part.string() + " may not be read and written by this user";
    for (const fs::path& part : {folder / "new", folder / "cur"})
        if (!on_one_disk(folder, part))
            return part.string() + " is on another file system: nothing can be moved at once";
    return std::nullopt;
}

bool move_to(const fs::path& mail, const fs::path& folder, bool seen) {
    make_folder(folder);
    std::string name = mail.filename().string();
    name.resize(std::min(name.size(), name.find(":2,")));
    const std::string flags = seen ? ":2,S" : ":2,";
    for (int n = 0;; ++n) {
        const fs::path to = folder / "cur" / (name + (n > 0 ? "," + std::to_string(n) : "") + flags);
        if (::renameat2(AT_FDCWD, mail.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return true;
        if (errno == ENOENT) return false;
        if (errno != EEXIST) failed("moving a mail");
    }
}

int wipe_taken(const fs::path& maildir, kernel::Instant arrived_before, const std::function<bool()>& stopping) {
    int gone = 0;
    std::vector<fs::path> old;
    std::error_code none;
    for (const auto& one : fs::directory_iterator(maildir / ".taken" / "cur", none)) {
        struct stat info {};
        if (::lstat(one.path().c_str(), &info) == 0 && S_ISREG(info.st_mode) &&
            std::int64_t{info.st_mtim.tv_sec} * 1000 < arrived_before.ms)
            old.push_back(one.path());
    }
    for (const fs::path& one : old) {
        if (stopping()) break;
        files::wipe(one);
        ++gone;
    }
    return gone;
}

void Maildir::run(jobs::Run& run) {
    if (const auto fault = fault_of_maildir(folder_)) {
        watch::error("mail.maildir", {{"why", *fault}});
        watch::count("huiyin_mail_maildir_faults_total");
        return;
    }
    const auto all = files::maildir(folder_);
    if (!all) return;
    std::map<std::string, int> tries;
    std::int64_t done = 0;
    for (const fs::path& mail : *all) {
        if (run.stopping()) return;
        run.progress(done++, static_cast<std::int64_t>(all->size()));
        Outcome out;
        try {
            if (!fs::exists(mail)) continue;
            if (::access(mail.c_str(), R_OK) != 0) {
                watch::error("mail.unreadable", {{"why", "it may not be read by this user"}});
                continue;
            }
            out = take_(mail);
            if (out.trouble) return;
            if (out.how == Outcome::How::later && ++tries_[mail.filename()] >= rules::tries_to_read)
                out = {Outcome::How::refused, rules::Why::heavy, false};
            settle(mail, out);
        } catch (const std::system_error& error) {
            // One mail that cannot be read or moved holds up none of the others.
            watch::error("mail.file", {{"why", error.code().message()}});
        }
        if (const auto at = tries_.find(mail.filename()); at != tries_.end() && out.how == Outcome::How::later)
            tries.insert(*at);
    }
    tries_ = std::move(tries);
    run.progress(done, done);
}

void Maildir::settle(const fs::path& mail, const Outcome& out) {
    switch (out.how) {
        case Outcome::How::message:
        case Outcome::How::reply:
        case Outcome::How::known:
            move_to(mail, folder_ / ".taken", true);
            break;
        case Outcome::How::refused:
            move_to(mail, folder_ / (".refused." + std::string(rules::name(out.why.value()))), false);
            break;
        case Outcome::How::later:
            break;
    }
}

}  // namespace mail
