// How letters are changed when many send the same: for tests of copies, by a seed.
//   0 as it is   1 a greeting, other punctuation, half of them in the other Chinese script   2 other words, sentences
//   of one's own 3 also three of ten sentences left out, and the rest in another order   4 also 6 of 100 characters
//   wrong 5 as it is, before or behind half as much again of one's own
#pragma once
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <unicode/translit.h>
#include <unicode/unistr.h>

#include "testing.h"

namespace text::testing {

inline constexpr int edit_levels = 6;

inline std::vector<std::string> characters(const std::string& text) {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < text.size();) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const std::size_t length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
        out.push_back(text.substr(i, length));
        i += length;
    }
    return out;
}

// At least 12 characters each, where the text is long enough.
inline std::vector<std::string> sentences(const std::string& text) {
    std::vector<std::string> out;
    std::string one;
    std::size_t n = 0;
    for (const std::string& c : characters(text)) {
        one += c;
        ++n;
        const bool stop = c == "。" || c == "！" || c == "？" || c == "；" || c == "\n" || c == ".";
        if (!stop && !(n > 12 && (c == "，" || c == ","))) continue;
        out.push_back(std::exchange(one, ""));
        n = 0;
    }
    if (!one.empty()) out.push_back(one);
    return out;
}

class Editor {
public:
    // `own`: sentences that people add of their own.
    Editor(std::uint64_t seed, std::vector<std::string> own) : random_(seed), own_(std::move(own)) {
        UErrorCode status = U_ZERO_ERROR;
        traditional_.reset(icu::Transliterator::createInstance("Simplified-Traditional", UTRANS_FORWARD, status));
        if (U_FAILURE(status)) throw std::runtime_error("ICU has no Simplified-Traditional");
    }

    std::string edit(std::string letter, int level) {
        switch (level) {
            case 1:
                return greeted(letter);
            case 2:
                return added(in_other_words(std::move(letter)), 2);
            case 3:
                return added(shortened(in_other_words(std::move(letter))), 2);
            case 4:
                return mistyped(added(shortened(in_other_words(std::move(letter))), 2));
            case 5: {
                std::string around;
                const std::size_t wanted = characters(letter).size() * 3 / 2;
                while (characters(around).size() < wanted) around += mine();
                return random_.below(2) ? letter + around : around + letter;
            }
            default:
                return letter;
        }
    }

private:
    const std::string& mine() { return own_[random_.below(own_.size())]; }
    std::string greeted(const std::string& letter) {
        std::string out = "尊敬的领导：您好！";
        for (const std::string& c : characters(letter))
            out += c == "，" ? (random_.below(2) ? " " : ",") : c == "。" ? "." : c;
        out += " 谢谢!!";
        if (random_.below(2)) {
            icu::UnicodeString other = icu::UnicodeString::fromUTF8(out);
            traditional_->transliterate(other);
            out.clear();
            other.toUTF8String(out);
        }
        return out;
    }
    std::string in_other_words(std::string letter) {
        static const std::pair<const char*, const char*> words[] = {
            {"希望", "盼望"},          {"严重", "非常严重"}, {"问题", "情况"},     {"部门", "单位"},
            {"我们", "大家"},          {"小区", "社区"},     {"解决", "处理"},     {"没有", "未曾"},
            {"已经", "早已"},          {"居民", "住户"},     {"please", "kindly"}, {"people", "folks"},
            {"vecinos", "habitantes"}, {"müssen", "sollen"}};
        for (const auto& [from, to] : words)
            for (std::size_t at = 0; (at = letter.find(from, at)) != std::string::npos;) {
                const std::string_view put = random_.below(2) ? to : from;
                letter.replace(at, std::string_view(from).size(), put);
                at += put.size();
            }
        return letter;
    }
    std::string shortened(const std::string& letter) {
        std::vector<std::string> kept;
        for (std::string& one : sentences(letter))
            if (random_.below(10) >= 3 || kept.empty()) kept.push_back(std::move(one));
        std::string out;
        while (!kept.empty()) {
            const std::size_t at = random_.below(kept.size());
            out += kept[at];
            kept.erase(kept.begin() + static_cast<std::ptrdiff_t>(at));
        }
        return out;
    }
    std::string added(const std::string& letter, int n) {
        std::vector<std::string> all = sentences(letter);
        for (int i = 0; i < n; ++i)
            all.insert(all.begin() + static_cast<std::ptrdiff_t>(random_.below(all.size() + 1)), mine());
        std::string out;
        for (const std::string& one : all) out += one;
        return out;
    }
    std::string mistyped(const std::string& letter) {
        const std::vector<std::string> all = characters(letter);
        std::string out;
        for (const std::string& c : all) {
            const std::size_t chance = random_.below(100);
            if (chance < 2) continue;
            if (chance < 6) out += all[random_.below(all.size())];
            if (chance < 4 || chance >= 6) out += c;
        }
        return out;
    }

    Random random_;
    std::vector<std::string> own_;
    std::unique_ptr<icu::Transliterator> traditional_;
};

}  // namespace text::testing
