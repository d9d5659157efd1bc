#include "index.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>
#include <unordered_map>

#include <kernel/threads.h>

#include "vectors.h"

namespace text {

namespace {

// 1 + ln n for n up to 255: more of the same says no more.
const std::array<float, 256> damped = [] {
    std::array<float, 256> out{};
    for (std::size_t n = 1; n < out.size(); ++n) out[n] = 1 + std::log(static_cast<float>(n));
    return out;
}();

}  // namespace

struct Index::Parts {
    struct Posting {
        Number message = 0;
        float impact = 0;  // the weight without idf, in a vector of length 1
    };

    struct Weighed {
        std::uint32_t term = 0;
        float weight = 0;
    };

    IndexLimits limits;
    Tokenizer tokenizer;
    Numbering terms;
    std::vector<std::uint32_t> frequency;  // of terms: messages that have it
    std::vector<float> idf;                // of terms, as of the last settling
    // Messages one after another: terms ascending.
    std::vector<std::uint64_t> start{0};
    std::vector<std::uint32_t> term;
    std::vector<std::uint8_t> times;
    std::vector<float> inverse_length;
    std::vector<bool> removed;
    std::size_t settled = 0;  // messages
    float idf_of_new = 1;
    std::vector<std::uint64_t> list_start;  // of terms known at the last settling, one more than they are
    std::vector<Posting> lists;
    std::unordered_map<std::uint32_t, std::vector<Posting>> since;
    bool finds = true;  // only_likeness() was not called

    void need_lists() const {
        if (!finds) throw std::logic_error("text::Index: only likenesses can be asked for");
    }

    std::size_t size() const { return inverse_length.size(); }
    Number add(std::span<const Count>);
    float idf_of(std::uint32_t t) const { return t < idf.size() ? idf[t] : idf_of_new; }

    float length(Number m) const {
        double sum = 0;
        for (std::uint64_t i = start[m]; i < start[m + 1]; ++i) {
            const double weight = damped[times[i]] * idf_of(term[i]);
            sum += weight * weight;
        }
        return sum > 0 ? static_cast<float>(1 / std::sqrt(sum)) : 0;
    }

    std::vector<Weighed> vector_of(Number m) const {
        std::vector<Weighed> out;
        out.reserve(start[m + 1] - start[m]);
        for (std::uint64_t i = start[m]; i < start[m + 1]; ++i)
            out.push_back({term[i], damped[times[i]] * idf_of(term[i]) * inverse_length[m]});
        return out;
    }

    class Compared;
    std::vector<Neighbour> nearest(const std::vector<Weighed>& query, Number self, std::size_t most, float least) const;
};

// One vector of length 1, against which many messages are compared: its tokens in a table so thinly filled that most of
// a message's tokens are found missing at the first look.
class Index::Parts::Compared {
public:
    Compared(const Parts& parts, const std::vector<Weighed>& one) : parts_(parts) {
        std::size_t size = 1024;
        while (size < one.size() * 8) size *= 2;
        slots_.assign(size, {Numbering::none, 0});
        for (const Weighed& of : one) {
            std::size_t at = of.term & (size - 1);
            while (slots_[at].term != Numbering::none) at = (at + 1) & (size - 1);
            slots_[at] = {of.term, of.weight * parts.idf_of(of.term)};
        }
    }
    float likeness(Number m) const {
        double sum = 0;
        const std::size_t mask = slots_.size() - 1;
        const Weighed* const slots = slots_.data();
        const std::uint32_t* const terms = parts_.term.data();
        for (std::uint64_t i = parts_.start[m]; i < parts_.start[m + 1]; ++i) {
            std::size_t at = terms[i] & mask;
            while (slots[at].term != terms[i] && slots[at].term != Numbering::none) at = (at + 1) & mask;
            if (slots[at].term == terms[i]) sum += static_cast<double>(slots[at].weight) * damped[parts_.times[i]];
        }
        return static_cast<float>(sum * parts_.inverse_length[m]);
    }

private:
    const Parts& parts_;
    std::vector<Weighed> slots_;
};

std::vector<Neighbour> Index::Parts::nearest(const std::vector<Weighed>& query, Number self, std::size_t most,
                                             float least) const {
    // Zero between queries. A thread has one for all indexes, so that a query costs what it reads and not the number of
    // messages.
    thread_local std::vector<float> score;
    thread_local std::vector<Number> room;
    if (score.size() < size()) score.resize(size());
    if (room.size() <= limits.postings_a_query) room.resize(limits.postings_a_query + 1);
    std::size_t met = 0;
    std::vector<Weighed> order = query;
    const auto frequency_of = [this](std::uint32_t t) { return t < frequency.size() ? frequency[t] : 0; };
    std::sort(order.begin(), order.end(), [&](const Weighed& a, const Weighed& b) {
        const auto x = frequency_of(a.term), y = frequency_of(b.term);
        return x != y ? x < y : a.term < b.term;
    });
    // No more entries are read than there is room for. Written always and kept when new: nothing to be guessed wrong.
    const auto read = [scores = score.data(), places = room.data(), &met](const Posting* from, const Posting* to,
                                                                          float weight) {
        std::size_t n = met;
        for (; from != to; ++from) {
            float& sum = scores[from->message];
            places[n] = from->message;
            n += sum == 0;
            sum += weight * from->impact;
        }
        met = n;
    };
    std::size_t left = limits.postings_a_query;
    bool all = true;
    for (const Weighed& of : order) {
        if (!(all = frequency_of(of.term) <= left)) break;
        left -= frequency_of(of.term);
        const float weight = of.weight * idf_of(of.term);
        if (of.term + 1 < list_start.size())
            read(lists.data() + list_start[of.term], lists.data() + list_start[of.term + 1], weight);
        if (since.empty()) continue;
        if (const auto found = since.find(of.term); found != since.end())
            read(found->second.data(), found->second.data() + found->second.size(), weight);
    }
    const std::span<const Number> touched(room.data(), met);
    const std::size_t candidates = std::max(limits.candidates, most);
    // What the lists that were not read could add is not known: only where all were read is little too little. Else the
    // best candidates are told by a count of scores in classes, which is cheaper than to order all that were touched.
    float floor = least;
    if (!all) {
        float top = 0;
        for (const Number m : touched) top = std::max(top, score[m]);
        std::array<std::size_t, 256> classes{};
        const float scale = top > 0 ? 255.99F / top : 0;
        for (const Number m : touched) ++classes[static_cast<std::size_t>(score[m] * scale)];
        std::size_t above = 0, lowest = classes.size();
        while (lowest > 0 && above < candidates) above += classes[--lowest];
        floor = scale > 0 ? static_cast<float>(lowest) / scale : 0;
    }
    std::vector<Neighbour> out;
    for (const Number m : touched) {
        if (m != self && score[m] >= floor && !removed[m]) out.push_back({m, score[m]});
        score[m] = 0;
    }
    const auto nearer = [](const Neighbour& a, const Neighbour& b) {
        return a.likeness != b.likeness ? a.likeness > b.likeness : a.number < b.number;
    };
    if (out.size() > candidates) {
        std::nth_element(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(candidates), out.end(), nearer);
        out.resize(candidates);
    }
    if (!all) {
        const Compared exactly(*this, query);
        for (Neighbour& one : out) one.likeness = exactly.likeness(one.number);
    }
    std::erase_if(out, [least](const Neighbour& one) { return one.likeness < least; });
    std::sort(out.begin(), out.end(), nearer);
    if (out.size() > most) out.resize(most);
    return out;
}

Index::Index(IndexLimits limits) : parts_(std::make_unique<Parts>()) { parts_->limits = limits; }
Index::Index(Index&&) noexcept = default;
Index& Index::operator=(Index&&) noexcept = default;
Index::~Index() = default;

std::size_t Index::size() const { return parts_->size(); }
void Index::remove(Number m) { parts_->removed.at(m) = true; }

Number Index::Parts::add(std::span<const Count> counted) {
    const auto m = static_cast<Number>(size());
    std::vector<std::pair<std::uint32_t, std::uint8_t>> all;
    all.reserve(counted.size());
    for (const Count& one : counted)
        all.emplace_back(terms.number(one.hash), static_cast<std::uint8_t>(std::min(one.n, 255U)));
    std::sort(all.begin(), all.end());
    frequency.resize(terms.size());
    for (const auto& [t, n] : all) {
        term.push_back(t);
        times.push_back(n);
        ++frequency[t];
    }
    start.push_back(term.size());
    inverse_length.push_back(0);
    removed.push_back(false);
    inverse_length[m] = length(m);
    if (settled > 0)
        for (const auto& [t, n] : all) since[t].push_back({m, damped[n] * inverse_length[m]});
    return m;
}

Number Index::add(std::string_view title, std::string_view body) {
    parts_->need_lists();
    return parts_->add(
        counts(parts_->tokenizer, title, body, parts_->limits.title_weight, parts_->limits.longest_body));
}

void Index::add(std::span<const Text> texts, int threads) {
    parts_->need_lists();
    constexpr std::size_t at_once = 8192;
    const IndexLimits& limits = parts_->limits;
    std::vector<std::vector<Count>> counted(std::min(at_once, texts.size()));
    for (std::size_t first = 0; first < texts.size(); first += at_once) {
        const std::size_t n = std::min(at_once, texts.size() - first);
        kernel::in_threads(n, threads, [&](std::size_t from, std::size_t to) {
            Tokenizer tokenizer;
            for (std::size_t i = from; i < to; ++i)
                counted[i] = counts(tokenizer, texts[first + i].title, texts[first + i].body, limits.title_weight,
                                    limits.longest_body);
        });
        for (std::size_t i = 0; i < n; ++i) parts_->add(counted[i]);
    }
}

void Index::settle() {
    Parts& p = *parts_;
    p.need_lists();
    p.settled = p.size();
    p.since.clear();
    p.idf.resize(p.terms.size());
    const double all = 1 + static_cast<double>(p.size());
    for (std::size_t t = 0; t < p.idf.size(); ++t)
        p.idf[t] = static_cast<float>(std::log(all / (1.0 + p.frequency[t])) + 1);
    p.idf_of_new = static_cast<float>(std::log(all / 2) + 1);
    p.list_start.assign(p.terms.size() + 1, 0);
    for (std::size_t t = 0; t < p.terms.size(); ++t) p.list_start[t + 1] = p.list_start[t] + p.frequency[t];
    p.lists.clear();
    p.lists.shrink_to_fit();
    p.term.shrink_to_fit();
    p.times.shrink_to_fit();
    p.lists.resize(p.term.size());
    std::vector<std::uint64_t> next(p.list_start.begin(), p.list_start.end() - 1);
    for (Number m = 0; m < p.size(); ++m) {
        p.inverse_length[m] = p.length(m);
        for (std::uint64_t i = p.start[m]; i < p.start[m + 1]; ++i)
            p.lists[next[p.term[i]]++] = {m, damped[p.times[i]] * p.inverse_length[m]};
    }
}

std::vector<Neighbour> Index::neighbours(Number m, std::size_t most, float least) const {
    parts_->need_lists();
    return parts_->nearest(parts_->vector_of(m), m, most, least);
}

std::vector<Neighbour> Index::neighbours(std::string_view title, std::string_view body, std::size_t most,
                                         float least) const {
    const Parts& p = *parts_;
    p.need_lists();
    Tokenizer tokenizer;
    using Weighed = Parts::Weighed;
    std::vector<Weighed> query;
    double sum = 0;
    for (const Count& one : counts(tokenizer, title, body, p.limits.title_weight, p.limits.longest_body)) {
        const std::uint32_t t = p.terms.find(one.hash);
        const float weight = damped[std::min(one.n, 255U)] * (t == Numbering::none ? p.idf_of_new : p.idf_of(t));
        sum += static_cast<double>(weight) * weight;
        if (t != Numbering::none) query.push_back({t, weight});
    }
    if (query.empty()) return {};
    for (Weighed& one : query) one.weight = static_cast<float>(one.weight / std::sqrt(sum));
    std::sort(query.begin(), query.end(), [](const Weighed& a, const Weighed& b) { return a.term < b.term; });
    return p.nearest(query, Numbering::none, most, least);
}

void Index::only_likeness() {
    Parts& p = *parts_;
    p.finds = false;
    p.lists = std::vector<Parts::Posting>();
    p.list_start = std::vector<std::uint64_t>();
    p.since = decltype(p.since)();
}

float Index::likeness(Number a, Number b) const { return Parts::Compared(*parts_, parts_->vector_of(a)).likeness(b); }

std::vector<float> Index::likenesses(std::span<const Number> of) const {
    const std::size_t n = of.size();
    std::vector<float> out(n * n, 1);
    for (std::size_t i = 0; i + 1 < n; ++i) {
        const Parts::Compared mine(*parts_, parts_->vector_of(of[i]));
        for (std::size_t j = i + 1; j < n; ++j) out[i * n + j] = out[j * n + i] = mine.likeness(of[j]);
    }
    return out;
}

double Index::mean_likeness(std::span<const Number> of) const {
    if (of.size() < 2) return 1;
    // |sum of vectors|² = n + twice the sum over pairs, where no vector is empty.
    std::vector<std::pair<std::uint32_t, double>> all;
    double own = 0;
    for (const Number m : of)
        for (const Parts::Weighed& one : parts_->vector_of(m)) {
            all.emplace_back(one.term, one.weight);
            own += static_cast<double>(one.weight) * one.weight;
        }
    std::sort(all.begin(), all.end());
    double sum = 0;
    for (std::size_t i = 0; i < all.size();) {
        double term = 0;
        const std::size_t first = i;
        for (; i < all.size() && all[i].first == all[first].first; ++i) term += all[i].second;
        sum += term * term;
    }
    const auto n = static_cast<double>(of.size());
    return (sum - own) / (n * (n - 1));
}

std::size_t Index::bytes() const {
    const Parts& p = *parts_;
    std::size_t sum = p.terms.bytes() + p.frequency.capacity() * 8 + p.list_start.capacity() * 8 +
                      p.start.capacity() * 8 + p.term.capacity() * 5 + p.inverse_length.capacity() * 4 +
                      p.lists.capacity() * sizeof(Parts::Posting);
    for (const auto& [t, list] : p.since) sum += 64 + list.capacity() * sizeof(Parts::Posting);
    return sum;
}

}  // namespace text
