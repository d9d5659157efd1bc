#include "wiring.h"

#include <algorithm>

#include <backup/backup.h>
#include <claim/claim.h>
#include <confidential/confidential.h>
#include <contact/contact.h>
#include <cycle/cycle.h>
#include <decision/decision.h>
#include <desk/desk.h>
#include <dialogue/dialogue.h>
#include <discovery/discovery.h>
#include <erasure/erasure.h>
#include <georeport/georeport.h>
#include <handover/handover.h>
#include <issue/issue.h>
#include <mail/mail.h>
#include <measure/measure.h>
#include <notice/notice.h>
#include <opinion_map/opinion_map.h>
#include <page/page.h>
#include <paper/paper.h>
#include <people/people.h>
#include <preset/preset.h>
#include <proof/proof.h>
#include <review/review.h>
#include <routing/routing.h>
#include <scorecard/scorecard.h>
#include <search/search.h>
#include <spotcheck/spotcheck.h>
#include <support/support.h>
#include <survey/survey.h>
#include <visit/visit.h>
#include <voice/voice.h>
#include <voice/workbench.h>
#include <watch/watch.h>

#include "clock_news.h"
#include "happened.h"
#include "home.h"
#include "inherited.h"
#include "maps.h"
#include "overdue.h"
#include "upgrade.h"
#include "version.h"

namespace server {

ledger::Kinds kinds() {
    ledger::Kinds all;
    people::add_kinds(all);
    cycle::add_kinds(all);
    preset::add_kinds(all);
    routing::add_kinds(all);
    voice::add_kinds(all);
    dialogue::add_kinds(all);
    opinion_map::add_kinds(all);
    issue::add_kinds(all);
    measure::add_kinds(all);
    visit::add_kinds(all);
    spotcheck::add_kinds(all);
    decision::add_kinds(all);
    review::add_kinds(all);
    survey::add_kinds(all);
    scorecard::add_kinds(all);
    erasure::add_kinds(all);
    claim::add_kinds(all);
    georeport::add_kinds(all);
    handover::add_kinds(all);
    contact::add_kinds(all);
    support::add_kinds(all);
    mail::add_kinds(all);
    confidential::add_kinds(all);
    desk::add_kinds(all);
    paper::add_kinds(all);
    return all;
}

void set_gates() {
    cycle::set_gates(
        {dialogue::gate(), issue::gate(), measure::gate(), decision::gate(), review::gate(), survey::gate()});
    cycle::set_hand_on({issue::hand_on()});
    voice::set_promised(measure::adopt_promise);
    voice::set_had_part(paper::had_part);
}

namespace {

std::string link_of(db::Connection& db, std::int64_t entry) {
    const auto found = matter(db, entry);
    return found ? found->link : std::string();
}

// Whose own matter an entry is, beside what its facts say.
const std::vector<erasure::Concerns>& concerned() {
    static const std::vector<erasure::Concerns> all = {voice::concerns,   measure::concerns, spotcheck::concerns,
                                                       contact::concerns, desk::concerns,    handover::concerns,
                                                       paper::concerns};
    return all;
}

// A key file that is not there now (a medium put away) keeps its keys: the operator must see to it.
void key_file_unreachable(const std::filesystem::path& file) {
    watch::error("key_file_of_backup_unreachable", {{"file", file.string()}});
}

erasure::Hooks erasure_hooks(const people::Needs& needs, const std::filesystem::path& data) {
    erasure::Hooks hooks;
    hooks.concerned = concerned();
    hooks.blobs = {voice::blobs_of};
    hooks.blob_in_use = {voice::blob_in_use};
    hooks.destroy_keys = [data](const std::vector<std::int64_t>& entries, std::string_view basis,
                                const std::vector<kernel::Hash>& blobs) {
        wipe_copies(data);
        backup::destroy_keys(data, entries, basis, blobs, key_file_unreachable);
    };
    hooks.followed = [&needs] {
        search::catch_up(needs);
        discovery::catch_up(needs);
    };
    hooks.link = link_of;
    hooks.of_author = {contact::of_author, handover::of_author, paper::of_author};
    hooks.repeated = {dialogue::repeated_in};
    return hooks;
}

// Words that were served once and may not be shown now.
bool withheld(db::Connection& db, std::int64_t entry) {
    return voice::withheld(db, entry) || dialogue::withheld(db, entry) || handover::withheld(db, entry);
}

// Messages and statements have forms of their own, with what authors may say against a decision.
std::string own_report_form(db::Connection& db, std::int64_t entry) {
    if (const auto slip = voice::slip(db, entry)) return slip->link + "/report";
    const auto slip = dialogue::slip(db, entry);
    return slip && slip->link.starts_with("/statements/") ? slip->link + "/report" : std::string();
}

// On the page of what can be followed: how to be told of it.
template <class Id>
page::Html to_follow(const http::Request& r, notice::What what, Id id) {
    return notice::part(page::lang_of(r), {what, id.value()});
}

// On the page of every matter that has no way of its own: what was removed of its words, and how to report the others.
page::Html about_words(const http::Request& r, db::Connection& db, std::span<const std::int64_t> entries) {
    return erasure::notice(r, db, entries) + claim::part_of_matter(r, db, claim_hooks(), entries);
}

page::Html follow_cycle(const http::Request& r, db::Connection&, const cycle::Cycle& c) {
    return to_follow(r, notice::What::cycle, c.id);
}
page::Html follow_voice(const http::Request& r, db::Connection& db, const voice::Voice& v) {
    const notice::Matter matter{notice::What::voice, v.id.value()};
    const page::Lang lang = page::lang_of(r);
    return notice_hooks().named(db, lang, matter) ? notice::part(lang, matter) : page::Html();
}
page::Html follow_issue(const http::Request& r, db::Connection&, const issue::Issue& i) {
    return to_follow(r, notice::What::issue, i.id);
}
page::Html follow_measure(const http::Request& r, db::Connection&, const measure::Measure& m) {
    return to_follow(r, notice::What::measure, m.id);
}
page::Html calendar_of_body(const http::Request& r, db::Connection&, decision::BodyId id) {
    return notice::calendar_link(page::lang_of(r), "bodies", id.value());
}
page::Html follow_unit(const http::Request& r, db::Connection&, people::UnitId id) {
    return to_follow(r, notice::What::unit, id);
}

// On a list of matters: a field that looks for words in them.
auto look_among(search::Among among) {
    return [among](page::Lang lang, std::optional<people::CycleId> round) { return search::field(lang, among, round); };
}

cycle::Hooks cycle_hooks() {
    cycle::Hooks hooks;
    hooks.parts = {
        {"inherited", inherited},         {"voices", voice::part},         dialogue::part(),
        {"surveys", survey::part},        {"issues", issue::part},         {"suggestions", discovery::part_of_cycle},
        {"visits", visit::part_of_cycle}, {"decisions", decision::part},   {"measures", measure::part},
        {"reviews", review::part},        {"paper", paper::part_of_cycle}, {"follow", follow_cycle}};
    hooks.funnel = funnel_steps();
    hooks.words = about_words;
    return hooks;
}

voice::Hooks voice_hooks(const people::Needs& needs, const mail::Means& mails,
                         const std::shared_ptr<discovery::Live>& live) {
    voice::Hooks hooks;
    hooks.parts = {erasure::part_of_voice,  support::part_of_voice, issue::part_of_voice,
                   visit::part_of_voice,    measure::part_of_voice, spotcheck::part_of_voice,
                   handover::part_of_voice, contact::part_of_voice, follow_voice};
    hooks.say_more = contact::say_more(needs);
    hooks.other_ways = [mails](page::Lang lang) { return mail::part_of_say(lang, mails); };
    voice::Workbench bench = *desk::workbench(needs);
    bench.views.push_back({"/paper", "paper.title"});
    hooks.desk = std::make_shared<const voice::Workbench>(std::move(bench));
    hooks.desk_parts = {handover::part_of_desk, contact::part_of_desk(needs), discovery::part_of_desk(live)};
    hooks.can_be_called = contact::can_be_called(needs);
    hooks.search = look_among(search::Among::voices);
    hooks.author = {handover::part_of_author, erasure::part_of_author};
    hooks.moderation = {dialogue::part_of_moderation, [](const http::Request& r, db::Connection& db) {
                            return claim::part_of_moderation(r, db, claim_hooks());
                        }};
    return hooks;
}

dialogue::Hooks dialogue_hooks(const people::Needs& needs, const std::shared_ptr<opinion_map::Live>& maps) {
    dialogue::Hooks hooks;
    hooks.parts = {[](const http::Request& r, db::Connection& db, const dialogue::Statement& s) {
        const std::int64_t entry[] = {s.id.value()};
        return erasure::notice(r, db, entry) + issue::part_of_statement(r, db, s.id);
    }};
    hooks.words = about_words;
    add_maps(hooks, needs, maps);
    return hooks;
}

discovery::Hooks joining_hooks(const people::Needs& needs) {
    discovery::Hooks hooks;
    hooks.join = [&needs](const http::Request& r, db::Connection& db, voice::VoiceId id) {
        return support::button(needs, r, db, id);
    };
    return hooks;
}

measure::Hooks measure_hooks() {
    measure::Hooks hooks;
    hooks.parts = {visit::part_of_measure, review::part_of_measure, spotcheck::part_of_measure, follow_measure};
    hooks.words = about_words;
    hooks.judged_percent = review::judged_percent;
    hooks.motion_link = [](db::Connection&, std::int64_t motion) { return "/motions/" + std::to_string(motion); };
    return hooks;
}

std::vector<routing::Past> past_cases(db::Connection& db, std::optional<std::int64_t> before, int at_most) {
    std::vector<routing::Past> all;
    const auto older = before ? std::optional(voice::VoiceId(*before)) : std::nullopt;
    for (const voice::AnsweredCase& one : voice::answered_cases(db, older, at_most))
        all.push_back({one.voice.value(), one.category, one.district, std::string(voice::name(one.kind)), one.unit});
    return all;
}

routing::Hooks routing_hooks() {
    routing::Hooks hooks;
    for (const voice::Kind kind : voice::all_kinds) {
        const std::string code(voice::name(kind));
        hooks.kinds.push_back({code, "voice.kind_" + code});
    }
    hooks.past = past_cases;
    hooks.case_link = [](std::int64_t number) { return "/voices/" + std::to_string(number); };
    hooks.words = about_words;
    return hooks;
}

}  // namespace

claim::Hooks claim_hooks() {
    claim::Hooks hooks;
    hooks.withheld = withheld;
    hooks.own_matter = [](db::Connection& db, const people::Actor& actor, std::int64_t entry) {
        return erasure::own_matter(db, concerned(), actor, entry);
    };
    hooks.own_form = own_report_form;
    hooks.link = link_of;
    return hooks;
}

proof::Hooks proof_hooks() {
    proof::Hooks hooks;
    hooks.version = version;
    hooks.build_hash = build_hash();
    hooks.matters = {matter};
    hooks.parts = {erasure::part_of_entry,
                   [claims = claim_hooks()](const http::Request& r, db::Connection& db, std::int64_t entry) {
                       return claim::part_of_entry(r, db, claims, entry);
                   }};
    hooks.withheld = withheld;
    hooks.rules = {preset::part_of_rules, part_of_rules, georeport::part_of_rules, handover::part_of_rules};
    hooks.said_elsewhere = [](db::Connection& db, std::string_view setting) {
        return !preset::guard_setting(db, setting);
    };
    return hooks;
}

void add_routes(http::Router& router, House& house, jobs::Jobs& jobs, const notice::Means& means,
                const mail::Means& mails, const handover::Means& others) {
    const people::Needs& needs = house.needs();
    page::add_routes(router);
    people::add_routes(router, needs,
                       {{scorecard::part_of_unit, spotcheck::part_of_unit, measure::part_of_unit, follow_unit},
                        {measure::guard, voice::may_close, routing::may_close},
                        about_words,
                        {{"/admin/routing", "routing.admin", "routing.admin_lead"},
                         {"/admin/presets", "preset.admin", "preset.admin_lead"},
                         {"/admin/receivers", "confidential.receivers_title", "confidential.admin_lead"},
                         {"/admin/open311", "georeport.admin", "georeport.admin_lead"},
                         {"/admin/authorities", "handover.admin", "handover.admin_lead"},
                         {"/admin/jobs", "server.jobs", "server.jobs_lead"}},
                        preset::guard_setting,
                        {confidential::part_of_account}});
    preset::add_routes(router, needs, {about_words});
    cycle::add_routes(router, needs, cycle_hooks());
    routing::add_routes(router, needs, routing_hooks());
    voice::add_routes(router, needs, {&house.files(), &house.photos(), &house.documents()},
                      voice_hooks(needs, mails, house.live()));
    dialogue::add_routes(router, needs, dialogue_hooks(needs, house.maps()));
    opinion_map::add_routes(router, needs, house.maps(), {house.options().frames_on, issue::offer_statement});
    issue::add_routes(router, needs,
                      {{visit::part, decision::part_of_issue, measure::part_of_issue, follow_issue},
                       about_words,
                       look_among(search::Among::issues)});
    const discovery::Hooks joining = joining_hooks(needs);
    discovery::add_routes(router, needs, house.live());
    visit::add_routes(router, needs, {about_words});
    measure::add_routes(router, needs, measure_hooks());
    spotcheck::add_routes(router, needs, {about_words});
    decision::add_routes(router, needs, {about_words, {calendar_of_body}});
    review::add_routes(router, needs, {about_words});
    survey::add_routes(router, needs, {about_words});
    scorecard::add_routes(router, needs);
    erasure::add_routes(router, needs, erasure_hooks(house.needs(), house.options().data));
    claim::add_routes(router, needs, claim_hooks());
    georeport::add_routes(router, needs);
    handover::add_routes(router, needs, others);
    contact::add_routes(router, needs);
    support::add_routes(router, needs);
    confidential::add_routes(router, needs);
    desk::add_routes(router, needs);
    paper::add_routes(router, needs, {contact::say_more(needs), about_words});
    proof::Hooks with_witnesses = proof_hooks();
    with_witnesses.witnesses = &house.witnesses();
    with_witnesses.receipt_parts = {
        [joining, live = house.live()](const http::Request& r, db::Connection& db, std::int64_t entry) {
            return discovery::part_of_receipt(r, db, *live, joining, entry);
        }};
    with_witnesses.rules.push_back(
        [means](page::Lang lang, db::Connection&) { return notice::part_of_rules(lang, means); });
    with_witnesses.rules.push_back(
        [mails](page::Lang lang, db::Connection& db) { return mail::part_of_rules(lang, db, mails); });
    proof::add_routes(router, needs, std::move(with_witnesses));
    search::add_routes(router, needs);
    add_overdue(router, needs);
    notice::add_routes(router, needs, notice_hooks(), means);
    add_home(router, house, {review::judged_percent});
    add_health(router, house);
    add_jobs(router, jobs);
}

std::vector<jobs::Task> tasks(House& house, const notice::Means& means, const mail::Means& mails,
                              const handover::Means& others) {
    std::vector<jobs::Task> all = voice::tasks(house.needs());
    for (jobs::Task& task : issue::tasks(house.needs(), opinions(house.maps()))) all.push_back(std::move(task));
    for (jobs::Task& task : opinion_map::tasks(house.needs(), house.maps())) all.push_back(std::move(task));
    for (jobs::Task& task : discovery::tasks(house.needs(), house.live())) all.push_back(std::move(task));
    for (jobs::Task& task : measure::tasks(house.needs())) all.push_back(std::move(task));
    for (jobs::Task& task : spotcheck::tasks(house.needs())) all.push_back(std::move(task));
    for (jobs::Task& task : scorecard::tasks(house.needs())) all.push_back(std::move(task));
    for (jobs::Task& task : review::tasks(house.needs())) all.push_back(std::move(task));
    for (jobs::Task& task : survey::tasks(house.needs())) all.push_back(std::move(task));
    for (jobs::Task& task : dialogue::tasks(house.needs())) all.push_back(std::move(task));
    for (jobs::Task& task : handover::tasks(house.needs(), others)) all.push_back(std::move(task));
    for (jobs::Task& task : confidential::tasks(house.needs())) all.push_back(std::move(task));
    for (jobs::Task& task : notice::tasks(house.needs(), notice_hooks(), means)) all.push_back(std::move(task));
    for (jobs::Task& task : search::tasks(house.needs())) all.push_back(std::move(task));
    for (jobs::Task& task : mail::tasks(house.needs(), mails, mail_reading(house))) all.push_back(std::move(task));
    db::Database& database = house.database();
    if (kernel::EvenClock* const clock = house.even_clock())
        all.push_back(
            {"server.clock", 5, [clock, told = ClockNews()](jobs::Run&) mutable { told.tell(clock->state()); }});
    all.push_back(erasure::retention(house.needs(), erasure_hooks(house.needs(), house.options().data),
                                     {contact::term(), {std::string(desk::note_term), desk::notes_over}}));
    all.push_back(erasure::task(house.needs(), house.files(), erasure_hooks(house.needs(), house.options().data)));
    // Photographs of forms that were never sent: no entry names them, so nobody could have them erased.
    all.push_back({"files.sweep", 6 * 3600,
                   [&house](jobs::Run& run) {
                       const auto in_use = [&](const kernel::Hash& blob) {
                           return voice::blob_in_use(*house.database().read(), blob);
                       };
                       const int gone = house.files().sweep(in_use, [&] { return run.stopping(); });
                       if (gone > 0) watch::info("files.swept", {{"files", gone}});
                   },
                   60});
    all.push_back({"db.checkpoint", 5, [&database](jobs::Run&) { database.checkpoint(); }});
    witnesses::Witnesses& witnesses = house.witnesses();
    if (!witnesses.policy().witnesses.empty())
        all.push_back({"log.witnesses", 1, [&witnesses, clock = house.even_clock()](jobs::Run&) {
                           witnesses.round(clock && clock->state().doubt != 0);
                           const auto time = clock ? witnesses.their_time() : std::nullopt;
                           if (time) clock->heard(*time);
                       }});
    return all;
}

}  // namespace server
