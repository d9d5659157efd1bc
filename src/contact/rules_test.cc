#include "rules.h"

#include <gtest/gtest.h>

namespace contact::rules {
namespace {

std::string key(const kernel::Checked& checked) { return checked ? "" : checked.error().key; }

Standing handler(voice::Kind kind = voice::Kind::help) { return {kind, {true, true, false, false}, false, true}; }
Standing caller(voice::Kind kind = voice::Kind::help, bool clerk = false) {
    return {kind, {true, false, true, clerk}, true, true};
}

TEST(ContactRules, WhoOpensForWhat) {
    const struct {
        std::string_view who;
        Standing s;
        std::string others, call_back;  // for all other reasons; for calling back
    } all[] = {
        {"who handles it", handler(), "", "contact.not_yours"},
        {"who calls back", caller(), "contact.not_yours", ""},
        {"a clerk who calls back", caller(voice::Kind::help, true), "contact.not_yours", ""},
        {"somebody of the unit",
         {voice::Kind::help, {true, false, false, false}, false, true},
         "contact.not_yours",
         "contact.not_yours"},
        {"a stranger", {voice::Kind::help, {}, false, true}, "contact.not_yours", "contact.not_yours"},
        {"who handles a complaint", handler(voice::Kind::complaint), "contact.of_complaint", "contact.not_yours"},
        {"an officer elsewhere, of a complaint", caller(voice::Kind::complaint), "contact.of_complaint", ""},
        {"a clerk elsewhere, of a complaint", caller(voice::Kind::complaint, true), "", ""},
        {"a clerk of the unit, of a complaint",
         {voice::Kind::complaint, {true, true, false, true}, false, true},
         "contact.of_complaint",
         "contact.not_yours"},
        {"who may call, but not read",
         {voice::Kind::help, {false, true, true, true}, true, true},
         "contact.not_yours",
         "contact.not_yours"},
    };
    for (const auto& one : all) {
        for (Reason reason : all_reasons)
            EXPECT_EQ(key(may_open(one.s, reason)), reason == Reason::call_back ? one.call_back : one.others)
                << one.who << ", " << name(reason);
        const std::size_t offered = (one.others.empty() ? 4U : 0U) + (one.call_back.empty() ? 1U : 0U);
        EXPECT_EQ(reasons_for(one.s).size(), offered) << one.who;
    }
    Standing nothing = handler();
    nothing.left = false;
    EXPECT_EQ(key(may_open(nothing, Reason::ask_author)), "contact.none");
    EXPECT_EQ(reasons_for(nothing).size(), 4U) << "the page says that nothing was left";
    nothing.part.handles = false;
    EXPECT_EQ(key(may_open(nothing, Reason::ask_author)), "contact.not_yours") << "not whether something was left";
}

TEST(ContactRules, NumbersAndAddresses) {
    for (std::string_view good : {"12345", "+86 (21) 5551-2345", "021/5551.2345", "110 110 #3"})
        EXPECT_TRUE(telephone_form(good)) << good;
    for (std::string_view wrong : {"", "1234", "five five five", "12345x", "１２３４５", "12345\n6", "tel:12345"})
        EXPECT_FALSE(telephone_form(wrong)) << wrong;
    for (std::string_view good : {"a@b.cd", "anna+lamp@mail.example.org", "安娜@例子.公司"})
        EXPECT_TRUE(email_form(good)) << good;
    for (std::string_view wrong : {"", "a", "a@", "@b.cd", "a@b", "a@b.", "a@.cd", "a@@b.cd", "a@b@c.de", "a b@c.de",
                                   "a@b.cd,e@f.gh", "<a@b.cd>"})
        EXPECT_FALSE(email_form(wrong)) << wrong;
}

TEST(ContactRules, FaultsStandAtTheirFields) {
    EXPECT_TRUE(faults({}).empty()) << "nothing is left";
    EXPECT_TRUE(faults({"", "12345", "", ""}).empty());
    EXPECT_TRUE(faults({"", "", "a@b.cd", ""}).empty());
    const auto alone = faults({"Anna", "", "", "mornings"});
    ASSERT_EQ(alone.size(), 1U);
    EXPECT_EQ(alone[0].key, "contact.no_way");
    const auto all = faults({std::string(81, 'n'), "no", "nor this", std::string(201, 'w')});
    ASSERT_EQ(all.size(), 4U);
    EXPECT_EQ(all[0].field, "contact_name");
    EXPECT_EQ(all[1].key, "contact.telephone_malformed");
    EXPECT_EQ(all[2].key, "contact.email_malformed");
    EXPECT_EQ(all[3].field, "contact_wish");
    EXPECT_EQ(faults({"", std::string(41, '1'), "", ""})[0].key, "kernel.text_too_long");
}

}  // namespace
}  // namespace contact::rules
