// Messages that come otherwise than by the form, and what becomes of some: letters out of a box, typed by one and
// compared by another; an e-mail; a message that holds two matters. And who may read what is confidential.
#include <memory>

#include <confidential/confidential.h>
#include <paper/paper.h>
#include <voice/casework.h>

#include "rehearsal_stage.h"

namespace server {
namespace {

using voice::VoiceId;

people::CycleId desk(Stage& s) { return cycle::standing_desk(*s.database().read()).id; }

voice::Draft said(Stage& s, voice::Kind kind, const char* lang, const char* text, const char* place) {
    voice::Draft draft;
    draft.cycle = desk(s);
    draft.kind = kind;
    draft.lang = lang;
    draft.text = text;
    draft.place = place;
    draft.sample = true;
    return draft;
}

void answers(Stage& s, const char* by, VoiceId id, voice::Answer how, const char* text) {
    must(voice::answer(s.needs(), s.as(by), id, how, text, {}), text);
}
void goes_to(Stage& s, VoiceId id, people::UnitId unit) {
    must(voice::assign(s.needs(), s.as("sample-clerk"), id, unit, {}), "an assignment");
}

// ---- A box for letters ---------------------------------------------------------------------------------------------

paper::Typed letter(voice::Kind kind, const char* lang, const char* text, const char* place) {
    paper::Typed t;
    t.kind = kind;
    t.lang = lang;
    t.text = text;
    t.place = place;
    return t;
}

struct Letters {
    paper::BatchId batch;
    std::vector<paper::SheetId> sheets;
};

void types(Stage& s, Letters& l, const char* by, const paper::Typed& typed) {
    const int n = static_cast<int>(l.sheets.size()) + 1;
    l.sheets.push_back(must(paper::type(s.needs(), s.as(by), l.batch, n, typed), "a sheet"));
}
void compares(Stage& s, const paper::SheetId id, const char* by) {
    paper::Compared compared;
    {
        auto db = s.database().read();
        const paper::Version newest = paper::versions(*db, id).back();
        compared.typed = newest.typed, compared.seen = newest.entry;
    }
    must(paper::check(s.needs(), s.as(by), id, compared), "a sheet compared");
}

void plan_letters(Stage& s) {
    const auto l = std::make_shared<Letters>();
    s.on(29, 9, [&s, l] {
        l->batch = must(paper::open(s.needs(), s.as("sample-clerk"),
                                    {desk(s), "服务大厅意见箱 Box in the service hall", s.day(30), 4}),
                        "a batch");
        types(s, *l, "sample-clerk",
              letter(voice::Kind::help, "zh-Hans", "大厅门口的坡道太陡，轮椅上不去，每次都要两个人推。", "服务大厅"));
        types(s, *l, "sample-clerk",
              letter(voice::Kind::suggestion, "zh-Hans", "盼望把办事流程用大字贴在墙上，老人看得清。", ""));
        paper::Typed wet;
        wet.what = paper::What::unreadable;
        wet.lang = "zh-Hans";
        wet.remark = "被雨水浸湿，只看得出日期。";
        types(s, *l, "sample-clerk", wet);
    });
    s.on(28, 14, [&s, l] {
        for (const paper::SheetId sheet : l->sheets) compares(s, sheet, "sample-director");
        for (int n : {1, 2}) {
            const auto id =
                paper::sheet(*s.database().read(), l->sheets[static_cast<std::size_t>(n - 1)])->voice.value();
            goes_to(s, id, n == 1 ? s.roads : s.licensing);
            if (n == 2) answers(s, "sample-licensing", id, voice::Answer::done, "流程已用大字贴在取号机旁和入口两处。");
        }
    });
    // Whoever looks at the demo with the clerk's account finds a sheet to compare.
    s.on(2, 15, [&s, l] {
        types(s, *l, "sample-director",
              letter(voice::Kind::question, "zh-Hans", "渡轮的学生票在哪里办？要带什么证件？", ""));
    });
}

// ---- An e-mail, and a message that holds two matters
// -----------------------------------------------------------------

void plan_mail(Stage& s) {
    const auto id = std::make_shared<VoiceId>();
    s.on(19, 11, [&s, id] {
        voice::Draft draft =
            said(s, voice::Kind::question, "en",
                 "Is the ticket office at the pier open on public holidays? Your timetable does not say.", "");
        draft.title = "Opening hours at the pier";
        draft.way = voice::Way::email;
        draft.audience = voice::Audience::unit_only;
        draft.origin = "rehearsal";
        *id = must(voice::receive(s.needs(), {}, draft, {}), "an e-mail").id;
        goes_to(s, *id, s.licensing);
    });
    s.on(17, 10, [&s, id] {
        answers(
            s, "sample-licensing", *id, voice::Answer::done,
            "On public holidays it is open from nine to noon. The timetable at both piers says so since yesterday.");
    });
}

void plan_two_matters(Stage& s) {
    const auto whole = std::make_shared<VoiceId>();
    s.on(16, 10, [&s, whole] {
        *whole = must(voice::receive(s.needs(), Stage::visitor("two matters"),
                                     said(s, voice::Kind::complaint, "zh-Hans",
                                          "码头的长椅断了一根木条。另外，三号窗口中午没有人值班。", "码头"),
                                     {}),
                      "a message")
                     .id;
        must(voice::split(s.needs(), s.as("sample-clerk"), *whole,
                          {{"码头长椅", "码头的长椅断了一根木条。", voice::Kind::help, "", "", s.roads},
                           {"三号窗口", "三号窗口中午没有人值班。", voice::Kind::complaint, "", "", s.licensing}}),
             "a split");
    });
    s.on(13, 9, [&s, whole] {
        answers(s, "sample-roads", voice::parts_of(*s.database().read(), *whole).front().id, voice::Answer::done,
                "木条昨天换好，其余四条也查过，都是牢的。");
    });
}

}  // namespace

void plan_ways(Stage& s, const kernel::Secret& passphrase) {
    s.on(111, 9, [&s, &passphrase] {
        for (const char* who : {"sample-inspector", "sample-moderator"}) {
            must(confidential::name_receiver(s.needs(), s.as(s.administrator), s.as(who).officer,
                                             "不在营运许可科和道路设施科。 Outside both sections."),
                 "a receiver");
            must(confidential::make_key(s.needs(), s.as(who), passphrase), "a receiver's key");
        }
    });
    plan_letters(s);
    plan_mail(s);
    plan_two_matters(s);
}

}  // namespace server
