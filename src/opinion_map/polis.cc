#include "polis.h"

#include <algorithm>
#include <functional>
#include <map>

#include <cycle/cycle.h>
#include <db/database.h>
#include <files/csv.h>
#include <page/page.h>

#include "store.h"

namespace opinion_map {
namespace {

constexpr std::int64_t day_ms = 86'400'000;

http::Response csv(DialogueId id, std::string_view name) {
    http::Response response;
    response.content_type = "text/csv; charset=utf-8";
    std::string file = "dialogue-" + std::to_string(id.value()) + "-" + std::string(name);
    response.set("Content-Disposition", "attachment; filename=\"" + file + "\"");
    return response;
}

// Statements keep the numbers of their source; others follow after the largest of these.
std::map<StatementId, std::int64_t> numbers_of(const std::vector<dialogue::Standing>& all) {
    std::map<StatementId, std::int64_t> out;
    std::int64_t next = 0;
    for (const dialogue::Standing& one : all) next = std::max(next, one.number.value_or(-1) + 1);
    for (const dialogue::Standing& one : all) out[one.id] = one.number ? *one.number : next++;
    return out;
}

http::Response summary(db::Connection& db, const Map& map, std::string_view name) {
    const auto d = dialogue::dialogue(db, map.dialogue).value();
    const auto number = [](std::size_t n) { return std::to_string(n); };
    http::Response out = csv(map.dialogue, name);
    for (const auto& [key, value] : std::initializer_list<std::pair<const char*, std::string>>{
             {"topic", d.question},
             {"url", page::public_address() + "/dialogues/" + std::to_string(d.id.value())},
             {"voters", number(map.people)},
             {"voters-in-conv", number(map.picture.placed.size())},
             {"comments", number(map.statements.size())},
             {"groups", number(map.picture.grouping.groups.size())},
             {"conversation-description", d.about}})
        out.body += files::csv_row({key, value});
    return out;
}

http::Response comments(db::Connection& db, const Map& map, std::string_view name) {
    http::Response out = csv(map.dialogue, name);
    out.body = files::csv_row(
        {"timestamp", "datetime", "comment-id", "author-id", "agrees", "disagrees", "moderated", "comment-body"});
    const auto all = dialogue::standings(db, map.dialogue);
    const auto numbers = numbers_of(all);
    for (const dialogue::Standing& one : all) {
        const auto s = dialogue::statement(db, one.id).value();
        const bool shown = s.state == dialogue::State::accepted && !s.text.empty();
        const auto column = map.columns.find(one.id.value());
        const opinion::Counts counts = column == map.columns.end() ? opinion::Counts{} : map.counts[column->second];
        out.body +=
            files::csv_row({std::to_string(s.day.days * day_ms), kernel::iso(s.day), std::to_string(numbers.at(one.id)),
                            "", std::to_string(counts.agree), std::to_string(counts.disagree),
                            s.state == dialogue::State::accepted    ? "1"
                            : s.state == dialogue::State::set_aside ? "-1"
                                                                    : "0",
                            shown ? s.text : "(not shown)"});
    }
    return out;
}

std::string cell(opinion::Vote vote) {
    return vote == opinion::Vote::agree ? "1" : vote == opinion::Vote::disagree ? "-1" : "0";
}

std::string line_of(const Map& map, std::size_t row, const std::vector<opinion::Votes::Code>& codes) {
    std::vector<std::string> cells(6 + map.statements.size());
    std::size_t agree = 0, disagree = 0;
    for (const opinion::Votes::Code code : codes) {
        const opinion::Vote vote = opinion::Votes::vote_of(code);
        agree += vote == opinion::Vote::agree ? 1 : 0, disagree += vote == opinion::Vote::disagree ? 1 : 0;
        cells[6 + opinion::Votes::statement_of(code)] = cell(vote);
    }
    const std::int8_t group = map.picture.grouping.group_of[row];
    cells[0] = std::to_string(row);
    cells[1] = group < 0 ? "" : std::to_string(group);
    cells[2] = "0";  // who wrote what is in no file
    cells[3] = std::to_string(codes.size()), cells[4] = std::to_string(agree), cells[5] = std::to_string(disagree);
    return files::csv_row(cells);
}

using Codes = std::vector<opinion::Votes::Code>;
using Lines = std::function<std::string(const Map&, std::size_t row, const Codes&)>;

// A file of all rows of the public matrix, one entry of the log at a time.
http::Response of_rows(const people::Needs& needs, db::Connection& db, std::shared_ptr<const Map> map,
                       std::string_view name, const std::vector<std::string>& header, Lines lines) {
    auto frozen = std::make_shared<const change::Frozen>(opinion_map::frozen(db, *map->frozen).value());
    http::Response out = csv(map->dialogue, name);
    out.stream = [&needs, map = std::move(map), frozen, header = files::csv_row(header), lines = std::move(lines),
                  part = std::size_t{0}, row = std::size_t{0}](std::string& piece) mutable {
        piece += std::exchange(header, {});
        if (part == frozen->parts.size()) return false;
        const auto entry = ledger::entry(*needs.database.read(), frozen->parts[part++]).value();
        const auto some = std::get<change::Rows>(change::decode(entry));
        for (const std::string& text : some.rows)
            piece += lines(*map, row++, parse_row(text, map->statements.size()).value());
        return true;
    };
    return out;
}

http::Response participants(const people::Needs& needs, db::Connection& db, std::shared_ptr<const Map> map,
                            std::string_view name) {
    std::vector<std::string> header = {"participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree"};
    const auto numbers = numbers_of(dialogue::standings(db, map->dialogue));
    for (const StatementId id : map->statements) header.push_back(std::to_string(numbers.at(id)));
    return of_rows(needs, db, std::move(map), name, header, line_of);
}

// Nobody knows when each vote was given: all bear the day on which they were published.
http::Response votes(const people::Needs& needs, db::Connection& db, std::shared_ptr<const Map> map,
                     std::string_view name) {
    const kernel::Day day = kernel::local_day(ledger::entry(db, *map->frozen).value().time);
    const auto known = numbers_of(dialogue::standings(db, map->dialogue));
    std::vector<std::string> numbers;
    for (const StatementId id : map->statements) numbers.push_back(std::to_string(known.at(id)));
    const auto lines = [when = std::to_string(day.days * day_ms), date = kernel::iso(day),
                        numbers = std::move(numbers)](const Map&, std::size_t row, const Codes& codes) {
        std::string out;
        for (const opinion::Votes::Code code : codes)
            out += files::csv_row({when, date, numbers[opinion::Votes::statement_of(code)], std::to_string(row),
                                   cell(opinion::Votes::vote_of(code))});
        return out;
    };
    return of_rows(needs, db, std::move(map), name, {"timestamp", "datetime", "comment-id", "voter-id", "vote"}, lines);
}

}  // namespace

std::optional<http::Response> polis_file(const people::Needs& needs, std::shared_ptr<const Map> map,
                                         std::string_view name) {
    if (!map || !map->frozen) return std::nullopt;
    auto db = needs.database.read();
    if (name == "summary.csv") return summary(*db, *map, name);
    if (name == "comments.csv") return comments(*db, *map, name);
    if (name == "votes.csv") return votes(needs, *db, std::move(map), name);
    if (name == "participants-votes.csv") return participants(needs, *db, std::move(map), name);
    return std::nullopt;
}

}  // namespace opinion_map
