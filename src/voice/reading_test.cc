#include "reading.h"

#include <gtest/gtest.h>

#include <page/page.h>

#include "test_cases.h"

namespace voice {
namespace {

using people::Role;
using rules::Who;

TEST(Reading, WordsThatAreNotPublic) {
    Case c = rules::a_case(State::assigned);
    c.audience = Audience::unit_only;
    c.shown = Shown::unit_only;
    struct Row {
        Role role;
        bool within, elsewhere;  // of the unit that has it and those above it
    };
    const Row rows[] = {{Role::administrator, false, false}, {Role::moderator, true, true},
                        {Role::officer, true, false},        {Role::head, true, false},
                        {Role::clerk, true, true},           {Role::member, false, false},
                        {Role::inspector, true, true}};
    for (const Row& row : rows) {
        EXPECT_EQ(may_read(rules::officer(row.role, true), c), row.within) << people::name(row.role);
        EXPECT_EQ(may_read(rules::officer(row.role, false), c), row.elsewhere) << people::name(row.role);
    }
    EXPECT_FALSE(may_read(Who{}, c));
    Who gone = rules::officer(Role::officer, true);
    gone.active = false;
    EXPECT_FALSE(may_read(gone, c));
    c.typist = people::OfficerId(50);
    EXPECT_TRUE(may_read(rules::officer(Role::officer, false), c)) << "who typed it knows it";
}

// Who speaks is told of each of those above.
TEST(Reading, TheFormSaysWhoMayRead) {
    const auto told = [](page::Lang lang, std::initializer_list<const char*> all) {
        const std::string hint = page::say(lang, "voice.audience_unit_only_hint");
        for (const char* one : all) EXPECT_NE(hint.find(one), std::string::npos) << one << ": " << hint;
    };
    told(page::Lang::en, {"the unit that answers", "the units above it", "assign", "moderate", "inspect"});
    told(page::Lang::zh_hans, {"办理单位", "上级单位", "分派", "审核", "监督"});
    told(page::Lang::zh_hant, {"承辦單位", "上級單位", "分案", "審核", "稽核"});
}

}  // namespace
}  // namespace voice
