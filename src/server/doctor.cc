#include <sys/stat.h>
#include <sys/statvfs.h>

#include <cstdlib>
#include <iostream>

#include <backup/backup.h>
#include <db/database.h>
#include <db/words_key.h>
#include <files/files.h>
#include <kernel/clock.h>
#include <ledger/acknowledged.h>
#include <ledger/key.h>
#include <ledger/ledger.h>
#include <merkle/merkle.h>
#include <merkle/note.h>
#include <people/people.h>

#include "commands.h"
#include "happened.h"

namespace server {
namespace {

struct Findings {
    int bad = 0;
    void say(bool good, const std::string& what, const std::string& advice = "") {
        std::cout << (good ? "ok    " : "wrong ") << what << (good || advice.empty() ? "" : ": " + advice) << '\n';
        bad += good ? 0 : 1;
    }
};

bool only_mine(const std::filesystem::path& path) {
    struct stat info {};
    return ::stat(path.c_str(), &info) == 0 && (info.st_mode & 077) == 0;
}

// How many entries were answered for, against those that are there.
void check_acknowledged(Findings& findings, std::optional<std::int64_t> known, std::int64_t size) {
    findings.say(known.has_value(), "how many entries were answered for can be read",
                 "the file `acknowledged` is damaged; it is written anew at the next start");
    if (known)
        findings.say(*known <= size, "no entry that was answered for is gone",
                     "those from " + std::to_string(size) + " up to " + std::to_string(*known) + " are");
}

// The stored head says what the stored entries say, and the key on disk signed it.
void check_log(Findings& findings, const Options& options) {
    // Before the database is looked at: a program that runs beside this adds entries first.
    const auto known = ledger::Acknowledged::read(options.data / "acknowledged");
    auto database = db::Database::open_to_read({options.data, options.postgres});
    auto lease = database->read();
    const merkle::SignerKey key = ledger::load_key(options.data / "log.key");
    const auto note = merkle::Note::parse(ledger::head(*lease));
    findings.say(note && merkle::signed_by(*note, key.verifier()), "the log's head is signed by log.key");
    const auto checkpoint = note ? merkle::Checkpoint::parse(note->body) : std::nullopt;
    const std::int64_t size = ledger::size(*lease);
    check_acknowledged(findings, known, size);
    findings.say(checkpoint && checkpoint->size == size, "the head covers all " + std::to_string(size) + " entries");
    findings.say(checkpoint && checkpoint->root == merkle::root(size, ledger::hashes(*lease)),
                 "the head's root is the tree's");
}

// Before anything opens the database: see db::check_pages().
void check_pages(Findings& findings, const Options& options) {
    const auto show = progress("pages");
    for (const db::PageReport& report : db::check_pages(options.data, [&](std::int64_t done, std::int64_t of) {
             if (of > 50'000) show(done, of);
         })) {
        for (std::int64_t page : report.damaged)
            findings.say(false, report.file + ", page " + std::to_string(page),
                         "it does not hold what was written there");
        if (!report.checked)
            std::cout << "note  " << report.file
                      << ": its pages have no checks yet; they get them when the program starts\n";
        else if (report.damaged.empty())
            findings.say(true, report.file + ": " + std::to_string(report.pages) + " pages hold what was written");
    }
}

void check_files(Findings& findings, const Options& options) {
    if (!std::filesystem::exists(options.data / "files")) return;
    const int bad = findings.bad;
    const std::int64_t count = files::Store(options.data / "files").check([&](const std::filesystem::path& path) {
        findings.say(false, std::filesystem::relative(path, options.data).string(),
                     "it does not hold what its name says");
    });
    if (findings.bad == bad) findings.say(true, std::to_string(count) + " files hold what their names say");
}

// Not wrong yet, but due days will fall on holidays that nobody told the program of.
void check_calendar(const Options& options) {
    auto database = db::Database::open_to_read({options.data, options.postgres});
    auto lease = database->read();
    const auto last = people::calendar_ends(*lease, kernel::local_day(kernel::SystemClock().now()));
    if (last)
        std::cout << "note  the calendar in force knows holidays up to " << kernel::iso(*last)
                  << " alone: set the next one at /admin/calendar\n";
}

void check_notices(Findings& findings, const Options& options) {
    const auto database = db::Database::open_to_read({options.data, options.postgres});
    const notice::Means means = notice_means(options, *database->read());
    if (means.mails())
        findings.say(true, "letters go out through " + means.relay->url);
    else
        std::cout << "note  no mail is sent: huiyin.toml has no [smtp]\n";
}

void check_mails(Findings& findings, const Options& options) {
    const auto database = db::Database::open_to_read({options.data, options.postgres});
    const mail::Means means = mail_means(options, *database->read());
    if (!means.takes()) {
        std::cout << "note  no messages are taken by e-mail: huiyin.toml has no [mail]\n";
        return;
    }
    if (means.maildir.empty())
        std::cout << "note  mails are taken by huiyin import alone: [mail] has no maildir\n";
    else if (const auto fault = mail::fault_of_maildir(means.maildir))
        findings.say(false, "mails are taken from " + means.maildir.string(), *fault);
    else
        findings.say(true, "mails are taken from " + means.maildir.string());
    if (!means.answers())
        std::cout << "note  who writes by e-mail gets no receipt and no secret code: huiyin.toml has no [smtp]\n";
}

void check_authorities(Findings& findings, const Options& options) {
    const std::size_t n = handover_means(options).keys.size();
    if (n > 0) findings.say(true, "keys of other authorities can be read: " + std::to_string(n));
}

template <class Check>
void attempt(Findings& findings, const std::string& what, Check check) {
    try {
        check();
    } catch (const std::exception& error) { findings.say(false, what, error.what()); }
}

}  // namespace

int doctor(const Options& options) {
    Findings findings;
    findings.say(House::exists(options), "an installation in " + options.data.string(), "make one with huiyin init");
    if (findings.bad) return 1;
    findings.say(only_mine(options.data), "the data folder is closed to others", "chmod 700");
    findings.say(only_mine(options.data / "log.key") && only_mine(options.data / "server.key"),
                 "the keys are closed to others", "chmod 600");
    struct statvfs space {};
    const bool known = ::statvfs(options.data.c_str(), &space) == 0;
    const auto free_mb = known ? space.f_bavail * space.f_frsize / (1024 * 1024) : 0;
    findings.say(free_mb >= 1024, std::to_string(free_mb) + " MB free", "writing stops when nothing is left");
    findings.say(std::system("bwrap --ro-bind / / --unshare-all true >/dev/null 2>&1") == 0,
                 "bubblewrap can make a sandbox",
                 "photographs are refused until it can; install bubblewrap and allow user namespaces");
    attempt(findings, "the keys can be read", [&] {
        House::check_server_key(options);
        if (std::filesystem::exists(db::words_key(options.data))) db::ring_of_words(options.data);
        ledger::load_key(options.data / "log.key");
        backup::key_files(options.data);
        findings.say(true, "the keys are whole");
    });
    attempt(findings, "the database files can be read", [&] { check_pages(findings, options); });
    attempt(findings, "the files can be read", [&] { check_files(findings, options); });
    attempt(findings, "notices can be sent", [&] { check_notices(findings, options); });
    attempt(findings, "mails can be taken", [&] { check_mails(findings, options); });
    attempt(findings, "other authorities can be asked", [&] { check_authorities(findings, options); });
    attempt(findings, "the log can be read", [&] { check_log(findings, options); });
    attempt(findings, "the calendar can be read", [&] { check_calendar(options); });
    return findings.bad ? 1 : 0;
}

}  // namespace server
