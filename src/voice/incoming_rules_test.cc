#include "rules.h"

#include <functional>

#include <gtest/gtest.h>

#include "test_cases.h"

namespace voice::rules {
namespace {

using people::Role;

TEST(VoiceRules, PositionsAndLanguages) {
    for (std::string_view good :
         {"31.2304,121.4737", "-33.8688,151.2093", "0,0", "90,180", "-90.0000,-180.0000", "89.9999,179.9999"})
        EXPECT_TRUE(valid_position(good)) << good;
    for (std::string_view bad : {"", "31.2304", "31.23041,121.4737", "91,0", "90.0001,0", "0,181", "a,b", "31.,121",
                                 ".5,1", "1,2,3", " 1,2", "1, 2", "+1,2", "--1,2", "1234,1"})
        EXPECT_FALSE(valid_position(bad)) << bad;
    EXPECT_TRUE(valid_language("zh-Hant"));
    for (std::string_view bad : {"", "x", "zh_Hant", "zh hant", "<b>"}) EXPECT_FALSE(valid_language(bad)) << bad;
}

Draft a_draft() {
    Draft d;
    d.cycle = people::CycleId(9);
    d.text = "The lamp is dark.";
    d.lang = "en";
    return d;
}
Incoming an_incoming() {
    Incoming in{on("2026-11-23"), the_terms};
    in.contact = "The inspector, room 3";
    return in;
}

TEST(VoiceRules, WhatComesIn) {
    Incoming in = an_incoming();
    Draft d = a_draft();
    EXPECT_EQ(receive(d, in)->shown, Shown::published);
    EXPECT_EQ(kernel::iso(receive(d, in)->reply.due), "2026-12-07");
    EXPECT_EQ(kernel::iso(receive(d, in)->accept_late), "2026-11-26");
    in.personal_numbers = true;
    EXPECT_EQ(receive(d, in)->shown, Shown::held);
    EXPECT_EQ(kernel::iso(receive(d, in)->held->until), "2026-11-25");
    d.audience = Audience::unit_only;
    EXPECT_EQ(receive(d, in)->shown, Shown::unit_only) << "nobody but the unit sees the number";
    in.personal_numbers = false;

    struct Row {
        std::function<void(Draft&, Incoming&)> make;
        std::string_view key, field;
    };
    const Row rows[] = {
        {[](Draft& x, Incoming&) { x.text = ""; }, "voice.text_missing", "text"},
        {[](Draft& x, Incoming&) { x.text = std::string(5001, 'x'); }, "kernel.text_too_long", "text"},
        {[](Draft& x, Incoming&) { x.title = std::string(121, 'x'); }, "kernel.text_too_long", "title"},
        {[](Draft& x, Incoming&) { x.place = std::string(201, 'x'); }, "kernel.text_too_long", "place"},
        {[](Draft& x, Incoming&) { x.lang = ""; }, "voice.language_unknown", "lang"},
        {[](Draft& x, Incoming&) { x.position = "here"; }, "voice.position_malformed", "position"},
        {[](Draft& x, Incoming&) { x.about_person = true; }, "voice.about_person", "about_person"},
        {[](Draft& x, Incoming& i) {
             x.about_person = true;
             i.contact = "";
         },
         "voice.about_person_unsaid", "about_person"},
        {[](Draft& x, Incoming&) { x.photos.resize(4); }, "voice.photos_too_many", "photos"},
        {[](Draft& x, Incoming&) { x.photos.resize(2), x.papers.resize(2); }, "voice.photos_too_many", "photos"},
        {[](Draft&, Incoming& i) { i.place_known = false; }, "voice.place_unknown", "place"},
        {[](Draft& x, Incoming&) { x.way = Way::telephone; }, "voice.way_needs_staff", "way"},
        {[](Draft& x, Incoming& i) {
             x.way = Way::paper;
             i.who = officer(Role::administrator, true);
         },
         "voice.way_needs_staff", "way"},
        {[](Draft& x, Incoming& i) {
             x.way = Way::paper;
             i.who = officer(Role::inspector, true);
         },
         "voice.way_needs_staff", "way"},
        {[](Draft& x, Incoming& i) {
             x.way = Way::paper;
             i.who = officer(Role::clerk, true);
         },
         "", ""},
    };
    for (const Row& row : rows) {
        Draft bad = a_draft();
        Incoming world = an_incoming();
        row.make(bad, world);
        EXPECT_EQ(key(receive(bad, world)), row.key);
        EXPECT_EQ(at(receive(bad, world)), row.field);
    }
    in.who = officer(Role::officer, true);
    EXPECT_TRUE(receive(a_draft(), in)->by_staff);
    EXPECT_FALSE(receive(a_draft(), in)->typist);
    Draft typed = a_draft();
    typed.way = Way::telephone;
    EXPECT_FALSE(receive(typed, in)->by_staff);
    EXPECT_EQ(receive(typed, in)->typist, in.who.officer);
    // Paper: typed by one person and handed in by another, due from the day on which it arrived, which is past.
    typed.way = Way::paper;
    typed.typist = people::OfficerId(77);
    EXPECT_EQ(receive(typed, in)->typist, people::OfficerId(77));
    typed.arrived = on("2026-11-16").day;
    EXPECT_EQ(receive(typed, in)->reply.from, on("2026-11-16").day);
    EXPECT_EQ(kernel::iso(receive(typed, in)->reply.due), "2026-11-30");
    EXPECT_EQ(kernel::iso(receive(typed, in)->accept_late), "2026-11-26") << "no unit had it before";
    typed.arrived = on("2026-12-01").day;
    EXPECT_EQ(receive(typed, in)->reply.from, on("2026-11-23").day) << "never from a day to come";
    Draft exact = a_draft();
    exact.text.clear();
    for (int i = 0; i < 5000; ++i) exact.text += "字";
    EXPECT_TRUE(receive(exact, an_incoming())) << "5,000 code points, however many bytes";
}

}  // namespace
}  // namespace voice::rules
