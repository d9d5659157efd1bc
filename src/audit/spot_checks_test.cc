// The lot is drawn again; what an operator changed of it is named with its entry.
#include <algorithm>

#include "test_story.h"

namespace audit {
namespace {

kernel::Hash leaf_of(std::size_t i, const Written& w) {
    return kernel::sha256({kernel::view("leaf "), kernel::view(std::to_string(i)), kernel::view(w.kind),
                           kernel::view(kernel::canonical(w.facts))});
}
// RFC 6962, section 2.1, as it is written there.
kernel::Hash root_of(const std::vector<kernel::Hash>& leaves, std::size_t from, std::size_t to) {
    if (to - from == 1) return leaves[from];
    std::size_t k = 1;
    while (k * 2 < to - from) k *= 2;
    const std::uint8_t one[] = {1};
    const kernel::Hash left = root_of(leaves, from, from + k), right = root_of(leaves, from + k, to);
    return kernel::sha256({kernel::View(one), kernel::View(left), kernel::View(right)});
}

struct Checked : Story {
    std::vector<std::int64_t> voices;
    std::int64_t announced = 0, drawn = 0, looked = 0, reopened = 0, not_looked = 0;

    static std::string n(std::int64_t number) { return std::to_string(number); }
    std::int64_t closed_voice() {
        const std::int64_t id =
            add("voice.received", desk,
                R"({"accept_late":"2026-07-03","audience":"open","by_staff":false,"cycle":)" + n(desk) +
                    R"(,"kind":"question","photos":0,"reply":)" + term("2026-07-01", 5, "2026-07-08", "2026-07-09") +
                    R"(,"sample":false,"shown":"published","speaker":"x","terms":{},"way":"web"})");
        add("voice.assigned", id, R"({"by":1,"day":"2026-07-01","unit":)" + n(unit) + R"(,"voice":)" + n(id) + "}");
        add("voice.answered", id, R"({"answer":"done","by":31,"term":"2026-07-20","voice":)" + n(id) + "}");
        add("voice.closed_unrated", id, R"({"voice":)" + n(id) + "}");
        return id;
    }
    Checked() {
        on("2026-07-02");
        for (int i = 0; i < 6; ++i) voices.push_back(closed_voice());
        on("2026-10-01");
        announced = static_cast<std::int64_t>(log.size());
        add("spotcheck.announced", announced,
            R"({"by":0,"day":"2026-10-01","from":0,"look_days":20,"n":3,"quarter":"2026-09-30","sample":false,"to":)" +
                n(announced) + R"(,"unit":)" + n(unit) + "}");
        std::vector<kernel::Hash> leaves;
        for (std::size_t i = 0; i < log.size(); ++i) leaves.push_back(leaf_of(i, log[i]));
        const kernel::Hash root = root_of(leaves, 0, leaves.size());
        const kernel::Hash seed = kernel::sha256(
            {kernel::view("huiyin spot check\n"), kernel::View(root), kernel::view("\n"), kernel::view(n(unit))});
        std::vector<std::int64_t> lot = voices;
        std::sort(lot.begin(), lot.end(), [&](std::int64_t a, std::int64_t b) {
            return kernel::hmac_sha256(seed, kernel::view(n(a))) < kernel::hmac_sha256(seed, kernel::view(n(b)));
        });
        std::string list;
        for (int i = 0; i < 3; ++i)
            list += (i ? "," : "") + std::string(R"({"kind":"voice","matter":)") + n(lot[static_cast<std::size_t>(i)]) +
                    "}";
        drawn = add("spotcheck.drawn", announced,
                    R"({"drawn":[)" + list + R"(],"due":"2026-10-29","population":6,"root":")" + kernel::hex(root) +
                        R"(","size":)" + n(announced + 1) + "}");
        on("2026-10-05");
        looked = add("spotcheck.looked", announced,
                     R"({"by":41,"day":"2026-10-05","matter":)" + n(lot[0]) +
                         R"(,"on_site":true,"outcome":"not_as_said","reopens":true,"unit":)" + n(other) + "}");
        reopened = add("voice.found_open", lot[0],
                       R"({"look":)" + n(looked) + R"(,"reply":)" + term("2026-10-05", 5, "2026-10-12", "2026-10-13") +
                           R"(,"unit":)" + n(unit) + R"(,"voice":)" + n(lot[0]) + "}");
        add("spotcheck.looked", announced,
            R"({"by":41,"day":"2026-10-05","matter":)" + n(lot[1]) +
                R"(,"on_site":false,"outcome":"as_said","reopens":false,"unit":)" + n(other) + "}");
        on("2026-10-07");
        add("voice.answered", lot[0], R"({"answer":"done","by":31,"term":"2026-10-27","voice":)" + n(lot[0]) + "}");
        on("2026-10-30");
        not_looked = add("spotcheck.not_looked", announced, R"({"matters":[)" + n(lot[2]) + "]}");
    }
};

std::string lot_faults_of(const Log& log, kernel::Json* card = nullptr, std::int64_t unit = 0, bool leaves = true) {
    Audit audit;
    for (std::size_t i = 0; i < log.size(); ++i) {
        const std::string facts = kernel::canonical(log[i].facts);
        Entry e{static_cast<std::int64_t>(i),        log[i].kind, 1, log[i].subject, {},
                *kernel::parse_instant(log[i].time), facts};
        if (leaves) e.leaf = leaf_of(i, log[i]);
        audit.take(e);
    }
    std::string all;
    for (const Fault& f : audit.finish().faults) all += std::to_string(f.entry.value_or(-1)) + ": " + f.what + "\n";
    if (card) *card = *audit.figures({"scorecard", unit, "2026-10-01", "2026-12-31"});
    return all;
}

TEST(AuditSpotChecks, TheLotIsDrawnAgainAndCounted) {
    const Checked s;
    kernel::Json card;
    EXPECT_EQ(lot_faults_of(s.log, &card, s.unit), "");
    const kernel::Json& figure = card.need_array("figures")[6];
    EXPECT_EQ(figure.need_string("key"), "spot_checks");
    EXPECT_EQ(figure.need_integer("n"), 2);
    EXPECT_EQ(figure.need_array("inside")[0].need_integer("n"), 1);
    EXPECT_EQ(figure.need_array("outside")[0].need_integer("n"), 1) << "drawn, and nobody looked";
    EXPECT_EQ(figure.need_array("outside")[1].need_integer("n"), 1) << "not in time";
}

TEST(AuditSpotChecks, EveryLieIsFoundAtItsEntry) {
    const Checked s;
    const auto found = [&](std::int64_t entry, const std::function<void(kernel::Json&)>& lie, const char* says) {
        Log log = s.log;
        lie(log[static_cast<std::size_t>(entry)].facts);
        const std::string all = lot_faults_of(log);
        EXPECT_NE(all.find(std::to_string(entry) + ": "), std::string::npos) << says << "\n" << all;
        EXPECT_NE(all.find(says), std::string::npos) << says << "\n" << all;
    };
    std::int64_t left_out = 0;
    const std::string list = kernel::canonical(s.log[static_cast<std::size_t>(s.drawn)].facts["drawn"]);
    for (std::int64_t id : s.voices)
        if (list.find(":" + std::to_string(id) + "}") == std::string::npos) left_out = id;
    found(
        s.drawn, [&](kernel::Json& f) { (*f.object())["drawn"].array()->at(2).set("matter", left_out); },
        "the lot falls on others");
    found(
        s.drawn, [](kernel::Json& f) { (*f.object())["drawn"].array()->pop_back(); }, "the lot falls on others");
    found(
        s.drawn, [](kernel::Json& f) { f.set("population", 5); }, "drawn from 5, the log gives 6");
    found(
        s.drawn, [](kernel::Json& f) { f.set("root", std::string(64, 'a')); }, "a root that the log does not have");
    found(
        s.drawn, [&](kernel::Json& f) { f.set("size", s.announced); }, "another tree");
    found(
        s.announced, [&](kernel::Json& f) { f.set("from", s.voices[1]); }, "what was not drawn from before");
    found(
        s.looked, [&](kernel::Json& f) { f.set("unit", s.unit); }, "which is not independent");
    found(
        s.looked, [&](kernel::Json& f) { f.set("matter", left_out); }, "which was not drawn");
    found(
        s.looked, [](kernel::Json& f) { f.set("reopens", false); }, "not as said, and left closed");
    found(
        s.reopened, [](kernel::Json& f) { f.set("look", 3); }, "which is none about it");
    found(
        s.not_looked, [&](kernel::Json& f) { (*f.object())["matters"].array()->emplace_back(s.voices[0]); },
        "said to be not looked at");
    Log log = s.log;
    log[static_cast<std::size_t>(s.reopened)] = {"cycle.criterion_set", s.round, json_of("{}"), "2026-10-05T04:00:00Z"};
    EXPECT_NE(lot_faults_of(log).find("it was not opened again"), std::string::npos);
}

TEST(AuditSpotChecks, WithoutLeavesTheRestIsStillCounted) {
    const Checked s;
    EXPECT_EQ(lot_faults_of(s.log, nullptr, 0, false), "");
}

}  // namespace
}  // namespace audit
