#include "index.h"

#include <algorithm>
#include <limits>
#include <set>
#include <span>

#include <db/database.h>
#include <ledger/ledger.h>

#include "postings.h"
#include "store.h"

namespace search {
namespace {

constexpr int entries_at_once = 8192;
constexpr int format = 1;  // of lists, places and terms
const std::string follower_name = "search";

std::int64_t positive(const kernel::Hash& hash) {
    std::uint64_t out = 0;
    for (std::size_t i = 0; i < 8; ++i) out = out << 8 | hash[i];
    return static_cast<std::int64_t>(out >> 1);
}

constexpr auto no_place = static_cast<std::uint32_t>(-1);  // a filter's term: the matter, without a place

struct Addition {
    std::int64_t list = 0;  // place_of(block, hash)
    std::uint32_t slot = 0, place = no_place;
    friend bool operator==(const Addition&, const Addition&) = default;
    friend bool operator<(const Addition& a, const Addition& b) {
        if (a.list != b.list) return a.list < b.list;
        return a.slot != b.slot ? a.slot < b.slot : a.place < b.place;
    }
};

std::int64_t block_of(std::int64_t n) { return n / block_size; }
std::uint32_t slot_of(std::int64_t n) { return static_cast<std::uint32_t>(n % block_size); }

// What changes in the lists in one transaction.
class Changes {
public:
    void add(std::int64_t n, std::int64_t hash, std::uint32_t place) {
        additions_.push_back({place_of(block_of(n), hash), slot_of(n), place});
    }
    void take_out(std::int64_t n) { gone_[block_of(n)].insert(slot_of(n)); }
    void take_out_of(std::int64_t n, std::int64_t hash) { fewer_[place_of(block_of(n), hash)].insert(slot_of(n)); }

    // `old`: blocks from here on have no lists yet.
    void write(db::Connection& derived, std::int64_t fresh_from) {
        for (const auto& [block, slots] : gone_) take_out_of_all(derived, block, {slots.begin(), slots.end()});
        for (const auto& [list, slots] : fewer_)
            if (const auto found = list_at(derived, list))
                replace(derived, list, without(*found, {slots.begin(), slots.end()}));
        std::sort(additions_.begin(), additions_.end());
        additions_.erase(std::unique(additions_.begin(), additions_.end()), additions_.end());
        const std::int64_t first_fresh = place_of(fresh_from, 0);
        std::vector<std::int64_t> maybe_there;
        for (const Addition& a : additions_)
            if (a.list < first_fresh && (maybe_there.empty() || maybe_there.back() != a.list))
                maybe_there.push_back(a.list);
        const Lists there = lists_at(derived, maybe_there);
        for (std::size_t i = 0; i < additions_.size();) {
            std::size_t end = i;
            while (end < additions_.size() && additions_[end].list == additions_[i].list) ++end;
            const std::span<const Addition> own(additions_.data() + i, end - i);
            const auto old = there.find(additions_[i].list);
            put_list(derived, additions_[i].list, old == there.end() ? fresh(own) : with(old->second, more(own)));
            i = end;
        }
    }

private:
    static kernel::Bytes fresh(std::span<const Addition> own) {
        ListWriter out;
        std::vector<std::uint32_t> places;
        for (std::size_t i = 0; i < own.size();) {
            const std::uint32_t slot = own[i].slot;
            places.clear();
            for (; i < own.size() && own[i].slot == slot; ++i)
                if (own[i].place != no_place) places.push_back(own[i].place);
            out.add(slot, places);
        }
        return out.bytes();
    }
    static std::vector<At> more(std::span<const Addition> own) {
        std::vector<At> out;
        for (const Addition& a : own) {
            if (out.empty() || out.back().slot != a.slot) out.push_back({a.slot, {}});
            if (a.place != no_place) out.back().places.push_back(a.place);
        }
        return out;
    }
    static void replace(db::Connection& derived, std::int64_t list, const std::optional<kernel::Bytes>& now) {
        if (now && now->empty()) drop_list(derived, list);
        if (now && !now->empty()) put_list(derived, list, *now);
    }
    // Which words a matter had is written nowhere: every list of its block is looked at.
    static void take_out_of_all(db::Connection& derived, std::int64_t block, const std::vector<std::uint32_t>& slots) {
        std::vector<std::pair<std::int64_t, kernel::Bytes>> changed;
        each_list(derived, block, [&](std::int64_t list, kernel::View bytes) {
            if (auto now = without(bytes, slots)) changed.emplace_back(list, *std::move(now));
        });
        for (const auto& [list, now] : changed) replace(derived, list, now);
    }

    std::vector<Addition> additions_;
    std::map<std::int64_t, std::set<std::uint32_t>> gone_, fewer_;
};

}  // namespace

std::string rules_of(kernel::View server_key) {
    const kernel::Hash check = kernel::hmac_sha256(server_key, kernel::view("search: which key"));
    return std::to_string(text::token_version) + "." + std::to_string(format) + "." +
           kernel::hex(kernel::View(check).first(8));
}

Hashes::Hashes(kernel::View server_key) : key_(kernel::hmac_sha256(server_key, kernel::view("search: words"))) {}

std::int64_t Hashes::of(std::string_view term) const { return positive(kernel::hmac_sha256(key_, kernel::view(term))); }

std::int64_t Hashes::print(std::string_view text) const {
    return std::max<std::int64_t>(1, positive(kernel::hmac_sha256(key_, kernel::view("text\n" + std::string(text)))));
}

std::string attribute_term(std::string_view what, std::string_view value) {
    return "\n" + std::string(what) + "\n" + std::string(value);
}

std::vector<std::string> attribute_terms(Kind kind, const Attributes& a) {
    std::vector<std::string> all = {attribute_term("kind", name(kind))};
    if (a.cycle != 0) all.push_back(attribute_term("cycle", std::to_string(a.cycle)));
    if (a.unit != 0) all.push_back(attribute_term("unit", std::to_string(a.unit)));
    if (!a.state.empty()) all.push_back(attribute_term("state", a.state));
    return all;
}

// Most words of a text were met a moment ago: what they hash to is remembered, each in the one place that it may have.
class Remembered {
public:
    explicit Remembered(kernel::View server_key) : hashes_(server_key) {}
    const Hashes& hashes() const { return hashes_; }
    std::int64_t of(const std::string& term) {
        if (known_.empty()) known_.resize(places);
        Known& known = known_[std::hash<std::string>()(term) % places];
        if (known.term != term) known = {term, hashes_.of(term)};
        return known.hash;
    }
    void forget() { known_ = {}; }

private:
    static constexpr std::size_t places = 1 << 18;
    struct Known {
        std::string term;
        std::int64_t hash = 0;
    };
    const Hashes hashes_;
    std::vector<Known> known_;
};

struct Indexer::Index {
    explicit Index(kernel::View server_key) : rules_(rules_of(server_key)), words_(server_key) {}

    void note(db::Connection& derived, const ledger::Entry& e) {
        last_ = e.index;
        for (const Matter& m : touched(derived, e)) {
            const auto [at, fresh] = place_.emplace(m, noted_.size());
            if (fresh)
                noted_.push_back({m, e.time, e.index});
            else
                noted_[at->second].entry = e.index;
        }
    }

    void write(db::Connection& derived) {
        const std::int64_t size = ledger::size(derived), first = next_n(derived);
        std::int64_t next = first;
        Changes changes;
        for (const Noted& one : noted_) {
            std::optional<Row> row = row_of(derived, one.matter);
            if (!row) {
                row.emplace();
                row->n = next++, row->matter = one.matter, row->came = one.time, row->as_of = -1;
            } else if (one.entry < row->as_of) {
                continue;  // it was read after this entry already
            }
            take(derived, *row, changes);
            row->as_of = size;
            put(derived, *row);
        }
        changes.write(derived, (first + block_size - 1) / block_size);
        put_made(derived, {rules_, last_ + 1});
        noted_.clear();
        place_.clear();
    }

    struct Noted {
        Matter matter;
        kernel::Instant time;  // of the first entry that touched it
        std::int64_t entry;    // the last
    };

    void take(db::Connection& derived, Row& row, Changes& changes) {
        const std::optional<Document> now = document(derived, row.matter);
        const auto& texts = now ? now->texts : Texts();
        const std::int64_t own = now ? words_.hashes().print(texts[0] + "\n\n" + texts[1] + "\n\n" + texts[2]) : 0;
        const std::int64_t answer = texts[3].empty() ? 0 : words_.hashes().print(texts[3]);
        const bool anew =
            (row.own_print != 0 && row.own_print != own) || (row.answer_print != 0 && row.answer_print != answer);
        const bool had_any = row.own_print != 0 && !anew;
        if (anew) changes.take_out(row.n);
        if (now) {
            const Languages languages = languages_of(texts, tokenizer_);
            for (const Part part : all_parts)
                if (part == Part::answer ? anew || row.answer_print == 0 : !had_any)
                    add(row.n, texts[static_cast<std::size_t>(part)], part, languages.of(part), changes);
            set(row, had_any, now->attributes, changes);
            row.attributes = now->attributes;
        }
        row.own_print = own;
        row.answer_print = answer;
    }
    void add(std::int64_t n, const std::string& text, Part part, text::Language language, Changes& changes) {
        if (text.empty()) return;
        for (const Placed& one : spread(text, tokenizer_, language).placed)
            if (one.unit < room_of(part)) changes.add(n, words_.of(one.term), begin_of(part) + one.unit);
    }
    void set(const Row& row, bool had_any, const Attributes& now, Changes& changes) {
        const std::vector<std::string> after = attribute_terms(row.matter.kind, now);
        const std::vector<std::string> before =
            had_any ? attribute_terms(row.matter.kind, row.attributes) : std::vector<std::string>();
        const auto has = [](const auto& all, const std::string& one) {
            return std::find(all.begin(), all.end(), one) != all.end();
        };
        for (const std::string& one : after)
            if (!has(before, one)) changes.add(row.n, words_.of(one), no_place);
        for (const std::string& one : before)
            if (!has(after, one)) changes.take_out_of(row.n, words_.of(one));
    }

    const std::string rules_;
    Remembered words_;
    text::Tokenizer tokenizer_;
    std::vector<Noted> noted_;
    std::map<Matter, std::size_t> place_;
    std::int64_t last_ = 0;
};

Indexer::Indexer(const people::Needs& needs) : needs_(needs), index_(std::make_unique<Index>(needs.server_key)) {}
Indexer::~Indexer() = default;

void Indexer::catch_up(const std::function<void(std::int64_t)>& progress, const std::function<bool()>& stopping) {
    const std::lock_guard<std::mutex> one_at_a_time(mutex_);
    {
        db::Database::Lease derived = needs_.database.derived();
        const auto before = made(*derived);
        if (!before || before->rules != index_->rules_) {
            db::Transaction transaction(*derived);
            drop_all(*derived);
            ledger::begin_again(*derived, follower_name);
            put_made(*derived, {index_->rules_, 0});
            transaction.commit();
        }
    }
    ledger::Follower follower;
    follower.name = follower_name;
    follower.at_most = entries_at_once;
    follower.follow = [this](db::Connection& derived, const ledger::Entry& e) { index_->note(derived, e); };
    follower.end = [&](db::Connection& derived) {
        index_->write(derived);
        if (progress) progress(index_->last_ + 1);
    };
    follower.stopping = stopping;
    ledger::catch_up(needs_.database, follower);
    index_->words_.forget();
}

}  // namespace search
