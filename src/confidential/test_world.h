// For this module's tests: a house with works, an integrity office beside them and a board, receivers with keys, on a
// fresh place of one engine.
#pragma once
#include <map>
#include <set>
#include <string>
#include <vector>

#include <cycle/cycle.h>
#include <page/page.h>
#include <people/acts.h>
#include <people/testing.h>

#include "acts.h"
#include "open_keys.h"
#include "store.h"

namespace confidential {

struct World : people::TestOrganisation {
    explicit World(db::Engine engine) : TestOrganisation(engine, {cycle::add_kinds, add_kinds}) {
        using people::Role;
        kernel::must(cycle::open_standing_desk(*needs, "Always open", "en"));
        works = unit(root, "Works");
        lamps = unit(works, "Lamps");
        integrity = unit(root, "Integrity office");
        board = unit(integrity, "Board");
        officer(integrity, "ann", {Role::officer});
        officer(integrity, "ben", {Role::inspector});
        officer(board, "cyd", {Role::head});
        officer(lamps, "of_lamps", {Role::officer});
        officer(works, "of_works", {Role::head});
        officer(root, "of_root", {Role::clerk});
        for (const char* who : {"ann", "ben", "cyd", "of_lamps", "of_works", "of_root"}) receives(who);
    }

    void receives(std::string_view who) {
        kernel::must(name_receiver(*needs, as("admin"), as(who).officer, "Why"));
        kernel::must(make_key(*needs, as(who), passphrase(who)));
    }
    static kernel::Secret passphrase(std::string_view who) {
        return kernel::Secret("the long words of " + std::string(who));
    }
    people::OfficerId id(std::string_view who) { return as(who).officer; }
    std::set<people::OfficerId> ids(std::initializer_list<std::string_view> who) {
        std::set<people::OfficerId> all;
        for (const std::string_view one : who) all.insert(id(one));
        return all;
    }
    static std::set<people::OfficerId> officers_of(const std::vector<Receiver>& all) {
        std::set<people::OfficerId> ids;
        for (const Receiver& r : all) ids.insert(r.officer);
        return ids;
    }

    Draft draft(const std::string& text = "The foreman takes the copper") {
        Draft d;
        d.units = {lamps};
        for (const Receiver& r : outside(*database->read(), d.units)) d.receivers.push_back(r.officer);
        d.text = text;
        d.place = "Depot 3";
        d.lang = "en";
        return d;
    }
    kernel::Code25 sent(const Draft& d) {
        const Sent s = kernel::must(send(*needs, d, kernel::random_hash()));
        promises.push_back(s.promise);
        return kernel::Code25::parse(s.code_fives).value();
    }
    kernel::Code25 sent() { return sent(draft()); }
    void say(const kernel::Code25& code, const std::string& text) {
        promises.push_back(kernel::must(add_word(*needs, code, text, "en", kernel::random_hash())));
    }
    Thread look(const kernel::Code25& code) { return thread(*needs, *database->read(), code).value(); }
    MatterId of(const kernel::Code25& code) { return look(code).matter.id.value(); }

    // The hour passes, and what waited enters.
    std::int64_t hour() {
        clock.set(rules::enters(clock.now()) + 20'000);
        return enter(*needs);
    }
    kernel::BoxKey key(std::string_view who) {
        auto db = database->read();
        for (const Receiver& r : receivers(*db))
            if (r.officer == officer_of(*db, who))
                return unwrapped(r.officer, key_row(*db, r.officer, *r.key).value(), passphrase(who)).value();
        throw std::runtime_error("no receiver");
    }
    Thread look(const kernel::Code25& code, std::string_view who) {
        const kernel::BoxKey mine = key(who);
        return opened_by_receiver(look(code).matter, id(who), mine);
    }
    template <class Act>
    kernel::Checked by(std::string_view who, Act act) {
        const kernel::BoxKey mine = key(who);
        return act(Reader{id(who), mine, "en"});
    }
    kernel::Checked answers(std::string_view who, const kernel::Code25& code, const std::string& text) {
        return by(who, [&](const Reader& r) { return reply(*needs, r, of(code), text, kernel::random_hash()); });
    }
    kernel::Checked closes(std::string_view who, const kernel::Code25& code) {
        return by(who, [&](const Reader& r) { return close(*needs, r, of(code), "Done", kernel::random_hash()); });
    }
    kernel::Checked hands(std::string_view from, const kernel::Code25& code, std::string_view to) {
        return by(from, [&](const Reader& r) {
            return hand_over(*needs, r, of(code), id(to), "On leave", kernel::random_hash());
        });
    }

    people::UnitId works, lamps, integrity, board;
    std::vector<std::string> promises;

private:
    static people::OfficerId officer_of(db::Connection& db, std::string_view login) {
        return people::officer_by_login(db, login).value().id;
    }
};

}  // namespace confidential
