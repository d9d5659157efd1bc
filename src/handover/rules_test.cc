#include "rules.h"

#include <gtest/gtest.h>

#include <http/client.h>
#include <kernel/testing.h>

namespace handover::rules {
namespace {

using kernel::refused_at;
using people::Role;
using voice::Audience;
using voice::Shown;

people::Actor as(Role role) {
    people::Actor actor;
    actor.officer = people::OfficerId(5);
    actor.roles = {role};
    return actor;
}
Authority water() {
    Authority a;
    a.id = AuthorityId(60), a.name = "Water office", a.url = "https://water.example";
    return a;
}
Case good() {
    Case c;
    c.actor = as(Role::officer);
    c.part.reads = c.part.handles = true;
    c.voice.id = VoiceId(40), c.voice.cycle = people::CycleId(9);
    c.voice.state = voice::State::assigned;
    c.said = "The pipe in Elm Street leaks. Help!";
    c.has_key = true;
    return c;
}
Draft draft() {
    return {AuthorityId(60), "pipe", "The pipe in Elm Street leaks.", "Elm Street", "", "", "Their pipe."};
}
const std::optional<Service> pipe = Service{"pipe", "Pipes", ""};

std::string why(const Case& c, const Draft& d, std::optional<Authority> to = water(),
                std::optional<Service> service = pipe) {
    return refused_at(hand(c, to, service, d));
}

TEST(HandoverRules, OnlyAdministratorsNameAuthoritiesAndEndThem) {
    for (const Role role : people::all_roles) {
        const std::string key = role == Role::administrator ? "" : " people.role_needed_administrator";
        EXPECT_EQ(refused_at(name_authority(as(role), {"A", "https://a.example", ""}, true, {})), key);
        EXPECT_EQ(refused_at(end_authority(as(role), water(), "x")), key);
    }
    const people::Actor by = as(Role::administrator);
    const auto asked = [&](const Naming& n, const Others& others = {}) {
        return refused_at(name_authority(by, n, http::fetchable(n.url), others));
    };
    EXPECT_EQ(asked({"", "https://a.example", ""}), "name handover.name_missing");
    EXPECT_EQ(asked({std::string(max_name + 1, 'x'), "https://a.example", ""}), "name kernel.text_too_long");
    for (const char* url : {"", "a.example", "http://a.example", "https://a.example/?x=y", "https://a.example/#x",
                            "https://u:p@a.example", "file:///etc/passwd", "https://a.example/ b"})
        EXPECT_EQ(asked({"A", url, ""}), "url handover.url_wrong") << url;
    EXPECT_EQ(asked({"A", "https://a.example/" + std::string(max_url, 'x'), ""}), "url handover.url_wrong");
    EXPECT_EQ(asked({"A", "https://a.example", std::string(max_jurisdiction + 1, 'x')}),
              "jurisdiction kernel.text_too_long");
    EXPECT_EQ(asked({"A", "https://a.example", ""}, {true, false, 0}), "name handover.name_taken");
    EXPECT_EQ(asked({"A", "https://a.example", ""}, {false, true, 0}), "url handover.url_taken");
    EXPECT_EQ(asked({"A", "https://a.example", ""}, {false, false, max_authorities}), " handover.too_many_authorities");
    EXPECT_EQ(name_authority(by, {"A", "https://a.example/v2//", "a"}, true, {})->url, "https://a.example/v2");
    EXPECT_EQ(refused_at(end_authority(by, {}, "x")), " handover.authority_unknown");
    EXPECT_EQ(refused_at(end_authority(by, water(), "")), "reason people.reason_missing");
    Authority gone = water();
    gone.ended = kernel::Instant{1};
    EXPECT_EQ(refused_at(end_authority(by, gone, "x")), " handover.authority_ended");
}

TEST(HandoverRules, WhoMayHandOver) {
    EXPECT_EQ(why(good(), draft()), "");
    Case c = good();
    c.actor = {};
    EXPECT_EQ(why(c, draft()), " people.sign_in_first");
    c = good();
    c.actor.contractor = people::ContractorId(7);
    EXPECT_EQ(why(c, draft()), " people.contractor_may_not");
    c = good();
    c.part.handles = false;
    EXPECT_EQ(why(c, draft()), " handover.not_yours");
    c.part.clerk = true;
    EXPECT_EQ(why(c, draft()), "");
    c.part.reads = false;
    EXPECT_EQ(why(c, draft()), " handover.not_yours");
}

TEST(HandoverRules, InWhichStates) {
    for (const voice::State state : voice::all_states) {
        Case c = good();
        c.voice.state = state;
        using S = voice::State;
        const bool may = state == S::received || state == S::assigned || state == S::asked_back || state == S::answered;
        EXPECT_EQ(why(c, draft()), may ? "" : " handover.state") << voice::name(state);
    }
    for (const Shown shown : {Shown::held, Shown::hidden, Shown::unit_only}) {
        Case c = good();
        c.voice.shown = shown;
        EXPECT_EQ(why(c, draft()), " handover.not_shown");
    }
    Case c = good();
    c.going = max_of_voice;
    EXPECT_EQ(why(c, draft()), " handover.too_many_going");
}

TEST(HandoverRules, ToWhom) {
    EXPECT_EQ(why(good(), draft(), std::nullopt), "authority handover.authority_missing");
    Authority gone = water();
    gone.ended = kernel::Instant{1};
    EXPECT_EQ(why(good(), draft(), gone), "authority handover.authority_missing");
    Case c = good();
    c.has_key = false;
    EXPECT_EQ(why(c, draft()), "authority handover.no_key");
    c = good();
    c.there = true;
    EXPECT_EQ(why(c, draft()), "authority handover.there_already");
    EXPECT_EQ(why(good(), draft(), water(), std::nullopt), "service handover.service_missing");
}

TEST(HandoverRules, WhatIsForTheUnitAloneNeedsItsAuthorAndOtherWords) {
    Case c = good();
    c.voice.audience = Audience::unit_only, c.voice.shown = Shown::unit_only;
    EXPECT_EQ(why(c, draft()), "authority handover.not_agreed");
    c.agreed = true;
    EXPECT_EQ(why(c, draft()), "text handover.words_of_author");
    Draft own = draft();
    own.text = "Water comes out of the ground there.";
    EXPECT_EQ(why(c, own), "");
    EXPECT_FALSE(hand(c, water(), pipe, own)->open);
    c.voice.shown = Shown::hidden;
    EXPECT_EQ(why(c, own), " handover.not_shown");
}

TEST(HandoverRules, AWholeSentenceIsAQuote) {
    EXPECT_TRUE(quotes("They say: The pipe in Elm Street leaks", "Hello. The pipe in Elm Street leaks! Bye."));
    EXPECT_TRUE(quotes("来信说：石榴街十五号门前的水管一直在漏水", "你好。石榴街十五号门前的水管一直在漏水。谢谢！"));
    EXPECT_FALSE(quotes("The pipe leaks", "The pipe in Elm Street leaks"));
    EXPECT_FALSE(quotes("Hello. Bye.", "Hello. Bye.")) << "anybody's words";
    EXPECT_FALSE(quotes("anything", ""));
}

TEST(HandoverRules, WhatIsSent) {
    const auto with = [&](auto change) {
        Draft d = draft();
        change(d);
        return why(good(), d);
    };
    EXPECT_EQ(with([](Draft& d) { d.text = ""; }), "text handover.text_missing");
    EXPECT_EQ(with([](Draft& d) { d.text.assign(max_text + 1, 'x'); }), "text kernel.text_too_long");
    EXPECT_EQ(with([](Draft& d) { d.address = ""; }), "address handover.place_missing");
    EXPECT_EQ(with([](Draft& d) { d.address.assign(max_address + 1, 'x'); }), "address kernel.text_too_long");
    EXPECT_EQ(with([](Draft& d) { d.latitude = "31"; }), "longitude handover.degrees");
    EXPECT_EQ(with([](Draft& d) { d.longitude = "31"; }), "latitude handover.degrees");
    EXPECT_EQ(with([](Draft& d) { d.latitude = "91", d.longitude = "0"; }), "latitude handover.degrees");
    EXPECT_EQ(with([](Draft& d) { d.address = "", d.latitude = "31.23041", d.longitude = "-121"; }), "");
    EXPECT_EQ(with([](Draft& d) { d.reason = ""; }), "reason people.reason_missing");
    EXPECT_EQ(with([](Draft& d) { d.reason.assign(max_reason + 1, 'x'); }), "reason kernel.text_too_long");
    Draft d = draft();
    d.latitude = "31.23041", d.longitude = "121.47370";
    EXPECT_EQ(*hand(good(), water(), pipe, d),
              (change::Handed{VoiceId(40), AuthorityId(60), "pipe", people::OfficerId(5), "Their pipe.", "Pipes",
                              "The pipe in Elm Street leaks.", "Elm Street", "31.2304,121.4737", true}));
}

TEST(HandoverRules, AnAuthorAgreesOnceAndOnlyWhereItIsNeeded) {
    voice::Voice v = good().voice;
    EXPECT_EQ(refused_at(agree(v, water(), false)), " handover.not_needed");
    v.audience = Audience::unit_only;
    EXPECT_EQ(refused_at(agree(v, water(), false)), "");
    EXPECT_EQ(refused_at(agree(v, water(), true)), " handover.agreed_already");
    EXPECT_EQ(refused_at(agree(v, {}, false)), "authority handover.authority_missing");
}

TEST(HandoverRules, WhenTheyAreAsked) {
    EXPECT_EQ(wait_after_fault(1, 0), 5 * minute);
    EXPECT_EQ(wait_after_fault(2, 0), 10 * minute);
    EXPECT_EQ(wait_after_fault(30, 0), 6 * hour);
    EXPECT_EQ(wait_after_fault(1, hour), hour);
    EXPECT_EQ(wait_after_fault(1, 900 * day), longest_wait);
    EXPECT_EQ(wait_after_fault(0, -5), 5 * minute);
    EXPECT_EQ(wait_between_looks(0, false), 5 * minute);
    EXPECT_EQ(wait_between_looks(hour, false), hour);
    EXPECT_EQ(wait_between_looks(day, false), 6 * hour);
    EXPECT_EQ(wait_between_looks(31 * day, false), day);
    EXPECT_EQ(wait_between_looks(0, true), day);
}

}  // namespace
}  // namespace handover::rules
