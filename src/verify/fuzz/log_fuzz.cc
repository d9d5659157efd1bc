// libFuzzer target: a log as a stranger serves it. Leaves and payloads are taken by the verifier exactly when the
// program that writes them takes them too; a sound log with some changes is taken only when all of it is still its own.
// needs: verify/check.cc verify/coverage.cc verify/cursor.cc verify/leaf.cc verify/paths.cc verify/payload.cc
//
// needs: verify/tiles.cc verify/walk.cc ledger/leaf.cc
#include <cstdint>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <kernel/text.h>
#include <ledger/leaf.h>

#include "../test_log.h"

namespace {

using namespace verify;

void need(bool holds) {
    if (!holds) std::abort();
}

template <class Read>
bool taken(const Read& read) {
    try {
        read();
        return true;
    } catch (const Wrong&) {
    } catch (const std::runtime_error&) {}
    return false;
}

void texts(std::string_view text) {
    need(taken([&] { read_leaf(text); }) == taken([&] { ledger::read_leaf(text, 0); }));
    need(taken([&] { check_payload(text); }) == taken([&] { ledger::read_payload(text, 0); }));
    taken([&] { read_erasure(text); });
    if (const auto path = parse_payload_path(text)) need(payload_path(path->n, path->width) == text);
}

Memory sound_log(std::int64_t size) {
    std::vector<Made> all = entries(size);
    all[3] = erased(3, "gone");
    all.back() = erasure(size - 1, 3);
    return log_of(all);
}

// Reads what it is given as changes.
class Changes {
public:
    explicit Changes(std::string_view bytes) : bytes_(bytes) {}
    bool done() const { return bytes_.empty(); }
    std::size_t below(std::size_t bound) {
        std::size_t number = 0;
        for (std::size_t most = 1; most < bound; most <<= 8) number = number << 8 | byte();
        return bound ? number % bound : 0;
    }
    void make(Memory& log) {
        const auto file = std::next(log.files.begin(), static_cast<std::ptrdiff_t>(below(log.files.size())));
        std::string& content = file->second;
        const std::size_t at = below(content.size() + 1),
                          length = below(std::min<std::size_t>(300, content.size() - at + 1));
        switch (byte() % 5) {
            case 0:
                if (at < content.size()) content[at] = static_cast<char>(byte());
                break;
            case 1:
                content.erase(at, length);
                break;
            case 2:
                content.insert(at, content.substr(below(content.size() + 1), length));
                break;
            case 3:
                log.files[address()] = content;
                break;
            default:
                log.files.erase(file);
        }
    }

private:
    std::uint8_t byte() {
        if (bytes_.empty()) return 0;
        const auto first = static_cast<std::uint8_t>(bytes_.front());
        bytes_.remove_prefix(1);
        return first;
    }
    std::string address() {
        const std::int64_t n = static_cast<std::int64_t>(below(3));
        const int width = static_cast<int>(below(256)) + 1, level = static_cast<int>(below(4)) - 1;
        return level == 2 ? payload_path(n, width) : merkle::tile_path({level, n, width});
    }
    std::string_view bytes_;
};

// What a line leaves out is kept for those entitled; what it holds is what was written.
void expect_part_of(const std::string& lines, const std::string& sound) {
    const auto mine = kernel::split(lines, '\n'), own = kernel::split(sound, '\n');
    need(mine.size() == own.size());
    PayloadLine read, wrote;
    for (std::size_t i = 0; i + 1 < own.size(); ++i) {
        read_payload_line(mine[i], read), read_payload_line(own[i], wrote);
        need(read.index == wrote.index && (read.words_erased == wrote.words_erased));
        need(!read.has_facts ||
             (wrote.has_facts && read.facts.bytes == wrote.facts.bytes && read.facts.salt == wrote.facts.salt));
        need(!read.has_words ||
             (wrote.has_words && read.words.bytes == wrote.words.bytes && read.words.salt == wrote.words.salt));
    }
}

void changed_log(const Memory& sound, Changes changes) {
    Memory log = sound;
    while (!changes.done() && !log.files.empty()) changes.make(log);
    Ask ask;
    ask.key = log_key().verifier().text();
    try {
        check(log, ask);
    } catch (const Fault&) { return; } catch (const std::runtime_error&) {
        return;
    }
    for (const auto& [address, content] : sound.files) {
        if (address == "key") continue;  // it was asked under the key that was published elsewhere
        const auto found = log.files.find(address);
        need(found != log.files.end());
        if (address.starts_with("payloads/"))
            expect_part_of(found->second, content);
        else
            need(found->second == content);
    }
    for (const auto& [address, content] : log.files) {
        if (sound.files.contains(address)) continue;
        const auto tile = merkle::parse_tile_path(address);  // an older, narrower one
        need(tile.has_value());
        bool beginning = false;
        for (const auto& [known, whole] : sound.files) {
            const auto today = merkle::parse_tile_path(known);
            beginning |= today && today->level == tile->level && today->n == tile->n && whole.starts_with(content);
        }
        need(beginning);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    static const Memory small = sound_log(9), large = sound_log(258);
    if (input.empty()) return 0;
    const std::string_view rest = input.substr(1);
    if (input.front() == 'l')
        changed_log(large, Changes(rest));
    else if (input.front() == 's')
        changed_log(small, Changes(rest.substr(0, 200)));
    else
        texts(input);
    return 0;
}
