// A refusal is an answer, not an accident: acts, rules and parsers return Result<T>.
// What is broken (disk, database, network, our own corrupt data) is thrown instead and caught in three places only:
// the HTTP dispatcher, the job runner and main().
#pragma once
#include <initializer_list>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace kernel {

// The kinds of refusal; http/ maps each to one status, and to nothing else.
enum class Code {
    invalid,          // 422  a field is wrong; `field` says which
    malformed,        // 400  the bytes are not what they claim to be
    unauthenticated,  // 401  sign in first
    forbidden,        // 403  this actor may not
    not_found,        // 404
    conflict,         // 409  the state does not allow it, or it was done already
    too_large,        // 413
    unsupported,      // 415
    too_many,         // 429
    unavailable,      // 503  overloaded or shutting down; try again later
    no_space,         // 507  nothing can be written until there is room again; reading goes on
};

// Why something was refused. `key` names a message in messages.*.txt (module.name, e.g. "voice.text_missing"), `field`
// the form field or JSON member it belongs to ("" for the whole request), `args` the values the message mentions.
struct Error {
    Code code = Code::invalid;
    std::string key;
    std::string field;
    std::vector<std::pair<std::string, std::string>> args;
    friend bool operator==(const Error&, const Error&) = default;
};

// Either a T or an Error. Named like std::expected, so that it can become one. Reading the wrong side throws
// std::bad_variant_access: a defect, never a way to handle a refusal.
template <class T>
class [[nodiscard]] Result {
public:
    Result(T value) : value_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : value_(std::in_place_index<1>, std::move(error)) {}

    bool has_value() const { return value_.index() == 0; }
    explicit operator bool() const { return has_value(); }
    T& operator*() & { return std::get<0>(value_); }
    const T& operator*() const& { return std::get<0>(value_); }
    T&& operator*() && { return std::get<0>(std::move(value_)); }
    T* operator->() { return &std::get<0>(value_); }
    const T* operator->() const { return &std::get<0>(value_); }
    const Error& error() const { return std::get<1>(value_); }

private:
    std::variant<T, Error> value_;
};

template <>
class [[nodiscard]] Result<void> {
public:
    Result() = default;
    Result(Error error) : error_(std::move(error)) {}
    bool has_value() const { return !error_; }
    explicit operator bool() const { return has_value(); }
    const Error& error() const { return error_.value(); }

private:
    std::optional<Error> error_;
};

using Checked = Result<void>;

// The refusals that acts give most.
inline Error invalid(std::string field, std::string key, std::vector<std::pair<std::string, std::string>> args = {}) {
    return {Code::invalid, std::move(key), std::move(field), std::move(args)};
}
inline Error refuse(Code code, std::string key, std::vector<std::pair<std::string, std::string>> args = {}) {
    return {code, std::move(key), {}, std::move(args)};
}
// Of several checks, all of them cheap, the first that refuses.
inline Checked first_refusal(std::initializer_list<Checked> checks) {
    for (const Checked& check : checks)
        if (!check) return check;
    return {};
}

}  // namespace kernel
