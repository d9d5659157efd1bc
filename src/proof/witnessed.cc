// What witnesses say of the log, for pages and the API.
#include <algorithm>

#include <db/database.h>
#include <kernel/json.h>
#include <witnesses/witnesses.h>

#include "parts.h"

namespace proof {
namespace {

page::Data row(page::Lang lang, const witnesses::Standing& one) {
    page::Data data;
    data.set("name", one.name);
    data.set("size", page::number(lang, one.size));
    data.set("time", one.seconds == 0 ? std::string() : page::date_time(lang, {one.seconds * 1000}));
    data.set("fork", one.alarm == witnesses::Alarm::fork);
    data.set("ahead", one.alarm == witnesses::Alarm::ahead);
    data.set("silent", one.alarm == witnesses::Alarm::none && !one.answers);
    data.set("signs", one.alarm == witnesses::Alarm::none && one.answers);
    return data;
}

const char* word(witnesses::Alarm alarm) {
    switch (alarm) {
        case witnesses::Alarm::none:
            return "none";
        case witnesses::Alarm::fork:
            return "fork";
        case witnesses::Alarm::ahead:
            return "ahead";
    }
    return "";
}

}  // namespace

std::optional<ledger::Receipt> receipt_of(const Hooks& hooks, db::Connection& db, std::int64_t index) {
    if (const auto cosigned = hooks.witnesses->covering(index))
        if (auto receipt = witnesses::receipt(db, index, *cosigned)) return receipt;
    return ledger::receipt(db, index);
}

void set_witnessed(page::Lang lang, const witnesses::Witnesses& all, const std::string& checkpoint, page::Data& data) {
    const merkle::Policy& policy = all.policy();
    const auto note = merkle::Note::parse(checkpoint);
    const merkle::Verdict verdict = note ? merkle::judge(policy, *note) : merkle::Verdict{};
    const bool any = !policy.witnesses.empty();
    std::string names;
    for (const merkle::Verdict::Counted& one : verdict.counted) names += (names.empty() ? "" : " · ") + one.witness;
    data.set("no_witness", !any).set("trial", page::trial());
    data.set("witnessed", any && verdict.satisfied());
    data.set("unwitnessed", any && !verdict.satisfied());
    data.set("have", page::number(lang, static_cast<std::int64_t>(verdict.counted.size())));
    data.set("all", page::number(lang, static_cast<std::int64_t>(policy.witnesses.size())));
    data.set("need", page::number(lang, all.needed()));
    data.set("names", names);
}

page::Html witnessed(page::Lang lang, const witnesses::Witnesses& all) {
    page::Data data;
    set_witnessed(lang, all, all.checkpoint(), data);
    return page::render(lang, "proof/witnessed.html", data);
}

void set_standings(page::Lang lang, const Hooks& hooks, page::Data& data) {
    std::vector<page::Data> rows;
    bool alarm = false;
    for (const witnesses::Standing& one : hooks.witnesses->standings()) {
        rows.push_back(row(lang, one));
        alarm = alarm || one.alarm != witnesses::Alarm::none;
    }
    data.set("any_witness", !rows.empty());
    data.set("alarm", alarm);
    data.set("standings", std::move(rows));
}

kernel::Json witnesses_json(const Hooks& hooks) {
    const auto standings = hooks.witnesses->standings();
    const auto& named = hooks.witnesses->policy().witnesses;
    kernel::Json::Array out;
    for (std::size_t i = 0; i < named.size() && i < standings.size(); ++i) {
        kernel::Json::Object one{{"name", named[i].name},
                                 {"key", named[i].key.text()},
                                 {"size", standings[i].size},
                                 {"alarm", word(standings[i].alarm)}};
        if (standings[i].seconds != 0)
            one.insert_or_assign("time", kernel::iso(kernel::Instant{standings[i].seconds * 1000}));
        out.push_back(std::move(one));
    }
    return out;
}

std::string cache_key(const Hooks& hooks) { return "w" + std::to_string(hooks.witnesses->version()); }

}  // namespace proof
