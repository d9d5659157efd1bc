#include "rehearsal_stage.h"

#include <algorithm>

#include <jobs/jobs.h>
#include <page/page.h>
#include <people/acts.h>

#include "rehearsal_day.h"
#include "wiring.h"

namespace server {
namespace {

constexpr int clock_hour = 6;

class AlwaysOn final : public jobs::Run {
public:
    bool stopping() const override { return false; }
    void progress(std::int64_t, std::int64_t) override {}
};

}  // namespace

void refused(const kernel::Error& error, std::string_view what) {
    throw std::runtime_error("the rehearsal was refused " + std::string(what) + ": " +
                             page::say(page::Lang::en, error) + " (" + error.key + " at " + error.field + ")");
}

Stage::Stage(House& house, kernel::SetClock& clock, const std::string& login, kernel::Day today)
    : administrator(login),
      house_(house),
      clock_(clock),
      today_(today),
      calendar_(people::calendar(*house.database().read())) {
    found();
}

people::UnitId Stage::unit(std::string_view name) {
    return must(people::make_unit(needs(), as(administrator), {root, std::string(name), true}), name);
}

void Stage::officer(people::UnitId where, std::string_view login, std::string_view post,
                    std::vector<people::Role> roles) {
    people::NewOfficer made;
    made.unit = where;
    made.login = login;
    made.post = post;
    made.roles = std::move(roles);
    made.sample = true;
    must(people::make_officer(needs(), as(administrator), made), post);
}

void Stage::found() {
    using people::Role;
    root = people::units(*database().read()).front().id;
    must(people::change_setting(
             needs(), as(administrator),
             {"complaint.about_persons",
              "示例上级督查室（虚构） Sample supervision office of the body above (invented)", "演练 rehearsal"}),
         "where to turn");
    licensing = unit("营运许可科 Licensing section");
    roads = unit("道路设施科 Road works section");
    inspection = unit("督查科 Inspection section");
    officer(root, "sample-director", "处长 Director", {Role::head});
    officer(root, "sample-clerk", "议事秘书 Clerk of the council", {Role::clerk});
    officer(root, "sample-moderator-2", "复核员 Second moderator", {Role::moderator});
    officer(licensing, "sample-licensing-head", "科长 Head of licensing", {Role::head});
    officer(licensing, "sample-licensing", "许可经办 Licensing officer", {Role::officer});
    officer(roads, "sample-roads-head", "科长 Head of road works", {Role::head});
    officer(roads, "sample-roads", "养护经办 Maintenance officer", {Role::officer});
    officer(inspection, "sample-inspector", "督查员 Inspecting officer", {Role::officer});
    officer(inspection, "sample-moderator", "审核员 Moderator", {Role::moderator});
    constexpr std::string_view seats[] = {"主席 Chair", "乘客席 Seat of the passengers", "司机席 Seat of the drivers",
                                          "社区席 Seat of the neighbourhoods", "企业席 Seat of the companies"};
    for (std::string_view seat : seats) {
        council.push_back("sample-council-" + std::to_string(council.size() + 1));
        officer(root, council.back(), seat, {Role::member});
    }
}

void Stage::on(int days_ago, int hour, std::function<void()> what) {
    plan_.push_back({days_ago, hour, std::move(what)});
}

kernel::Day Stage::day(int days_ago) const { return rehearsal_day(calendar_, today_, days_ago); }

void Stage::morning(kernel::Day day) {
    clock_.set({kernel::start_of(day).ms + clock_hour * 3'600'000});
    AlwaysOn run;
    for (const jobs::Task& task : tasks(house_, {}, {}, {})) task.work(run);
}

void Stage::play() {
    std::stable_sort(plan_.begin(), plan_.end(), [](const Planned& a, const Planned& b) {
        return a.days_ago != b.days_ago ? a.days_ago > b.days_ago : a.hour < b.hour;
    });
    kernel::Day now = kernel::local_day(clock_.now());
    int minute = 0;
    for (const Planned& next : plan_) {
        const kernel::Day day = this->day(next.days_ago);
        if (day >= today_) break;
        while (now < day) {
            ++now.days;
            morning(now);
        }
        // No two matters in the same minute: nobody works like that.
        minute = (minute + 7) % 60;
        const std::int64_t at = kernel::start_of(day).ms + next.hour * 3'600'000 + minute * 60'000;
        clock_.set({std::max(at, clock_.now().ms + 11 * 60'000)});
        next.what();
    }
    while (now.days < today_.days - 1) {
        ++now.days;
        morning(now);
    }
}

std::vector<discovery::Suggestion> Stage::suggested() const {
    discovery::group_now(needs());
    auto db = database().read();
    constexpr int at_most = 100;
    return discovery::suggested(*db, cycle::standing_desk(*db).id, at_most);
}

people::Actor Stage::as(std::string_view login) const {
    auto db = database().read();
    const auto found = people::officer_by_login(*db, login);
    if (!found) throw std::logic_error("the rehearsal has no " + std::string(login));
    return people::actor(*db, found->id);
}

people::Actor Stage::visitor(std::string_view name) {
    people::Actor somebody;
    somebody.visitor = "rehearsal-browser-of-" + std::string(name);
    return somebody;
}

dialogue::StatementId numbered(db::Database& database, dialogue::DialogueId dialogue, std::int64_t number) {
    auto db = database.read();
    dialogue::Filter filter;
    filter.dialogue = dialogue;
    filter.at_most = 200;
    while (true) {
        const auto some = dialogue::statements(*db, filter);
        for (const dialogue::Statement& one : some)
            if (one.number == number) return one.id;
        if (some.empty()) throw std::logic_error("the conversation has no statement " + std::to_string(number));
        filter.after = some.back().id;
    }
}

}  // namespace server
