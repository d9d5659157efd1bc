#include "leaf.h"

#include <algorithm>

#include "cursor.h"

namespace verify {
namespace {

constexpr std::size_t longest_kind = 64;

bool letter(char c) { return c >= 'a' && c <= 'z'; }
bool in_word(char c) { return letter(c) || (c >= '0' && c <= '9') || c == '_'; }

void word(Cursor& in) {
    if (!letter(in.next())) in.wrong("a word of the kind begins with a letter");
    while (in_word(in.next())) in.take(1);
}

std::string_view kind(Cursor& in, std::string_view bytes) {
    const std::size_t from = in.at();
    word(in);
    in.expect(".");
    word(in);
    if (in.at() - from > longest_kind) in.wrong("the kind is too long");
    return bytes.substr(from, in.at() - from);
}

// "2026-11-23T08:05:00Z"
kernel::Instant minute(Cursor& in) {
    const std::string_view text = in.take(20);
    const auto time = kernel::parse_instant(text);
    if (!time || !text.ends_with(":00Z") || kernel::iso(*time) != text)
        in.wrong("before this must stand a minute in UTC");
    return *time;
}

}  // namespace

Leaf read_leaf(std::string_view bytes) {
    Cursor in(bytes);
    Leaf leaf;
    in.expect("{\"facts\":\"");
    leaf.facts = in.hash();
    in.expect("\",\"format\":");
    leaf.format = in.skip("0") ? 0 : 1;
    if (leaf.format != 0) in.expect("1");
    in.expect(",\"kind\":\"");
    leaf.kind = kind(in, bytes);
    in.expect("\"");
    if (in.skip(",\"parent\":")) leaf.parent = in.number();
    in.expect(",\"subject\":");
    leaf.subject = in.number();
    in.expect(",\"time\":\"");
    leaf.time = minute(in);
    in.expect("\",\"v\":");
    leaf.v = in.number();
    if (leaf.v < 1) in.wrong("versions count from 1");
    if (in.skip(",\"words\":\"")) {
        leaf.words = in.hash();
        in.expect("\"");
    }
    in.expect("}");
    in.expect_end();
    return leaf;  // what was read so far cannot be 1,024 bytes long: each part has its own bound
}

}  // namespace verify
