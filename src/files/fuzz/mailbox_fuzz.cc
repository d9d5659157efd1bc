// libFuzzer target: an mbox of strangers. Every byte belongs to one mail; reading from any mail's place gives the same
// mails as reading on.
// needs: files/mailbox.cc
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <string>

#include <files/mailbox.h>

namespace {

void need(bool holds) {
    if (!holds) std::abort();
}

std::string read(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const std::string path = "/dev/shm/huiyin-fuzz-mbox-" + std::to_string(getpid()), one = path + ".one",
                             other = path + ".other";
    std::ofstream(path, std::ios::binary) << std::string_view(reinterpret_cast<const char*>(data), size);
    auto box = files::Mbox::open(path);
    if (!box) return 0;
    std::uint64_t at = 0;
    while (const auto taken = box->next(one)) {
        need(taken->place == at && taken->next > at && taken->whole && taken->size < taken->next - at);
        auto again = files::Mbox::open(path, at);
        need(again.has_value() && again->next(other).has_value() && read(one) == read(other));
        at = taken->next;
    }
    need(at == size);
    return 0;
}
