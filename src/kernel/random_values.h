// Random values for the property tests of this folder.
#pragma once
#include <cmath>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include <rapidcheck.h>

#include "json.h"

namespace kernel::random_values {

inline void append_code_point(std::string& out, std::uint32_t c) {
    if (c < 0x80) {
        out += static_cast<char>(c);
        return;
    }
    const int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    out += static_cast<char>((0xFF00 >> (more + 1) & 0xFF) | c >> (6 * more));
    for (int i = more - 1; i >= 0; --i) out += static_cast<char>(0x80 | (c >> (6 * i) & 0x3F));
}

// Any code point but surrogates; the interesting ones often.
inline rc::Gen<std::uint32_t> code_point() {
    return rc::gen::weightedOneOf<std::uint32_t>({
        {6, rc::gen::inRange<std::uint32_t>(0x20, 0x7F)},
        {2, rc::gen::inRange<std::uint32_t>(0, 0x20)},
        {2, rc::gen::inRange<std::uint32_t>(0x7F, 0x800)},
        {2, rc::gen::inRange<std::uint32_t>(0x800, 0xD800)},
        {2, rc::gen::inRange<std::uint32_t>(0xE000, 0x10000)},
        {2, rc::gen::inRange<std::uint32_t>(0x10000, 0x110000)},
        {1, rc::gen::element<std::uint32_t>('"', '\\', 0x7F, 0x2028, 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x10FFFF)},
    });
}

inline rc::Gen<std::string> text() {
    return rc::gen::map(rc::gen::container<std::vector<std::uint32_t>>(code_point()),
                        [](const std::vector<std::uint32_t>& points) {
                            std::string out;
                            for (std::uint32_t c : points) append_code_point(out, c);
                            return out;
                        });
}

inline rc::Gen<double> finite_double() {
    const auto from_bits = [](std::uint64_t bits) {
        double value = 0;
        std::memcpy(&value, &bits, sizeof value);
        return value;
    };
    return rc::gen::suchThat(rc::gen::map(rc::gen::resize(1'000, rc::gen::arbitrary<std::uint64_t>()), from_bits),
                             [](double value) { return std::isfinite(value); });
}

// Values as the reader makes them: an integral double within +-(2^53 - 1) would come back as an integer.
inline rc::Gen<Json> json(int depth = 4) {
    const auto integer = rc::gen::map(rc::gen::inRange<std::int64_t>(-9'007'199'254'740'991, 9'007'199'254'740'992),
                                      [](std::int64_t value) { return Json(value); });
    const auto real = rc::gen::map(
        rc::gen::suchThat(finite_double(),
                          [](double value) { return std::trunc(value) != value || std::fabs(value) > 9.1e15; }),
        [](double value) { return Json(value); });
    const auto string = rc::gen::map(text(), [](std::string value) { return Json(std::move(value)); });
    const auto word = rc::gen::element<Json>(Json(), Json(true), Json(false), Json(std::int64_t{0}));
    if (depth == 0) return rc::gen::oneOf(integer, real, string, word);
    const auto array = rc::gen::map(
        rc::gen::resize(5, rc::gen::container<Json::Array>(rc::gen::lazy([depth] { return json(depth - 1); }))),
        [](Json::Array items) { return Json(std::move(items)); });
    const auto member = rc::gen::pair(text(), rc::gen::lazy([depth] { return json(depth - 1); }));
    const auto object =
        rc::gen::map(rc::gen::resize(5, rc::gen::container<std::vector<std::pair<std::string, Json>>>(member)),
                     [](std::vector<std::pair<std::string, Json>> members) {
                         Json out(Json::Object{});
                         for (auto& [name, value] : members) out.set(name, std::move(value));
                         return out;
                     });
    return rc::gen::oneOf(integer, real, string, word, array, object);
}

}  // namespace kernel::random_values
