#include "places.h"

#include <algorithm>

#include "tokens.h"

namespace text {

std::vector<std::string> named_districts(std::string_view title) {
    thread_local Tokenizer tokenizer;
    std::vector<std::string> out;
    for (Token& token : tokenizer.tokens(title))
        if (token.kind == Kind::seam && (token.text.ends_with("区") || token.text.ends_with("县")))
            out.push_back(std::move(token.text));
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

bool elsewhere(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    return !a.empty() && !b.empty() && std::none_of(a.begin(), a.end(), [&b](const std::string& one) {
        return std::ranges::find(b, one) != b.end();
    });
}

}  // namespace text
