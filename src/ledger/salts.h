// Salts for commitments, fetched from the operating system a page at a time. One thread.
#pragma once
#include <algorithm>

#include <kernel/bytes.h>

namespace ledger {

class Salts {
public:
    kernel::Hash next() {
        if (at_ == stock_.size()) {
            stock_ = kernel::random_bytes(4096);
            at_ = 0;
        }
        kernel::Hash salt;
        const auto from = stock_.begin() + static_cast<std::ptrdiff_t>(at_);
        std::copy_n(from, salt.size(), salt.begin());
        std::fill_n(from, salt.size(), std::uint8_t{0});  // a salt that was destroyed is in no memory image either
        at_ += salt.size();
        return salt;
    }

private:
    kernel::Bytes stock_;
    std::size_t at_ = 0;
};

}  // namespace ledger
