// Upgrades: rehearsed on a copy, and taken back as long as nothing was written since.
#include "upgrade.h"

#include <db/database.h>
#include <files/files.h>
#include <kernel/bytes.h>
#include <kernel/clock.h>
#include <ledger/ledger.h>
#include <iomanip>
#include <iostream>

#include "commands.h"
#include "wiring.h"

namespace server {
namespace {

namespace fs = std::filesystem;

void wipe_folder(const fs::path& folder) {
    if (!fs::exists(folder)) return;
    std::vector<fs::path> all;
    for (const auto& file : fs::recursive_directory_iterator(folder))
        if (file.is_regular_file()) all.push_back(file.path());
    for (const fs::path& file : all) files::wipe(file);
    fs::remove_all(folder);
}

// Wiped on every way out: a copy holds what the original does.
struct Copy {
    explicit Copy(fs::path at) : folder(std::move(at)) { wipe_folder(folder); }
    ~Copy() {
        try {
            wipe_folder(folder);
        } catch (const std::exception& broken) { std::cerr << "huiyin: " << broken.what() << '\n'; }
    }
    Copy(const Copy&) = delete;
    const fs::path folder;
};

void need_sqlite(const Options& options) {
    if (!options.postgres.empty())
        throw std::runtime_error("on PostgreSQL, rehearse on a copy made with pg_dump: see docs/operating.md");
    if (!House::exists(options)) throw std::runtime_error("no installation in " + options.data.string());
}

std::int64_t size_in(const fs::path& folder) { return ledger::size(*db::open_main(folder)); }

int rehearse(const Options& options) {
    const double began = kernel::stopwatch();
    const auto since = [&began](const char* what) {
        std::cout << std::fixed << std::setprecision(1) << what << " after " << kernel::stopwatch() - began << " s\n";
    };
    const Copy upgraded(options.data / "rehearsal"), again(options.data / "rehearsal-rebuilt");
    db::copy_place(options.data, upgraded.folder, progress("rehearsal: pages copied"));
    since("copied");
    const int due = db::migrations_due(upgraded.folder);
    bool same = false;
    {
        auto database = db::Database::open({upgraded.folder, {}});
        since((std::to_string(due) + " migrations ran").c_str());
        if (ledger::replay_if_due(*database, kinds(), progress("rehearsal: entries replayed"))) since("replayed");
        auto rebuilt = db::Database::open({again.folder, {}});
        auto source = database->read();
        ledger::rebuild(*source, *rebuilt, kinds(), progress("rehearsal: entries rebuilt"));
        since("rebuilt from the log");
        same = db::state_digest(*source) == db::state_digest(*rebuilt->read());
    }
    std::cout << (same ? "the upgraded copy holds what its log says; the installation was not touched\n"
                       : "the upgraded copy differs from what its log says: do not upgrade\n");
    return same ? 0 : 1;
}

int roll_back(const Options& options) {
    const fs::path kept = before_upgrade(options.data);
    if (!fs::exists(kept)) throw std::runtime_error("no copy from before an upgrade is kept here");
    if (fs::exists(kept / "main.db")) {
        const std::int64_t then = size_in(kept), now = size_in(options.data);
        if (then != now)
            throw std::runtime_error("entries were written since the upgrade (" + std::to_string(now - then) +
                                     "): people may hold their receipts, so there is no way back");
    }
    db::put_back(kept, options.data);
    wipe_folder(kept);
    std::cout << "as before the upgrade; start the program of before\n";
    return 0;
}

}  // namespace

fs::path before_upgrade(const fs::path& data) { return data / "before-upgrade"; }

void wipe_copies(const fs::path& data) {
    for (const char* name : {"before-upgrade", "before-upgrade.draft", "rehearsal", "rehearsal-rebuilt"})
        wipe_folder(data / name);
}

void keep_before_upgrade(const Options& options) {
    if (!options.postgres.empty() || !fs::exists(options.data / "main.db")) return;
    if (db::migrations_due(options.data) == 0) return;
    fs::path draft = before_upgrade(options.data);
    draft += ".draft";
    wipe_folder(draft);
    try {
        db::copy_place(options.data, draft, progress("keeping a copy from before the upgrade: pages"));
    } catch (...) {
        wipe_folder(draft);
        throw;
    }
    wipe_folder(before_upgrade(options.data));
    fs::rename(draft, before_upgrade(options.data));
}

int upgrade(const Options& options, const UpgradeArgs& args) {
    need_sqlite(options);
    if (args.rehearse) return rehearse(options);
    if (args.roll_back) return roll_back(options);
    if (!args.confirm) throw std::runtime_error("say --rehearse, --confirm or --roll-back");
    wipe_copies(options.data);
    std::cout << "no copy from before an upgrade is kept\n";
    return 0;
}

}  // namespace server
