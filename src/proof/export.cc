// The whole public log as plain files.
#include "export.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <system_error>

#include <db/database.h>
#include <files/files.h>
#include <kernel/bytes.h>
#include <ledger/ledger.h>
#include <merkle/merkle.h>
#include <merkle/note.h>
#include <witnesses/witnesses.h>

#include "alone.h"
#include "parts.h"
#include "payloads.h"

namespace proof {
namespace {

namespace fs = std::filesystem;
constexpr std::string_view unfinished = ".new";  // the end of a file's name while it is written

[[noreturn]] void failed(const std::string& what) { throw std::system_error(errno, std::generic_category(), what); }

class Descriptor {
public:
    Descriptor(const fs::path& path, int flags) : path_(path), fd_(::open(path.c_str(), flags | O_CLOEXEC, 0644)) {
        if (fd_ < 0) failed("cannot open " + path.string());
    }
    ~Descriptor() { ::close(fd_); }
    Descriptor(const Descriptor&) = delete;
    void write(std::string_view bytes) const {
        while (!bytes.empty()) {
            const ssize_t n = ::write(fd_, bytes.data(), bytes.size());
            if (n < 0 && errno == EINTR) continue;
            if (n < 0) failed("cannot write " + path_.string());
            bytes.remove_prefix(static_cast<std::size_t>(n));
        }
    }
    void sync_all() const {
        if (::syncfs(fd_) != 0) failed("cannot sync " + path_.string());
    }

private:
    fs::path path_;
    int fd_;
};

std::optional<std::string> content(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) return std::nullopt;
    return std::string(std::istreambuf_iterator<char>(in), {});
}

// The target folder. A file is there whole or not at all; on the disk they are when settle() returns.
class Folder {
public:
    explicit Folder(fs::path root) : root_(std::move(root)) {
        fs::create_directories(root_);
        for (const fs::directory_entry& entry : fs::directory_iterator(root_))
            if (!ours(entry.path().filename().string()))
                throw std::runtime_error(root_.string() + " holds " + entry.path().filename().string() +
                                         ", which is no part of an export; choose an empty folder");
    }
    bool has(const std::string& name) const { return fs::exists(root_ / name); }
    std::optional<std::string> read(const std::string& name) const { return content(root_ / name); }
    void put(const std::string& name, std::string_view bytes) {
        const fs::path path = root_ / name;
        fs::create_directories(path.parent_path());
        const fs::path fresh = path.string() + std::string(unfinished);
        Descriptor(fresh, O_WRONLY | O_CREAT | O_TRUNC).write(bytes);
        ++written;
        // What it takes the place of may hold words that were erased. An interrupted run leaves it under the other
        // name.
        if (::renameat2(AT_FDCWD, fresh.c_str(), AT_FDCWD, path.c_str(), RENAME_EXCHANGE) == 0) {
            files::wipe(fresh);
            return;
        }
        if (errno != ENOENT) files::wipe(path);  // a file system that cannot exchange names
        fs::rename(fresh, path);
    }
    void settle() const { Descriptor(root_, O_RDONLY | O_DIRECTORY).sync_all(); }
    // What a log of this size does not name any more: narrower tiles, and what an interrupted run left.
    void remove_stale(std::int64_t size) {
        std::vector<fs::path> stale;
        for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root_)) {
            const std::string name = entry.path().lexically_relative(root_).generic_string();
            if (entry.is_regular_file() && !named(name, size)) stale.push_back(entry.path());
        }
        for (const fs::path& path : stale) {
            files::wipe(path);
            if (path.parent_path().string().ends_with(".p") && fs::is_empty(path.parent_path()))
                fs::remove(path.parent_path());
        }
    }

    std::int64_t written = 0;

private:
    static bool ours(std::string_view name) {
        if (name.ends_with(unfinished)) name.remove_suffix(unfinished.size());
        return name == "checkpoint" || name == "key" || name == "tile" || name == "payloads" || name == "check.html";
    }
    static bool named(const std::string& name, std::int64_t size) {
        auto address = merkle::parse_tile_path(name);
        if (!address) address = parse_payload_path(name);
        if (!address)
            return !name.ends_with(unfinished) && !name.starts_with("tile/") && !name.starts_with("payloads/");
        return merkle::tile_fill(std::max(address->level, 0), address->n, size) == address->width;
    }
    fs::path root_;
};

struct Head {
    std::string note;
    merkle::Checkpoint checkpoint;
};

Head head_of(const std::string& note) {
    const auto parsed = merkle::Note::parse(note);
    const auto checkpoint = parsed ? merkle::Checkpoint::parse(parsed->body) : std::nullopt;
    if (!checkpoint) throw std::runtime_error("a checkpoint is damaged");
    return {note, *checkpoint};
}

// What lies in the folder already must be the beginning of this log.
void refuse_other_log(const Folder& folder, db::Connection& db, const merkle::Checkpoint& now) {
    const auto kept = folder.read("checkpoint");
    if (!kept) return;
    const merkle::Checkpoint old = head_of(*kept).checkpoint;
    if (old.origin != now.origin) throw std::runtime_error("the folder holds an export of another log, " + old.origin);
    if (old.size > now.size || merkle::root(old.size, ledger::hashes(db)) != old.root)
        throw std::runtime_error("the folder holds an export of " + std::to_string(old.size) +
                                 " entries that is not the beginning of this log");
}

// Immutable bytes: what is there already stays.
void put_tiles(Folder& folder, db::Database& database, std::int64_t size) {
    for (int level = 0; level < 8 && size >> (merkle::tile_height * level) > 0; ++level)
        for (std::int64_t n = 0; const int width = merkle::tile_fill(level, n, size); ++n) {
            const std::string name = merkle::tile_path({level, n, width});
            if (folder.has(name)) continue;
            auto lease = database.read();
            const auto bytes = ledger::tile(*lease, level, n, width);
            if (!bytes) throw std::runtime_error("the log lacks " + name);
            folder.put(name, kernel::text(*bytes));
        }
}

void put_entries(Folder& folder, db::Connection& db, std::int64_t n, int width) {
    const std::string name = merkle::tile_path({-1, n, width});
    if (folder.has(name)) return;
    const auto bytes = ledger::entry_bundle(db, n, width);
    if (!bytes) throw std::runtime_error("the log lacks " + name);
    folder.put(name, kernel::text(*bytes));
}

// These change where words are erased or hidden; what is there already is compared.
void put_payloads(Folder& folder, const Hooks& hooks, db::Connection& db, std::int64_t n, int width) {
    const std::string name = payload_path(n, width);
    const auto lines = payload_bundle(hooks, db, n, width);
    if (!lines) throw std::runtime_error("the log lacks " + name);
    if (folder.read(name) != lines) folder.put(name, *lines);
}

bool erased_since(db::Database& database, std::int64_t size) {
    auto lease = database.read();
    for (;;) {
        const std::vector<ledger::Entry> entries = ledger::entries(*lease, size, 500);
        if (entries.empty()) return false;
        for (const ledger::Entry& entry : entries)
            if (entry.kind == "ledger.words_erased") return true;
        size = entries.back().index + 1;
    }
}

}  // namespace

Exported export_log(const Hooks& hooks, db::Database& database, const std::string& key, const std::string& policy,
                    const std::filesystem::path& target, const Progress& progress) {
    Folder folder(target);
    Head head;
    // Words that are erased while this runs are gone from their bundle before the erasure's own entry is in the
    // checkpoint: then it goes on to a newer one.
    do {
        head = head_of(ledger::head(*database.read()));
        const std::int64_t size = head.checkpoint.size;
        refuse_other_log(folder, *database.read(), head.checkpoint);
        put_tiles(folder, database, size);
        for (std::int64_t n = 0; const int width = merkle::tile_fill(0, n, size); ++n) {
            auto lease = database.read();
            put_entries(folder, *lease, n, width);
            put_payloads(folder, hooks, *lease, n, width);
            if (progress) progress(n * merkle::tile_width + width, size);
        }
    } while (erased_since(database, head.checkpoint.size));
    folder.remove_stale(head.checkpoint.size);
    if (folder.read("key") != key + "\n") folder.put("key", key + "\n");
    const std::string page = page_alone(key, policy);
    if (folder.read("check.html") != page) folder.put("check.html", page);
    folder.settle();
    const std::string body = head.checkpoint.body();
    folder.put("checkpoint", witnesses::kept_note(*database.read(), body).value_or(head.note));
    folder.settle();
    return {head.checkpoint.size, folder.written};
}

}  // namespace proof
