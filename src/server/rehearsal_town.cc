// The round behind the imported conversation of a town: one measure under way, one done and judged by too few, one
// proposal refused. And the round after the first one, open for whoever visits.
#include "rehearsal_round.h"
#include "wiring.h"

namespace server {
namespace {

using decision::MotionKind;

struct Town {
    explicit Town(Stage& stage, const Imported& imported) : round(stage, imported, "en") {}
    Round round;
    issue::IssueId lights, buses, pavements;
    std::int64_t counted = 0;  // the entry of the first report
    claim::ClaimId reported;
};
using SharedTown = std::shared_ptr<Town>;

constexpr const char *timed = "Time the lights of Scottsville Road for the rush hour",
                     *paved = "Close the gaps between pavements near schools";

void gather(Town& t) {
    t.lights =
        t.round.issue("sample-roads", "Traffic lights in the rush hour",
                      "Nearly everybody agrees that traffic must flow better; most name the lights.", {82, 66, 83, 69});
    t.buses = t.round.issue("sample-roads", "A bus system", "Who has no car cannot get to work.", {57, 529});
    t.pavements =
        t.round.issue("sample-roads", "Pavements that connect", "They begin and end without reason.", {44, 146, 184});
    t.round.confirmed(t.lights, static_cast<int>(issue::Mark::hot), "Twenty in twenty-one agree");
    t.round.confirmed(t.buses, static_cast<int>(issue::Mark::difficult), "Asked for in every round, never paid for");
    t.round.confirmed(t.pavements, 0, "");
}

std::vector<decision::MotionDraft> motions(const Town& t) {
    const measure::Draft lights = t.round.promise(
        t.lights, measure::Kind::fix, timed, "Count the traffic at nine crossings, then set the cycles by time of day.",
        {"minutes from the bypass to the square at 17:00", "minutes", {19, 0}, {13, 0}}, -40,
        "Everybody who drives there");
    const measure::Draft pavements = t.round.promise(
        t.pavements, measure::Kind::fix, paved, "Six gaps within 500 metres of a school, 1.4 km in all.",
        {"gaps", "gaps", {6, 0}, {0, 0}}, 30, "Children who walk to school");
    return {{t.lights, MotionKind::adopt_measures, "Adopt: time the lights", "", "en", false, {lights}},
            {t.pavements, MotionKind::adopt_measures, "Adopt: close six gaps", "", "en", false, {pavements}},
            {t.buses,
             MotionKind::refuse,
             "Refuse: a bus system this year",
             "A line costs about as much as all road works of a year. The state's grant is applied for in spring; the "
             "question comes back in the next round with its answer.",
             "en",
             true,
             {}}};
}

void work(Stage& s, const SharedTown& t) {
    const auto reports = [t](const char* title, int percent, std::int64_t value, const char* text) {
        must(measure::progress(t->round.needs(), t->round.stage().as("sample-roads"), t->round.measure(title),
                               {percent, measure::Decimal{value, 0}, text, "Count sheets, open at the counter"}),
             "progress");
    };
    s.on(58, 10, [t, reports] {
        reports(timed, 35, 18, "Five of nine crossings counted.");
        t->counted = t->round.needs().ledger.size() - 1;
    });
    s.on(55, 17, [t] {
        t->reported = must(claim::file(t->round.needs(), claim_hooks(), t->counted, people::Ground::personal_data,
                                       "The count sheets at the counter name who stood at the crossings."),
                           "a claim");
    });
    s.on(54, 11, [t] {
        must(claim::decide(t->round.needs(), claim_hooks(), t->round.stage().as("sample-moderator"), t->reported,
                           {claim::Outcome::stays,
                            {},
                            "The report names nobody. What lies at the counter shows numbers of cars by the hour; the "
                            "sheets were looked through, and there are no names in them."}),
             "a decision on a claim");
    });
    s.on(21, 10, [reports] { reports(timed, 60, 16, "All nine counted; three run on the new cycles."); });
    s.on(33, 15, [t] {
        must(measure::report_done(t->round.needs(), t->round.stage().as("sample-roads"), t->round.measure(paved),
                                  {100, measure::Decimal{0, 0}, "The sixth gap was closed on Friday.", "Photographs"}),
             "a report");
    });
    s.on(31, 11, [t] {
        must(measure::verify(t->round.needs(), t->round.stage().as("sample-inspector"), t->round.measure(paved), true,
                             "Walked all six with a pram."),
             "a check");
    });
    s.on(30, 9, [t] {
        t->round.judged(t->round.measure(paved), "Can your child walk to school on a pavement now?", 16,
                        {{{review::Group::recipients, "Parents", "Drawn from the list of one school", 100,
                           review::Secrecy::secret, 6},
                          "5440"}});
    });
}

}  // namespace

void plan_town(Stage& s, const Imported& imported) {
    const SharedTown t = std::make_shared<Town>(s, imported);
    s.on(116, 9, [t] { t->round.enters(cycle::Phase::consult, "The imported conversation can be read."); });
    s.on(101, 10, [t] { gather(*t); });
    s.on(97, 9, [t] { t->round.called(91, "Room 2", motions(*t)); });
    s.on(92, 9, [t] { t->round.enters(cycle::Phase::decide, "Three issues are before the council."); });
    s.on(91, 14, [t] {
        t->round.sits({"yyyy", "yyyy", "yyan"},
                      "Four of five present. Two motions carried by name, one refusal carried by secret count.");
    });
    s.on(88, 9, [t] { t->round.enters(cycle::Phase::act, "The minutes are signed."); });
    work(s, t);
}

void plan_next(Stage& s, people::CycleId before) {
    s.on(6, 10, [&s, before] {
        const people::Actor clerk = s.as("sample-clerk");
        cycle::Draft draft;
        draft.name = "第二轮：网约车，办得怎么样";
        draft.lang = "zh-Hans";
        draft.organiser = s.root;
        draft.context = {"乘客、司机、出租车经营者", "上一轮通过的三项措施：一项做到，一项退回，一项逾期",
                         "许可科六人；平台数据接口已开通三家", "费率由上级核定，本处不能改"};
        draft.criteria = {"说到的要做到", "事先看得见价格", "出了事有人管"};
        draft.inherits = before;
        draft.sample = true;
        const auto round = must(cycle::open(s.needs(), clerk, draft), draft.name);
        dialogue::Draft asked;
        asked.cycle = round;
        asked.question = "上一轮的措施，您觉得办得怎么样？下一步先办哪一件？";
        asked.lang = "zh-Hans";
        asked.admission = dialogue::Admission::at_once;
        asked.sample = true;
        const auto dialogue = must(dialogue::open(s.needs(), clerk, asked), asked.question);
        for (const char* text : {"上车前就该看到这一趟的总价。", "逾期的司机复审，应当停派到复审完为止。",
                                 "争端记录公开成扫描件，等于没有公开。", "有保险标志以后，我更愿意坐网约车。",
                                 "加价可以，但要有封顶。", "每季度开一次会，请司机和乘客都来。",
                                 "督查科应当抽查，不要只看报表。", "老人不会用手机叫车，应当留电话叫车。"})
            must(dialogue::seed(s.needs(), clerk, dialogue, text, "zh-Hans"), text);
        must(cycle::advance(s.needs(), clerk, round, cycle::Phase::consult, {}, "开始征求意见。"), draft.name);
        open_survey(s, round);
    });
}

}  // namespace server
