// On both engines: the rows of claims, what a removal sets going, and replay also after the words were erased.
#include <algorithm>
#include <random>

#include <http/http.h>
#include <page/page.h>
#include <people/acts.h>
#include <people/testing.h>

#include "public_words.h"
#include "store.h"

namespace claim {
namespace {

using erasure::Basis;
using people::Role;

class Claims : public testing::TestWithParam<db::Engine>, protected people::TestOrganisation {
protected:
    Claims() : TestOrganisation(GetParam(), {erasure::add_kinds, add_kinds}) {
        roads = unit(root, "Roads");
        audit = unit(root, "Audit");
        officer(root, "administrator", {Role::administrator});
        officer(audit, "moderator", {Role::moderator});
        officer(audit, "second", {Role::moderator});
        officer(roads, "of_roads", {Role::moderator});
        officer(root, "clerk", {Role::clerk});
        hooks.own_matter = [](db::Connection& db, const people::Actor& actor, std::int64_t entry) {
            return erasure::own_matter(db, {}, actor, entry);
        };
    }

    // An entry with public words: the reason for a unit's new name.
    std::int64_t words(const std::string& reason, const std::string& name = "Roads and lamps") {
        must(people::rename_unit(*needs, as("administrator"), {roads, name, reason}));
        return ledger->size() - 1;
    }
    ClaimId filed(std::int64_t entry, std::string_view remark = "It names my neighbour.") {
        return must(file(*needs, hooks, entry, Ground::personal_data, remark));
    }
    kernel::Checked decided(ClaimId id, const Decision& how, std::string_view by = "moderator") {
        return decide(*needs, hooks, as(by), id, how);
    }
    Claim get(ClaimId id) { return claim(*database->read(), id).value(); }
    erasure::Erasure erasure_of(ClaimId id) {
        return erasure::erasure(*database->read(), get(id).erasure.value()).value();
    }

    Hooks hooks;
    people::UnitId roads, audit;
};

TEST_P(Claims, WhatStaysHasAPublicReason) {
    const std::int64_t entry = words("Anna asked for it");
    const ClaimId id = filed(entry), later = filed(entry, "");
    EXPECT_EQ(get(id).about, entry);
    EXPECT_EQ(get(id).ground, Ground::personal_data);
    EXPECT_EQ(get(id).remark, "It names my neighbour.");
    EXPECT_FALSE(get(id).outcome);
    EXPECT_EQ(open_claims(*database->read(), {}, 10).front().id, id);
    EXPECT_EQ(claims_about(*database->read(), entry, {}, 10).front().id, later);
    EXPECT_EQ(claims(*database->read(), {}, 10).front().id, later);
    EXPECT_EQ(claims(*database->read(), later, 10).front().id, id);
    EXPECT_TRUE(claims(*database->read(), id, 10).empty());
    EXPECT_EQ(claims_about(*database->read(), entry, {}, 1).size(), 1u);
    EXPECT_EQ(refused(decided(id, {Outcome::stays, {}, ""})), "claim.reason_missing");
    EXPECT_EQ(refused(decided(id, {Outcome::stays, {}, "A post."}, "clerk")), "people.role_needed_moderator");
    EXPECT_EQ(refused(decide(*needs, hooks, {}, id, {Outcome::stays, {}, "A post."})), "people.sign_in_first");
    EXPECT_EQ(refused(decided(ClaimId(entry), {Outcome::stays, {}, "A post."})), "claim.unknown");
    must(decided(id, {Outcome::stays, {}, "It is the name of a post."}));
    const Claim c = get(id);
    EXPECT_EQ(c.outcome, Outcome::stays);
    EXPECT_EQ(c.reason, "It is the name of a post.");
    EXPECT_EQ(c.decided_by, as("moderator").officer);
    EXPECT_FALSE(c.erasure);
    EXPECT_EQ(refused(decided(id, {Outcome::stays, {}, "Again."}, "second")), "claim.decided_already");
    EXPECT_EQ(open_claims(*database->read(), {}, 10).size(), 1u);
    expect_same_after_rebuild();
}

TEST_P(Claims, ARemovalIsProposedAndASecondPersonDecides) {
    const std::int64_t entry = words("Anna of 5 Elm Street asked for it");
    const ClaimId id = filed(entry), again = filed(entry), late = filed(entry);
    EXPECT_EQ(refused(decided(id, {Outcome::removal, {}, ""})), "erasure.basis_unknown");
    must(decided(id, {Outcome::removal, Basis::personal_data, ""}));
    EXPECT_EQ(erasure_of(id).state, erasure::State::proposed);
    EXPECT_EQ(erasure_of(id).targets, std::vector<std::int64_t>{entry});
    EXPECT_EQ(erasure_of(id).by, as("moderator").officer);
    EXPECT_EQ(get(id).decided_entry, get(id).erasure->value() + 1);
    const std::int64_t before = ledger->size();
    must(decided(again, {Outcome::removal, {}, ""}, "second"));  // names the one that waits
    EXPECT_EQ(get(again).erasure, get(id).erasure);
    EXPECT_EQ(ledger->size(), before + 1);
    const erasure::Hooks none;
    EXPECT_EQ(refused(erasure::approve(*needs, none, as("moderator"), *get(id).erasure)), "erasure.same_person");
    must(erasure::approve(*needs, none, as("second"), *get(id).erasure));
    EXPECT_TRUE(public_words(*database->read(), hooks, entry).empty());
    EXPECT_EQ(refused(file(*needs, hooks, entry, Ground::empty, "")), "claim.no_public_words");
    EXPECT_EQ(refused(decided(late, {Outcome::stays, {}, "x"})), "claim.words_gone");
    must(decided(late, {Outcome::removal, {}, ""}));
    EXPECT_EQ(get(late).erasure, get(id).erasure);
    expect_same_after_rebuild();
}

// Words of which a restored place has nothing but the record that they went: no proposal is there to be named.
TEST_P(Claims, WordsThatWentWithoutAProposal) {
    const std::int64_t entry = words("Anna asked for it");
    const ClaimId id = filed(entry);
    erase(entry);
    must(decided(id, {Outcome::removal, Basis::personal_data, ""}));
    EXPECT_FALSE(get(id).erasure);
    expect_same_after_rebuild();
}

TEST_P(Claims, NobodyDecidesOnTheirOwnMatter) {
    const std::int64_t entry = words("Anna asked for it");
    const ClaimId id = filed(entry);
    EXPECT_EQ(refused(decided(id, {Outcome::stays, {}, "x"}, "of_roads")), "claim.own_matter");
    must(decided(id, {Outcome::stays, {}, "A post."}));
    // The moderator's own reason is reported in turn: another decides.
    const ClaimId of_reason = filed(get(id).decided_entry.value());
    EXPECT_EQ(refused(decided(of_reason, {Outcome::stays, {}, "x"})), "claim.own_matter");
    must(decided(of_reason, {Outcome::stays, {}, "It is civil."}, "second"));
    expect_same_after_rebuild();
}

TEST_P(Claims, OnlyPublicWordsAreReported) {
    const std::int64_t closed = as("moderator").officer.value();  // made an officer: name and login
    EXPECT_EQ(refused(file(*needs, hooks, closed, Ground::empty, "")), "claim.no_public_words");
    EXPECT_EQ(refused(file(*needs, hooks, roads.value(), Ground::empty, "")), "claim.no_public_words");
    EXPECT_EQ(refused(file(*needs, hooks, 999'999, Ground::empty, "")), "claim.entry_unknown");
    EXPECT_EQ(refused(file(*needs, hooks, -1, Ground::empty, "")), "claim.entry_unknown");
    const std::int64_t entry = words("A reason");
    EXPECT_EQ(refused(file(*needs, hooks, entry, Ground::empty, std::string(1001, 'x'))), "kernel.text_too_long");
    hooks.withheld = [entry](db::Connection&, std::int64_t asked) { return asked == entry; };
    EXPECT_EQ(refused(file(*needs, hooks, entry, Ground::empty, "")), "claim.no_public_words");
    hooks.withheld = {};
    const ClaimId id = filed(entry);
    EXPECT_EQ(refused(file(*needs, hooks, id.value(), Ground::empty, "")), "claim.no_public_words");  // the remark
}

TEST_P(Claims, TheSameFormTwiceIsOneClaim) {
    const std::int64_t entry = words("A reason");
    const Once once = kernel::random_hash();
    const auto first = must(file(*needs, hooks, entry, Ground::empty, "", once));
    EXPECT_EQ(must(file(*needs, hooks, entry, Ground::empty, "", once)), first);
    EXPECT_EQ(claims_about(*database->read(), entry, {}, 10).size(), 1u);
}

TEST_P(Claims, RemarkAndReasonCanBeErased) {
    const std::int64_t entry = words("A reason");
    const ClaimId id = filed(entry, "Call me on 5551234");
    must(decided(id, {Outcome::stays, {}, "Anna is a post."}));
    erase(id.value());
    EXPECT_EQ(get(id).remark, "");
    EXPECT_EQ(get(id).reason, "Anna is a post.");
    expect_same_after_rebuild();
    erase(get(id).decided_entry.value());
    EXPECT_EQ(get(id).reason, "");
    EXPECT_EQ(get(id).outcome, Outcome::stays);
    expect_same_after_rebuild();
}

// More than two pages of a desk: every claim stands on one page of its entry and on one of the desk.
TEST_P(Claims, ListsByPages) {
    const std::int64_t entry = words("A reason"), another = words("Another", "Roads");
    std::vector<ClaimId> all;
    for (int i = 0; i < 105; ++i) all.push_back(filed(entry, ""));
    filed(another);
    must(decided(all[3], {Outcome::stays, {}, "A post."}));
    auto db = database->read();
    EXPECT_EQ(count_about(*db, entry), 105);
    EXPECT_EQ(open_count(*db), 105);
    EXPECT_EQ(count_about(*db, roads.value()), 0);
    std::vector<ClaimId> about;
    for (const Claim& c : claims_about(*db, entry, {}, 40)) about.push_back(c.id);
    while (about.size() < all.size()) {
        const auto next = claims_about(*db, entry, about.back(), 40);
        ASSERT_FALSE(next.empty());
        for (const Claim& c : next) about.push_back(c.id);
    }
    EXPECT_TRUE(claims_about(*db, entry, about.back(), 40).empty());
    EXPECT_EQ(std::vector<ClaimId>(about.rbegin(), about.rend()), all);

    const auto links = [](const page::Html& html, const std::string& before) {
        std::vector<std::int64_t> found;
        const std::string& text = html.text();
        for (std::size_t at = text.find(before); at != text.npos; at = text.find(before, at + 1))
            found.push_back(std::stoll(text.substr(at + before.size())));
        return found;
    };
    http::Request r;
    r.path = "/desk/moderation";
    std::vector<std::int64_t> on_desk;
    for (int turn = 1; turn <= 3; ++turn) {
        const page::Html shown = part_of_moderation(r, *db, hooks);
        const auto rows = links(shown, "\"/desk/claims/"), next = links(shown, "?claims-after=");
        EXPECT_EQ(rows.size(), turn < 3 ? 50u : 5u);
        EXPECT_EQ(next.size(), turn < 3 ? 1u : 0u);
        EXPECT_NE(shown.text().find("105"), std::string::npos);
        on_desk.insert(on_desk.end(), rows.begin(), rows.end());
        if (!next.empty()) r.query = {{"claims-after", std::to_string(next.front())}};
    }
    ASSERT_EQ(on_desk.size(), 105u);
    EXPECT_TRUE(std::is_sorted(on_desk.begin(), on_desk.end()));
    EXPECT_EQ(std::adjacent_find(on_desk.begin(), on_desk.end()), on_desk.end());
    EXPECT_EQ(std::count(on_desk.begin(), on_desk.end(), all[3].value()), 0);

    r.path = "/entries/" + std::to_string(entry);
    for (const char* unknown : {"", "x", "-1", "99999999999999999999"}) {
        r.query = {{"claims-after", unknown}};
        const page::Html first = part_of_entry(r, *db, hooks, entry);
        EXPECT_EQ(links(first, "?claims-after="), std::vector<std::int64_t>{all[85].value()}) << unknown;
    }
    r.query = {{"claims-after", std::to_string(all[0].value())}};
    EXPECT_NE(part_of_entry(r, *db, hooks, entry).text().find(r.path + "#claims"), std::string::npos);
}

// Of a matter with a long history that begins without words, the way to report leads to those there are.
TEST_P(Claims, WordsAreFoundHoweverLateInAMatter) {
    std::vector<std::int64_t> entries;
    for (std::int64_t i = 0; i < 1100; ++i) entries.push_back(1'000'000 + i);  // without words
    entries.insert(entries.begin(), roads.value());
    EXPECT_EQ(part_of_matter(http::Request(), *database->read(), hooks, entries).text(), "");
    const std::int64_t first = words("A reason"), second = words("Another", "Roads");
    entries.insert(entries.end(), {first, second});
    EXPECT_EQ(ledger::with_served_words(*database->read(), entries), (std::vector<std::int64_t>{first, second}));
    const auto link = [](std::int64_t entry) { return "\"/entries/" + std::to_string(entry) + "/report\""; };
    const auto part = [&] { return part_of_matter(http::Request(), *database->read(), hooks, entries).text(); };
    EXPECT_NE(part().find(link(first)), std::string::npos);
    EXPECT_NE(part().find(page::say(page::Lang::zh_hans, "claim.report_more")), std::string::npos) << part();
    erase(first);
    EXPECT_NE(part().find(link(second)), std::string::npos);
    EXPECT_EQ(part().find(page::say(page::Lang::zh_hans, "claim.report_more")), std::string::npos) << part();
    erase(second);
    EXPECT_EQ(part(), "");
}

TEST_P(Claims, SlipsLeadToTheEntry) {
    const std::int64_t entry = words("A reason");
    const ClaimId id = filed(entry);
    must(decided(id, {Outcome::stays, {}, "A post."}));
    const std::string page = "/entries/" + std::to_string(entry) + "#claims";
    auto db = database->read();
    EXPECT_EQ(slip(*db, id.value())->link, page);
    EXPECT_EQ(slip(*db, get(id).decided_entry.value())->link, page);
    EXPECT_FALSE(slip(*db, entry));
    EXPECT_FALSE(slip(*db, 999'999));
}

TEST_P(Claims, ReplayEqualsLifeWhateverWasDone) {
    std::mt19937 random(20261128);
    std::vector<std::int64_t> entries;
    std::vector<ClaimId> claims;
    const erasure::Hooks none;
    const auto any = [&](const auto& list) { return list[random() % std::size(list)]; };
    for (int step = 0; step < 60; ++step) {
        const std::int64_t before = ledger->size();
        const auto act = random() % 6;
        if (entries.empty() || act == 0)
            entries.push_back(words("reason " + std::to_string(step), "Roads " + std::to_string(step)));
        else if (claims.empty() || act <= 2) {
            if (const auto made = file(*needs, hooks, any(entries), any(people::all_grounds), random() % 2 ? "x" : ""))
                claims.push_back(*made);
        } else if (act <= 4) {
            const Decision how{random() % 2 ? Outcome::stays : Outcome::removal, Basis::unlawful, "so it is"};
            (void)decided(any(claims), how, random() % 2 ? "moderator" : "second");
        } else if (const auto of = get(any(claims)).erasure) {
            (void)erasure::approve(*needs, none, as(random() % 2 ? "moderator" : "second"), *of);
        }
        if (ledger->size() > before && random() % 5 == 0 && ledger::entry(*database->read(), ledger->size() - 1)->words)
            erase(ledger->size() - 1);
    }
    EXPECT_GT(claims.size(), 5u);
    expect_same_after_rebuild();
}

INSTANTIATE_TEST_SUITE_P(Engines, Claims, testing::ValuesIn(db::engines),
                         [](const auto& each) { return db::engine_name(each); });

}  // namespace
}  // namespace claim
