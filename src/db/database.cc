#include "database.h"

#include <algorithm>

#include "postgres_database.h"
#include "sqlite_database.h"

namespace db {

namespace {

// This module's own migrations beside the given files.
std::vector<Migration> with_own(const Place& place, std::span<const kernel::EmbeddedFile> files) {
    std::vector<kernel::EmbeddedFile> all(files.begin(), files.end());
    for (const kernel::EmbeddedFile& file : kernel::embedded_files())
        if (file.path.starts_with("db/")) all.push_back(file);
    return migrations(place.postgres.empty() ? Engine::sqlite : Engine::postgres, all);
}

std::vector<Migration> compiled_in(const Place& place) {
    return migrations(place.postgres.empty() ? Engine::sqlite : Engine::postgres);
}

std::unique_ptr<Database> open_with(const Place& place, const std::vector<Migration>& all) {
    return place.postgres.empty() ? open_sqlite(place, all) : open_postgres(place, all);
}

std::unique_ptr<Database> read_with(const Place& place, const std::vector<Migration>& all) {
    return place.postgres.empty() ? read_sqlite(place, all) : read_postgres(place, all);
}

}  // namespace

std::unique_ptr<Database> Database::open(const Place& place) { return open_with(place, compiled_in(place)); }

std::unique_ptr<Database> Database::open(const Place& place, std::span<const kernel::EmbeddedFile> files) {
    return open_with(place, with_own(place, files));
}

std::unique_ptr<Database> Database::open_to_read(const Place& place) { return read_with(place, compiled_in(place)); }

std::unique_ptr<Database> Database::open_to_read(const Place& place, std::span<const kernel::EmbeddedFile> files) {
    return read_with(place, with_own(place, files));
}

}  // namespace db
