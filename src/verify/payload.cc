#include "payload.h"

#include <kernel/json.h>
#include <kernel/text.h>

#include "cursor.h"

namespace verify {
namespace {

constexpr int deepest = 64;

void value(Cursor& in, int depth, std::string& scratch);

void integer(Cursor& in) {
    if (in.skip("-") && in.next() == '0') in.wrong("there is no -0");
    in.number();
    if (in.next() == '.' || in.next() == 'e' || in.next() == 'E') in.wrong("a payload holds no real numbers");
}

// Members stand in the order of their UTF-16 code units, each once.
void object(Cursor& in, int depth) {
    std::string name, last, scratch;
    if (in.skip("}")) return;
    for (bool first = true;; first = false) {
        in.string(name);
        if (!first && !kernel::Utf16Less()(last, name)) in.wrong("the members are out of order");
        in.expect(":");
        value(in, depth, scratch);
        if (in.skip("}")) return;
        in.expect(",");
        std::swap(last, name);
    }
}

void array(Cursor& in, int depth, std::string& scratch) {
    if (in.skip("]")) return;
    for (;;) {
        value(in, depth, scratch);
        if (in.skip("]")) return;
        in.expect(",");
    }
}

void value(Cursor& in, int depth, std::string& scratch) {
    if (depth == deepest) in.wrong("it is nested too deep");
    if (in.next() == '"')
        in.string(scratch);
    else if (in.skip("{"))
        object(in, depth + 1);
    else if (in.skip("["))
        array(in, depth + 1, scratch);
    else if (!in.skip("true") && !in.skip("false") && !in.skip("null"))
        integer(in);
}

void served(Cursor& in, std::string_view name, Served& out) {
    in.string(out.bytes);
    in.expect(",\"");
    in.expect(name);
    in.expect("_salt\":\"");
    out.salt = in.hash();
    in.expect("\"");
}

}  // namespace

void check_payload(std::string_view bytes) {
    if (!kernel::valid_utf8(bytes)) throw Wrong(kernel::valid_utf8_prefix(bytes), "it is not UTF-8");
    Cursor in(bytes);
    in.expect("{");
    object(in, 1);
    in.expect_end();
}

// The members of the line in the order of RFC 8785: facts, facts_salt, index, words, words_erased, words_salt.
void read_payload_line(std::string_view line, PayloadLine& out) {
    Cursor in(line);
    in.expect("{");
    out.has_facts = in.skip("\"facts\":");
    if (out.has_facts) {
        served(in, "facts", out.facts);
        in.expect(",");
    }
    in.expect("\"index\":");
    out.index = in.number();
    out.has_words = in.skip(",\"words\":");
    if (out.has_words) served(in, "words", out.words);
    out.words_erased = !out.has_words && in.skip(",\"words_erased\":true");
    in.expect("}");
    in.expect_end();
}

Erasure read_erasure(std::string_view facts) {
    Cursor in(facts);
    Erasure out;
    in.expect("{\"basis\":");
    in.string(out.basis);
    in.expect(",\"target\":");
    out.target = in.number();
    in.expect("}");
    in.expect_end();
    return out;
}

}  // namespace verify
