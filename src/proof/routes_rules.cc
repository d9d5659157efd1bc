// /rules: what holds here, and what was switched away from the default.
#include <db/database.h>
#include <kernel/embedded.h>
#include <kernel/json.h>
#include <people/ground.h>
#include <witnesses/witnesses.h>

#include "parts.h"

namespace proof {
namespace {

constexpr const char* promises[] = {"proof.promise_1", "proof.promise_2", "proof.promise_3", "proof.promise_4",
                                    "proof.promise_5", "proof.promise_6", "proof.promise_7"};
constexpr const char* refusals[] = {"proof.refuses_profile", "proof.refuses_remind", "proof.refuses_join",
                                    "proof.refuses_hide",    "proof.refuses_tell",   "proof.refuses_close",
                                    "proof.refuses_change",  "proof.refuses_early",  "proof.refuses_rate"};

std::vector<page::Data> said(page::Lang lang, std::span<const char* const> keys) {
    std::vector<page::Data> rows;
    for (const char* key : keys) rows.push_back(page::Data().set("text", page::say(lang, key)));
    return rows;
}

// Every term, also at its default: what nobody changed holds too.
std::vector<page::Data> terms(page::Lang lang, db::Connection& db, const Hooks& hooks) {
    std::vector<page::Data> rows;
    for (const people::Setting& one : people::settings_in_force(db)) {
        if (hooks.said_elsewhere && hooks.said_elsewhere(db, one.name)) continue;
        page::Data row;
        row.set("meaning", people::setting_meaning(lang, one.name));
        row.set("value", people::setting_words(lang, one.name, one.value));
        row.set("standard", people::setting_words(lang, one.name, one.standard));
        row.set("differs", one.differs());
        if (one.entry) {
            row.set("entry", *one.entry).set("since", page::date_time(lang, one.since));
            row.set("by", one.by.empty() ? page::say(lang, "proof.by_console") : one.by);
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

http::Response rules_page(const people::Needs& needs, const Hooks& hooks, const http::Request& request) {
    const page::Lang lang = page::lang_of(request);
    return page::cached(request, cache_key(hooks), needs.ledger.size(), [&] {
        auto lease = needs.database.read();
        page::Data data;
        data.set("organisation", people::organisation(*lease));
        data.set("promises", said(lang, promises));
        data.set("refusals", said(lang, refusals));
        data.set("terms", terms(lang, *lease, hooks));
        data.set("any_changed", !people::changed_settings(*lease).empty());
        data.set("k", people::setting_number(*lease, "figures.min_cell"));
        std::vector<page::Data> grounds, parts;
        for (people::Ground ground : people::all_grounds)
            grounds.push_back(page::Data().set("text", page::say(lang, people::ground_key(ground))));
        for (const auto& part : hooks.rules) parts.push_back(page::Data().set("html", part(lang, *lease)));
        data.set("grounds", std::move(grounds)).set("parts", std::move(parts));
        data.set("calendar", people::calendar_name(lang, people::calendar(*lease).name));
        data.set("version", hooks.version);
        data.set("build", hooks.build_hash);
        data.set("key", needs.ledger.key().text());
        set_witnessed(lang, *hooks.witnesses, hooks.witnesses->checkpoint(), data);
        set_standings(lang, hooks, data);
        return page::Page{page::say(lang, "proof.rules_title"), page::render(lang, "proof/rules.html", data), "proof"};
    });
}

}  // namespace

void add_rules_page(http::Router& router, const people::Needs& needs, const Hooks& hooks) {
    router.get("/rules", [needs, hooks](const http::Request& request) { return rules_page(needs, hooks, request); });
}

void add_api(http::Router& router, const people::Needs& needs, const Hooks& hooks) {
    router.get("/api/v1/openapi.json", [](const http::Request&) {
        http::Response answer = http::json(200, std::string(kernel::embedded_file("docs/openapi.json")));
        answer.cacheable = true;
        return answer;
    });
    router.get("/api/v1/ledger/receipts/{index}", [needs, hooks](const http::Request& request) {
        const auto index = index_param(request);
        auto lease = needs.database.read();
        const auto receipt = index ? receipt_of(hooks, *lease, *index) : std::nullopt;
        return receipt ? http::json(200, kernel::canonical(receipt_json(*receipt)))
                       : page::refusal(request, no_such_entry());
    });
    router.get("/api/v1/ledger", [needs, hooks](const http::Request&) {
        const auto cosigned = hooks.witnesses->newest();
        return http::json(
            200, kernel::canonical(kernel::Json::Object{{"size", needs.ledger.size()},
                                                        {"checkpoint", needs.ledger.checkpoint()},
                                                        {"key", needs.ledger.key().text()},
                                                        {"quorum", hooks.witnesses->needed()},
                                                        {"cosigned", cosigned ? cosigned->size : 0},
                                                        {"witnesses", witnesses_json(hooks)},
                                                        {"format", needs.ledger.format()},
                                                        {"trial", needs.ledger.format() == ledger::trial_format}}));
    });
    // What anyone needs to check the commitments: leaves, served payloads and their salts, in order.
    const auto entries = [needs, hooks](const http::Request& request) {
        const auto from = kernel::parse_index(request.asked("from").value_or("0"));
        if (!from) return page::refusal(request, kernel::invalid("from", "proof.no_such_entry"));
        auto lease = needs.database.read();
        kernel::Json::Array all;
        std::int64_t next = *from;
        for (const ledger::PublicEntry& entry : shown_entries(hooks, *lease, *from, page::asked_limit(request, 100))) {
            all.push_back(entry_json(entry));
            next = entry.index + 1;
        }
        return http::json(200, kernel::canonical(kernel::Json::Object{{"entries", std::move(all)}, {"next", next}}));
    };
    router.get("/api/v1/ledger/entries", page::json_list(entries, 1000));
    router.get("/api/v1/rules", [needs, hooks](const http::Request&) {
        auto lease = needs.database.read();
        kernel::Json::Array changed;
        for (const people::Setting& one : people::changed_settings(*lease))
            changed.push_back(kernel::Json::Object{{"name", one.name},
                                                   {"value", one.value},
                                                   {"default", one.standard},
                                                   {"entry", one.entry.value()},
                                                   {"since", kernel::iso(one.since)},
                                                   {"by", one.by}});
        return http::json(200, kernel::canonical(kernel::Json::Object{{"version", hooks.version},
                                                                      {"build", hooks.build_hash},
                                                                      {"calendar", people::calendar(*lease).name},
                                                                      {"changed", std::move(changed)},
                                                                      {"key", needs.ledger.key().text()}}));
    });
}

}  // namespace proof
