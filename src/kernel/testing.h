// For the tests of every module: what an act gave, or an exception that says why it was refused; the key of a refusal;
// a day written out. Found by their argument: must(open(…)) needs no using.
#pragma once
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "result.h"
#include "time.h"

namespace kernel {

// What was given; throws std::runtime_error naming the refusal and its field.
template <class T>
T must(Result<T> result) {
    if (!result) throw std::runtime_error(result.error().key + " at " + result.error().field);
    return *std::move(result);
}
inline void must(const Checked& checked) {
    if (!checked) throw std::runtime_error(checked.error().key + " at " + checked.error().field);
}

// The refusal's message key, "" when there was none; the same with its field before it.
template <class T>
std::string refused(const Result<T>& result) {
    return result ? "" : result.error().key;
}
template <class T>
std::string refused_at(const Result<T>& result) {
    return result ? "" : result.error().field + " " + result.error().key;
}

inline Day on(std::string_view iso) { return parse_day(iso).value(); }

}  // namespace kernel
