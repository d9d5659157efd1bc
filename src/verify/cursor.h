// Reads a text that leaves nothing to choose: each function takes what must stand next, or throws Wrong.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include <kernel/bytes.h>

#include "fault.h"

namespace verify {

class Cursor {
public:
    explicit Cursor(std::string_view text) : text_(text) {}

    std::size_t at() const { return at_; }
    bool done() const { return at_ == text_.size(); }
    char next() const { return done() ? '\0' : text_[at_]; }
    bool skip(std::string_view literal);    // moves past it when it stands here
    void expect(std::string_view literal);  // must stand here
    void expect_end() const;
    std::string_view take(std::size_t bytes);
    std::int64_t number();  // 0 .. 2^53 - 1, no leading zero, no sign
    kernel::Hash hash();    // base64 of 32 bytes, in its one spelling
    // A JSON string with its quotes, escaped as RFC 8785 does and no other way; its content goes to `out`.
    void string(std::string& out);
    [[noreturn]] void wrong(std::string what) const { throw Wrong(at_, std::move(what)); }

private:
    void escape(std::string& out);
    std::string_view text_;
    std::size_t at_ = 0;
};

}  // namespace verify
