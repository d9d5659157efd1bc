#include "line.h"

#include <algorithm>

#include <kernel/json.h>
#include <kernel/text.h>

namespace watch {
namespace {

// A log line must come out whatever is in it, while the canonical writer refuses what is not UTF-8.
std::string readable(std::string_view text) {
    std::string out;
    while (true) {
        const std::size_t valid = kernel::valid_utf8_prefix(text);
        out += text.substr(0, valid);
        if (valid == text.size()) return out;
        out += "\uFFFD";
        text.remove_prefix(valid + 1);
    }
}

bool plain(char c) { return c >= 0x20 && c < 0x7f && c != '"' && c != '\\'; }

// Nearly all that is logged needs no escape: there is a line for each request.
void append_text(std::string& line, std::string_view text) {
    if (std::all_of(text.begin(), text.end(), plain))
        line.append(1, '"').append(text).append(1, '"');
    else
        line += kernel::canonical(kernel::Json(readable(text)));
}

void append_member(std::string& line, std::string_view name, std::string_view value) {
    append_text(line, name);
    line += ':';
    append_text(line, value);
}

}  // namespace

std::string log_line(kernel::Instant at, std::string_view level, std::string_view event,
                     std::initializer_list<Field> fields) {
    std::string line = "{";
    line.reserve(200);
    append_member(line, "at", kernel::iso(at));
    line += ',';
    append_member(line, "level", level);
    line += ',';
    append_member(line, "event", event);
    for (const Field& field : fields) {
        line += ',';
        if (!field.number) {
            append_member(line, field.name, field.value);
            continue;
        }
        append_text(line, field.name);
        line.append(":").append(field.value);
    }
    line += '}';
    return line;
}

}  // namespace watch
