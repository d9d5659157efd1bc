#include "postgres_session.h"

#include <libpq-fe.h>

#include <array>

#include <kernel/loopback.h>

#include "failure.h"
#include "postgres_result.h"
#include "sealed_words.h"
#include "sql_text.h"

namespace db {

namespace {

constexpr Oid oid_bytea = 17, oid_int8 = 20, oid_text = 25;
constexpr std::size_t most_waiting = 512;

// A null stands in the text as `null`; its parameter is not used any more, but must have some type.
Oid oid_of(const Value& value) {
    if (std::holds_alternative<std::string_view>(value.held())) return oid_text;
    if (std::holds_alternative<kernel::View>(value.held())) return oid_bytea;
    return oid_int8;
}

bool has_null(const std::vector<Value>& values) {
    for (const Value& value : values)
        if (std::holds_alternative<std::monostate>(value.held())) return true;
    return false;
}

// The same SQL with values of other types is another statement to PostgreSQL.
std::string key_of(std::string_view sql, const std::vector<Value>& values) {
    std::string key(sql);
    key += '\0';
    for (const Value& value : values) key += "nitb"[value.held().index()];
    return key;
}

// Values as libpq wants them, all in binary format.
class Parameters {
public:
    explicit Parameters(const std::vector<Value>& values) : integers_(values.size()) {
        for (std::size_t i = 0; i < values.size(); ++i) add(values[i].held(), integers_[i]);
    }
    const char* const* starts() const { return starts_.data(); }
    const int* lengths() const { return lengths_.data(); }
    const int* formats() const { return formats_.data(); }

private:
    void add(const Value::Held& held, std::array<char, 8>& buffer) {
        const char* start = nullptr;  // null
        std::size_t length = 0;
        if (const auto* number = std::get_if<std::int64_t>(&held)) {
            for (std::size_t i = 0; i < 8; ++i)
                buffer[i] = static_cast<char>(static_cast<std::uint64_t>(*number) >> (56 - 8 * i));
            start = buffer.data();
            length = buffer.size();
        } else if (const auto* text = std::get_if<std::string_view>(&held)) {
            start = text->empty() ? "" : text->data();
            length = text->size();
        } else if (const auto* bytes = std::get_if<kernel::View>(&held)) {
            start = bytes->empty() ? "" : kernel::text(*bytes).data();
            length = bytes->size();
        }
        starts_.push_back(start);
        lengths_.push_back(static_cast<int>(length));
        formats_.push_back(1);
    }

    std::vector<std::array<char, 8>> integers_;
    std::vector<const char*> starts_;
    std::vector<int> lengths_, formats_;
};

void ignore_notice(void*, const PGresult*) {}

constexpr const char* session_settings =
    "set client_min_messages = warning;"
    "set search_path = public;"
    "set standard_conforming_strings = on;"
    "set statement_timeout = 0;"
    "set idle_in_transaction_session_timeout = 0;"
    // Stronger settings than `on` stay.
    "select set_config('synchronous_commit', 'on', false)"
    " where current_setting('synchronous_commit') in ('off', 'local', 'remote_write');";
constexpr const char* reading_settings =
    "set default_transaction_read_only = on;"
    "set default_transaction_isolation = 'repeatable read';";

}  // namespace

void PostgresSession::Close::operator()(pg_conn* connection) const { PQfinish(connection); }
void PostgresSession::Close::operator()(pg_result* result) const { PQclear(result); }

std::optional<std::string> unsafe_way(std::string_view host, std::string_view address, bool sealed) {
    if (sealed || kernel::is_loopback(address)) return std::nullopt;
    // An address goes before a name: with both the name may be anything.
    if (address.empty() && (host.starts_with('/') || host.starts_with('@'))) return std::nullopt;
    std::string where(host);
    if (!address.empty() && address != host) where += " (" + std::string(address) + ")";
    return "PostgreSQL at " + where +
           " is reached over a network without TLS; add sslmode=verify-full to the connection string, and "
           "sslrootcert=FILE with the authority that signed the server's certificate";
}

PostgresSession::PostgresSession(const std::string& connection_string, Access access, const SealedWords* words)
    : Session(access), words_(words) {
    // The caller's string overrides what stands before it and is overridden by what stands after it.
    const char* const names[] = {"connect_timeout", "keepalives_idle", "keepalives_interval", "keepalives_count",
                                 "dbname",          "client_encoding", "application_name",    nullptr};
    const char* const values[] = {"10", "30", "10", "3", connection_string.c_str(), "UTF8", "huiyin", nullptr};
    connection_.reset(PQconnectdbParams(names, values, 1));
    if (connection_ == nullptr) throw std::bad_alloc();
    if (PQstatus(connection_.get()) != CONNECTION_OK)
        throw failure(Kind::lost, std::string("PostgreSQL cannot be reached: ") + PQerrorMessage(connection_.get()));
    const bool sealed = PQsslInUse(connection_.get()) != 0 || PQgssEncInUse(connection_.get()) != 0;
    if (const auto why = unsafe_way(PQhost(connection_.get()), PQhostaddr(connection_.get()), sealed))
        throw failure(Kind::other, *why);
    PQsetNoticeReceiver(connection_.get(), ignore_notice, nullptr);
    do_script(session_settings);
    if (access == Access::nothing) do_script(reading_settings);
}

PostgresSession::~PostgresSession() = default;

void PostgresSession::lost(std::string_view sql) { throw failure(Kind::lost, "the connection is gone", sql); }

void PostgresSession::queued(std::string_view sql, std::string prepares) {
    pending_.push_back({std::string(sql), std::move(prepares), epoch_});
}

void PostgresSession::command(const char* sql) {
    if (PQsendQueryParams(connection_.get(), sql, 0, nullptr, nullptr, nullptr, nullptr, 1) != 1) lost(sql);
    queued(sql);
}

PostgresSession::Statement& PostgresSession::prepared(std::string_view sql, const Values& values) {
    const std::string key = key_of(sql, values);
    if (Statement* known = statements_.find(key)) return *known;
    if (examine(sql) != values.size()) throw std::logic_error("db: values do not match: " + std::string(sql));
    if (statements_.full()) make_room();
    Statement fresh{"s" + std::to_string(++names_), values.size(),
                    words_ ? words_->parameters(sql) : std::vector<bool>()};
    prepare(fresh, key, sql, values);
    return statements_.keep(key, std::move(fresh));
}

void PostgresSession::make_room() {
    flush();
    const Statement old = statements_.take_least_used();
    command(("deallocate " + old.name).c_str());
}

void PostgresSession::prepare(const Statement& statement, const std::string& key, std::string_view sql,
                              const Values& values) {
    std::vector<Oid> types;
    for (const Value& value : values) types.push_back(oid_of(value));
    const std::string text = has_null(values) ? without_nulls(sql, values) : std::string(sql);
    if (PQsendPrepare(connection_.get(), statement.name.c_str(), text.c_str(), static_cast<int>(types.size()),
                      types.data()) != 1)
        lost(sql);
    queued(sql, key);
}

void PostgresSession::send(std::string_view sql, const Values& values) {
    const Statement& statement = prepared(sql, values);
    SealedWords::Held held;
    const Parameters parameters(words_ ? words_->sealed(values, statement.words, words_of_, held) : values);
    if (PQsendQueryPrepared(connection_.get(), statement.name.c_str(), static_cast<int>(values.size()),
                            parameters.starts(), parameters.lengths(), parameters.formats(), 1) != 1)
        lost(sql);
    queued(sql);
}

void PostgresSession::note_failure(const PGresult* result, const Pending& pending) {
    // What follows a failure in the pipeline is not run at all; only the cause counts.
    if (!noted_) {
        noted_ = postgres_failure(result, pending.sql, !pending.prepares.empty());
        if (PQstatus(connection_.get()) != CONNECTION_OK) noted_ = failure(Kind::lost, noted_->what());
        if (open() && !spoiled_) {
            spoiled_ = noted_;
            spoiled_epoch_ = pending.epoch;
        }
    }
    if (!pending.prepares.empty()) statements_.drop(pending.prepares);
}

void PostgresSession::read_answers(const std::function<void(PGresult*)>& last) {
    for (; !pending_.empty(); pending_.pop_front()) {
        const Pending& pending = pending_.front();
        while (const Result result{PQgetResult(connection_.get())}) {
            const ExecStatusType status = PQresultStatus(result.get());
            if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_SINGLE_TUPLE) {
                if (last && pending_.size() == 1) last(result.get());
            } else {
                note_failure(result.get(), pending);
            }
        }
    }
}

void PostgresSession::read_sync() {
    const Result sync{PQgetResult(connection_.get())};
    if (PQresultStatus(sync.get()) != PGRES_PIPELINE_SYNC && !noted_)
        noted_ = failure(Kind::lost, "the connection is gone");
}

void PostgresSession::throw_noted() {
    if (!noted_) return;
    const Failure found = *noted_;
    noted_.reset();
    throw found;
}

void PostgresSession::flush(const std::function<void(PGresult*)>& last) {
    if (pending_.empty()) return;
    if (PQpipelineSync(connection_.get()) != 1) lost(pending_.front().sql);
    // An exception of `last` (a cell that is no value of ours) must not leave answers unread.
    std::exception_ptr thrown;
    read_answers([&](PGresult* result) {
        if (!last || thrown) return;
        try {
            last(result);
        } catch (...) { thrown = std::current_exception(); }
    });
    read_sync();
    throw_noted();
    if (thrown) std::rethrow_exception(thrown);
}

void PostgresSession::read(const PGresult* result, int row, Row& into) const {
    read_row(result, row, into);
    if (words_) words_->open(into);
}

void PostgresSession::do_run(std::string_view sql, const Values& values) {
    send(sql, values);
    if (!open() || pending_.size() >= most_waiting) flush();
}

Rows PostgresSession::do_select(std::string_view sql, const Values& values) {
    send(sql, values);
    Rows rows;
    flush([&](PGresult* result) {
        const int count = PQntuples(result);
        rows.reserve(static_cast<std::size_t>(count));
        for (int i = 0; i < count; ++i) read(result, i, rows.emplace_back());
    });
    return rows;
}

std::int64_t PostgresSession::do_modify(std::string_view sql, const Values& values) {
    send(sql, values);
    std::int64_t touched = 0;
    flush([&](PGresult* result) {
        const std::string_view tag = PQcmdStatus(result);
        const std::string_view count = PQcmdTuples(result);
        if (!count.empty() && !tag.starts_with("SELECT")) touched = std::stoll(std::string(count));
    });
    return touched;
}

void PostgresSession::do_stream(std::string_view sql, const Values& values, const Each& row) {
    prepared(sql, values);
    flush();  // row by row can only be asked for when the statement is alone
    send(sql, values);
    if (PQsetSingleRowMode(connection_.get()) != 1) throw failure(Kind::other, "row by row is not possible", sql);
    Row buffer;
    flush([&](PGresult* result) {
        for (int i = 0; i < PQntuples(result); ++i) {
            read(result, i, buffer);
            row(buffer);
        }
    });
}

void PostgresSession::do_script(std::string_view sql) {
    flush();
    PGconn* connection = connection_.get();
    if (PQpipelineStatus(connection) != PQ_PIPELINE_OFF && PQexitPipelineMode(connection) != 1) lost("a script");
    const Result result{PQexec(connection, std::string(sql).c_str())};
    const ExecStatusType status = PQresultStatus(result.get());
    if (PQstatus(connection) != CONNECTION_OK || PQenterPipelineMode(connection) != 1) lost("a script");
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY) return;
    const Failure found = postgres_failure(result.get(), "a script", true);
    if (open()) {
        spoiled_ = found;
        spoiled_epoch_ = epoch_;
    }
    throw found;
}

void PostgresSession::do_begin() {
    spoiled_.reset();
    epoch_ = 0;
    command("begin");
}

void PostgresSession::do_commit() {
    command("commit");
    std::string tag;
    flush([&](PGresult* result) { tag = PQcmdStatus(result); });
    if (tag != "COMMIT") throw failure(Kind::other, "the server answered " + tag + " to commit");
}

void PostgresSession::undo() {
    try {
        flush();
    } catch (const Failure& failure) {
        if (failure.kind == Kind::lost) throw;
    }
    spoiled_.reset();
    if (PQtransactionStatus(connection_.get()) == PQTRANS_IDLE) return;
    command("rollback");
    flush();
}

void PostgresSession::do_savepoint() {
    command("savepoint s");
    savepoint_epoch_ = ++epoch_;
}

void PostgresSession::do_release() {
    command("release savepoint s");
    ++epoch_;
}

void PostgresSession::do_go_back() {
    try {
        flush();
    } catch (const Failure& failure) {
        if (failure.kind == Kind::lost) throw;
    }
    if (spoiled_ && spoiled_epoch_ < savepoint_epoch_) throw Failure(*spoiled_);
    command("rollback to savepoint s");
    command("release savepoint s");
    flush();
    spoiled_.reset();
    ++epoch_;
}

}  // namespace db
