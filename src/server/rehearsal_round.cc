#include "rehearsal_round.h"

namespace server {

decision::BodyId council_of(Stage& stage) {
    for (const decision::Body& one : decision::bodies(*stage.database().read(), {}, 1)) return one.id;
    decision::Rules rules;  // own ones: half of the seats, more yes than no, three days' notice
    const auto body = must(decision::set_up(stage.needs(), stage.as(stage.administrator), "示例评议会 Sample council",
                                            stage.root, 5, rules, true),
                           "a council");
    bool chair = true;
    for (const std::string& login : stage.council) {
        const auto member = stage.as(login);
        const auto post = people::officer(*stage.database().read(), member.officer)->post;
        must(decision::seat(stage.needs(), stage.as(stage.administrator), body, member.officer, post, chair), post);
        chair = false;
    }
    return body;
}

void Round::enters(cycle::Phase phase, const char* remark) {
    must(cycle::advance(needs(), stage_.as("sample-clerk"), cycle(), phase, {}, remark), remark);
}

issue::IssueId Round::issue(const char* by, const char* title, const char* text,
                            const std::vector<std::int64_t>& numbers) {
    const auto id = must(issue::suggest(needs(), stage_.as(by), {cycle(), title, text, lang_, true}), title);
    std::vector<dialogue::StatementId> statements;
    for (std::int64_t number : numbers) statements.push_back(numbered(stage_.database(), imported_.dialogue, number));
    must(issue::gather(needs(), stage_.as(by), id, {}, statements), title);
    return id;
}

void Round::confirmed(issue::IssueId id, int marks, const char* reason) {
    must(issue::confirm(needs(), stage_.as("sample-clerk"), id, marks, reason), reason);
}

measure::Draft Round::promise(issue::IssueId id, measure::Kind kind, const char* title, const char* text,
                              const measure::Indicator& indicator, int due_days_ago, const char* for_whom,
                              std::size_t criterion) const {
    measure::Draft d;
    d.cycle = cycle();
    d.issue = id;
    d.criterion = cycle::cycle(*stage_.database().read(), cycle())->criteria.at(criterion).id;
    d.kind = kind;
    d.title = title;
    d.text = text;
    d.lang = lang_;
    const people::Actor owner = stage_.as(lang_ == std::string_view("en") ? "sample-roads" : "sample-licensing");
    d.owner_unit = owner.unit;
    d.owner = owner.officer;
    d.indicator = indicator;
    d.due = stage_.day(due_days_ago);
    d.beneficiaries = for_whom;
    d.sample = true;
    return d;
}

void Round::called(int days_ago, const char* where, std::vector<decision::MotionDraft> drafts) {
    const people::Actor clerk = stage_.as("sample-clerk");
    sitting_ = must(decision::call(needs(), clerk, council_of(stage_), cycle(), stage_.day(days_ago), where), where);
    for (const decision::MotionDraft& draft : drafts)
        motions_.push_back(must(decision::table(needs(), clerk, sitting_, draft), draft.title));
    must(decision::publish_agenda(needs(), clerk, sitting_), "an agenda");
}

void Round::sits(const std::vector<std::string>& votes, const char* minutes) {
    const people::Actor clerk = stage_.as("sample-clerk");
    std::vector<people::Actor> present;
    for (std::size_t seat = 0; seat + 1 < stage_.council.size(); ++seat) {
        present.push_back(stage_.as(stage_.council[seat]));
        must(decision::attend(needs(), present.back(), sitting_, present.back().officer), "a member at the roll");
    }
    must(decision::open(needs(), clerk, sitting_), "a sitting");
    for (std::size_t n = 0; n < motions_.size(); ++n) {
        must(decision::put(needs(), clerk, motions_[n]), "a motion put");
        for (std::size_t seat = 0; seat < present.size(); ++seat) {
            const char said = votes.at(n).at(seat);
            must(decision::vote(needs(), present[seat], motions_[n],
                                said == 'y'   ? decision::Vote::yes
                                : said == 'n' ? decision::Vote::no
                                              : decision::Vote::abstain,
                                ""),
                 "a vote");
        }
        must(decision::count(needs(), clerk, motions_[n]), "a count");
    }
    must(decision::publish_minutes(needs(), clerk, sitting_, minutes), minutes);
    must(decision::sign(needs(), stage_.as(stage_.council.front()), sitting_), "a signature");
}

measure::MeasureId Round::measure(const char* title) const {
    measure::Filter f;
    f.cycle = cycle();
    for (const measure::Measure& one : measure::measures(*stage_.database().read(), f))
        if (one.promised.title == title) return one.id;
    throw std::logic_error(std::string("the rehearsal has no measure ") + title);
}

void Round::judged(measure::MeasureId id, const char* question, int closes_days_ago, const std::vector<Judges>& all) {
    review::Draft draft;
    draft.measure = id;
    draft.lang = lang_;
    draft.questions = {{question, measure::measure(*stage_.database().read(), id)->promised.criterion}};
    for (const Judges& one : all) draft.panels.push_back(one.panel);
    draft.closes = stage_.day(closes_days_ago);
    draft.sample = true;
    const people::Actor clerk = stage_.as("sample-clerk");
    const auto review = must(review::draft(needs(), clerk, draft), question);
    const auto codes = must(review::open(needs(), clerk, review), question);
    for (std::size_t panel = 0; panel < all.size(); ++panel) {
        const bool named = all[panel].panel.secrecy == review::Secrecy::named;
        for (std::size_t n = 0; n < all[panel].marks.size(); ++n) {
            const std::string seat = named ? all[panel].panel.name + " " + std::to_string(n + 1) : "";
            must(review::cast(needs(), review, codes[panel][n], {all[panel].marks[n] - '0'}, seat,
                              named ? lang_ == std::string_view("en") ? "See the minutes of our visit."
                                                                      : "到場逐件看過，見座談紀錄。"
                                    : ""),
                 "a ballot");
        }
    }
}

}  // namespace server
