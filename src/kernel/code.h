// The secret code: the author's key to their matters. 25 decimal digits from the system generator (83 bits), written in
// fives, or as 8 words of a list of 2,048. Both forms are the same number; the words are the digits' base-2048 form.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "bytes.h"

namespace kernel {

class Code25 {
public:
    static Code25 random();
    // Accepts digits with or without spaces and hyphens, full-width digits, or the eight words in any case with spaces,
    // hyphens or dots between. Nothing for anything else, also for numbers of 10^25 and more.
    static std::optional<Code25> parse(std::string_view typed);

    const std::string& digits() const { return digits_; }  // exactly 25
    std::string in_fives() const;                          // "12345 67890 12345 67890 12345"
    std::string words() const;                             // eight words with single spaces
    // What is stored: HMAC-SHA256 under the server's key, over "huiyin code v1" 00 scope 00 digits.
    Hash stored(View server_key, std::string_view scope) const;

private:
    explicit Code25(std::string digits) : digits_(std::move(digits)) {}
    std::string digits_;
};

}  // namespace kernel
