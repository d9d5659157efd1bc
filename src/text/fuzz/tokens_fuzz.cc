// libFuzzer target: what strangers write, as tokens and as messages of a grouping.
// needs: text/fold.cc text/tokens.cc text/simplified.cc text/vectors.cc text/index.cc text/communities.cc
// needs: text/copies.cc text/nearest.cc text/places.cc text/discover.cc text/labels.cc -lstemmer -ligraph
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include <text/discover.h>
#include <text/labels.h>
#include <text/tokens.h>

namespace {

void need(bool holds) {
    if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view given(reinterpret_cast<const char*>(data), size);
    static text::Tokenizer tokenizer;
    for (const text::Token& one : tokenizer.tokens(given))
        need(one.begin < one.end && one.end <= size && !one.text.empty());
    tokenizer.stems(given);
    // Lines are messages; what is before the first tab of one is its title.
    std::vector<text::Message> messages;
    for (std::size_t at = 0; at < size && messages.size() < 40;) {
        const std::size_t end = std::min(given.find('\n', at), size);
        const std::string_view line = given.substr(at, end - at);
        const std::size_t tab = std::min(line.find('\t'), line.size());
        const auto n = static_cast<std::int64_t>(messages.size());
        messages.push_back(
            {n + 1, line.substr(0, tab), line.substr(tab), n % 5, static_cast<std::int64_t>(line.size() % 7 == 3)});
        at = end + 1;
    }
    text::Discovery how;
    how.threads = 1;
    const text::Found found = text::discover(messages, how);
    std::size_t all = 0;
    for (const text::Group& one : found.groups) all += one.messages.size() + one.suggested.size();
    need(all == messages.size());
    const text::Labels labels(messages, found);
    for (std::size_t g = 0; g < found.groups.size(); ++g) labels.of(g);
    return 0;
}
