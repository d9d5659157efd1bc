// On both engines: what was adopted stays readable, the newest holds, replay is life, also after reasons were erased.
#include <random>

#include <db/db.h>
#include <people/acts.h>
#include <people/testing.h>

#include "library.h"
#include "params.h"
#include "store.h"

namespace preset {
namespace {

using people::Role;

class Presets : public testing::TestWithParam<db::Engine>, protected people::TestOrganisation {
protected:
    Presets() : TestOrganisation(GetParam(), {add_kinds}) {
        officer(root, "boss", {Role::administrator});
        officer(root, "clerk", {Role::clerk});
    }

    kernel::Result<std::int64_t> adopted_by(std::string_view who, std::string_view id, std::optional<Params> own = {},
                                            std::string reason = "as decided") {
        return adopt(*needs, as(who), {std::string(id), std::move(own), std::move(reason)});
    }
    std::int64_t put(std::string_view id, std::optional<Params> own = {}, std::string reason = "as decided") {
        return kernel::must(adopted_by("boss", id, std::move(own), std::move(reason)));
    }
    Params longer(std::string_view id, int n) {
        Casework c = in_library(id)->preset.casework();
        c.reply.term.n = n;
        return c;
    }
    void set(const std::string& name, const std::string& value) {
        kernel::must(people::change_setting(*needs, as("boss"), {name, value, "r"}));
    }
};

TEST_P(Presets, TheSettingsHoldUntilOneIsAdopted) {
    auto db = database->read();
    EXPECT_FALSE(in_force(*db, Applies::cases));
    EXPECT_EQ(position(*db), -1);
    const Preset before = holding(*db, Applies::cases);
    EXPECT_EQ(before.entry, 0);
    EXPECT_EQ(before.id, "settings");
    EXPECT_TRUE(check(before.params));
    for (std::string_view kind : preset::kinds) EXPECT_EQ(before.casework().reply_term(kind).n, 10) << kind;
    EXPECT_EQ(holding(*db, Applies::measures).params, neutral(Applies::measures).preset.params);
}

// Each of the ten settings is a figure of it: what voice took from them, it takes from the preset.
TEST_P(Presets, EverySettingIsAFigure) {
    set("case.accept_days", "3");
    set("case.ask_back_days", "4");
    set("case.extension_days", "0");
    set("case.rating_days", "6");
    set("case.reopened_to_superior", "2");
    int n = 20;
    for (std::string_view kind : preset::kinds) set("case.reply_days_" + std::string(kind), std::to_string(++n));
    const Casework c = from_settings(*database->read(), Applies::cases).casework();
    EXPECT_EQ(c.accept.term.n, 3);
    EXPECT_EQ(c.stop(deadline::Reason::author_asked)->longest.n, 4);
    EXPECT_EQ(c.stop(deadline::Reason::hearing), nullptr);
    EXPECT_EQ(c.extension.most, 0);
    EXPECT_EQ(c.rating.n, 6);
    EXPECT_EQ(c.superior_at, 2);
    n = 20;
    for (std::string_view kind : preset::kinds) {
        EXPECT_EQ(c.reply_term(kind).n, ++n) << kind;
        EXPECT_EQ(c.again_term(kind).n, n) << kind;
    }
    EXPECT_EQ(c.bounce.most, 2);
    EXPECT_EQ(c.bounce.within.n, 5);
    EXPECT_TRUE(check(Params(c)));
    set("case.extension_days", "12");
    const Casework more = from_settings(*database->read(), Applies::cases).casework();
    EXPECT_EQ(more.extension.most, 1);
    EXPECT_EQ(more.extension.longest.n, 12);
    // The steps at which lateness was entered before there were presets.
    std::string late;
    for (int at = 0; at < 100;) {
        at = deadline::step_after(more.reply.ladder, more.reply.then_every, at)->at;
        late += std::to_string(at) + ' ';
    }
    EXPECT_EQ(late, "1 5 10 20 40 60 80 100 ");
}

TEST_P(Presets, TheNewestHoldsAndOldOnesStay) {
    const std::int64_t first = put("cn.12345.ay"), own = put("cn.12345.ay", longer("cn.12345.ay", 7), "more time");
    const std::int64_t petitions = put("cn.xf"), second = put("letters.generic");
    auto db = database->read();
    EXPECT_EQ(in_force(*db, Applies::cases)->entry, second);
    EXPECT_FALSE(in_force(*db, Applies::measures));
    EXPECT_EQ(position(*db), second);
    EXPECT_EQ(preset::preset(*db, first)->params, in_library("cn.12345.ay")->preset.params);
    const Preset mine = preset::preset(*db, own).value();
    EXPECT_EQ(mine.id, "own");
    EXPECT_EQ(mine.version, 1);
    EXPECT_EQ(mine.based_on, (Based{"cn.12345.ay", 1}));
    EXPECT_EQ(mine.changed, std::vector<std::string>{"reply.term"});
    EXPECT_EQ(mine.casework().reply.term.n, 7);
    EXPECT_EQ(mine.reason, "more time");
    EXPECT_EQ(mine.retrieved, kernel::parse_day("2025-04-19"));
    EXPECT_FALSE(preset::preset(*db, 0));
    EXPECT_FALSE(preset::preset(*db, 999'999));
    const auto all = adopted(*db, {}, 10);
    ASSERT_EQ(all.size(), 4u);
    EXPECT_EQ(all.front().entry, second);
    EXPECT_EQ(adopted(*db, petitions, 1).front().entry, own);
    EXPECT_EQ(slip(*db, own)->link, "/rules/presets/" + std::to_string(own));
    EXPECT_FALSE(slip(*db, 0));
    expect_same_after_rebuild();
}

TEST_P(Presets, WhoMay) {
    EXPECT_EQ(kernel::refused(adopted_by("clerk", "cn.xf")), "people.role_needed_administrator");
    EXPECT_EQ(kernel::refused(adopt(*needs, {}, {"cn.xf", {}, "r"})), "people.sign_in_first");
    EXPECT_EQ(kernel::refused(adopted_by("boss", "cn.nowhere")), "preset.unknown");
    EXPECT_EQ(kernel::refused(adopted_by("boss", "cn.ogi.answer")), "preset.not_adoptable");
    put("cn.xf");
    EXPECT_EQ(kernel::refused(adopted_by("boss", "cn.xf")), "preset.in_force_already");
    const std::optional<kernel::Hash> once = kernel::random_hash();
    const auto one = adopt(*needs, as("boss"), {"letters.generic", {}, "r"}, once);
    EXPECT_EQ(*adopt(*needs, as("boss"), {"letters.generic", {}, "r"}, once), *one) << "the same form, sent twice";
}

TEST_P(Presets, ReplayIsLifeAfterRandomActsAndErasures) {
    std::mt19937 random(20'26);
    const char* const ids[] = {"cn.xf", "cn.12345.ay", "letters.generic", "rect.audit", "rect.generic"};
    std::vector<std::int64_t> entries;
    for (int i = 0; i < 40; ++i) {
        const std::string id = ids[random() % 5];
        std::optional<Params> own;
        if (!id.starts_with("rect") && random() % 2) own = longer(id, static_cast<int>(random() % 30));
        if (const auto done = adopted_by("boss", id, std::move(own), "secret " + std::to_string(i)))
            entries.push_back(*done);
        if (!entries.empty() && random() % 4 == 0) {
            erase(entries[random() % entries.size()]);
            entries.clear();
        }
    }
    const std::int64_t last = put("cn.12345.biz", {}, "secret to go");
    erase(last);
    auto db = database->read();
    EXPECT_EQ(in_force(*db, Applies::cases)->reason, "");
    EXPECT_EQ(in_force(*db, Applies::cases)->id, "cn.12345.biz") << "facts stay";
    expect_same_after_rebuild();
}

INSTANTIATE_TEST_SUITE_P(Engines, Presets, testing::ValuesIn(db::engines),
                         [](const auto& each) { return db::engine_name(each); });

}  // namespace
}  // namespace preset
