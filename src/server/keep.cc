// Backups, what is restored from them, and rehearsals of upgrades.
#include <sys/statvfs.h>

#include <fstream>
#include <iostream>
#include <iterator>

#include <backup/backup.h>
#include <db/database.h>
#include <kernel/bytes.h>
#include <kernel/clock.h>
#include <ledger/ledger.h>
#include <notice/notice.h>

#include "commands.h"
#include "wiring.h"

namespace server {
namespace {

namespace fs = std::filesystem;

fs::path key_file(const fs::path& folder, const std::string& asked) {
    if (!asked.empty()) return asked;
    fs::path beside = fs::absolute(folder).lexically_normal();
    if (!beside.has_filename()) beside = beside.parent_path();
    return beside += ".keys";
}

bool is_empty_or_absent(const fs::path& folder) { return !fs::exists(folder) || fs::is_empty(folder); }

}  // namespace

int make_backup(const Options& options, const BackupArgs& args) {
    if (!House::exists(options)) throw std::runtime_error("no installation in " + options.data.string());
    const auto database = db::Database::open_to_read({options.data, options.postgres});
    const fs::path keys = key_file(args.to, args.keys);
    const backup::Made made = backup::make(*database, options.data, args.to, keys, progress("backup: entries"));
    std::cout << made.size << " entries in " << args.to << ", checked; new in this run: " << made.entries
              << " entries, " << made.pictures << " pictures, " << made.bytes << " bytes\nits keys: " << keys.string()
              << " (keep it apart from the backup, and only the newest)\n";
    return 0;
}

int restore(const Options& options, const RestoreArgs& args) {
    if (!is_empty_or_absent(options.data))
        throw std::runtime_error(options.data.string() + " is not empty: a backup is restored into a new folder");
    std::optional<std::string> at_least;
    if (!args.at_least.empty()) {
        std::ifstream in(args.at_least, std::ios::binary);
        if (!in) throw std::runtime_error(args.at_least + " cannot be read");
        at_least.emplace(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    }
    fs::create_directories(options.data);
    fs::permissions(options.data, fs::perms::owner_all);
    const fs::path keys = key_file(args.from, args.keys);
    backup::place_ring(keys, options.data);
    const auto target = db::Database::open({options.data, options.postgres});
    const backup::Restored done = backup::restore(args.from, keys, at_least, *target, options.data, kinds(),
                                                  kernel::SystemClock(), progress("restore: entries"));
    handover::begin_restored(*target);
    notice::begin_at_end(*target);  // what waited to be sent was sent elsewhere, perhaps
    std::cout << done.size << " entries restored into " << options.data.string() << ", all checked; " << done.pictures
              << " pictures";
    if (done.erased > 0) std::cout << "; the words of " << done.erased << " were erased since, which is entered anew";
    std::cout << "\nIf people hold receipts of later entries, this log must not go on: see docs/operating.md.\n";
    return 0;
}

}  // namespace server
