// The first sixty seconds without a sign-in, and what the machine's keeper asks: is it up, is it ready, how is it.
#pragma once
#include <functional>
#include <optional>
#include <vector>

#include <cycle/cycle.h>
#include <http/http.h>
#include <jobs/jobs.h>
#include <measure/measure.h>

#include "house.h"

namespace server {

std::vector<cycle::Step>
funnel_steps();  // people → voices and statements → issues → decided → kept, late, refused, handed on
struct HomeHooks {
    // What those concerned say of a measure, for both verdicts: percent accepted, or nothing yet.
    std::function<std::optional<int>(db::Connection&, measure::MeasureId)> judged_percent;
};
void add_home(http::Router&, House&, HomeHooks = {});
void set_up_pages(House&);                  // organisation, navigation, language
void add_jobs(http::Router&, jobs::Jobs&);  // /admin/jobs: what runs by itself, for administrators
void add_health(http::Router&, House&);     // /healthz, /readyz, /metrics

}  // namespace server
