#include "polis.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <unordered_map>

#include <db/database.h>
#include <kernel/text.h>
#include <ledger/ledger.h>

#include "change.h"
#include "polis_files.h"
#include "store.h"

namespace dialogue {
namespace {

using Progress = std::function<void(std::int64_t, std::int64_t)>;

// Acts on their way to the writer, a few at a time and in order, so that many share one commit. The first refusal stops
// all; acts behind it find that they do not follow on what is taken and are refused too.
class InOrder {
public:
    explicit InOrder(ledger::Ledger& ledger) : ledger_(ledger) {}
    ~InOrder() { wait(); }
    InOrder(const InOrder&) = delete;
    InOrder& operator=(const InOrder&) = delete;

    // Waits for room; false when an act was refused.
    bool submit(ledger::Act act) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return waiting_ < most; });
        if (refusal_) return false;
        ++waiting_;
        lock.unlock();
        ledger_.submit(std::move(act), std::nullopt, [this](kernel::Result<ledger::Receipt> receipt) {
            const std::lock_guard guard(mutex_);
            --waiting_;
            if (!receipt && !refusal_) refusal_ = receipt.error();
            changed_.notify_all();
        });
        return true;
    }
    // When all are through: the first refusal.
    kernel::Checked finish() {
        wait();
        return refusal_ ? kernel::Checked(*refusal_) : kernel::Checked();
    }

private:
    void wait() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return waiting_ == 0; });
    }

    static constexpr int most = 16;
    ledger::Ledger& ledger_;
    std::mutex mutex_;
    std::condition_variable changed_;
    int waiting_ = 0;
    std::optional<kernel::Error> refusal_;
};

kernel::Error taken_elsewhere() { return kernel::refuse(kernel::Code::conflict, "dialogue.import_elsewhere"); }

// The attribution that Polis asks of everybody who uses its open data.
std::string attribution(const polis::Source& source) {
    return "Data was gathered using the Polis software (compdemocracy.org/polis) and is sub-licensed under CC BY 4.0 "
           "with Attribution to The Computational Democracy Project. " +
           source.url;
}

class Import {
public:
    Import(const people::Needs& needs, const PolisImport& asked, const polis::Source& source, const Progress& progress)
        : needs_(needs),
          asked_(asked),
          source_(source),
          progress_(progress),
          of_{source.files, asked.cycle.value_or(CycleId())},
          total_(static_cast<std::int64_t>(source.statements.size()) + source.votes) {}

    kernel::Result<PolisTaken> run() {
        auto found = import_progress(*needs_.database.read(), of_);
        if (!found) {
            if (auto ok = begin(); !ok) return ok.error();
            found = import_progress(*needs_.database.read(), of_);
        }
        at_ = found.value();
        progress_(0, total_);
        if (auto ok = take_statements(); !ok) return ok.error();
        if (auto ok = take_votes(); !ok) return ok.error();
        progress_(total_, total_);
        return PolisTaken{at_.cycle, at_.dialogue, statements_taken_, votes_taken_};
    }

private:
    std::string source_text() const { return asked_.source.empty() ? attribution(source_) : asked_.source; }

    kernel::Result<CycleId> round() const {
        if (asked_.cycle) {
            if (cycle::cycle(*needs_.database.read(), *asked_.cycle)) return *asked_.cycle;
            return kernel::refuse(kernel::Code::not_found, "cycle.unknown");
        }
        cycle::Draft draft;
        draft.name = std::string(kernel::first_code_points(source_.topic, 120));
        draft.lang = asked_.lang;
        draft.organiser = people::units(*needs_.database.read()).front().id;
        draft.source = source_text();
        draft.sample = asked_.sample;
        // The same files asked for again after a stop in between find the round that was opened for them.
        const kernel::Hash once =
            kernel::sha256({kernel::view("huiyin import polis, new round"), kernel::View(of_.files)});
        return cycle::open(needs_, people::console(), draft, once);
    }

    kernel::Checked begin() const {
        const auto in = round();
        if (!in) return in.error();
        Opened change;
        change.cycle = *in;
        change.question = source_.topic;
        change.about = source_.about;
        change.lang = asked_.lang;
        change.source = source_text();
        change.sample = asked_.sample;
        change.import = of_;
        const auto receipt = needs_.ledger.perform([&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            if (import_progress(w.db(), of_)) return taken_elsewhere();
            return w.append(encode(change, w.next_index()));
        });
        if (!receipt) return receipt.error();
        return {};
    }

    // Appends only when exactly what came before is there already.
    template <class Append>
    ledger::Act following(std::int64_t statements, std::int64_t votes, Append append) const {
        return [of = of_, statements, votes,
                append = std::move(append)](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const auto now = import_progress(w.db(), of);
            if (!now || now->statements != statements || now->votes != votes) return taken_elsewhere();
            return append(w);
        };
    }

    kernel::Checked take_statements() {
        constexpr std::size_t in_an_act = 50;
        InOrder acts(needs_.ledger);
        for (auto from = static_cast<std::size_t>(at_.statements); from < source_.statements.size();
             from += in_an_act) {
            const std::size_t end = std::min(from + in_an_act, source_.statements.size());
            const bool going = acts.submit(
                following(static_cast<std::int64_t>(from), at_.votes, [this, from, end](ledger::Writing& w) {
                    std::int64_t last = 0;
                    for (std::size_t i = from; i < end; ++i) {
                        const polis::SourceStatement& s = source_.statements[i];
                        last = w.append(
                            encode(StatementImported{at_.dialogue, s.number, s.state, s.text, asked_.lang, s.day},
                                   w.next_index()));
                    }
                    return last;
                }));
            if (!going) break;
            statements_taken_ += static_cast<std::int64_t>(end - from);
            progress_(static_cast<std::int64_t>(end), total_);
        }
        return acts.finish();
    }

    kernel::Checked take_votes() {
        std::unordered_map<std::int64_t, StatementId> ids;
        for (const auto& [number, id] : numbered(*needs_.database.read(), at_.dialogue)) ids.emplace(number, id);
        auto reader = polis::VoteReader::open(asked_.folder, source_.statements);
        if (!reader) return reader.error();
        const auto statements = static_cast<std::int64_t>(source_.statements.size());
        InOrder acts(needs_.ledger);
        VotesImported change{at_.dialogue, {}, {}, {}};
        std::int64_t read = 0;
        while (true) {
            const auto vote = reader->next();
            if (!vote) return vote.error();
            if (*vote && read++ < at_.votes) continue;
            if (*vote) add(change, **vote, ids);
            if (change.votes.size() < max_votes && *vote) continue;
            if (change.votes.empty()) break;
            const auto size = static_cast<std::int64_t>(change.votes.size());
            const bool going = acts.submit(
                following(statements, at_.votes + votes_taken_,
                          [c = std::move(change)](ledger::Writing& w) { return w.append(encode(c, w.next_index())); }));
            if (!going) break;
            votes_taken_ += size;
            progress_(statements + at_.votes + votes_taken_, total_);
            change = VotesImported{at_.dialogue, {}, {}, {}};
            if (!*vote) break;
        }
        return acts.finish();
    }

    static void add(VotesImported& change, const polis::SourceVote& vote,
                    const std::unordered_map<std::int64_t, StatementId>& ids) {
        change.votes.push_back({vote.person, ids.at(vote.statement), vote.choice});
        if (!vote.day) return;
        change.first = change.first ? std::min(*change.first, *vote.day) : *vote.day;
        change.last = change.last ? std::max(*change.last, *vote.day) : *vote.day;
    }

    const people::Needs& needs_;
    const PolisImport& asked_;
    const polis::Source& source_;
    const Progress& progress_;
    const ImportOf of_;
    const std::int64_t total_;
    ImportProgress at_;  // what an earlier run had taken
    std::int64_t statements_taken_ = 0, votes_taken_ = 0;
};

}  // namespace

kernel::Result<PolisTaken> import_polis(const people::Needs& needs, const PolisImport& asked,
                                        const Progress& progress) {
    const auto source = polis::check(asked.folder);
    if (!source) return source.error();
    return Import(needs, asked, *source, progress).run();
}

}  // namespace dialogue
