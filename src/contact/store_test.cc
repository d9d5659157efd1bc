// On both engines: what is left, who opens it, what the clock erases; and replay after all of it.
#include "store.h"

#include <algorithm>

#include <cycle/cycle.h>
#include <http/testing.h>
#include <jobs/testing.h>
#include <page/page.h>
#include <people/acts.h>
#include <people/testing.h>
#include <people/testing_routes.h>
#include <voice/call_back.h>

#include "change.h"

namespace contact {
namespace {

using people::Role;
using voice::Kind;
using voice::Way;

struct Office : people::TestOrganisation {
    explicit Office(db::Engine engine)
        : TestOrganisation(engine, {cycle::add_kinds, voice::add_kinds, erasure::add_kinds, add_kinds}) {
        roads = unit(root, "Roads");
        audit = unit(root, "Audit");
        officer(root, "administrator", {Role::administrator});
        officer(root, "clerk", {Role::clerk});
        officer(roads, "handler", {Role::officer});
        officer(roads, "colleague", {Role::officer});
        officer(audit, "caller", {Role::officer});
        officer(audit, "audit_clerk", {Role::clerk});
        officer(audit, "moderator", {Role::moderator});
        desk = must(cycle::open_standing_desk(*needs, "Desk", "en"));
    }

    VoiceId say(const Given& given, Kind kind = Kind::help, Way way = Way::telephone) {
        voice::Draft draft;
        draft.cycle = desk;
        draft.kind = kind;
        draft.text = "It is dark.";
        draft.lang = "en";
        draft.way = way;
        const people::Actor actor = way == Way::web ? visitor(1) : as("clerk");
        return must(voice::receive(*needs, actor, draft, {}, nullptr, giving(*needs, given))).id;
    }
    VoiceId assigned(const Given& given, Kind kind = Kind::help) {
        const VoiceId id = say(given, kind);
        must(voice::assign(*needs, as("clerk"), id, roads, as("handler").officer));
        return id;
    }
    void answer(VoiceId id) { must(voice::answer(*needs, as("handler"), id, voice::Answer::done, "It burns.", {})); }
    kernel::Result<std::int64_t> opened(VoiceId id, Reason reason, std::string_view by) {
        return open(*needs, as(by), id, reason);
    }
    void look() { jobs::run_once({erasure::retention(*needs, {}, {term()})}); }

    const Given anna{"Anna", "+86 21 5551 2345", "anna@example.org", "Mornings"};
    people::UnitId roads, audit;
    people::CycleId desk;
};

class Contacts : public testing::TestWithParam<db::Engine>, protected Office {
protected:
    Contacts() : Office(GetParam()) {}
};

TEST_P(Contacts, LeftBesideEachMessageAndPublicInNone) {
    const VoiceId with = say(anna), without = say({}), web = say(anna, Kind::help, Way::web);
    auto db = database->read();
    for (VoiceId id : {with, without, web}) {
        const auto entry = ledger::entry(*db, id.value() + 1);
        ASSERT_TRUE(entry) << "whether or not something was left";
        EXPECT_EQ(entry->kind, "contact.given");
        EXPECT_EQ(entry->subject, desk.value());
        EXPECT_FALSE(entry->parent);
        const auto shown = ledger::public_entries(*db, entry->index, 1).at(0);
        EXPECT_FALSE(shown.facts || shown.facts_salt || shown.words || shown.words_salt);
        EXPECT_EQ(shown.leaf.size(), ledger::leaf(*db, with.value() + 1)->size()) << "the leaves are of one size";
    }
    EXPECT_EQ(contact_of(*db, needs->server_key, with)->given, anna);
    EXPECT_EQ(kernel::iso(contact_of(*db, needs->server_key, with)->until), "2027-03-23") << "120 days";
    EXPECT_TRUE(can_be_called(*needs)(*db, with));
    EXPECT_FALSE(contact_of(*db, needs->server_key, without));
    EXPECT_FALSE(can_be_called(*needs)(*db, without));
    EXPECT_FALSE(can_be_called(*needs)(*db, say({"", "", "a@b.cd", ""})));
    EXPECT_EQ(of_author(*db, with), std::vector<std::int64_t>{with.value() + 1});
    expect_same_after_rebuild();
}

TEST_P(Contacts, WhatTheFirstVersionKeptInClearIsStillReachedAndErased) {
    voice::Draft draft;
    draft.cycle = desk;
    draft.text = "It is dark.";
    draft.lang = "en";
    const auto first_version = [](ledger::Writing& w, VoiceId voice, const voice::Draft& said) {
        ledger::Draft d = change::encode(change::GivenTo{said.cycle, voice, {22'000}, {}});
        d.v = 1;
        d.words = kernel::Json::Object{
            {"email", "anna@example.org"}, {"name", "Anna"}, {"telephone", "+86 21 5551 2345"}, {"wish", "Mornings"}};
        w.append(std::move(d));
    };
    const VoiceId id = must(voice::receive(*needs, visitor(1), draft, {}, nullptr, first_version)).id;
    EXPECT_EQ(contact_of(*database->read(), needs->server_key, id)->given, anna);
    expect_same_after_rebuild();
    go_to("2030-04-01");
    look();
    EXPECT_FALSE(contact_of(*database->read(), needs->server_key, id));
    expect_same_after_rebuild();
}

TEST_P(Contacts, OpenedWithAReasonThatIsPublic) {
    const VoiceId id = assigned(anna);
    EXPECT_EQ(refused(opened(id, Reason::ask_author, "colleague")), "contact.not_yours");
    EXPECT_EQ(refused(opened(id, Reason::ask_author, "clerk")), "contact.not_yours");
    EXPECT_EQ(refused(opened(id, Reason::call_back, "caller")), "contact.not_yours") << "not answered yet";
    EXPECT_EQ(refused(open(*needs, visitor(1), id, Reason::ask_author)), "people.sign_in_first");
    EXPECT_EQ(refused(opened(VoiceId(999'999), Reason::ask_author, "handler")), "voice.unknown");
    const std::int64_t first = must(opened(id, Reason::appointment, "handler"));
    const auto shown = ledger::public_entries(*database->read(), first, 1).at(0);
    ASSERT_TRUE(shown.facts);
    EXPECT_EQ(*shown.facts, "{\"by\":" + std::to_string(as("handler").officer.value()) +
                                ",\"reason\":\"appointment\",\"voice\":" + std::to_string(id.value()) + "}");
    answer(id);
    must(opened(id, Reason::call_back, "caller"));
    EXPECT_EQ(refused(opened(id, Reason::call_back, "handler")), "contact.not_yours");
    EXPECT_EQ(refused(opened(id, Reason::call_back, "clerk")), "contact.not_yours") << "who typed it";
    must(opened(id, Reason::call_back, "audit_clerk"));
    const auto all = openings(*database->read(), id, 10);
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(all[0].officer, as("audit_clerk").officer);
    EXPECT_EQ(all[2].entry, first);
    EXPECT_EQ(times_opened(*database->read(), id), 3);
    EXPECT_EQ(slip(*database->read(), first)->link, "/voices/" + std::to_string(id.value()));
    EXPECT_FALSE(slip(*database->read(), id.value() + 1)) << "which message it belongs to";
    const VoiceId none = assigned({});
    EXPECT_EQ(refused(opened(none, Reason::ask_author, "handler")), "contact.none");
    expect_same_after_rebuild();
}

TEST_P(Contacts, WhoHandlesAPartReachesTheAuthorOfTheWhole) {
    const auto part_of = [&](Kind kind) {
        const VoiceId id = say(anna, kind);
        const auto text = voice::voice(*database->read(), id)->text;
        must(voice::split(*needs, as("clerk"), id,
                          {{"One", text, Kind::help, "", "", roads}, {"Two", text, Kind::help, "", "", {}}}));
        const VoiceId part = voice::parts_of(*database->read(), id).front().id;
        must(voice::assign(*needs, as("clerk"), part, roads, as("handler").officer));
        return part;
    };
    const VoiceId part = part_of(Kind::help);
    EXPECT_EQ(contact_of(*database->read(), needs->server_key, part)->given, anna);
    EXPECT_EQ(of_author(*database->read(), part).size(), 1u);
    must(opened(part, Reason::ask_author, "handler"));
    EXPECT_EQ(refused(opened(part_of(Kind::complaint), Reason::ask_author, "handler")), "contact.of_complaint")
        << "a complaint stays one";
    expect_same_after_rebuild();
}

TEST_P(Contacts, OfAComplaintNobodyInTheUnitOpensIt) {
    const VoiceId id = assigned(anna, Kind::complaint);
    EXPECT_EQ(refused(opened(id, Reason::ask_author, "handler")), "contact.of_complaint");
    EXPECT_EQ(refused(opened(id, Reason::danger, "caller")), "contact.of_complaint");
    must(opened(id, Reason::ask_author, "audit_clerk"));
    EXPECT_TRUE(concerns(*database->read(), as("handler"), id.value() + 1));
    EXPECT_FALSE(concerns(*database->read(), as("moderator"), id.value() + 1));
    EXPECT_FALSE(concerns(*database->read(), as("handler"), 1));
}

TEST_P(Contacts, AContractorsAccountOpensNothing) {
    const auto firm = must(people::make_contractor(*needs, as("administrator"), "Call Centre Ltd"));
    must(people::make_officer(*needs, as("administrator"),
                              {audit, "hired", "Some One", "Post of hired", {Role::officer}, false, firm}));
    const VoiceId id = assigned(anna);
    answer(id);
    EXPECT_EQ(refused(opened(id, Reason::call_back, "hired")), "people.contractor_may_not");
    EXPECT_EQ(refused(voice::call_back(*needs, as("hired"), id, {}, "")), "people.contractor_may_not");
    EXPECT_FALSE(voice::may_call_back(*database->read(), as("hired"), id));
}

TEST_P(Contacts, ErasedByTheClockAfterItsLastDay) {
    const VoiceId id = assigned(anna), empty = say({});
    must(people::change_setting(*needs, as("administrator"), {"retention.contact_days", "7", "Shorter from now on."}));
    const VoiceId shorter = say(anna);
    EXPECT_EQ(kernel::iso(contact_of(*database->read(), needs->server_key, shorter)->until), "2026-11-30");
    EXPECT_EQ(kernel::iso(contact_of(*database->read(), needs->server_key, id)->until), "2027-03-23")
        << "as it was when it was left";
    go_to("2026-11-30");
    look();
    EXPECT_TRUE(contact_of(*database->read(), needs->server_key, shorter)) << "the last day itself";
    go_to("2026-12-01");
    look();
    EXPECT_FALSE(contact_of(*database->read(), needs->server_key, shorter));
    EXPECT_TRUE(contact_of(*database->read(), needs->server_key, id));
    EXPECT_FALSE(ledger::entry(*database->read(), shorter.value() + 1)->words);
    EXPECT_TRUE(ledger::entry(*database->read(), shorter.value())->words) << "what they said stays";
    restart();
    go_to("2027-03-24");
    look();
    EXPECT_FALSE(contact_of(*database->read(), needs->server_key, id));
    EXPECT_EQ(refused(opened(id, Reason::ask_author, "handler")), "contact.none");
    const auto done = erasure::erasures(*database->read(), erasure::State::approved, {}, 10, erasure::By::clock);
    ASSERT_EQ(done.size(), 2U);
    EXPECT_EQ(done[0].targets, (std::vector<std::int64_t>{id.value() + 1, empty.value() + 1}))
        << "what was empty goes alike, so that nobody learns which was";
    EXPECT_EQ(done[0].rule, "retention.contact_days");
    EXPECT_TRUE(over(*database->read(), today() + 10'000, 10).empty());
    expect_same_after_rebuild();
}

TEST_P(Contacts, AnAuthorsOwnErasureTakesItToo) {
    const VoiceId id = say(anna, Kind::help, Way::web);
    erasure::Hooks hooks;
    hooks.of_author = {of_author};
    const auto asked = must(erasure::propose_own(*needs, hooks, id, visitor(1).visitor, ""));
    EXPECT_EQ(erasure::erasure(*database->read(), asked)->targets,
              (std::vector<std::int64_t>{id.value(), id.value() + 1}));
    must(erasure::approve(*needs, hooks, as("moderator"), asked));
    EXPECT_FALSE(contact_of(*database->read(), needs->server_key, id));
    EXPECT_TRUE(over(*database->read(), today() + 10'000, 10).empty()) << "the clock has nothing to do";
    expect_same_after_rebuild();
}

INSTANTIATE_TEST_SUITE_P(Engines, Contacts, testing::ValuesIn(db::engines),
                         [](const auto& one) { return db::engine_name(one); });

// The pages, through the real routes.
class ContactPages : public testing::Test, protected Office {
protected:
    ContactPages() : Office(db::Engine::sqlite) {
        voice::Hooks hooks;
        hooks.say_more = say_more(*needs);
        hooks.desk_parts = {part_of_desk(*needs)};
        hooks.parts = {part_of_voice};
        hooks.can_be_called = can_be_called(*needs);
        voice::add_routes(router, *needs, {}, std::move(hooks));
        contact::add_routes(router, *needs);
    }
    http::Response send(const people::Actor& who, http::Method method, const std::string& path,
                        http::testing::Fields form = {}, const std::string& session = "s1",
                        const std::string& shown = "") {
        http::Request r = people::request_by(who, method, path);
        r.headers.emplace("accept-language", "en");
        r.cookies["session"] = session;
        if (!shown.empty()) r.cookies["contact"] = shown;
        r.form = std::move(form);
        return http::testing::answer(router, std::move(r));
    }
    static std::string cookie_of(const http::Response& r) {
        for (const auto& [name, value] : r.headers)
            if (name == "Set-Cookie" && value.starts_with("contact=")) return value.substr(8, value.find(';') - 8);
        return {};
    }
    static std::string page_of(VoiceId id) { return "/desk/voices/" + std::to_string(id.value()) + "/contact"; }
    static bool has(const http::Response& r, std::string_view text) { return r.body.find(text) != std::string::npos; }

    http::Router router;
};

TEST_F(ContactPages, TheFormTakesItAndSaysWhatIsWrong) {
    using http::Method;
    const people::Actor author = visitor(1);
    EXPECT_TRUE(has(send(author, Method::get, "/say"), "name=\"contact_telephone\""));
    EXPECT_FALSE(has(send(author, Method::get, "/say"), "<details id=\"contact\" open"));
    EXPECT_TRUE(has(send(as("clerk"), Method::get, "/desk/enter"), "Can the caller be called back?"));
    const http::testing::Fields good = {
        {"kind", "help"}, {"text", "It is dark."}, {"audience", "open"}, {"lang", "en"}, {"contact_name", "Anna"}};
    const std::int64_t before = ledger->size();
    const http::Response again = send(author, Method::post, "/say", good);
    EXPECT_EQ(again.status, 422);
    EXPECT_TRUE(has(again, "<details id=\"contact\" open"));
    EXPECT_TRUE(has(again, "value=\"Anna\""));
    EXPECT_TRUE(has(again, "id=\"contact_telephone-error\""));
    EXPECT_TRUE(has(again, "It is dark.</textarea>"));
    for (const auto& [field, wrong] : http::testing::Fields{{"contact_telephone", "five"},
                                                            {"contact_email", "a@b"},
                                                            {"contact_wish", std::string(300, 'w')},
                                                            {"contact_name", "\xff\xfe"},
                                                            {"contact_telephone", "12345\n67"},
                                                            {"contact_email", std::string("a@b.cd\0x", 8)}}) {
        http::testing::Fields form = good;
        form.back() = {field, wrong};
        EXPECT_EQ(send(author, Method::post, "/say", form).status, 422) << field;
    }
    EXPECT_EQ(ledger->size(), before) << "nothing was entered";
    http::testing::Fields form = good;
    form.emplace_back("contact_telephone", "+86 21 5551 2345");
    EXPECT_EQ(send(author, Method::post, "/say", form).status, 303);
    const std::int64_t last = ledger->size() - 1;
    EXPECT_EQ(ledger::entry(*database->read(), last)->kind, "contact.given");
    EXPECT_EQ(contact_of(*database->read(), needs->server_key, VoiceId(last - 1))->given.telephone, "+86 21 5551 2345");
    form = good;
    form.pop_back();
    EXPECT_EQ(send(author, Method::post, "/say", form).status, 303);
    EXPECT_EQ(ledger::entry(*database->read(), ledger->size() - 1)->kind, "contact.given") << "empty, and there";
}

TEST_F(ContactPages, WhatWasSealedUnderAnotherKeyIsSaidToBeLost) {
    const VoiceId id = assigned(anna);
    people::Needs other{*database, *ledger, clock, kernel::Bytes(32, 99)};
    auto db = database->read();
    EXPECT_TRUE(contact_of(*db, other.server_key, id)->lost);
    EXPECT_FALSE(can_be_called(other)(*db, id));
    EXPECT_EQ(refused(open(other, as("handler"), id, Reason::ask_author)), "contact.none");
    http::Router second;
    contact::add_routes(second, other);
    http::Request r = people::request_by(as("handler"), http::Method::get, page_of(id));
    r.headers.emplace("accept-language", "en");
    const http::Response page = http::testing::answer(second, std::move(r));
    EXPECT_EQ(page.status, 200);
    EXPECT_TRUE(has(page, "sealed under another key"));
    EXPECT_FALSE(has(page, "name=\"reason\""));
}

TEST_F(ContactPages, ShownForTenMinutesToThisSessionAlone) {
    using http::Method;
    const VoiceId id = assigned(anna);
    const people::Actor handler = as("handler");
    EXPECT_EQ(send(as("colleague"), Method::get, page_of(id)).status, 403);
    EXPECT_EQ(send({}, Method::get, page_of(id)).status, 303);
    EXPECT_EQ(send(handler, Method::get, "/desk/voices/999999/contact").status, 404);
    EXPECT_EQ(send(handler, Method::get, "/desk/voices/01x/contact").status, 404);
    const http::Response form = send(handler, Method::get, page_of(id));
    EXPECT_TRUE(has(form, "name=\"reason\""));
    EXPECT_FALSE(has(form, "5551")) << "not before it is opened";
    EXPECT_FALSE(has(form, "value=\"call_back\""));
    EXPECT_EQ(send(handler, Method::post, page_of(id), {{"reason", "curiosity"}}).status, 422);
    EXPECT_EQ(send(handler, Method::post, page_of(id), {{"reason", "call_back"}}).status, 403);
    EXPECT_EQ(times_opened(*database->read(), id), 0);

    const http::Response opened = send(handler, Method::post, page_of(id), {{"reason", "ask_author"}});
    EXPECT_EQ(opened.status, 303);
    const std::string shown = cookie_of(opened);
    ASSERT_FALSE(shown.empty());
    EXPECT_TRUE(has(send(handler, Method::get, page_of(id), {}, "s1", shown), "5551 2345"));
    EXPECT_FALSE(has(send(handler, Method::get, page_of(id), {}, "s2", shown), "5551")) << "another session";
    EXPECT_FALSE(has(send(handler, Method::get, page_of(assigned(anna)), {}, "s1", shown), "5551")) << "another voice";
    std::string later = shown;
    later[later.find('.') + 1] = '9';
    for (const std::string& forged : {later, shown + "0", std::string(".."), std::string("1.2"), shown.substr(2)})
        EXPECT_FALSE(has(send(handler, Method::get, page_of(id), {}, "s1", forged), "5551")) << forged;
    must(voice::assign(*needs, as("clerk"), id, roads, as("colleague").officer));
    EXPECT_EQ(send(handler, Method::get, page_of(id), {}, "s1", shown).status, 403) << "no longer theirs";
    must(voice::assign(*needs, as("clerk"), id, roads, handler.officer));
    clock.advance(shown_for - 1000);
    EXPECT_TRUE(has(send(handler, Method::get, page_of(id), {}, "s1", shown), "5551"));
    clock.advance(1000);
    EXPECT_FALSE(has(send(handler, Method::get, page_of(id), {}, "s1", shown), "5551"));

    const std::string voice = std::to_string(id.value());
    const http::Response page = send({}, Method::get, "/voices/" + voice);
    EXPECT_TRUE(has(page, "Opened 1 time."));
    EXPECT_TRUE(has(page, "Post of handler"));
    EXPECT_FALSE(has(page, "5551"));
    EXPECT_TRUE(has(send(handler, Method::get, "/desk/voices/" + voice), page_of(id)));
    EXPECT_FALSE(has(send(as("colleague"), Method::get, "/desk/voices/" + voice), page_of(id)));
    EXPECT_FALSE(has(send({}, Method::get, "/api/v1/voices/" + voice), "5551"));
    answer(id);
    EXPECT_TRUE(has(send(as("caller"), Method::get, "/desk/call-back"), "/desk/voices/" + voice + "/call-back"));
    EXPECT_TRUE(has(send(as("caller"), Method::get, "/desk/voices/" + voice + "/call-back"), page_of(id)));
    EXPECT_TRUE(has(send(as("caller"), Method::get, page_of(id)), "value=\"call_back\""));
}

}  // namespace
}  // namespace contact
