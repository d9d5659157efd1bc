// What both engines share: the order of begin, savepoint, commit and rollback, what a failure spoils, the checks at
// bind, and which schema a connection may write.
#pragma once
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "db.h"

namespace db {

// What a connection may write.
enum class Access { nothing, main, local, derived, everything };

class Session : public Connection {
public:
    explicit Session(Access access) : access_(access) {}

    bool in_transaction() const final { return open_; }
    bool lost() const { return lost_; }
    // Rolls back what was left open. Afterwards either nothing is open or the session is lost.
    void settle() noexcept;
    void script(std::string_view sql) final;

protected:
    void execute(std::string_view sql, std::vector<Value> values) final;
    Rows select(std::string_view sql, std::vector<Value> values) final;
    std::int64_t modify(std::string_view sql, std::vector<Value> values) final;
    void stream(std::string_view sql, std::vector<Value> values, const Each& row) final;
    void begin() final;
    void commit() final;
    void rollback() noexcept final;
    void savepoint() final;
    void release_savepoint() final;
    void rollback_to_savepoint() final;

    // What an engine does. Values are checked; `undo` may be called in any state.
    using Values = std::vector<Value>;
    virtual void do_run(std::string_view sql, const Values& values) = 0;  // may wait while a transaction is open
    virtual Rows do_select(std::string_view sql, const Values& values) = 0;
    virtual std::int64_t do_modify(std::string_view sql, const Values& values) = 0;
    virtual void do_stream(std::string_view sql, const Values& values, const Each& row) = 0;
    virtual void do_script(std::string_view sql) = 0;
    virtual void do_begin() = 0;
    virtual void do_commit() = 0;
    virtual void undo() = 0;
    virtual void do_savepoint() = 0;
    virtual void do_release() = 0;
    virtual void do_go_back() = 0;  // to the savepoint, and ends it

    // For an engine about to prepare a statement: the number of its parameters. Throws std::logic_error when it is not
    // one statement, Failure other when it writes what this session may only read.
    std::size_t examine(std::string_view sql) const;
    bool open() const { return open_; }

private:
    template <class Work>
    auto guarded(Work work);
    void ready() const;

    Access access_;
    bool open_ = false;
    bool failed_ = false;  // a statement of the open transaction failed
    bool savepoint_ = false;
    bool lost_ = false;
    bool streaming_ = false;
};

// Statements by text, the least used of more than `most` going first.
inline constexpr std::size_t most_statements = 512;

template <class Statement>
class StatementCache {
public:
    Statement* find(const std::string& text) {
        const auto found = held_.find(text);
        if (found == held_.end()) return nullptr;
        found->second.used = ++tick_;
        return &found->second.statement;
    }
    // The reference stays good until the statement is taken out.
    Statement& keep(const std::string& text, Statement statement) {
        return held_.insert_or_assign(text, Held{std::move(statement), ++tick_}).first->second.statement;
    }
    bool full() const { return held_.size() >= most_statements; }
    Statement take_least_used() {
        auto least = held_.begin();
        for (auto it = held_.begin(); it != held_.end(); ++it)
            if (it->second.used < least->second.used) least = it;
        return std::move(held_.extract(least).mapped().statement);
    }
    void drop(const std::string& text) { held_.erase(text); }
    void clear() { held_.clear(); }

private:
    struct Held {
        Statement statement;
        std::uint64_t used;
    };
    std::unordered_map<std::string, Held> held_;
    std::uint64_t tick_ = 0;
};

}  // namespace db
