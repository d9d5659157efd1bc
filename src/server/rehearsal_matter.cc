// One matter that several people raise at the desk: others say so too, the program suggests an issue of it, the clerk
// takes it up, people say what they would do, and what is said afterwards waits at /suggestions to be put into it.
#include <algorithm>
#include <memory>

#include <issue/issue.h>
#include <support/support.h>
#include <voice/casework.h>

#include "rehearsal_stage.h"

namespace server {
namespace {

using voice::VoiceId;

struct Queue {
    VoiceId first;
    issue::IssueId issue;
};
struct Saying {
    int days_ago;
    const char *who, *text;
};
constexpr Saying others[] = {{18, "queue 2", "星期六上岛的渡轮排队一个半小时，只开一条船，挤不上去的只好再等。"},
                             {17, "queue 3", "上岛的渡轮周末排队太长，队伍排到马路上，老人没有地方坐。"},
                             {15, "queue 4", "周末上岛等渡轮，排队一个小时，能不能加开一班？"}},
                 too[] = {{18, "queue 5", ""}, {16, "queue 6", ""}, {14, "queue 7", ""}},
                 advice[] = {{9, "advice", "周末上午把平日停着的那条备用船也开出来，队自然短。"},
                             {6, "advice 2", "分时段约号；不会用手机的在窗口领号，就不用站着排。"},
                             {4, "advice 3", "先在码头搭个棚、放几排椅子，让老人坐着等。"}};

VoiceId says(Stage& s, const char* who, const char* text) {
    voice::Draft draft;
    draft.cycle = cycle::standing_desk(*s.database().read()).id;
    draft.kind = voice::Kind::help;
    draft.lang = "zh-Hans";
    draft.text = text;
    draft.place = "东码头";
    draft.sample = true;
    return must(voice::receive(s.needs(), Stage::visitor(who), draft, {}), text).id;
}

void take_up(Stage& s, Queue& q) {
    for (const discovery::Suggestion& one : s.suggested()) {
        if (std::find(one.items.voices.begin(), one.items.voices.end(), q.first) == one.items.voices.end()) continue;
        issue::Taking taking;
        taking.issue = {one.cycle, "周末上岛的渡轮排队太长", "两周里几个人先后说起，都是周末上午，在东码头。",
                        "zh-Hans", true};
        taking.items = one.items;
        taking.marks = static_cast<int>(issue::Mark::hot);
        taking.reason = "四个人各自提出，另有三人表示同样。";
        q.issue = must(issue::take_up(s.needs(), s.as("sample-clerk"), taking), taking.issue.title);
        return;
    }
    throw std::logic_error("the program does not suggest what four people of the rehearsal say");
}

}  // namespace

void plan_matter(Stage& s) {
    const auto q = std::make_shared<Queue>();
    s.on(20, 14, [&s, q] {
        q->first = says(s, "queue", "周末上岛的渡轮排队要一个多小时，老人孩子晒着等，船来了还挤不上去。");
        must(voice::assign(s.needs(), s.as("sample-clerk"), q->first, s.licensing, {}), "an assignment");
    });
    for (const Saying& one : others)
        s.on(one.days_ago, 16, [&s, q, one] {
            must(voice::join(s.needs(), s.as("sample-clerk"), says(s, one.who, one.text), q->first,
                             "同一个码头的同一条队"),
                 "joining");
        });
    for (const Saying& one : too)
        s.on(one.days_ago, 19, [&s, q, one] {
            must(support::give(s.needs(), Stage::visitor(one.who), q->first), "somebody who says so too");
        });
    s.on(13, 10, [&s, q] { take_up(s, *q); });
    s.on(12, 15, [&s, q] {
        must(voice::answer(
                 s.needs(), s.as("sample-licensing"), q->first, voice::Answer::long_term,
                 "已请轮渡公司清点备用船和船员，两周内报来可行的加班安排；在此之前，老人孩子可到候船室坐等叫号。",
                 s.day(-30)),
             "an answer");
    });
    for (const Saying& one : advice)
        s.on(one.days_ago, 20, [&s, q, one] {
            issue::Advice would;
            would.text = one.text, would.lang = "zh-Hans";
            must(issue::advise(s.needs(), Stage::visitor(one.who), q->issue, would), one.text);
        });
    s.on(2, 18, [&s] { says(s, "queue 8", "这个周末上岛的渡轮又排队一个多小时，队伍排到马路上。"); });
}

}  // namespace server
