#include "rules.h"

#include <gtest/gtest.h>

namespace desk::rules {
namespace {

using people::Role;

people::Actor as(Role role, std::int64_t id = 5) {
    people::Actor actor;
    actor.officer = people::OfficerId(id);
    actor.unit = people::UnitId(20);
    actor.roles = {role};
    return actor;
}
people::Actor of_contractor(Role role) {
    people::Actor actor = as(role);
    actor.contractor = people::ContractorId(9);
    return actor;
}
std::string key(const kernel::Checked& c) { return c ? "" : c.error().key; }
template <class T>
std::string key(const kernel::Result<T>& r) {
    return r ? "" : r.error().field.empty() ? r.error().key : r.error().field + ":" + r.error().key;
}
constexpr Scope everybody{.everybody = true}, own{false, true, true}, elsewhere{false, true, false},
    closed{false, false, true};

TemplateAsked asked() { return {{}, "Lamps", "en", people::UnitId(20), {}, "No. {number} is done.", {}}; }
Template there() {
    Template t;
    t.id = TemplateId(60);
    t.entry = 61;
    t.n = 2;
    t.name = "Lamps";
    t.lang = "en";
    t.unit = people::UnitId(20);
    t.text = "No. {number} is done.";
    return t;
}

TEST(DeskRules, WhoSetsTemplatesForWhom) {
    for (Role role : people::all_roles) {
        const bool handles = role == Role::officer || role == Role::head || role == Role::clerk;
        const bool for_all = role == Role::clerk || role == Role::administrator;
        EXPECT_EQ(key(may_set(as(role), own)), handles ? "" : "desk.template_not_yours") << people::name(role);
        EXPECT_EQ(key(may_set(as(role), elsewhere)), "desk.template_not_yours") << people::name(role);
        EXPECT_EQ(key(may_set(as(role), everybody)), for_all ? "" : "desk.template_not_yours") << people::name(role);
        EXPECT_EQ(key(may_set(of_contractor(role), own)), "people.contractor_may_not");
    }
    EXPECT_EQ(key(may_set({}, everybody)), "people.sign_in_first");
}

TEST(DeskRules, WhatATemplateNeeds) {
    const auto set = [](TemplateAsked a, Scope scope = own, std::int64_t in_use = 0) {
        return key(set_template(as(Role::officer), {{}, {}, scope, in_use}, a));
    };
    EXPECT_EQ(set(asked()), "");
    EXPECT_EQ(set(asked(), closed), "unit:desk.unit_unknown");
    EXPECT_EQ(set(asked(), elsewhere), "desk.template_not_yours");
    EXPECT_EQ(set(asked(), own, most_templates - 1), "");
    EXPECT_EQ(set(asked(), own, most_templates), "desk.templates_enough");
    const struct {
        std::string TemplateAsked::*member;
        std::string value, refused;
    } rows[] = {
        {&TemplateAsked::name, "", "name:desk.name_missing"},
        {&TemplateAsked::name, std::string(max_name + 1, 'x'), "name:kernel.text_too_long"},
        {&TemplateAsked::name, std::string(max_name, 'x'), ""},
        {&TemplateAsked::lang, "", "lang:desk.lang_unknown"},
        {&TemplateAsked::lang, "de", "lang:desk.lang_unknown"},
        {&TemplateAsked::lang, "zh-Hant", ""},
        {&TemplateAsked::text, "", "text:desk.text_missing"},
        {&TemplateAsked::text, std::string(voice::max_text + 1, 'x'), "text:kernel.text_too_long"},
        {&TemplateAsked::text, "{numbr}", "text:desk.variable_unknown"},
        {&TemplateAsked::text, "{", "text:desk.brace_open"},
    };
    for (const auto& row : rows) {
        TemplateAsked a = asked();
        a.*row.member = row.value;
        EXPECT_EQ(set(a), row.refused) << row.value.substr(0, 20);
    }
}

TEST(DeskRules, ANewVersionIsOfTheNewestAndDifferent) {
    const auto set = [](TemplateAsked a, std::optional<Template> current = there(), Scope scope = own) {
        a.of = TemplateId(60);
        return set_template(as(Role::head), {current, scope, own, most_templates}, a);
    };
    EXPECT_EQ(key(set(asked())), "desk.template_same");
    TemplateAsked a = asked();
    a.text = "Done.";
    a.seen = 61;
    const auto made = set(a);
    ASSERT_TRUE(made);
    EXPECT_EQ(made->n, 3);
    EXPECT_EQ(made->of, TemplateId(60));
    a.seen = 60;
    EXPECT_EQ(key(set(a)), "desk.template_changed");
    a.seen = 61;
    EXPECT_EQ(key(set(a, std::nullopt)), "desk.template_unknown");
    EXPECT_EQ(key(set(a, there(), elsewhere)), "desk.template_not_yours");
    EXPECT_EQ(key(set(a, there(), everybody)), "desk.template_not_yours");
    Template ended = there();
    ended.ended = kernel::Instant{};
    EXPECT_EQ(key(set(a, ended)), "desk.template_ended");
    const auto end = [](std::optional<Template> current, Role role = Role::head) {
        return key(end_template(as(role), {current, own, {}, 0}));
    };
    EXPECT_EQ(end(there()), "");
    EXPECT_EQ(end(there(), Role::moderator), "desk.template_not_yours");
    EXPECT_EQ(end(ended), "desk.template_ended");
    EXPECT_EQ(end({}), "desk.template_unknown");
}

TEST(DeskRules, NotesAreByWhoMayReadThem) {
    const voice::VoiceId id(41);
    EXPECT_EQ(key(note(as(Role::officer), id, true, "Called.")), "");
    EXPECT_EQ(key(note(of_contractor(Role::officer), id, true, "Called.")), "");
    EXPECT_EQ(key(note(as(Role::officer), id, false, "Called.")), "desk.note_not_yours");
    EXPECT_EQ(key(note({}, id, true, "Called.")), "people.sign_in_first");
    EXPECT_EQ(key(note(as(Role::clerk), id, true, "")), "note:desk.note_missing");
    EXPECT_EQ(key(note(as(Role::clerk), id, true, std::string(max_note, 'x'))), "");
    EXPECT_EQ(key(note(as(Role::clerk), id, true, std::string(max_note + 1, 'x'))), "note:kernel.text_too_long");
}

TEST(DeskRules, NobodyReleasesTheirOwnDraft) {
    Draft d;
    d.id = DraftId(62);
    d.unit = people::UnitId(20);
    d.by = people::OfficerId(5);
    d.answer = voice::Answer::done;
    EXPECT_EQ(key(may_release(as(Role::officer, 6), d)), "");
    EXPECT_EQ(key(may_release(as(Role::head, 5), d)), "desk.same_person");
    EXPECT_EQ(key(may_release({}, d)), "people.sign_in_first");
    EXPECT_EQ(key(may_release(of_contractor(Role::officer), d)), "people.contractor_may_not");
    Draft erased = d;
    erased.answer.reset();
    EXPECT_EQ(key(may_release(as(Role::officer, 6), erased)), "desk.draft_gone");
    for (DraftState state : {DraftState::released, DraftState::returned, DraftState::replaced}) {
        d.state = state;
        EXPECT_EQ(key(may_release(as(Role::officer, 6), d)), "desk.draft_decided");
        EXPECT_EQ(key(give_back(as(Role::officer, 6), d, "No.")), "desk.draft_decided");
    }
    d.state = DraftState::waits;
    EXPECT_EQ(key(give_back(as(Role::officer, 6), d, "Say which lamp.")), "");
    EXPECT_EQ(key(give_back(as(Role::officer, 6), erased, "Again.")), "");
    EXPECT_EQ(key(give_back(as(Role::officer, 6), d, "")), "remark:desk.remark_missing");
    EXPECT_EQ(key(give_back(as(Role::officer, 6), d, std::string(max_remark + 1, 'x'))), "remark:kernel.text_too_long");
    EXPECT_EQ(key(give_back(as(Role::officer, 5), d, "")), "") << "who wrote it takes it back";
    EXPECT_EQ(key(give_back(as(Role::clerk, 6), d, "No.")), "desk.draft_not_yours");
    people::Actor other = as(Role::head, 6);
    other.unit = people::UnitId(21);
    EXPECT_EQ(key(give_back(other, d, "No.")), "desk.draft_not_yours");
    EXPECT_EQ(key(give_back(of_contractor(Role::officer), d, "")), "") << "their own";
}

}  // namespace
}  // namespace desk::rules
