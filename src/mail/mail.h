// E-mail as a channel of messages: what arrives in a Maildir, or lies in a mailbox that is imported, becomes messages
// at the always-open desk, each once. An author whose letter can be sent gets a receipt with the secret code, and can
// answer it. What is refused stays where its reason says. README.md.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <kernel/bytes.h>
#include <kernel/result.h>
#include <people/people.h>
#include <voice/voice.h>

namespace files {
class Documents;
class Letters;
class Photos;
}  // namespace files
namespace jobs {
struct Task;
}

namespace mail {

using voice::VoiceId;

// The mail server that takes receipts and delivers them.
struct Relay {
    std::string url, from, user;
    kernel::Secret password;
};
// What of it is switched on here.
struct Means {
    std::string address;                   // to which people write: "voices@example.org"; "": no mail is taken
    std::filesystem::path maildir;         // where a mail server puts what comes; empty where only imports are taken
    int keep_days = 0;                     // after which a mail that was taken is wiped from it; 0: never
    voice::Kind kind = voice::Kind::help;  // of all messages, until staff correct one
    std::optional<Relay> relay;            // none: no receipts are sent
    std::string site;                      // "https://voices.example.org"; never empty where there is a relay
    std::string organisation;
    bool takes() const { return !address.empty(); }
    bool answers() const { return takes() && relay.has_value(); }
};
// Why it cannot be, for whoever wrote huiyin.toml, with the key; nothing when it can.
std::optional<std::string> fault_of(const Means&);
// Why the Maildir cannot be worked with now: it is none, may not be written, or moving in it would copy; nothing when
// it can.
std::optional<std::string> fault_of_maildir(const std::filesystem::path&);

// What reads a mail, its pictures and its PDFs; all outlive whoever gets it.
struct Reading {
    const files::Letters& letters;
    files::Photos& photos;
    files::Documents& documents;
    std::filesystem::path spool;  // for pieces of a mail while they are read
};
std::vector<jobs::Task> tasks(const people::Needs&, const Means&, const Reading&);

// `huiyin import mail`: all mails of an mbox file or a Maildir, which stays as it is. Those taken before are known
// again, so that it can be stopped and started again at any time. Nobody's mails are too many; receipts only where
// `receipts`.
struct Imported {
    std::int64_t read = 0, messages = 0, replies = 0, known = 0;
    std::map<std::string, std::vector<std::int64_t>> refused;  // by reason: the how-manieth of the mailbox, from 1
    std::vector<std::int64_t> later;                           // what could not be read now
};
// files.mailbox_missing, files.mailbox_kind; mail.import_no_receipts: asked for, and nothing can be sent here.
kernel::Result<Imported> import_mails(const people::Needs&, const Means&, const Reading&, const std::filesystem::path&,
                                      bool receipts,
                                      const std::function<void(std::int64_t done, std::int64_t of)>& progress);

// ---- wiring --------------------------------------------------------------------------------------------------------
void add_kinds(std::vector<ledger::Kind>&);
struct Slip {
    std::string kind_key, link;
};
std::optional<Slip> slip(db::Connection&, std::int64_t entry);
page::Html part_of_rules(page::Lang, db::Connection&, const Means&);
page::Html part_of_say(page::Lang, const Means&);  // that people can write, and to whom; empty where they cannot

}  // namespace mail
