// /log, /entries/{index}
#include <db/database.h>
#include <kernel/json.h>
#include <witnesses/witnesses.h>

#include "parts.h"

namespace proof {
namespace {

constexpr int entries_a_page = 50;

page::Data row(page::Lang lang, const ledger::Entry& entry) {
    page::Data data;
    data.set("index", entry.index);
    data.set("time", page::date_time(lang, entry.time));
    data.set("kind", kind_words(lang, entry.kind));
    data.set("code", entry.kind);
    return data;
}

http::Response log_page(const people::Needs& needs, const Hooks& hooks, const http::Request& request) {
    const page::Lang lang = page::lang_of(request);
    const std::int64_t size = needs.ledger.size();
    std::int64_t to = size;
    if (auto before = request.asked("before")) {
        const auto index = kernel::parse_index(*before);
        if (!index) return page::refusal(request, kernel::refuse(kernel::Code::not_found, "proof.no_such_entry"));
        to = std::min(size, *index);
    }
    return page::cached(request, std::to_string(to) + cache_key(hooks), size, [&] {
        auto lease = needs.database.read();
        const std::int64_t from = std::max<std::int64_t>(0, to - entries_a_page);
        std::vector<page::Data> rows;
        auto entries = ledger::entries(*lease, from, static_cast<int>(to - from));
        for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) rows.push_back(row(lang, *entry));
        page::Data data;
        data.set("size", page::number(lang, size));
        const std::string checkpoint = hooks.witnesses->checkpoint();
        set_witnessed(lang, *hooks.witnesses, checkpoint, data);
        set_standings(lang, hooks, data);
        data.set("checkpoint", checkpoint);
        data.set("key", needs.ledger.key().text());
        data.set("rows", std::move(rows));
        data.set("older", from > 0 ? "/log?before=" + std::to_string(from) : std::string());
        const std::int64_t next = to + entries_a_page;
        data.set("newer", to >= size     ? std::string()
                          : next >= size ? std::string("/log")
                                         : "/log?before=" + std::to_string(next));
        return page::Page{page::say(lang, "proof.log_title"), page::render(lang, "proof/log.html", data), "proof"};
    });
}

// A payload as a person can read it: one line a member.
std::vector<page::Data> members(const std::optional<std::string>& payload) {
    std::vector<page::Data> rows;
    if (!payload) return rows;
    const auto json = kernel::parse_json(*payload, kernel::Numbers::canonical);
    if (!json || !json->object()) return rows;
    for (const auto& [name, value] : *json->object()) {
        page::Data data;
        data.set("name", name);
        data.set("value", value.string() ? *value.string() : kernel::canonical(value));
        rows.push_back(std::move(data));
    }
    return rows;
}

// The language of what people wrote; "" where the payload does not say.
std::string language_of(const std::optional<std::string>& payload) {
    if (!payload) return {};
    const auto json = kernel::parse_json(*payload, kernel::Numbers::canonical);
    if (!json || !json->object()) return {};
    const std::string* tag = (*json)["lang"].string();
    return tag ? *tag : std::string();
}

http::Response entry_page(const people::Needs& needs, const Hooks& hooks, const http::Request& request) {
    const page::Lang lang = page::lang_of(request);
    const auto index = index_param(request);
    auto lease = needs.database.read();
    const auto found = index ? shown_entries(hooks, *lease, *index, 1) : std::vector<ledger::PublicEntry>{};
    const auto entry = found.empty() || found[0].index != *index ? std::nullopt : ledger::entry(*lease, *index);
    if (!entry) return page::refusal(request, no_such_entry());
    const ledger::PublicEntry& open = found[0];
    page::Data data;
    data.set("index", *index);
    data.set("kind", kind_words(lang, entry->kind));
    data.set("code", entry->kind);
    data.set("time", page::date_time(lang, entry->time));
    data.set("leaf", open.leaf);
    data.set("leaf_hash", kernel::hex(merkle::leaf_hash(kernel::view(open.leaf))));
    data.set("seal", page::seal(merkle::leaf_hash(kernel::view(open.leaf)), 64));
    data.set("seal_name", page::seal_name(merkle::leaf_hash(kernel::view(open.leaf))));
    data.set("facts", members(open.facts));
    data.set("words", members(open.words));
    data.set("words_lang", language_of(open.words));
    data.set("facts_closed", !open.facts);
    data.set("has_words", open.words.has_value());
    data.set("words_erased", open.words_erased);
    if (entry->parent) data.set("parent", *entry->parent);
    const auto matter = matter_of(hooks, *lease, *index);
    data.set("matter", matter ? matter->link : std::string());
    std::vector<page::Data> parts;
    for (const auto& part : hooks.parts) parts.push_back(page::Data().set("html", part(request, *lease, *index)));
    data.set("parts", std::move(parts));
    return page::answer(request, {page::say(lang, "proof.entry_title", {{"index", std::to_string(*index)}}),
                                  page::render(lang, "proof/entry.html", data), "proof"});
}

}  // namespace

void add_log_pages(http::Router& router, const people::Needs& needs, const Hooks& hooks) {
    router.get("/log", [needs, hooks](const http::Request& request) { return log_page(needs, hooks, request); });
    router.get("/entries/{index}",
               [needs, hooks](const http::Request& request) { return entry_page(needs, hooks, request); });
}

}  // namespace proof
