#include "labels.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <unordered_map>

#include "characters.h"
#include "places.h"
#include "tokens.h"
#include "vectors.h"

namespace text {

namespace {

constexpr std::size_t longest_han = 12, longest_words = 3, most_keywords = 5;

struct Phrase {
    std::string folded;
    std::string written;
    std::size_t length = 0;  // characters or words
    bool words = false;
};

// Characters that mostly bind others: a phrase does not begin or end with them.
constexpr std::u32string_view binding =
    U"的了是在和与及或也都就把被让使对将于为以从到由向给比之其这那此该吗呢吧啊我你他她它们请问有无不没何时怎什么能可会"
    U"要望盼恳再又很更最还且但而因所等";

bool may_border(char32_t c) { return binding.find(c) == binding.npos; }

// All phrases of a title, some of them several times.
void phrases(std::string_view title, std::vector<Phrase>& out) {
    out.clear();
    std::vector<Folded> all;
    fold(title, all);
    const auto written = [&title](std::uint32_t from, std::uint32_t to) {
        return std::string(title.substr(from, to - from));
    };
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i].kind != Class::alone || !may_border(all[i].c)) continue;
        std::string text;
        for (std::size_t n = 1; n <= longest_han && i + n <= all.size() && all[i + n - 1].kind == Class::alone; ++n) {
            if (n > 1 && all[i + n - 1].begin != all[i + n - 2].end) break;
            append_utf8(text, all[i + n - 1].c);
            if (n > 1 && may_border(all[i + n - 1].c))
                out.push_back({text, written(all[i].begin, all[i + n - 1].end), n, false});
        }
    }
    // Words with what they are followed by, which may be a Han character: G107, 58车贷.
    struct Word {
        std::string text;
        std::uint32_t begin = 0, end = 0;
        std::size_t after = 0;  // place behind it
    };
    std::vector<Word> words;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i].kind != Class::letter) continue;
        Word word{{}, all[i].begin, 0, 0};
        for (; i < all.size() &&
               (all[i].kind == Class::letter || all[i].kind == Class::mark || all[i].kind == Class::apostrophe);
             ++i) {
            append_utf8(word.text, all[i].c);
            word.end = all[i].end;
        }
        word.after = i;
        words.push_back(std::move(word));
        --i;
    }
    for (std::size_t i = 0; i < words.size(); ++i) {
        std::string text;
        for (std::size_t n = 1; n <= longest_words && i + n <= words.size(); ++n) {
            const Word& last = words[i + n - 1];
            if (n > 1 && title.substr(words[i + n - 2].end, last.begin - words[i + n - 2].end) != " ") break;
            text += (n > 1 ? " " : "") + last.text;
            if (Tokenizer::stop_word(words[i].text) || Tokenizer::stop_word(last.text)) continue;
            if (n > 1 || last.text.size() > 2) out.push_back({text, written(words[i].begin, last.end), n, true});
        }
        std::string with = words[i].text;
        for (std::size_t n = 1; n <= longest_han && words[i].after + n <= all.size(); ++n) {
            const Folded& one = all[words[i].after + n - 1];
            if (one.kind != Class::alone || one.begin != (n == 1 ? words[i].end : all[words[i].after + n - 2].end))
                break;
            append_utf8(with, one.c);
            if (n > 1 && may_border(one.c)) out.push_back({with, written(words[i].begin, one.end), n + 1, false});
        }
    }
    std::sort(out.begin(), out.end(), [](const Phrase& a, const Phrase& b) { return a.folded < b.folded; });
    out.erase(
        std::unique(out.begin(), out.end(), [](const Phrase& a, const Phrase& b) { return a.folded == b.folded; }),
        out.end());
}

// Of so many different texts in a group, how many must have a keyword.
std::size_t needed(std::size_t texts) { return texts < 2 ? 1 : std::max<std::size_t>(2, (texts + 3) / 4); }

}  // namespace

struct Labels::Counts {
    std::unordered_map<std::int64_t, const Message*> message;
    std::unordered_map<std::int64_t, std::int64_t> first;
    const Found& found;
    std::unordered_map<std::uint64_t, std::uint32_t> all;  // of phrases: texts that have it
    std::size_t texts = 0;

    // Of a group, each text once.
    std::vector<const Message*> different(const Group& group) const {
        std::vector<const Message*> out;
        std::set<std::int64_t> met;
        for (const auto* list : {&group.messages, &group.suggested})
            for (const std::int64_t id : *list)
                if (met.insert(first.at(id)).second) out.push_back(message.at(id));
        return out;
    }
};

Labels::Labels(std::span<const Message> messages, const Found& found) : counts_(new Counts{{}, {}, found, {}, 0}) {
    for (const Message& one : messages) counts_->message[one.id] = &one;
    for (const Copied& one : found.copied) counts_->first[one.message] = one.first;
    // Only what may become a keyword is counted everywhere: all phrases of a million titles would not fit.
    std::vector<Phrase> of;
    std::unordered_map<std::uint64_t, std::size_t> here;
    for (const Group& group : found.groups) {
        if (group.messages.size() + group.suggested.size() < 2) continue;
        const std::vector<const Message*> different = counts_->different(group);
        here.clear();
        for (const Message* one : different) {
            phrases(one->title, of);
            for (const Phrase& phrase : of) ++here[token_hash(Kind::word, phrase.folded)];
        }
        for (const auto& [hash, n] : here)
            if (n >= needed(different.size())) counts_->all[hash] = 0;
    }
    for (const Copied& one : found.copied) {
        if (one.message != one.first) continue;
        ++counts_->texts;
        phrases(counts_->message.at(one.message)->title, of);
        for (const Phrase& phrase : of)
            if (const auto at = counts_->all.find(token_hash(Kind::word, phrase.folded)); at != counts_->all.end())
                ++at->second;
    }
}

Labels::~Labels() = default;

Label Labels::of(std::size_t g) const {
    const Group& group = counts_->found.groups.at(g);
    const std::vector<const Message*> messages = counts_->different(group);
    Label out;
    struct Scored {
        Phrase phrase;
        std::vector<std::size_t> in;
        double score = 0;
    };
    std::map<std::string, Scored> met;
    std::map<std::string, std::size_t> districts;
    std::vector<Phrase> of;
    for (std::size_t i = 0; i < messages.size(); ++i) {
        phrases(messages[i]->title, of);
        for (Phrase& phrase : of) {
            Scored& mine = met.try_emplace(phrase.folded).first->second;
            if (mine.in.empty()) mine.phrase = std::move(phrase);
            mine.in.push_back(i);
        }
        if (!messages[i]->district.empty())
            ++districts[std::string(messages[i]->district)];
        else
            for (const std::string& one : named_districts(messages[i]->title)) ++districts[one];
    }
    for (const auto& [name, n] : districts)
        if (n * 2 >= messages.size()) out.districts.push_back(name);
    std::stable_sort(out.districts.begin(), out.districts.end(),
                     [&](const auto& a, const auto& b) { return districts[a] > districts[b]; });
    if (group.messages.size() + group.suggested.size() < 2) return out;

    const double n = static_cast<double>(messages.size()), all = static_cast<double>(counts_->texts);
    std::vector<Scored> list;
    for (auto& [folded, one] : met) {
        const auto k = static_cast<double>(one.in.size());
        if (one.in.size() < needed(messages.size())) continue;
        const auto known = counts_->all.find(token_hash(Kind::word, folded));
        const double everywhere = known == counts_->all.end() ? k : std::max(k, static_cast<double>(known->second));
        one.score = k * std::log((k + 0.5) / (n + 1) * (all + 1) / (everywhere + 0.5));
        if (one.score > 0) list.push_back(std::move(one));
    }
    const auto better = [](const Scored& a, const Scored& b) {
        return a.score != b.score                                 ? a.score > b.score
               : a.phrase.folded.size() != b.phrase.folded.size() ? a.phrase.folded.size() > b.phrase.folded.size()
                                                                  : a.phrase.folded < b.phrase.folded;
    };
    // Pieces of longer phrases.
    std::vector<bool> piece(list.size());
    for (std::size_t i = 0; i < list.size(); ++i)
        for (std::size_t j = 0; j < list.size() && !piece[i]; ++j)
            piece[i] = i != j && list[j].phrase.folded.size() > list[i].phrase.folded.size() &&
                       list[j].phrase.folded.find(list[i].phrase.folded) != std::string::npos &&
                       list[j].in.size() * 10 >= list[i].in.size() * 9;
    std::vector<Scored> whole;
    for (std::size_t i = 0; i < list.size(); ++i)
        if (!piece[i]) whole.push_back(std::move(list[i]));
    std::sort(whole.begin(), whole.end(), better);
    // What overlaps a better one says it again.
    const auto overlaps = [](const std::string& a, const std::string& b) {
        for (std::size_t cut = 6; cut <= std::min(a.size(), b.size()); cut += 1)
            if (a.ends_with(b.substr(0, cut)) || b.ends_with(a.substr(0, cut))) return true;
        return a.find(b) != std::string::npos || b.find(a) != std::string::npos;
    };
    std::vector<std::string> taken;
    for (const Scored& one : whole) {
        if (out.keywords.size() == most_keywords) break;
        if (std::any_of(taken.begin(), taken.end(),
                        [&](const std::string& t) { return overlaps(t, one.phrase.folded); }))
            continue;
        taken.push_back(one.phrase.folded);
        out.keywords.push_back(one.phrase.written);
    }
    return out;
}

}  // namespace text
