#include "rules.h"

#include <gtest/gtest.h>

#include <kernel/testing.h>

namespace georeport::rules {
namespace {

using kernel::refused_at;
using people::Role;

people::Actor as(Role role) {
    people::Actor actor;
    actor.officer = people::OfficerId(5);
    actor.roles = {role};
    return actor;
}
Client admitted() {
    Client c;
    c.id = ClientId(60);
    return c;
}

TEST(GeoreportRules, OnlyAdministratorsAdmitAndEnd) {
    for (const Role role : people::all_roles) {
        const std::string why = role == Role::administrator ? "" : " people.role_needed_administrator";
        EXPECT_EQ(refused_at(admit(as(role), {"App", 60, true}, {}, {})), why) << people::name(role);
        EXPECT_EQ(refused_at(end(as(role), admitted(), "lost")), why) << people::name(role);
    }
    EXPECT_EQ(refused_at(admit({}, {"App", 60, true}, {}, {})), " people.sign_in_first");
    EXPECT_EQ(refused_at(end({}, admitted(), "lost")), " people.sign_in_first");
}

TEST(GeoreportRules, WhatAClientNeeds) {
    const people::Actor by = as(Role::administrator);
    const auto asked = [&](std::string name, int rate, Others others = {}) {
        return refused_at(admit(by, {std::move(name), rate, false}, {}, others));
    };
    EXPECT_EQ(asked("", 60), "name georeport.name_missing");
    EXPECT_EQ(asked(std::string(max_name, 'x'), 60), "");
    EXPECT_EQ(asked(std::string(max_name + 1, 'x'), 60), "name kernel.text_too_long");
    EXPECT_EQ(asked("App", 0), "per_minute georeport.per_minute");
    EXPECT_EQ(asked("App", max_per_minute), "");
    EXPECT_EQ(asked("App", max_per_minute + 1), "per_minute georeport.per_minute");
    EXPECT_EQ(asked("App", 60, {true, 3}), "name georeport.name_taken");
    EXPECT_EQ(asked("App", 60, {false, max_clients - 1}), "");
    EXPECT_EQ(asked("App", 60, {false, max_clients}), " georeport.too_many_clients");
    const auto made = admit(by, {"App", 60, true}, kernel::sha256(kernel::view("k")), {});
    EXPECT_EQ(*made,
              (change::ClientAdmitted{"App", kernel::sha256(kernel::view("k")), 60, true, people::OfficerId(5)}));
}

TEST(GeoreportRules, AnEndHasAReasonAndComesOnce) {
    const people::Actor by = as(Role::administrator);
    EXPECT_EQ(refused_at(end(by, {}, "lost")), " georeport.client_unknown");
    EXPECT_EQ(refused_at(end(by, admitted(), "")), "reason people.reason_missing");
    EXPECT_EQ(refused_at(end(by, admitted(), std::string(max_reason + 1, 'x'))), "reason kernel.text_too_long");
    Client gone = admitted();
    gone.ended = kernel::Instant{1};
    EXPECT_EQ(refused_at(end(by, gone, "lost")), " georeport.client_has_ended");
    EXPECT_EQ(*end(by, admitted(), "lost"), (change::ClientEnded{ClientId(60), people::OfficerId(5), "lost"}));
}

}  // namespace
}  // namespace georeport::rules
