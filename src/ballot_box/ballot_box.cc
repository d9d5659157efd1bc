#include "ballot_box.h"

#include <memory>

#include <db/database.h>
#include <jobs/jobs.h>
#include <kernel/code.h>

namespace ballot_box {

std::string mark_of(kernel::View key32, std::int64_t box, std::string_view digits) {
    const std::string said = "huiyin ballot code v1 " + std::to_string(box) + " " + std::string(digits);
    const kernel::Hash hash = kernel::hmac_sha256(key32, kernel::view(said));
    return kernel::hex(kernel::View(hash).first(key_bytes));
}

Slips make_slips(kernel::View key32, std::int64_t box, std::int64_t n) {
    Slips slips;
    for (std::int64_t i = 0; i < n; ++i) {
        const kernel::Code25 code = kernel::Code25::random();
        slips.in_fives.push_back(code.in_fives());
        slips.marks.push_back(mark_of(key32, box, code.digits()));
    }
    std::sort(slips.marks.begin(), slips.marks.end());
    return slips;
}

jobs::Task sweep(std::string name, db::Database& database, std::function<std::int64_t(db::Connection&)> waiting) {
    const auto last = std::make_shared<std::int64_t>(-1);
    return {std::move(name), 60, [&database, waiting = std::move(waiting), last](jobs::Run&) {
                const std::int64_t now = waiting(*database.read());
                if (now != *last && database.checkpoint(db::Wal::empty)) *last = now;
            }};
}

}  // namespace ballot_box
