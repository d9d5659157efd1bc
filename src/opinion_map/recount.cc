#include "recount.h"

#include <algorithm>
#include <stdexcept>

#include "change.h"

namespace opinion_map {
namespace {

ledger::Entry entry_of(std::int64_t index, const std::string& kind, std::int64_t v, std::int64_t subject,
                       const std::optional<kernel::Json>& facts) {
    if (!facts) throw std::runtime_error("what it says is not served");
    ledger::Entry out;
    out.index = index, out.kind = kind, out.v = static_cast<int>(v), out.subject = subject;
    out.facts = *facts;
    return out;
}

std::string said(const change::Frozen& c) {
    std::string out = std::to_string(c.rows) + " people, " + std::to_string(c.votes) + " votes, groups of";
    for (const std::int64_t people : c.groups) out += " " + std::to_string(people);
    return out;
}

std::optional<std::string> fault_of(const change::Frozen& c, const PublicMatrix& matrix, int threads) {
    if (c.method != method) return "it was computed by a method that this program does not know";
    if (std::ssize(matrix.rows) != c.rows) return "it has " + std::to_string(matrix.rows.size()) + " rows";
    if (digest(matrix) != c.matrix) return "the digest of the votes is another";
    const opinion::Votes votes = votes_of(matrix);
    if (static_cast<std::int64_t>(votes.votes()) != c.votes)
        return "it has " + std::to_string(votes.votes()) + " votes";
    const opinion::Picture picture = opinion::picture(votes, threads);
    std::vector<std::int64_t> groups;
    for (const opinion::Group& one : picture.grouping.groups) groups.push_back(one.people);
    if (groups != c.groups) return "the groups are others";
    if (digest(picture) != c.map) return "the digest of the map is another";
    return std::nullopt;
}

}  // namespace

void Recount::take(std::int64_t index, std::string_view kind, std::int64_t v, std::int64_t subject,
                   const std::optional<std::string_view>& facts) {
    if (kind != change::rows_kind && kind != change::frozen_kind) return;
    Entry one{std::string(kind), v, subject, {}};
    if (facts)
        if (auto json = kernel::parse_json(*facts)) one.facts = *std::move(json);
    entries_.emplace(index, std::move(one));
}

std::vector<Recount::Found> Recount::finish(int threads) const {
    std::vector<Found> out;
    for (const auto& [index, entry] : entries_) {
        if (entry.kind != change::frozen_kind) continue;
        Found found{entry.subject, index, {}, {}};
        try {
            const auto c = std::get<change::Frozen>(
                change::decode(entry_of(index, entry.kind, entry.v, entry.subject, entry.facts)));
            found.says = said(c);
            PublicMatrix matrix{c.columns, {}, {}};
            for (const StatementId one : c.columns)
                matrix.hidden.push_back(std::find(c.hidden.begin(), c.hidden.end(), one) != c.hidden.end());
            for (const std::int64_t part : c.parts) {
                const auto at = entries_.find(part);
                if (at == entries_.end() || part >= index || at->second.kind != change::rows_kind)
                    throw std::runtime_error("entry " + std::to_string(part) + " holds no votes of it");
                auto rows = std::get<change::Rows>(change::decode(
                    entry_of(part, at->second.kind, at->second.v, at->second.subject, at->second.facts)));
                if (rows.dialogue != c.dialogue) throw std::runtime_error("it names votes of another dialogue");
                std::move(rows.rows.begin(), rows.rows.end(), std::back_inserter(matrix.rows));
            }
            found.fault = fault_of(c, matrix, threads);
        } catch (const std::runtime_error& error) { found.fault = error.what(); }
        out.push_back(std::move(found));
    }
    return out;
}

}  // namespace opinion_map
