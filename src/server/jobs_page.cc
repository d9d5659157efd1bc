#include <algorithm>

#include <page/page.h>
#include <people/people.h>
#include <watch/watch.h>

#include "home.h"

namespace server {
namespace {

using http::Request;
using http::Response;

// "voice.cases" -> what it does, in the reader's words.
std::string does(page::Lang lang, std::string name) {
    std::replace(name.begin(), name.end(), '.', '_');
    return page::say(lang, "server.job_" + name);
}

page::Data row_of(page::Lang lang, const jobs::State& state) {
    page::Data row;
    row.set("name", state.name).set("does", does(lang, state.name)).set("running", state.running);
    if (state.running && state.of > 0)
        row.set("progress",
                page::say(lang, "server.job_progress",
                          {{"done", page::number(lang, state.done)}, {"of", page::number(lang, state.of)}}));
    row.set("counts",
            page::say(lang, "server.job_counts",
                      {{"runs", page::number(lang, state.runs)}, {"failures", page::number(lang, state.failures)}}));
    return row;
}

Response jobs_page(const jobs::Jobs& jobs, const Request& r) {
    if (auto may = people::need_role(people::actor(r), people::Role::administrator); !may)
        return people::refusal(r, may.error());
    const page::Lang lang = page::lang_of(r);
    std::vector<page::Data> rows;
    for (const jobs::State& state : jobs.states()) rows.push_back(row_of(lang, state));
    page::Data data;
    data.set("jobs", std::move(rows)).set("csrf", page::csrf_field());
    page::Page page;
    page.title = page::say(lang, "server.jobs");
    page.main = page::render(lang, "server/jobs.html", data);
    return page::answer(r, std::move(page));
}

// Changes nothing but when a task works: nothing is recorded.
Response ask(const Request& r, bool (jobs::Jobs::*what)(const std::string&), jobs::Jobs& jobs) {
    if (auto may = people::need_role(people::actor(r), people::Role::administrator); !may)
        return people::refusal(r, may.error());
    const std::string name(r.field("job").value_or(""));
    if (!(jobs.*what)(name)) return people::refusal(r, kernel::refuse(kernel::Code::not_found, "server.job_unknown"));
    return http::redirect("/admin/jobs");
}

}  // namespace

void add_jobs(http::Router& router, jobs::Jobs& jobs) {
    router.get("/admin/jobs", [&jobs](const Request& r) { return jobs_page(jobs, r); });
    router.post("/admin/jobs/run", [&jobs](const Request& r) { return ask(r, &jobs::Jobs::run_soon, jobs); });
    router.post("/admin/jobs/stop", [&jobs](const Request& r) { return ask(r, &jobs::Jobs::end_run, jobs); });
}

}  // namespace server
