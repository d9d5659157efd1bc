#include "rules.h"

#include <algorithm>

#include <gtest/gtest.h>

#include <kernel/testing.h>

namespace spotcheck::rules {
namespace {

using kernel::on;
using people::Role;

Who who(Role role, bool independent = true, bool above = false) {
    Who w;
    w.actor.officer = people::OfficerId(5);
    w.actor.unit = people::UnitId(21);
    w.actor.roles = {role};
    w.independent = independent, w.above = above;
    return w;
}
std::string key(const kernel::Checked& c) { return c ? "" : c.error().key; }
template <class T>
std::string key(const kernel::Result<T>& r) {
    return r ? "" : r.error().field.empty() ? r.error().key : r.error().field + ":" + r.error().key;
}
Drawn waiting() {
    Drawn d;
    d.check = CheckId(60), d.nth = 1, d.matter = 17;
    return d;
}

TEST(SpotCheckRules, SomebodyElsesOwnStaffLooks) {
    for (const Role role : people::all_roles) {
        const bool looks =
            role == Role::officer || role == Role::head || role == Role::clerk || role == Role::inspector;
        EXPECT_EQ(key(may_look(waiting(), who(role))), looks ? "" : "spotcheck.may_not_look") << people::name(role);
        if (looks) { EXPECT_EQ(key(may_look(waiting(), who(role, false))), "spotcheck.unit_concerned"); }
    }
    EXPECT_EQ(key(may_look(waiting(), Who{})), "people.sign_in_first");
    Who handler = who(Role::officer);
    handler.had_a_hand = true;
    EXPECT_EQ(key(may_look(waiting(), handler)), "spotcheck.had_a_hand");
    Who firm = who(Role::officer);
    firm.actor.contractor = people::ContractorId(3);
    EXPECT_EQ(key(may_look(waiting(), firm)), "people.contractor_may_not");
    Drawn looked = waiting();
    looked.look = Drawn::Look{};
    EXPECT_EQ(key(may_look(looked, who(Role::officer))), "spotcheck.looked_before");
}

TEST(SpotCheckRules, WhatALookNeeds) {
    const kernel::Day drawn_on = on("2027-01-04"), today = on("2027-01-06");
    const auto tried = [&](Look asked, bool closed = true) {
        return look(waiting(), who(Role::officer), asked, drawn_on, closed, today);
    };
    const Look good{Outcome::not_as_said, on("2027-01-05"), true, "dark"};
    ASSERT_TRUE(tried(good));
    EXPECT_TRUE(tried(good)->reopens);
    EXPECT_FALSE(tried(good, false)->reopens) << "it is open again already";
    for (const Outcome outcome : {Outcome::as_said, Outcome::could_not_see}) {
        Look other = good;
        other.outcome = outcome;
        EXPECT_FALSE(tried(other)->reopens);
    }
    EXPECT_EQ(key(tried({Outcome::as_said, on("2027-01-07"), true, "x"})), "day:spotcheck.day_to_come");
    EXPECT_EQ(key(tried({Outcome::as_said, on("2027-01-03"), true, "x"})), "day:spotcheck.day_before_draw");
    EXPECT_EQ(key(tried({Outcome::as_said, today, true, ""})), "seen:spotcheck.seen_missing");
    EXPECT_EQ(key(tried({Outcome::as_said, today, true, std::string(max_seen + 1, 'x')})), "seen:kernel.text_too_long");
}

TEST(SpotCheckRules, WhoOrdersOneAndWhen) {
    EXPECT_EQ(key(may_order(who(Role::inspector))), "");
    EXPECT_EQ(key(may_order(who(Role::inspector, false))), "spotcheck.may_not_order");
    EXPECT_EQ(key(may_order(who(Role::head, true, true))), "");
    EXPECT_EQ(key(may_order(who(Role::head, true, false))), "spotcheck.may_not_order") << "another's unit";
    EXPECT_EQ(key(may_order(who(Role::officer, true, true))), "spotcheck.may_not_order");
    EXPECT_EQ(key(may_order(Who{})), "people.sign_in_first");
    Ground g{people::UnitId(20), 77, 40, false, true, 3, 20, false, on("2027-01-04")};
    EXPECT_EQ(
        *order(who(Role::inspector), g),
        (change::Announced{people::UnitId(20), people::OfficerId(5), on("2027-01-04"), {}, 40, 77, 3, 20, false}));
    g.still_open = true;
    EXPECT_EQ(key(order(who(Role::inspector), g)), "unit:spotcheck.still_open");
    g.still_open = g.anything = false;
    EXPECT_EQ(key(order(who(Role::inspector), g)), "unit:spotcheck.nothing_closed");
    g.n = 0;
    EXPECT_EQ(key(order(who(Role::inspector), g)), "unit:spotcheck.off");
    EXPECT_EQ(last_quarter_end(on("2027-01-01")), on("2026-12-31"));
    EXPECT_EQ(last_quarter_end(on("2026-12-31")), on("2026-09-30"));
    EXPECT_EQ(last_quarter_end(on("2028-05-31")), on("2028-03-31"));
}

TEST(SpotCheckRules, WhatNobodyLookedAtIsSaidOnce) {
    Check c;
    c.id = CheckId(60), c.due = on("2027-01-29");
    std::vector<Drawn> all = {waiting(), waiting()};
    all[1].matter = 18, all[1].look = Drawn::Look{};
    EXPECT_FALSE(not_looked(c, all, on("2027-01-29")));
    EXPECT_EQ(*not_looked(c, all, on("2027-01-30")), (change::NotLooked{CheckId(60), {17}}));
    all[0].look = Drawn::Look{};
    EXPECT_FALSE(not_looked(c, all, on("2027-01-30")));
    all[0].look.reset(), c.overdue_entry = 99;
    EXPECT_FALSE(not_looked(c, all, on("2027-01-30")));
}

TEST(SpotCheckLot, IsTheSameForEverybodyAndHangsOnTheRoot) {
    std::vector<Candidate> all;
    for (std::int64_t id = 10; id < 60; ++id) all.push_back({id % 7 ? Matter::voice : Matter::measure, id});
    const kernel::Hash root = kernel::sha256(kernel::view("root")), other = kernel::sha256(kernel::view("other"));
    const auto first = lot(root, people::UnitId(20), all, 5);
    ASSERT_EQ(first.size(), 5u);
    std::vector<Candidate> turned(all.rbegin(), all.rend());
    EXPECT_EQ(lot(root, people::UnitId(20), turned, 5), first) << "the order in which they come decides nothing";
    EXPECT_NE(lot(other, people::UnitId(20), all, 5), first);
    EXPECT_NE(lot(root, people::UnitId(21), all, 5), first);
    const auto more = lot(root, people::UnitId(20), all, 9);
    EXPECT_TRUE(std::equal(first.begin(), first.end(), more.begin()));
    EXPECT_EQ(lot(root, people::UnitId(20), all, 99).size(), all.size());
    EXPECT_TRUE(lot(root, people::UnitId(20), {}, 3).empty());
    EXPECT_TRUE(lot(root, people::UnitId(20), all, 0).empty());
    // As Python's hashlib and hmac draw it.
    std::vector<std::int64_t> ids;
    for (const Candidate& one : first) ids.push_back(one.matter);
    EXPECT_EQ(ids, (std::vector<std::int64_t>{14, 59, 32, 44, 10}));
}

}  // namespace
}  // namespace spotcheck::rules
