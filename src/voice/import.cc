// Messages from elsewhere. The file is read twice: once to see that it is whole, once to take it. Each row is an entry
// that says from which file and row it came; a row is taken only right after the one before it, so that an import which
// was cut off, or refused in the middle, goes on without a gap and takes nothing twice.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <system_error>

#include <files/csv.h>
#include <kernel/text.h>
#include <ledger/in_flight.h>

#include "acts.h"
#include "import_rows.h"
#include "there.h"

namespace voice {
namespace {

std::string digest_of(const std::string& path) {
    const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    struct stat about {};
    if (file < 0 || fstat(file, &about) != 0) {
        if (file >= 0) close(file);
        throw std::system_error(errno, std::generic_category(), "reading a file to import");
    }
    if (about.st_size == 0) {
        close(file);
        return kernel::hex(kernel::sha256(kernel::View()));
    }
    const auto size = static_cast<std::size_t>(about.st_size);
    void* bytes = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0);
    close(file);
    if (bytes == MAP_FAILED) throw std::system_error(errno, std::generic_category(), "reading a file to import");
    const std::string digest = kernel::hex(kernel::sha256(kernel::View(static_cast<const std::uint8_t*>(bytes), size)));
    munmap(bytes, size);
    return digest;
}

struct Import {
    const people::Needs& needs;
    people::CycleId cycle;
    std::string path, source, file;
    const ColumnMap& map;
};

// Calls `take` for each row with text that repeats no other; counts. Stops at the first refusal.
kernel::Result<Imported> each_row(const Import& import,
                                  const std::function<kernel::Checked(std::int64_t row, const change::Imported&)>& take,
                                  const std::function<void(std::int64_t, std::int64_t)>& progress) {
    auto reader = files::CsvReader::open(import.path, import.map.encoding);
    if (!reader) return reader.error();
    const auto columns = columns_of(*reader, import.map);
    if (!columns) return columns.error();
    std::optional<Cases> cases;
    if (import.map.cases)
        cases.emplace(import.needs, *import.map.cases, reader->header(),
                      people::calendar(*import.needs.database.read()));
    Imported counted;
    while (true) {
        const auto cells = reader->next();
        if (!cells) return cells.error();
        if (!*cells) return counted;
        ++counted.read;
        kernel::Result<Draft> draft = draft_of(**cells, *columns, import.map, reader->line());
        if (!draft) return draft.error();
        if (draft->text.empty()) {
            ++counted.empty;
            continue;
        }
        draft->cycle = import.cycle;
        draft->source = import.source;
        kernel::Result<change::Imported> change = rules::import(*draft);
        if (!change) return change.error();
        if (cases) {
            if (auto ok = cases->take(**cells, *columns, reader->line(), *change); !ok) return ok.error();
            const auto repeats = cases->repeats(*change, reader->line());
            if (!repeats) return repeats.error();
            counted.twice += *repeats ? 1 : 0;
            if (*repeats) continue;
            counted.closed += change->before->unit_only && !import.map.cases->unit_only ? 1 : 0;
        }
        if (auto ok = take(counted.read, *change); !ok) return ok.error();
        if (progress && counted.read % 256 == 0)
            progress(static_cast<std::int64_t>(reader->at()), static_cast<std::int64_t>(reader->size()));
    }
}

kernel::Checked check(const Import& import) {
    if (import.source.empty()) return kernel::invalid("source", "voice.import_no_source");
    const auto whole = each_row(import, [](std::int64_t, const change::Imported&) { return kernel::Checked(); }, {});
    if (!whole) return whole.error();
    return {};
}

ledger::Act act_of(const Import& import, std::int64_t row, std::int64_t row_before, change::Imported change) {
    change.file = import.file;
    change.row = row;
    const auto origin = change.before ? change.before->origin : std::nullopt;
    return [entry = change::encode(change), file = import.file, cycle = import.cycle, row, row_before,
            origin](ledger::Writing& w) -> kernel::Result<std::int64_t> {
        const std::int64_t last = import_progress(w.db(), file, cycle).row;
        if (last >= row || (origin && taken_from_there(w.db(), *origin)))
            return kernel::refuse(kernel::Code::conflict, "voice.import_taken_already");
        if (last != row_before) return kernel::refuse(kernel::Code::unavailable, "voice.import_interrupted");
        return w.append(entry);
    };
}

}  // namespace

kernel::Checked check_csv(const people::Needs& needs, const std::string& path, const ColumnMap& map,
                          std::string_view source) {
    return check({needs, {}, path, std::string(source), {}, map});
}

kernel::Result<Imported> import_csv(const people::Needs& needs, people::CycleId cycle, const std::string& path,
                                    const ColumnMap& map, std::string_view source,
                                    const std::function<void(std::int64_t done, std::int64_t of)>& progress) {
    const Import import{needs, cycle, path, std::string(source), digest_of(path), map};
    Progress before;
    {
        db::Database::Lease db = needs.database.read();
        if (!cycle::cycle(*db, cycle)) return kernel::refuse(kernel::Code::not_found, "cycle.unknown");
        before = import_progress(*db, import.file, cycle);
    }
    if (auto ok = check(import); !ok) return ok.error();

    ledger::InFlight flight(needs.ledger);
    std::int64_t row_before = before.row;
    std::int64_t known = 0;
    auto counted = each_row(
        import,
        [&](std::int64_t row, const change::Imported& change) -> kernel::Checked {
            if (row <= before.row) return {};
            if (const auto refused = flight.refused()) return *refused;
            if (change.before && change.before->origin &&
                taken_from_there(*needs.database.read(), *change.before->origin)) {
                ++known;
                return {};
            }
            flight.submit(act_of(import, row, row_before, change));
            row_before = row;
            return {};
        },
        progress);
    flight.wait();
    if (!counted) return counted.error();
    if (const auto refused = flight.refused()) return *refused;
    db::Database::Lease db = needs.database.read();
    counted->taken = import_progress(*db, import.file, cycle).taken;
    counted->known = known;
    return counted;
}

kernel::Result<std::int64_t> import_places(const people::Needs& needs, const std::string& path) {
    constexpr std::size_t most = 5000;
    auto reader = files::CsvReader::open(path);
    if (!reader) return reader.error();
    const std::size_t column = reader->column("place").value_or(0);
    change::PlacesListed list;
    std::set<std::string> seen;
    while (true) {
        const auto cells = reader->next();
        if (!cells) return cells.error();
        if (!*cells) break;
        const auto name = kernel::admit((**cells)[column], "place", max_place, kernel::Lines::one);
        if (!name)
            return kernel::refuse(kernel::Code::malformed, "voice.place_unreadable",
                                  {{"line", std::to_string(reader->line())}});
        if (name->empty() || !seen.insert(*name).second) continue;
        list.names.push_back(*name);
        if (list.names.size() > most)
            return kernel::refuse(kernel::Code::too_large, "voice.places_too_many", {{"max", std::to_string(most)}});
    }
    const auto recorded = needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> { return w.append(change::encode(list)); });
    if (!recorded) return recorded.error();
    return static_cast<std::int64_t>(list.names.size());
}

}  // namespace voice
