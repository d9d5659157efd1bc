#include "listing.h"

#include <algorithm>
#include <charconv>
#include <map>

#include <kernel/text.h>
#include <ledger/ledger.h>

namespace georeport {
namespace {

using kernel::Instant;
using kernel::Json;
using voice::State;
using voice::Voice;
using voice::VoiceId;

constexpr std::size_t most_description = 4000;  // code points, as the specification has it
constexpr int at_once = 500;

// The first entry that is not before this time: entries' times never go back, so it is found by halves.
std::int64_t first_entry_from(db::Connection& db, Instant at) {
    std::int64_t low = 0, high = ledger::size(db);
    while (low < high) {
        const std::int64_t middle = low + (high - low) / 2;
        if (ledger::entry(db, middle).value().time < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool fits(db::Connection& db, const Asked& asked, const Voice& v) {
    if (!listed(v) || !(is_closed(db, v) ? asked.closed : asked.open)) return false;
    if (asked.codes.empty()) return true;
    const std::string code = filed_under(nullptr, page::Lang::en, v.category, v.kind).code;
    return std::find(asked.codes.begin(), asked.codes.end(), code) != asked.codes.end();
}

Json number_or_null(std::string_view text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? Json(value) : Json();
}

// The end of the day in the organisation's zone.
Json day_or_null(const std::optional<kernel::Day>& day) {
    return day ? Json(kernel::iso(kernel::start_of(*day + 1))) : Json();
}

// What an answer promised, else when it is due; nothing while the clock stands.
std::optional<kernel::Day> expected(const Voice& v, const voice::Standing& now) {
    if (now.promised) return now.promised;
    return v.state == State::asked_back ? std::nullopt : v.due;
}

Json text_or_null(std::string text) { return text.empty() ? Json() : Json(std::move(text)); }

std::string description(const Reader& reader, const Voice& v) {
    std::string all = v.title.empty() ? v.text : v.title + "\n\n" + v.text;
    const std::string more = " … " + reader.address + "/voices/" + std::to_string(v.id.value());
    if (kernel::code_points(all) <= most_description) return all;
    return std::string(kernel::first_code_points(all, most_description - kernel::code_points(more))) + more;
}

std::string status_notes(page::Lang lang, const Voice& v, const voice::Standing& now) {
    const auto named = [&](const char* prefix, std::string_view name) {
        return page::say(lang, prefix + std::string(name));
    };
    std::string out;
    const auto add = [&](std::string_view key, page::Args args) { add_sentence(out, page::say(lang, key, args)); };
    add("georeport.case_is", {{"state", named("voice.state_", voice::name(v.state))}});
    if (v.joined_to) add("georeport.joined", {{"n", std::to_string(v.joined_to->value())}});
    if (v.reopened > 0) add("georeport.reopened", {{"n", std::to_string(v.reopened)}});
    if (!v.answered) return out;
    add("georeport.answer_is", {{"class", named("voice.answer_", voice::name(*v.answered))}});
    if (now.promised) add("georeport.promised", {{"day", page::full_date(lang, *now.promised)}});
    return now.answer.empty() ? out : out + "\n" + now.answer;
}

class Writer {
public:
    Writer(db::Connection& db, const Reader& reader) : db_(db), reader_(reader) {}

    Json request(const Voice& v, const voice::Standing& now) {
        const Filed filed = filed_under(reader_.sheet, reader_.lang, v.category, v.kind);
        const std::string page = reader_.address + "/voices/" + std::to_string(v.id.value());
        Json json;
        json.set("service_request_id", std::to_string(v.id.value()));
        json.set("status", is_closed(db_, v) ? "closed" : "open");
        json.set("status_notes", status_notes(reader_.lang, v, now));
        json.set("service_name", filed.name).set("service_code", filed.code);
        json.set("description", text_or_null(description(reader_, v)));
        json.set("agency_responsible", v.unit ? text_or_null(unit(*v.unit)) : Json());
        json.set("service_notice", page::say(reader_.lang, "georeport.see_page", {{"address", page}}));
        json.set("requested_datetime", kernel::iso(v.received)).set("updated_datetime", kernel::iso(now.changed));
        json.set("expected_datetime", day_or_null(expected(v, now)));
        json.set("address", text_or_null(v.place)).set("address_id", Json()).set("zipcode", Json());
        const std::string_view position = now.position;
        const std::size_t comma = std::min(position.find(','), position.size());
        json.set("lat", number_or_null(position.substr(0, comma)));
        json.set("long", number_or_null(comma == position.size() ? "" : position.substr(comma + 1)));
        json.set("media_url", v.photos > 0 && !v.text.empty() ? Json(page + "/photos/1") : Json());
        return json;
    }

private:
    const std::string& unit(people::UnitId id) {
        const auto [at, fresh] = units_.try_emplace(id.value());
        if (fresh)
            if (const auto found = people::unit(db_, id)) at->second = found->name;
        return at->second;
    }

    db::Connection& db_;
    const Reader& reader_;
    std::map<std::int64_t, std::string> units_;
};

Found find_by_ids(db::Connection& db, const Asked& asked) {
    std::vector<VoiceId> ids = asked.ids;
    std::sort(ids.begin(), ids.end(), std::greater<>());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    Found found;
    for (const VoiceId id : ids)
        if (std::optional<Voice> v = voice::voice(db, id); v && listed(*v)) found.all.push_back(*std::move(v));
    return found;
}

}  // namespace

bool listed(const Voice& v) {
    return v.shown == voice::Shown::published && v.audience == voice::Audience::open && v.state != State::noted &&
           v.way != voice::Way::imported;
}

// What is split is closed with the last of its parts.
bool is_closed(db::Connection& db, const Voice& v) { return v.state != State::noted && voice::is_over(db, v); }

Found find(db::Connection& db, const Asked& asked) {
    if (asked.by_ids) return find_by_ids(db, asked);
    voice::Filter filter;
    filter.after = VoiceId(first_entry_from(db, *asked.from) - 1);
    filter.before = VoiceId(first_entry_from(db, Instant{asked.to->ms + 1}));
    if (asked.before) filter.before = std::min(*filter.before, *asked.before);
    filter.at_most = at_once;
    Found found;
    for (int looked_at = 0; looked_at < most_looked_at; looked_at += at_once) {
        const std::vector<Voice> some = voice::voices(db, filter);
        for (const Voice& v : some) {
            if (!fits(db, asked, v)) continue;
            // One more than is asked for: so there are others.
            if (static_cast<int>(found.all.size()) == asked.at_most) {
                found.before = found.all.back().id;
                return found;
            }
            found.all.push_back(v);
        }
        if (static_cast<int>(some.size()) < at_once) return found;
        filter.before = some.back().id;
    }
    found.before = filter.before;
    return found;
}

Json as_json(db::Connection& db, const Reader& reader, const std::vector<Voice>& all) {
    std::vector<VoiceId> ids;
    for (const Voice& v : all) ids.push_back(v.id);
    std::map<VoiceId, voice::Standing> now;
    for (voice::Standing& one : voice::standing(db, ids)) now.emplace(one.id, std::move(one));
    Writer writer(db, reader);
    Json::Array rows;
    for (const Voice& v : all) rows.push_back(writer.request(v, now.at(v.id)));
    return rows;
}

}  // namespace georeport
