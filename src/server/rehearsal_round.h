// What the rounds of the rehearsal have in common: an issue from statements, a sitting of the council, a review.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include <decision/decision.h>
#include <issue/issue.h>
#include <measure/measure.h>
#include <review/review.h>
#include <visit/visit.h>

#include "rehearsal_stage.h"

namespace server {

// The council of the sample office; made once.
decision::BodyId council_of(Stage&);

class Round {
public:
    Round(Stage& stage, const Imported& imported, const char* lang) : stage_(stage), imported_(imported), lang_(lang) {}

    void enters(cycle::Phase, const char* remark);
    issue::IssueId issue(const char* by, const char* title, const char* text, const std::vector<std::int64_t>& numbers);
    void confirmed(issue::IssueId, int marks, const char* reason);
    measure::Draft promise(issue::IssueId, measure::Kind, const char* title, const char* text,
                           const measure::Indicator&, int due_days_ago, const char* for_whom,
                           std::size_t criterion = 0) const;
    // Called, tabled, and on its day: opened with all but the last of the council, voted, counted, with minutes.
    void called(int days_ago, const char* where, std::vector<decision::MotionDraft>);
    void sits(const std::vector<std::string>& votes, const char* minutes);  // for each motion "yyyn": y, n, a by seat
    measure::MeasureId measure(const char* title) const;
    // Opens a review of a measure that closes on that day; for each panel the marks on the overall question.
    struct Judges {
        review::PanelDraft panel;
        std::string marks;  // "5545": one ballot each, 0 don't know
    };
    void judged(measure::MeasureId, const char* question, int closes_days_ago, const std::vector<Judges>&);

    Stage& stage() { return stage_; }
    const people::Needs& needs() const { return stage_.needs(); }
    people::CycleId cycle() const { return imported_.cycle; }
    const char* lang() const { return lang_; }

private:
    Stage& stage_;
    Imported imported_;
    const char* lang_;
    decision::SittingId sitting_;
    std::vector<decision::MotionId> motions_;
};

}  // namespace server
