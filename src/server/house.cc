#include "house.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cycle/cycle.h>
#include <kernel/bytes.h>
#include <ledger/key.h>
#include <page/page.h>
#include <algorithm>
#include <cstdlib>
#include <stdexcept>

#include "commands.h"
#include "upgrade.h"
#include "wiring.h"

namespace server {
namespace {

// A file that only this user may read, written once.
void write_private(const std::filesystem::path& path, kernel::View bytes) {
    int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) throw std::runtime_error("cannot make " + path.string());
    bool good = ::write(fd, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()) && ::fsync(fd) == 0;
    ::close(fd);
    if (!good) throw std::runtime_error("cannot write " + path.string());
}

// The picture decoder lies beside the program itself.
std::filesystem::path beside_program(const char* name) {
    return std::filesystem::read_symlink("/proc/self/exe").parent_path() / name;
}

void set_zone(const std::string& zone) {
    ::setenv("TZ", zone.c_str(), 1);
    ::tzset();
}

constexpr std::size_t server_key_size = 32, server_key_check = 4;

kernel::Bytes check_of_key(kernel::View key) {
    const kernel::Hash hash = kernel::sha256(key);
    return {hash.begin(), hash.begin() + server_key_check};
}

// The key, and the first bytes of its SHA-256; a key made before there was a check has none.
kernel::Bytes read_server_key(const std::filesystem::path& path) {
    kernel::Bytes bytes = read_private(path, server_key_size + server_key_check);
    const kernel::Bytes check(bytes.begin() + static_cast<std::ptrdiff_t>(std::min(bytes.size(), server_key_size)),
                              bytes.end());
    const bool whole = bytes.size() >= server_key_size;
    bytes.resize(server_key_size);
    if (!whole || (!check.empty() && check != check_of_key(bytes)))
        throw std::runtime_error(path.string() + " is damaged");
    return bytes;
}

}  // namespace

kernel::Bytes read_private(const std::filesystem::path& path, std::size_t most) {
    struct stat info {};
    if (::stat(path.c_str(), &info) != 0) throw std::runtime_error(path.string() + " is missing");
    if ((info.st_mode & 077) != 0) throw std::runtime_error(path.string() + " may be read by others; make it 0600");
    int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    kernel::Bytes bytes(most + 1);
    ssize_t got = fd < 0 ? -1 : ::read(fd, bytes.data(), bytes.size());
    if (fd >= 0) ::close(fd);
    if (got < 0 || got > static_cast<ssize_t>(most)) throw std::runtime_error(path.string() + " is damaged");
    bytes.resize(static_cast<std::size_t>(got));
    return bytes;
}

void House::check_server_key(const Options& options) { read_server_key(options.data / "server.key"); }

bool House::exists(const Options& options) { return std::filesystem::exists(options.data / "log.key"); }

House::House(const Options& options, const kernel::Clock* clock)
    : options_(options), even_(system_, std::int64_t{1000} * options.clock_patience), clock_(clock ? *clock : even_) {
    if (!exists(options))
        throw std::runtime_error("no installation in " + options.data.string() +
                                 "; make one with: huiyin init --data FOLDER");
    keep_before_upgrade(options);
    database_ = db::Database::open({options.data, options.postgres});
    ledger::replay_if_due(*database_, kinds(), progress("replaying the log after an upgrade: entries"));
    // Before any thread starts: days begin where the organisation is.
    set_zone(people::setting(*database_->read(), "organisation.zone"));
    set_gates();
    ledger_ = ledger::Ledger::start(*database_, clock_, ledger::load_key(options.data / "log.key"), kinds(),
                                    {.acknowledged = options.data / "acknowledged"});
    witnesses_ = std::make_unique<witnesses::Witnesses>(
        *database_, *ledger_, clock_, witnesses::policy_of(ledger_->key(), options.witnesses, options.quorum));
    needs_ = std::make_unique<people::Needs>(
        people::Needs{*database_, *ledger_, clock_, read_server_key(options.data / "server.key")});
    files_ = std::make_unique<files::Store>(options.data / "files");
    photos_ = std::make_unique<files::Photos>(*files_, beside_program("huiyin-photo"));
    letters_ = std::make_unique<files::Letters>(beside_program("huiyin-mail"));
    documents_ = std::make_unique<files::Documents>(*files_, beside_program("huiyin-pdf"));
}

House::~House() = default;

House::Made House::init(const Options& options, const Founding& founding, const kernel::Clock* clock) {
    const std::string login = founding.login ? *founding.login : people::random_login();
    if (const auto may = people::may_set_up(founding.organisation, login); !may)
        throw std::runtime_error("init was refused: " + page::say(page::Lang::en, may.error()));
    if (exists(options)) throw std::runtime_error(options.data.string() + " holds an installation already");
    std::filesystem::create_directories(options.data);
    std::filesystem::permissions(options.data, std::filesystem::perms::owner_all);
    kernel::Bytes secret = kernel::random_bytes(server_key_size);
    const kernel::Bytes check = check_of_key(secret);
    secret.insert(secret.end(), check.begin(), check.end());
    write_private(options.data / "server.key", secret);
    // The origin names the log for ever; one that nobody chose is at least nobody else's.
    std::string origin =
        options.origin.empty() ? "huiyin.invalid/" + kernel::hex(kernel::random_bytes(8)) : options.origin;
    ledger::make_key(options.data / "log.key", origin);

    House house(options, clock);
    auto account = people::set_up(house.needs(), founding.organisation, login, founding.sample);
    if (!account) throw std::runtime_error("init was refused: " + account.error().key);
    auto desk = cycle::open_standing_desk(house.needs(), "", "und");
    if (!desk) throw std::runtime_error("the always-open desk was refused: " + desk.error().key);
    auto lease = house.database().read();
    auto units = people::units(*lease);
    return {*account, units.front().id, *desk};
}

}  // namespace server
