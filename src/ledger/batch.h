// One batch while its transaction is open: what its acts append, on top of the committed log.
#pragma once
#include <string>
#include <vector>

#include "ledger.h"
#include "log.h"
#include "registry.h"
#include "salts.h"

namespace ledger {

// The head in the database is not the one that this writer left there.
struct Moved {};

class Batch final : public Writing {
public:
    Batch(db::Connection&, const Registry&, Log&, Salts&, kernel::Instant now);
    ~Batch() override;  // the log is then as it was before, or as accept() made it

    db::Connection& db() override { return db_; }
    kernel::Instant now() const override { return now_; }
    std::int64_t next_index() const override { return frontier_.size(); }
    std::int64_t append(Draft) override;
    void keep_local() override { local_kept_ = true; }
    bool local_kept() const { return local_kept_; }

    // For undoing one act: together with the transaction's savepoint.
    merkle::Frontier mark() const { return frontier_; }
    void rewind(const merkle::Frontier& to);

    std::int64_t first_index() const { return first_; }
    const std::string& leaf(std::int64_t index) const;  // of this batch

    // Writes tiles and the signed head into the transaction; throws Moved when the compare-and-swap fails.
    void seal(const merkle::SignerKey&);
    // After the commit: the log is what this batch made of it.
    void accept();

private:
    db::Connection& db_;
    const Registry& registry_;
    Log& log_;
    Salts& salts_;
    kernel::Instant now_;
    merkle::Frontier frontier_;
    std::int64_t first_;
    std::vector<std::string> leaves_;
    std::string checkpoint_;
    bool local_kept_ = false;
};

}  // namespace ledger
