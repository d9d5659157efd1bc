// One installation, opened: its data folder, database, keys, ledger and files. Made in main(), handed to everything by
// reference; nothing in it is global.
#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <db/database.h>
#include <discovery/discovery.h>
#include <files/files.h>
#include <files/letters.h>
#include <kernel/clock.h>
#include <kernel/even_clock.h>
#include <ledger/ledger.h>
#include <opinion_map/opinion_map.h>
#include <people/people.h>
#include <witnesses/witnesses.h>

namespace server {

// What the command line and <data>/huiyin.toml say; the command line wins.
struct Options {
    std::filesystem::path data = "data";
    std::string postgres;  // connection string; empty: SQLite in the data folder
    std::string address = "127.0.0.1";
    int port = 8080;
    std::string origin;                // of the log: "huiyin.example.org/log"; made up at init when empty
    int rate_per_minute = 600;         // state-changing requests of one client
    int clock_patience = 300;          // seconds for which a jump of the machine's clock stands before it is followed
    int work_from_per_minute = 3'000;  // anonymous submissions, above which work is asked for first; 0: never
    std::vector<std::string> trusted_proxies;
    std::vector<witnesses::Named> witnesses;  // who cosigns the log's checkpoints
    int quorum = 0;                           // of them; 0: there are none
    std::string public_address;               // "https://voices.example.org": in letters, feeds and on paper
    struct Smtp {
        std::string url, from, user, password_file;
    };
    std::optional<Smtp> smtp;  // none: no mail is sent
    struct Mail {
        std::string address, maildir, kind;
        int keep_days = 0;
    };
    std::optional<Mail> mail;  // none: no mail is taken
    struct Webhook {
        std::string url, secret_file;
        std::vector<std::string> kinds;
    };
    std::vector<Webhook> webhooks;
    struct Authority {
        std::string url, key_file;
        bool inside = false;  // its name may lead into an inner network
    };
    std::vector<Authority> authorities = {};  // to whose servers cases can be handed
    std::vector<std::string> frames_on = {};  // "https://www.example.org": sites that may show opinion maps in a frame
};
struct Founding {
    std::string organisation;          // its name
    std::optional<std::string> login;  // of the first administrator; otherwise one that nobody can guess to exist
    bool sample = false;               // invented: its pages say so
};
// Whether others than this machine can reach it without TLS: it listens beyond it, and no proxy is named that would
// stand in between.
bool without_tls(const Options&);
// Reads <data>/huiyin.toml, if there is one, into what the command line left at its default. Throws std::runtime_error
// with the line for a broken file or an unknown key.
Options with_file(Options from_command_line);
// A file that holds a secret. std::runtime_error when it is missing, longer, or may be read by others.
kernel::Bytes read_private(const std::filesystem::path&, std::size_t most);

class House {
public:
    // Opens an installation that init() made. Throws when there is none, or another process has it.
    // `clock`: another than the machine's, for a rehearsal; it must outlive the house.
    explicit House(const Options&, const kernel::Clock* clock = nullptr);
    ~House();
    House(const House&) = delete;

    const people::Needs& needs() const { return *needs_; }  // lives as long as the house
    const Options& options() const { return options_; }
    db::Database& database() { return *database_; }
    ledger::Ledger& ledger() { return *ledger_; }
    witnesses::Witnesses& witnesses() const { return *witnesses_; }
    const kernel::Clock& clock() const { return clock_; }
    // The clock as the machine's, which may be in doubt; null when another was given.
    kernel::EvenClock* even_clock() { return &clock_ == &even_ ? &even_ : nullptr; }
    files::Store& files() { return *files_; }
    files::Photos& photos() { return *photos_; }
    const files::Letters& letters() const { return *letters_; }
    files::Documents& documents() { return *documents_; }
    const std::shared_ptr<discovery::Live>& live() const { return live_; }
    const std::shared_ptr<opinion_map::Live>& maps() const { return maps_; }

    // std::runtime_error when server.key is missing, damaged or open to others.
    static void check_server_key(const Options&);
    // Is there an installation in that place?
    static bool exists(const Options&);
    // Makes the folder (0700), the keys (0600), the database and the first entries. Throws std::runtime_error, before
    // anything is made, for an organisation or login that none can have.
    struct Made {
        people::FirstAccount account;
        people::UnitId unit;
        people::CycleId desk;
    };
    static Made init(const Options&, const Founding&, const kernel::Clock* clock = nullptr);

private:
    Options options_;
    kernel::SystemClock system_;
    kernel::EvenClock even_;
    const kernel::Clock& clock_;
    std::unique_ptr<db::Database> database_;
    std::unique_ptr<ledger::Ledger> ledger_;
    std::unique_ptr<witnesses::Witnesses> witnesses_;
    std::unique_ptr<people::Needs> needs_;
    std::unique_ptr<files::Store> files_;
    std::unique_ptr<files::Photos> photos_;
    std::unique_ptr<files::Letters> letters_;
    std::unique_ptr<files::Documents> documents_;
    const std::shared_ptr<discovery::Live> live_ = discovery::live();
    const std::shared_ptr<opinion_map::Live> maps_ = opinion_map::live();
};

}  // namespace server
