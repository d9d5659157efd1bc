// The round behind the imported conversation on ride-hailing, from the question to the verdicts: one measure kept, one
// late, one sent back by those concerned, one proposal refused.
#include "rehearsal_round.h"
#include "wiring.h"

namespace server {
namespace {

using decision::MotionKind;
using review::Group;
using review::Secrecy;

struct Rides {
    explicit Rides(Stage& stage, const Imported& imported) : round(stage, imported, "zh-Hant") {}
    Round round;
    issue::IssueId insurance, drivers, fares, disputes;
    visit::VisitId seen;
    std::int64_t put_online = 0;  // the entry of a report
};
using SharedRides = std::shared_ptr<Rides>;

constexpr const char *insured = "行程投保逐筆查核", *vetted = "司機資格每半年複審", *published = "爭端處理紀錄按季公開";

void gather(Rides& r) {
    constexpr const char* by = "sample-licensing";
    r.insurance =
        r.round.issue(by, "自用車載客的保險",
                      "乘客與司機受傷時由誰賠、有沒有投保，搭車的人看不到。兩則意見得到最多人同意。", {16, 7});
    r.drivers = r.round.issue(by, "司機審核", "誰審核司機、多久審一次、乘客怎麼知道。", {40, 35});
    r.fares = r.round.issue(by, "尖峰時段彈性加價", "同意的人多，但加價上限與事先告知沒有共識。", {3, 43});
    r.disputes =
        r.round.issue(by, "爭端紀錄與公平管制", "平台怎麼處理爭端，主管機關看不到，也沒有對外公開。", {9, 65, 41});
    const auto license = r.round.issue(by, "我有駕照", "說的是發言人自己。", {14, 15});
    r.round.confirmed(r.insurance, static_cast<int>(issue::Mark::hot), "同意率最高的兩則都談保險");
    r.round.confirmed(r.drivers, static_cast<int>(issue::Mark::focal), "涉及本處自己的審核工作");
    r.round.confirmed(r.fares, static_cast<int>(issue::Mark::divided), "每三人有一人不同意");
    r.round.confirmed(r.disputes, static_cast<int>(issue::Mark::difficult), "須平台配合，前次協商未成");
    must(issue::dismiss(r.round.needs(), r.round.stage().as("sample-clerk"), license,
                        "這兩則說明發言人的身分，不是要辦的事"),
         "a dismissal");
}

void go_and_see(Rides& r) {
    visit::Draft seen;
    seen.issue = r.insurance;
    seen.posts = "處長、營運許可科科長";
    seen.where = "車站北側候車區";
    seen.heard = "十四位司機裡有五位不知道自己的保險只保到車、不保乘客；乘客都以為平台已經保了。";
    seen.promised = "一個月內把「這趟有沒有保」做成看得到的標示草案。";
    seen.may_decide = true;
    seen.day = r.round.stage().day(106);
    seen.met = 14;
    seen.sample = true;
    seen.lang = "zh-Hant";
    r.seen = must(visit::record(r.round.needs(), r.round.stage().as("sample-licensing-head"), seen), "a visit");
    seen.issue = r.disputes;
    seen.posts = "許可經辦";
    seen.where = "平台客服中心";
    seen.heard = "客服每天約二百件爭端，只保留九十天，沒有分類統計。";
    seen.promised = "";
    seen.may_decide = false;
    seen.met = 6;
    must(visit::record(r.round.needs(), r.round.stage().as("sample-licensing"), seen), "a visit");
}

std::vector<decision::MotionDraft> motions(const Rides& r) {
    const measure::Draft covered =
        r.round.promise(r.insurance, measure::Kind::fix, insured,
                        "平台每日上傳行程與保單號，本處逐筆比對；沒有保單的行程次日通知停派。",
                        {"有乘客險的行程", "%", {62, 0}, {95, 0}}, 59, "搭乘自用車的乘客、載客的司機");
    const measure::Draft checked =
        r.round.promise(r.drivers, measure::Kind::rule, vetted, "無違規紀錄證明與體檢每半年複審一次，未複審者停派。",
                        {"已複審的司機", "%", {0, 0}, {100, 0}}, 18, "乘客");
    const measure::Draft open =
        r.round.promise(r.disputes, measure::Kind::rule, published, "每季公布件數、類別、處理天數與結果。",
                        {"已公布的季數", "季", {0, 0}, {2, 0}}, 36, "乘客、司機、計程車業者", 2);
    return {
        {r.insurance, MotionKind::adopt_measures, "通過：行程投保逐筆查核", "", "zh-Hant", false, {covered}},
        {r.drivers, MotionKind::adopt_measures, "通過：司機資格每半年複審", "", "zh-Hant", false, {checked}},
        {r.disputes, MotionKind::adopt_measures, "通過：爭端處理紀錄按季公開", "", "zh-Hant", false, {open}},
        {r.fares,
         MotionKind::refuse,
         "不採：開放尖峰彈性加價",
         "費率由上級核定，本處無權開放；加價上限沒有共識。將在下一輪就「事先告知總價」徵求意見。",
         "zh-Hant",
         true,
         {}},
    };
}

// After the council has met: nobody decides on it in this round.
void raise_what_nobody_decides(Rides& r) {
    const auto price = r.round.issue("sample-licensing", "上車前看得到總價",
                                     "尖峰加價不採之後，留下來的是同一件事：價格怎麼算，上車前看不到。", {80, 135});
    r.round.confirmed(price, static_cast<int>(issue::Mark::focal), "議事會不採加價時，說好下一輪要問");
}

void keep_the_first(Stage& s, const SharedRides& r) {
    s.on(75, 10, [r] {
        must(measure::progress(
                 r->round.needs(), r->round.stage().as("sample-licensing"), r->round.measure(insured),
                 {50, measure::Decimal{81, 0}, "兩家平台完成介接，一家測試中。", "介接紀錄，存本處檔案室"}),
             "progress");
    });
    s.on(54, 15, [r] {
        must(measure::report_done(r->round.needs(), r->round.stage().as("sample-licensing"), r->round.measure(insured),
                                  {100, measure::Decimal{96, 0}, "三家平台都已介接，上週行程投保率九十六。",
                                   "上週比對報表，檔案室可調閱"}),
             "a report");
    });
    s.on(52, 14, [r] {
        must(measure::verify(r->round.needs(), r->round.stage().as("sample-inspector"), r->round.measure(insured), true,
                             "抽查一百二十筆行程，一百一十五筆有保單。"),
             "a check");
    });
    s.on(50, 9, [r] {
        r->round.judged(
            r->round.measure(insured), "現在搭車，您知道自己有沒有保險嗎？", 38,
            {{{Group::recipients, "搭乘者", "由候車區現場抽籤", 50, Secrecy::secret, 30}, "554455435445545443554545"},
             {{Group::peers, "司機", "各車隊推派", 30, Secrecy::secret, 12}, "4543445344"},
             {{Group::delegates, "里民代表", "三個里各一位", 20, Secrecy::named, 3}, "445"}});
    });
}

void be_late_with_the_second(Stage& s, const SharedRides& r) {
    s.on(60, 10, [r] {
        must(measure::progress(r->round.needs(), r->round.stage().as("sample-licensing"), r->round.measure(vetted),
                               {20, measure::Decimal{21, 0}, "體檢院所名額不足，先審違規紀錄。", "複審名冊"}),
             "progress");
    });
    s.on(25, 11, [r] {
        must(measure::progress(r->round.needs(), r->round.stage().as("sample-licensing"), r->round.measure(vetted),
                               {45, measure::Decimal{44, 0}, "增加兩家院所；月底前無法全部完成。", "複審名冊"}),
             "progress");
    });
}

void get_the_third_back(Stage& s, const SharedRides& r) {
    s.on(31, 16, [r] {
        must(
            measure::report_done(r->round.needs(), r->round.stage().as("sample-licensing"), r->round.measure(published),
                                 {100, measure::Decimal{2, 0}, "兩季紀錄已上網。", "網站「公開資訊」頁"}),
            "a report");
        r->put_online = r->round.needs().ledger.size() - 1;
    });
    s.on(2, 17, [r] {
        must(claim::file(r->round.needs(), claim_hooks(), r->put_online, people::Ground::personal_data,
                         "所指的掃描檔看得到申訴人的車牌號碼。"),
             "a claim");
    });
    s.on(29, 10, [r] {
        must(measure::verify(r->round.needs(), r->round.stage().as("sample-inspector"), r->round.measure(published),
                             true, "兩季都在網站上，內容為掃描檔。"),
             "a check");
    });
    s.on(27, 9, [r] {
        r->round.judged(
            r->round.measure(published), "看得懂、用得上嗎？", 13,
            {{{Group::recipients, "提過申訴的乘客", "由申訴名冊抽籤", 60, Secrecy::secret, 24}, "2123212431220132"},
             {{Group::peers, "司機", "各車隊推派", 30, Secrecy::secret, 12}, "32412332"},
             {{Group::media, "交通線記者", "記者公會推派", 10, Secrecy::secret, 6}, "243"}});
    });
}

}  // namespace

void plan_rides(Stage& s, const Imported& imported) {
    const SharedRides r = std::make_shared<Rides>(s, imported);
    s.on(117, 9, [r] { r->round.enters(cycle::Phase::consult, "匯入的對話已可閱讀，開放留言。"); });
    s.on(108, 10, [r] { gather(*r); });
    s.on(104, 9, [r] { r->round.called(98, "三樓會議室", motions(*r)); });
    s.on(99, 9, [r] { r->round.enters(cycle::Phase::decide, "意見已歸入議題。"); });
    s.on(98, 14, [r] {
        r->round.sits({"yyyy", "yyya", "yyyn", "yyny"},
                      "出席四人，達法定人數。三案通過，一案不採；不採案採秘密投票。保險案請督查科於一個月後抽查。");
    });
    s.on(95, 9, [r] { r->round.enters(cycle::Phase::act, "會議紀錄已簽署。"); });
    // Visits are told of on the day after they were made.
    s.on(105, 11, [r] { go_and_see(*r); });
    s.on(70, 16, [r] {
        Stage& stage = r->round.stage();
        must(visit::report_back(stage.needs(), stage.as("sample-licensing-head"), r->seen, stage.day(70),
                                "標示草案已給當天在場的司機看過，並依他們的意見把字放大。"),
             "word to those met");
    });
    keep_the_first(s, r);
    be_late_with_the_second(s, r);
    get_the_third_back(s, r);
    s.on(20, 10, [r] { raise_what_nobody_decides(*r); });
    s.on(10, 9, [r] { r->round.enters(cycle::Phase::report, "三項措施都有報告或逾期紀錄。"); });
    s.on(9, 9, [r] { r->round.enters(cycle::Phase::review, "一項通過，一項退回重做，一項逾期未完成。"); });
    // The next round is there by then.
    s.on(5, 9, [r] {
        must(review::pass_over(r->round.needs(), r->round.stage().as("sample-clerk"), r->round.measure(vetted),
                               "逾期還沒辦完，沒有可以評的成果；留在下一輪繼續追。"),
             "a measure listed as not judged");
        r->round.enters(cycle::Phase::closed, "沒辦完的措施和沒決定的議題，轉到下一輪。");
    });
}

}  // namespace server
