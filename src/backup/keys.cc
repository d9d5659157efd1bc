#include "keys.h"

#include <algorithm>
#include <set>
#include <stdexcept>

#include <db/words_key.h>
#include <kernel/check_line.h>
#include <kernel/text.h>

#include "disk.h"

namespace backup {
namespace {

std::filesystem::path list_path(const std::filesystem::path& data) { return data / "key-files"; }

bool destroy_in(kernel::Ring& ring, const std::vector<std::int64_t>& entries, std::string_view basis,
                const std::vector<kernel::Hash>& pictures) {
    bool changed = false;
    for (std::int64_t entry : entries) {
        changed |= ring.destroy(kernel::name_of_entry(entry));
        changed |= !ring.erased().contains(entry);
        ring.note(entry, basis);
    }
    for (const kernel::Hash& picture : pictures) changed |= ring.destroy(kernel::name_of_blob(picture));
    return changed;
}

}  // namespace

std::set<std::string> key_files(const std::filesystem::path& data) {
    std::set<std::string> all;
    const auto bytes = read_file(list_path(data));
    if (!bytes) return all;
    const auto lines = kernel::checked_lines(kernel::text(*bytes));
    if (!lines)
        throw std::runtime_error(list_path(data).string() +
                                 " is damaged: delete it, then let each backup run once, which writes it anew");
    for (std::string_view line : kernel::split(*lines, '\n')) {
        if (line.empty()) continue;
        if (line.front() != '/') throw std::runtime_error(list_path(data).string() + " is damaged");
        all.emplace(line);
    }
    return all;
}

// The hash of the rest stands in front: a flipped bit must not become another key.
std::string keys_text(const KeyFile& keys) {
    const std::string ring = keys.ring.text();
    const std::string body = "log.key " + kernel::base64(keys.log_key) + "\nserver.key " +
                             kernel::base64(keys.server_key) + "\nbox " + kernel::hex(keys.box) + ' ' +
                             kernel::hex(keys.box_before) + "\nring " + kernel::base64(kernel::view(ring)) + '\n';
    return kernel::hex(kernel::sha256(kernel::view(body))) + '\n' + body;
}

void write_keys(const std::filesystem::path& path, const KeyFile& keys) {
    write_file(path, kernel::view(keys_text(keys)), true);
}

KeyFile parse_keys(std::string_view whole, const std::string& where) {
    const std::string_view text = whole.substr(std::min<std::size_t>(65, whole.size()));
    if (whole.size() < 65 || whole.substr(0, 64) != kernel::hex(kernel::sha256(kernel::view(text))))
        throw std::runtime_error(where + " is damaged, or no key file of a backup");
    const auto lines = kernel::split(text, '\n');
    const auto value = [&](std::size_t line, std::string_view name) {
        if (line >= lines.size() || !lines[line].starts_with(name))
            throw std::runtime_error(where + " is no key file of a backup");
        return lines[line].substr(name.size());
    };
    KeyFile keys{{}, {}, {}, {}, kernel::Ring::make()};
    const auto log = kernel::parse_base64(value(0, "log.key ")), server = kernel::parse_base64(value(1, "server.key ")),
               ring = kernel::parse_base64(value(3, "ring "));
    const std::string_view boxes = value(2, "box ");
    const auto box = kernel::parse_hex(boxes.substr(0, 64)),
               box_before = kernel::parse_hex(boxes.substr(std::min<std::size_t>(65, boxes.size())));
    if (!log || !server || !ring || !box || !box_before || box->size() != 32 || box_before->size() != 32)
        throw std::runtime_error(where + " is damaged");
    keys.log_key = *log;
    keys.server_key = *server;
    std::copy(box->begin(), box->end(), keys.box.begin());
    std::copy(box_before->begin(), box_before->end(), keys.box_before.begin());
    keys.ring = kernel::Ring::parse(kernel::text(*ring));
    return keys;
}

KeyFile read_keys(const std::filesystem::path& path) {
    const kernel::Bytes bytes = need_file(path);
    return parse_keys(kernel::text(bytes), path.string());
}

void remember_key_file(const std::filesystem::path& data, const std::filesystem::path& key_file) {
    std::set<std::string> all = key_files(data);
    if (!all.insert(std::filesystem::absolute(key_file).string()).second) return;
    std::string text;
    for (const std::string& one : all) text += one + '\n';
    write_file(list_path(data), kernel::view(kernel::with_check(text)));
}

void destroy_keys(const std::filesystem::path& data, const std::vector<std::int64_t>& entries, std::string_view basis,
                  const std::vector<kernel::Hash>& pictures,
                  const std::function<void(const std::filesystem::path&)>& unreachable) {
    if (!std::filesystem::exists(db::words_key(data))) return;
    const Held held(data);  // as a backup does while it writes keys
    // A run that was stopped between writing and wiping: its keys are destroyed, and must not lie beside.
    wipe_leftovers(db::words_key(data));
    kernel::Ring ring = db::ring_of_words(data);
    if (destroy_in(ring, entries, basis, pictures)) write_file(db::words_key(data), kernel::view(ring.text()), true);
    std::set<std::string> files;
    try {
        files = key_files(data);
    } catch (const std::exception&) { unreachable(list_path(data)); }
    for (const std::string& path : files) {
        try {
            wipe_leftovers(path);
            KeyFile keys = read_keys(path);
            if (destroy_in(keys.ring, entries, basis, pictures)) write_keys(path, keys);
        } catch (const std::exception&) { unreachable(path); }
    }
}

}  // namespace backup
