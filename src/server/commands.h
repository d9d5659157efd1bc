// What `huiyin` can be asked to do, one function a command. Each returns the exit code; a broken world is thrown and
// said by main().
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "house.h"

namespace server {

struct InitArgs {
    Founding founding;
    bool json = false;
};
int init(const Options&, const InitArgs&);
int serve(const Options&);
struct StartArgs {
    Founding founding;
    bool demo = true;
};
int start(const Options&, const StartArgs&);  // init and demo when the folder is empty, then serve
// An installation of an invented office in an empty folder: two real conversations and what that office made of them,
// played on a clock that is set back, so that there is something late, answered and judged to look at.
struct Demo {
    House::Made made;
    people::FirstAccount clerk;      // who may look at the office's side
    people::FirstAccount inspector;  // who receives what is confidential there
    std::string passphrase;          // and opens it with this
};
Demo make_demo(const Options&);
bool demo_unfinished(const Options&);  // it was stopped in the middle: of no use to anybody
int rebuild(const Options&, const Options& into);
int doctor(const Options&);
int export_log(const Options&, const std::string& folder);
struct AuditArgs {
    std::string log;  // an export, a data folder, or the log's address
    std::string key, policy;
    std::vector<std::string> against;  // what is published: files of the JSON API, or the institution's address
    bool json = false;
};
int audit_log(const AuditArgs&);  // 0: all is as claimed; 1: something is not, or it does not verify; 2: not read
struct BackupArgs {
    std::string to, keys;  // keys: the key file; empty: FOLDER.keys beside the folder
};
int make_backup(const Options&, const BackupArgs&);  // beside a running server, too
struct UpgradeArgs {
    bool rehearse = false, confirm = false, roll_back = false;
};
int upgrade(const Options&, const UpgradeArgs&);
struct RestoreArgs {
    std::string from, keys, at_least;
};
int restore(const Options&, const RestoreArgs&);
int print_schema();
int print_routes();

struct UserArgs {
    std::int64_t unit = 0;
    std::string login, post, roles;
    bool json = false;
};
int add_user(const Options&, const UserArgs&);
int list_users(const Options&);
struct UnitArgs {
    std::int64_t parent = 0;
    std::string name;
    bool json = false;
};
int give_password(const Options&, const UserArgs&);  // login and json of them
int reset_code(const Options&, const std::string& login);
int add_unit(const Options&, const UnitArgs&);

struct VoicesArgs {
    std::string file, source, encoding, lang;
    std::string text = "text", title, kind, place, date, lang_column;
    std::int64_t cycle = 0;  // 0: a new round is opened for it
    std::string cycle_name;
    // Cases of another register: its columns, a file that says which unit each of its names is, the term it had.
    std::string reply, reply_date, unit, units, rating, number, term;
    std::int64_t of_unit = 0;  // that answered all of it
    bool unit_only = false;
};
struct PolisArgs {
    std::string folder, lang = "en", source;
    std::int64_t cycle = 0;
};
int import_polis(const Options&, const PolisArgs&);
struct StatementsArgs {
    std::string file, lang = "en";
    std::int64_t dialogue = 0;
};
int import_statements(const Options&, const StatementsArgs&);
// Says on standard error how far something is.
std::function<void(std::int64_t done, std::int64_t of)> progress(const char* what);
int import_voices(const Options&, const VoicesArgs&);
struct MailArgs {
    std::string path;
    bool receipts = false;
};
int import_mail(const Options&, const MailArgs&);
int import_places(const Options&, const std::string& file);

}  // namespace server
