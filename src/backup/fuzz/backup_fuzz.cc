// libFuzzer target: what lies in a backup's folder. Everything is read whole or refused by std::runtime_error, and what
// was read is written again byte for byte. Hashes that stand before a text are set right first: they are no secret.
// needs: backup/manifest.cc backup/keys.cc backup/parts.cc backup/sealed.cc backup/disk.cc
#include <cstdint>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>

#include <db/words_key.h>
#include <files/files.h>
#include <kernel/check_line.h>

#include "../disk.h"
#include "../keys.h"
#include "../manifest.h"
#include "../parts.h"
#include "../sealed.h"

// Erasing is no part of what is read here: that files are wiped and where the ring lies.
namespace files {
void wipe(const std::filesystem::path&) { std::abort(); }
}  // namespace files
namespace db {
std::filesystem::path words_key(const std::filesystem::path&) { std::abort(); }
kernel::Ring ring_of_words(const std::filesystem::path&) { std::abort(); }
}  // namespace db

namespace {

void need(bool holds) {
    if (!holds) std::abort();
}

template <class Read>
void attempt(const Read& read) {
    try {
        read();
    } catch (const std::runtime_error&) {}
}

std::string hashed(std::string_view text) {
    return kernel::hex(kernel::sha256(kernel::view(text))) + '\n' + std::string(text);
}

kernel::Ring ring() {
    static const kernel::Ring made = [] {
        const std::string seed = "seed 0 0000000000000000 " + std::string(64, '7') + '\n';
        kernel::Ring one = kernel::Ring::parse(kernel::with_check(seed));
        one.destroy(kernel::name_of_entry(2));
        return one;
    }();
    return made;
}

// As it lies there, so that the fuzzer need not find a key: entry, whether it is open, salt, words.
kernel::Bytes sealed_words(kernel::View plain) {
    kernel::Bytes out;
    for (std::int64_t index : {1, 2, 3}) {
        const auto key = ring().key(kernel::name_of_entry(index));
        backup::put_number(out, static_cast<std::uint64_t>(index));
        backup::put_piece(out, key ? backup::seal(*key, plain) : kernel::Bytes(plain.begin(), plain.end()));
    }
    return out;
}

void parts(kernel::View log, kernel::View words) {
    std::vector<std::int64_t> lost;
    const auto entries = backup::read_parts(log, words, ring(), "log/0-4096", lost);
    for (const ledger::WholeEntry& entry : entries)
        if (entry.words) need(ring().key(kernel::name_of_entry(entry.index)).has_value());
    attempt([&] {
        for (const ledger::WholeEntry& entry : entries) backup::erased_by(entry.leaf);
    });
    std::vector<std::int64_t> lost_again;
    const kernel::Bytes again = backup::log_part(entries);
    need(again.size() == log.size());
    const auto twice = backup::read_parts(again, backup::words_part(entries, ring()), ring(), "", lost_again);
    need(twice.size() == entries.size());
    for (std::size_t i = 0; i < twice.size(); ++i)
        need(twice[i].index == entries[i].index && twice[i].leaf == entries[i].leaf &&
             twice[i].facts == entries[i].facts);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 1) return 0;
    const kernel::View input(data + 1, size - 1);
    const std::string_view text = kernel::text(input);
    switch (data[0]) {
        case 'm':
            for (const std::string& whole : {std::string(text), hashed(text)})
                attempt([&] { need(backup::parse_manifest(whole, "manifest").text() == whole); });
            break;
        case 'k':
            attempt([&] {
                const backup::KeyFile keys = backup::parse_keys(hashed(text), "keys");
                const std::string again = backup::keys_text(keys);
                need(backup::keys_text(backup::parse_keys(again, "keys")) == again);
            });
            break;
        case 'r':
            attempt([&] {
                std::string again;
                for (const auto& [schema, table, columns, row] : backup::read_rows(text))
                    again += backup::row_line(schema, table, columns, row);
                std::string lines(text);
                while (lines.find("\n\n") != lines.npos) lines.replace(lines.find("\n\n"), 2, "\n");
                if (lines.starts_with('\n')) lines.erase(0, 1);
                need(again == lines || again == lines + '\n');
            });
            break;
        default: {
            const std::size_t half = std::min<std::size_t>(data[0], input.size());
            attempt([&] { parts(input.subspan(half), sealed_words(input.first(half))); });
            attempt([&] { parts(input.subspan(half), input.first(half)); });
        }
    }
    return 0;
}
