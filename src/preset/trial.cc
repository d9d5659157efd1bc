#include "trial.h"

#include "words.h"

namespace preset {
namespace {

using page::Lang;
using page::say;

struct Trier {
    Lang lang;
    const kernel::Calendar& calendar;
    kernel::Day from;
    std::vector<TrialRow> rows;

    void add(std::string what, const deadline::Counted& counted) {
        rows.push_back({std::move(what), counted.due, counted.beyond});
    }
    void steps(const deadline::Duty& duty, const deadline::Counted& counted) {
        for (const deadline::Step& step : duty.ladder)
            rows.push_back({"– " + step_words(lang, step), deadline::day_of(calendar, counted.from, counted.due, step),
                            counted.beyond});
    }
    void extension(const deadline::Extension& e, const deadline::Counted& counted) {
        if (e.most == 0) return;
        add(say(lang, "preset.trial_extended", {{"term", term_words(lang, e.longest)}}),
            deadline::extended(calendar, counted, e.longest));
    }

    void operator()(const Casework& c) {
        const auto accept = deadline::count(calendar, from, c.accept.term);
        add(say(lang, "preset.accept"), accept);
        steps(c.accept, accept);
        const auto reply = deadline::count(calendar, from, c.reply.term);
        add(say(lang, "preset.reply"), reply);
        for (const auto& [kind, term] : c.reply_of)
            add(say(lang, "preset.reply_to", {{"kind", kind_words(lang, kind)}}),
                deadline::count(calendar, from, term));
        steps(c.reply, reply);
        extension(c.extension, reply);
        for (const deadline::Stop& stop : c.stops)
            add(say(lang, "preset.trial_stopped",
                    {{"reason", reason_words(lang, stop.reason)}, {"term", term_words(lang, stop.longest)}}),
                deadline::resumed(calendar, reply, from, deadline::count(calendar, from, stop.longest).due));
        add(say(lang, "preset.rating"), deadline::count(calendar, reply.due, c.rating));
    }
    void operator()(const Rectification& r) {
        const auto due = deadline::count(calendar, from, r.due.term);
        add(say(lang, "preset.due"), due);
        steps(r.due, due);
        extension(r.extension, due);
        add(say(lang, "preset.rework"), deadline::count(calendar, from, r.rework));
        add(say(lang, "preset.look_back"), deadline::count(calendar, from, r.look_back));
    }
    void operator()(const preset::Steps&) {}
};

}  // namespace

std::vector<TrialRow> trial(Lang lang, const Params& params, const kernel::Calendar& calendar, kernel::Day from) {
    Trier trier{lang, calendar, from, {}};
    std::visit(trier, params);
    return std::move(trier.rows);
}

}  // namespace preset
