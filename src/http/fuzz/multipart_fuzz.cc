// libFuzzer target: multipart bodies. The first byte says how long the pieces are in which the rest arrives; whole and
// in pieces it must come to the same parts, or to a refusal both times.
// needs: http/multipart.cc http/header_value.cc http/form.cc
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include "../multipart.h"

namespace {

struct Written final : http::Parts {
    kernel::Checked begin(http::Part part) override {
        text += '<' + part.name + '|' + part.filename + '|' + part.content_type + '>';
        return {};
    }
    kernel::Checked data(std::string_view piece) override {
        text += piece;
        return {};
    }
    kernel::Checked end() override {
        text += ';';
        return {};
    }
    std::string text;
};

std::optional<std::string> parsed(std::string_view bytes, std::size_t piece) {
    Written parts;
    http::Multipart parser("b", parts);
    while (!bytes.empty()) {
        if (!parser.feed(bytes.substr(0, piece))) return std::nullopt;
        bytes.remove_prefix(std::min(piece, bytes.size()));
    }
    if (!parser.finish()) return std::nullopt;
    return parts.text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    if (parsed(bytes, bytes.size() + 1) != parsed(bytes, data[0] % 32 + std::size_t{1})) std::abort();
    return 0;
}
