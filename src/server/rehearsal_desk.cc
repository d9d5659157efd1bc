// What people say at the always-open desk of the sample office, and what becomes of it: answers in time and too late,
// a refusal with its reason, a case reopened, a removal that was wrong and is taken back.
#include <map>
#include <memory>

#include <issue/issue.h>
#include <measure/measure.h>
#include <preset/preset.h>
#include <routing/routing.h>
#include <voice/casework.h>
#include <voice/voice.h>

#include "rehearsal_stage.h"

namespace server {
namespace {

using voice::Kind;
using voice::VoiceId;

class Desk {
public:
    explicit Desk(Stage& stage) : stage_(stage), desk_(cycle::standing_desk(*stage.database().read()).id) {}

    void says(const std::string& who, Kind kind, const char* lang, const char* text, const char* place,
              voice::Audience audience = voice::Audience::open, voice::Way way = voice::Way::web,
              const char* category = "", const char* district = "") {
        voice::Draft draft;
        draft.cycle = desk_;
        draft.kind = kind;
        draft.audience = audience;
        draft.way = way;
        draft.lang = lang;
        draft.text = text;
        draft.place = place;
        draft.category = category;
        draft.district = district;
        draft.sample = true;
        const people::Actor actor =
            way == voice::Way::web ? Stage::visitor(who) : stage_.as("sample-clerk");  // who types for a caller
        said_[who] = must(voice::receive(needs(), actor, draft, std::nullopt), text);
    }
    VoiceId id(const std::string& who) const { return said_.at(who).id; }
    void goes_to(const std::string& who, people::UnitId unit) {
        must(voice::assign(needs(), stage_.as("sample-clerk"), id(who), unit, {}), "an assignment");
    }
    void answered(const std::string& who, const char* by, voice::Answer how, const char* text,
                  std::optional<kernel::Day> until = {}) {
        must(voice::answer(needs(), stage_.as(by), id(who), how, text, until), text);
    }
    void rates(const std::string& who, bool solved, int stars, const char* words) {
        must(voice::rate(needs(), Stage::visitor(who), id(who), said_.at(who).code, solved, stars, words), words);
    }
    const std::string& code(const std::string& who) const { return said_.at(who).code; }
    const people::Needs& needs() const { return stage_.needs(); }
    Stage& stage() { return stage_; }
    people::CycleId cycle() const { return desk_; }

private:
    Stage& stage_;
    people::CycleId desk_;
    std::map<std::string, voice::Received> said_;
};

using SharedDesk = std::shared_ptr<Desk>;

void set_table(Stage& s) {
    routing::Draft draft;
    draft.lists.categories = {{"roads", {"道路与路灯", "道路與路燈", "Roads and lights"}},
                              {"tickets", {"车票与班次", "車票與班次", "Tickets and timetables"}},
                              {"other", {"其他", "其他", "Something else"}}};
    draft.lists.districts = {{"old-town", {"旧城", "舊城", "Old town"}}, {"riverside", {"河滨", "河濱", "Riverside"}}};
    draft.lists.rows = {{"roads", "", "", s.roads, true}, {"tickets", "", "", s.licensing, true}};
    draft.reason = "Two kinds of messages always go the same way. 两类意见总是同一个去处。";
    routing::Hooks hooks;
    for (Kind kind : voice::all_kinds)
        hooks.kinds.push_back({std::string(voice::name(kind)), "voice.kind_" + std::string(voice::name(kind))});
    must(routing::set_table(s.needs(), hooks, s.as(s.administrator), draft), "a routing table");
}

void plan_good_days(Stage& s, const SharedDesk& d) {
    s.on(112, 9, [d] {
        d->says("lamp", Kind::help, "zh-Hans", "梅园路公交站的灯坏了一个星期，晚上等车看不见台阶。", "梅园路站");
        d->goes_to("lamp", d->stage().roads);
    });
    s.on(110, 15, [d] {
        d->answered("lamp", "sample-roads", voice::Answer::done, "昨天傍晚换了灯管和触发器，今晚七点复查，灯是亮的。");
    });
    s.on(109, 20, [d] { d->rates("lamp", true, 5, "亮了，谢谢。"); });
    s.on(101, 11, [d] {
        d->says("timetable", Kind::question, "en", "Where can I find the winter timetable of the river ferry?", "");
        d->goes_to("timetable", d->stage().licensing);
    });
    s.on(100, 10, [d] {
        d->answered("timetable", "sample-licensing", voice::Answer::done,
                    "It is posted at both piers since Monday; the first boat leaves at 06:30, the last at 22:00.");
    });
    s.on(84, 16, [d] {
        d->says("driver", Kind::praise, "zh-Hant", "昨晚末班車的司機等一位拄拐杖的先生坐穩才開車，謝謝他。", "");
        d->goes_to("driver", d->stage().licensing);
    });
    s.on(82, 10,
         [d] { d->answered("driver", "sample-licensing", voice::Answer::done, "已轉告車隊，並記入當月服務紀錄。"); });
    s.on(81, 21, [d] { d->rates("driver", true, 4, ""); });
    s.on(60, 10, [d] {
        d->says("caller", Kind::help, "zh-Hans", "来电：东门路口人行横道的按钮按了没有反应，推婴儿车过不去。",
                "东门路口", voice::Audience::open, voice::Way::telephone);
        d->goes_to("caller", d->stage().roads);
    });
    s.on(57, 14, [d] {
        d->answered("caller", "sample-roads", voice::Answer::done, "按钮接线断了，已接好；过街时间由20秒调为28秒。");
    });
    s.on(44, 9, [d] {
        d->says("neighbour", Kind::complaint, "zh-Hans", "施工队连续三晚十一点以后切割路面，影响休息。", "柳林街",
                voice::Audience::unit_only);
        d->goes_to("neighbour", d->stage().roads);
    });
    s.on(42, 9, [d] {
        d->answered("neighbour", "sample-roads", voice::Answer::agreed,
                    "与施工队约定：22时后不切割，急修另行张贴告示；下周一、四夜间到场查看。", d->stage().day(36));
    });
    s.on(41, 20, [d] {
        must(voice::say_agreed(d->needs(), Stage::visitor("neighbour"), d->id("neighbour"), d->code("neighbour"), true,
                               ""),
             "an agreement");
    });
    s.on(40, 19, [d] { d->rates("neighbour", true, 4, "这几晚安静了。"); });
    s.on(31, 20, [d] {
        must(voice::judge_agreement(d->needs(), Stage::visitor("neighbour"), d->id("neighbour"), d->code("neighbour"),
                                    true, "周四来看过了。"),
             "a judgement of an agreement");
    });
}

void plan_bad_news(Stage& s, const SharedDesk& d) {
    s.on(105, 8, [d] {
        d->says("pothole", Kind::complaint, "zh-Hans", "学府路辅路的坑补了又塌，昨天又有人骑车摔倒。", "学府路");
        d->goes_to("pothole", d->stage().roads);
    });
    s.on(102, 17, [d] { d->answered("pothole", "sample-roads", voice::Answer::done, "已用冷料填平。"); });
    s.on(95, 8, [d] {
        must(voice::reopen(d->needs(), Stage::visitor("pothole"), d->id("pothole"), d->code("pothole"),
                           "下了一场雨又塌了，只填表面不管下面。"),
             "a reopening");
    });
    s.on(91, 16, [d] {
        d->answered("pothole", "sample-roads-head", voice::Answer::dated,
                    "挖开后发现雨水管接口渗漏，要先换管再做路面；期间用钢板覆盖并夜间警示。", d->stage().day(20));
    });
    s.on(90, 20, [d] { d->rates("pothole", false, 2, "等修好再说。"); });
    s.on(97, 10, [d] {
        d->says("subsidy", Kind::suggestion, "zh-Hans", "希望六十岁以上乘车就免费，不要等到七十岁。", "");
        d->goes_to("subsidy", d->stage().licensing);
    });
    s.on(88, 11, [d] {
        d->answered("subsidy", "sample-licensing-head", voice::Answer::cannot,
                    "免费年龄由上级条例定为七十岁，本处不能改；降到六十岁每年约增加支出三成，今年预算没有这一项。"
                    "您的意见已列入向上级的年度建议清单第四条。");
    });
    s.on(87, 9, [d] { d->rates("subsidy", false, 2, "理由说清楚了，结果不满意。"); });
    s.on(46, 10, [d] {
        d->says("shelter", Kind::help, "en",
                "The shelter at Mill Lane has had no roof since the storm. My mother waits there three times a week.",
                "Mill Lane");
        d->goes_to("shelter", d->stage().roads);  // nobody answers: the clock enters that it is late
    });
    s.on(45, 16, [d] {
        d->says("shelter again", Kind::help, "zh-Hans", "磨坊巷的候车亭顶棚被风掀了，下雨天没处躲。", "磨坊巷");
        must(voice::join(d->needs(), d->stage().as("sample-clerk"), d->id("shelter again"), d->id("shelter"),
                         "同一个候车亭"),
             "joining");
    });
    s.on(38, 13, [d] {
        d->says("ads", Kind::complaint, "zh-Hant", "公車站牌被同一家補習班的廣告蓋住，看不到班次，請拆掉。",
                "市場口站");
        must(voice::hide(d->needs(), d->stage().as("sample-moderator"), d->id("ads"), voice::Ground::advertising,
                         "含有商業名稱"),
             "a removal");
    });
    s.on(37, 9, [d] {
        must(voice::appeal(d->needs(), Stage::visitor("ads"), d->id("ads"), d->code("ads"),
                           "我沒有打廣告，我是說廣告擋住了站牌。"),
             "an appeal");
    });
    s.on(35, 15, [d] {
        must(voice::show_again(d->needs(), d->stage().as("sample-moderator-2"), d->id("ads"),
                               "申覆成立：內容是反映廣告遮擋站牌，不是廣告。"),
             "an upheld appeal");
        d->goes_to("ads", d->stage().licensing);
    });
    s.on(31, 15, [d] {
        d->answered("ads", "sample-licensing", voice::Answer::done, "已通知業者拆除，站牌改為雙面並加註檢舉電話。");
    });
    s.on(33, 18, [d] {
        d->says("threat", Kind::complaint, "zh-Hans", "再不修我就去砸了你们的车。", "");
        must(voice::hide(d->needs(), d->stage().as("sample-moderator"), d->id("threat"), voice::Ground::threat_or_hate,
                         "对人身和财物的威胁"),
             "a removal");
    });
    s.on(26, 12, [d] {
        d->says("parking", Kind::suggestion, "en", "Please add two disabled parking spaces at the ferry pier.",
                "Ferry pier");
        d->goes_to("parking", d->stage().roads);
    });
    s.on(25, 9, [d] {
        must(voice::withdraw(d->needs(), Stage::visitor("parking"), d->id("parking"), d->code("parking"), false),
             "a withdrawal");
    });
    s.on(9, 10, [d] {
        d->says("signal", Kind::help, "zh-Hans", "医院门口的红绿灯绿灯太短，老人走到一半就变灯。", "医院门口");
        d->goes_to("signal", d->stage().roads);
    });
    s.on(7, 11, [d] {
        must(voice::ask_back(d->needs(), d->stage().as("sample-roads"), d->id("signal"),
                             "请问是南门还是东门？两处灯的周期不一样。"),
             "a question back");
    });
    s.on(3, 10, [d] {
        d->says("kerb", Kind::suggestion, "en",
                "Lower the kerb at the corner of Hill Street: a wheelchair cannot pass.", "Hill Street");
    });
}

// The office goes by rules of its own from one day on, and what is about roads gets to their section at once.
void plan_rules(Stage& s, const SharedDesk& d) {
    s.on(30, 8, [d] {
        Stage& stage = d->stage();
        preset::Casework rules = preset::neutral_casework();
        rules.stops.push_back({deadline::Reason::other_body, {deadline::Unit::working_days, 15}});
        must(preset::adopt(d->needs(), stage.as(stage.administrator),
                           {"letters.generic", rules, "Other bodies are asked now and then. 有时要问别的单位。"}),
             "a preset");
        set_table(stage);
    });
    s.on(24, 17, [d] {
        d->says("drain", Kind::help, "zh-Hans", "旧城南门的雨水井盖翘起来了，夜里看不见。", "南门",
                voice::Audience::open, voice::Way::web, "roads", "old-town");
    });
    s.on(22, 11,
         [d] { d->answered("drain", "sample-roads", voice::Answer::done, "井盖昨天换了新的，周围重新抹平。"); });
    s.on(21, 19, [d] { d->rates("drain", true, 5, "快。"); });
    s.on(8, 9, [d] {
        d->says("cable", Kind::help, "en", "A cable hangs over the cycle path by the river bridge.", "River bridge",
                voice::Audience::open, voice::Way::web, "roads", "riverside");
    });
    s.on(6, 10, [d] {
        must(voice::pause(d->needs(), d->stage().as("sample-roads"), d->id("cable"), deadline::Reason::other_body,
                          "The cable belongs to the power company, which we asked to look at it."),
             "a pause");
    });
}

}  // namespace

void plan_desk(Stage& stage) {
    const SharedDesk desk = std::make_shared<Desk>(stage);
    plan_rules(stage, desk);
    plan_good_days(stage, desk);
    plan_bad_news(stage, desk);
}

}  // namespace server
