#include "index.h"

#include <algorithm>
#include <bit>
#include <limits>

#include <db/database.h>
#include <ledger/ledger.h>

#include "changes.h"
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

// Most words of a text were met a moment ago: what they hash to is remembered, each in the one place that it may have,
// and which list it was last added to.
class Remembered {
public:
    explicit Remembered(kernel::View server_key) : hashes_(server_key) {}
    const Hashes& hashes() const { return hashes_; }
    std::int64_t list_of(std::int64_t block, const std::string& term) { return place_of(block, known(term).hash); }
    // Of a list of these changes.
    Changes::Number number_of(std::int64_t block, const std::string& term, Changes& changes) {
        Known& one = known(term);
        const std::int64_t list = place_of(block, one.hash);
        if (one.of != written_ || one.list != list)
            one.list = list, one.number = changes.number_of(list), one.of = written_;
        return one.number;
    }
    void written() { ++written_; }  // the numbers of lists begin anew
    // Room for the words of so many matters, of which most are met again.
    void expect(std::size_t matters) {
        const std::size_t places = std::bit_ceil(std::clamp<std::size_t>(64 * matters, 1, 1 << 19));
        if (known_.size() < places) known_ = std::vector<Known>(places);
    }
    void forget() { known_ = std::vector<Known>(1); }

private:
    struct Known {
        std::string term;
        std::int64_t hash = 0, list = 0;
        std::uint32_t of = 0;  // written_, when its number was asked for
        Changes::Number number = 0;
    };
    Known& known(const std::string& term) {
        Known& one = known_[std::hash<std::string>()(term) % known_.size()];
        if (one.term != term) one = {term, hashes_.of(term), 0, 0, 0};
        return one;
    }

    const Hashes hashes_;
    std::vector<Known> known_ = std::vector<Known>(1);
    std::uint32_t written_ = 1;
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
        words_.expect(noted_.size());
        for (const Noted& one : noted_) {
            std::optional<Row> row = row_of(derived, one.matter);
            if (!row) {
                row.emplace();
                row->n = next++, row->matter = one.matter, row->came = one.time, row->as_of = -1;
            } else if (one.entry < row->as_of) {
                continue;  // it was read after this entry already
            }
            take(derived, *row);
            row->as_of = size;
            put(derived, *row);
        }
        changes_.write(derived, (first + block_size - 1) / block_size);
        words_.written();
        put_made(derived, {rules_, last_ + 1});
        noted_.clear();
        place_.clear();
    }

    // What is remembered from one batch to the next, and what an exception left half gathered.
    void forget() {
        words_.forget();
        words_.written();
        changes_ = {};
        noted_.clear();
        place_.clear();
    }

    struct Noted {
        Matter matter;
        kernel::Instant time;  // of the first entry that touched it
        std::int64_t entry;    // the last
    };

    void take(db::Connection& derived, Row& row) {
        const std::optional<Document> now = document(derived, row.matter);
        const auto& texts = now ? now->texts : Texts();
        const std::int64_t own = now ? words_.hashes().print(texts[0] + "\n\n" + texts[1] + "\n\n" + texts[2]) : 0;
        const std::int64_t answer = texts[3].empty() ? 0 : words_.hashes().print(texts[3]);
        const bool anew =
            (row.own_print != 0 && row.own_print != own) || (row.answer_print != 0 && row.answer_print != answer);
        const bool had_any = row.own_print != 0 && !anew;
        if (anew) changes_.take_out(row.n);
        if (now) {
            const Languages languages = languages_of(texts, tokenizer_);
            for (const Part part : all_parts)
                if (part == Part::answer ? anew || row.answer_print == 0 : !had_any)
                    add(row.n, texts[static_cast<std::size_t>(part)], part, languages.of(part));
            set(row, had_any, now->attributes);
            row.attributes = now->attributes;
        }
        row.own_print = own;
        row.answer_print = answer;
    }
    void add(std::int64_t n, const std::string& text, Part part, text::Language language) {
        if (text.empty()) return;
        for (const Placed& one : spread(text, tokenizer_, language).placed)
            if (one.unit < room_of(part)) add(n, one.term, begin_of(part) + one.unit);
    }
    void add(std::int64_t n, const std::string& term, std::uint32_t place) {
        changes_.add(words_.number_of(block_of(n), term, changes_), slot_of(n), place);
    }
    void set(const Row& row, bool had_any, const Attributes& now) {
        const std::vector<std::string> after = attribute_terms(row.matter.kind, now);
        const std::vector<std::string> before =
            had_any ? attribute_terms(row.matter.kind, row.attributes) : std::vector<std::string>();
        const auto has = [](const auto& all, const std::string& one) {
            return std::find(all.begin(), all.end(), one) != all.end();
        };
        for (const std::string& one : after)
            if (!has(before, one)) add(row.n, one, no_place);
        for (const std::string& one : before)
            if (!has(after, one)) changes_.take_out_of(row.n, words_.list_of(block_of(row.n), one));
    }

    const std::string rules_;
    Remembered words_;
    Changes changes_;
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
    index_->forget();
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
    index_->forget();
}

}  // namespace search
