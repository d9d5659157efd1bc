#include "words.h"

#include <kernel/text.h>

namespace preset {
namespace {

using page::Lang;
using page::say;

std::string key(std::string_view prefix, std::string_view word) {
    return "preset." + std::string(prefix) + '_' + std::string(word);
}

std::string with(std::string a, std::string_view more) {
    if (!more.empty()) a.append(a.empty() ? "" : " · ").append(more);
    return a;
}

std::string duty_words(Lang lang, const deadline::Start& start, const deadline::Term& term) {
    return say(lang, "preset.from_start", {{"term", term_words(lang, term)}, {"start", start_words(lang, start)}});
}

std::string ladder_words(Lang lang, const deadline::Ladder& ladder, int then_every) {
    std::string text;
    for (const deadline::Step& step : ladder) text += (text.empty() ? "" : "\n") + step_words(lang, step);
    if (then_every > 0)
        text += (text.empty() ? "" : "\n") + say(lang, "preset.then_every", {{"n", std::to_string(then_every)}});
    return text.empty() ? say(lang, "preset.none") : text;
}

std::string extension_words(Lang lang, const deadline::Extension& e) {
    if (e.most == 0) return say(lang, "preset.none");
    std::string text = say(
        lang, "preset.extension_of",
        {{"n", std::to_string(e.most)}, {"term", term_words(lang, e.longest)}, {"whom", whom_words(lang, e.approver)}});
    return e.before_due ? with(std::move(text), say(lang, "preset.before_due")) : text;
}

std::string bounce_words(Lang lang, const deadline::Bounce& b) {
    if (b.most == 0) return say(lang, "preset.none");
    const std::string within = b.within_hours ? say(lang, "preset.hours", {{"n", std::to_string(*b.within_hours)}})
                                              : term_words(lang, b.within);
    return say(lang, "preset.bounce_of", {{"n", std::to_string(b.most)}, {"term", within}});
}

struct Lister {
    Lang lang;
    std::vector<Figure> all;

    void add(std::string path, std::string what, std::string value) {
        all.push_back({std::move(path), std::move(what), std::move(value)});
    }
    void add(std::string path, std::string_view message, std::string value) {
        add(std::move(path), say(lang, message), std::move(value));
    }

    void operator()(const Casework& c) {
        add("accept.term", std::string_view("preset.accept"), duty_words(lang, c.accept.start, c.accept.term));
        add("accept.ladder", std::string_view("preset.accept_steps"),
            ladder_words(lang, c.accept.ladder, c.accept.then_every));
        add("reply.term", std::string_view("preset.reply"), duty_words(lang, c.reply.start, c.reply.term));
        for (const auto& [kind, term] : c.reply_of)
            add("reply_of." + kind, say(lang, "preset.reply_to", {{"kind", kind_words(lang, kind)}}),
                term_words(lang, term));
        if (c.reply_again) add("reply_again", std::string_view("preset.reply_again"), term_words(lang, *c.reply_again));
        add("reply.ladder", std::string_view("preset.reply_steps"),
            ladder_words(lang, c.reply.ladder, c.reply.then_every));
        std::string stops;
        for (const deadline::Stop& stop : c.stops)
            stops += (stops.empty() ? "" : "\n") +
                     say(lang, "preset.stop_of",
                         {{"reason", reason_words(lang, stop.reason)}, {"term", term_words(lang, stop.longest)}});
        add("stops", std::string_view("preset.stops"), stops.empty() ? say(lang, "preset.none") : stops);
        add("extension.longest", std::string_view("preset.extension"), extension_words(lang, c.extension));
        add(c.bounce.within_hours ? "bounce.within_hours" : "bounce.within", std::string_view("preset.bounce"),
            bounce_words(lang, c.bounce));
        add("rating", std::string_view("preset.rating"), term_words(lang, c.rating));
        add("superior_at", std::string_view("preset.superior_at"),
            say(lang, "preset.superior_nth", {{"n", std::to_string(c.superior_at)}}));
        std::string release;
        for (const std::string& kind : c.release) release = with(std::move(release), kind_words(lang, kind));
        add("release", std::string_view("preset.release"), release.empty() ? say(lang, "preset.none") : release);
    }

    void operator()(const Rectification& r) {
        add("due.term", std::string_view("preset.due"), duty_words(lang, r.due.start, r.due.term));
        add("due.ladder", std::string_view("preset.due_steps"), ladder_words(lang, r.due.ladder, r.due.then_every));
        add("extension.longest", std::string_view("preset.extension"), extension_words(lang, r.extension));
        add("rework", std::string_view("preset.rework"), term_words(lang, r.rework));
        add("look_back", std::string_view("preset.look_back"), term_words(lang, r.look_back));
    }

    void operator()(const preset::Steps& steps) {
        for (const Step& step : steps) {
            std::string value;
            if (step.on)
                value = say(lang, "preset.each_year",
                            {{"month", std::to_string(step.on->month)}, {"day", std::to_string(step.on->day)}});
            else if (step.term)
                value = step.at_least
                            ? say(lang, "preset.at_least",
                                  {{"term", term_words(lang, *step.term)}, {"start", start_words(lang, step.start)}})
                            : duty_words(lang, step.start, *step.term);
            if (step.extension.most > 0) value += "\n" + extension_words(lang, step.extension);
            if (step.silence != Silence::nothing) value += "\n" + say(lang, key("silence", name(step.silence)));
            add("steps", say(lang, key("step", step.name)), std::move(value));
        }
    }
};

}  // namespace

std::string title(Lang lang, const Preset& p) {
    if (p.id == "settings") return say(lang, p.applies == Applies::cases ? "preset.of_settings" : "preset.of_program");
    if (p.based_on) {
        const LibraryPreset* from = in_library(p.based_on->id);
        return say(lang, "preset.own_of",
                   {{"n", std::to_string(p.version)}, {"of", from ? title(lang, from->preset) : p.based_on->id}});
    }
    const LibraryPreset* found = in_library(p.id);
    if (!found) return p.id;
    switch (lang) {
        case Lang::zh_hans:
            return found->title.zh_hans;
        case Lang::zh_hant:
            return found->title.zh_hant;
        case Lang::en:
            return found->title.en;
    }
    return p.id;
}

std::string tag_words(Lang lang, const Preset& p) {
    if (p.based_on) return say(lang, "preset.tag_institution");
    switch (p.tag) {
        case Tag::text:
            return say(lang, "preset.tag_text");
        case Tag::excerpt:
            return say(lang, "preset.tag_excerpt");
        case Tag::own:
            return say(lang, "preset.tag_own");
    }
    return "";
}

std::string applies_words(Lang lang, Applies applies) { return say(lang, key("applies", name(applies))); }

std::string source_words(const Preset& p) { return p.article.empty() ? p.source : p.source + " · " + p.article; }

std::string term_words(Lang lang, const deadline::Term& term) {
    if (term.n == 0) return say(lang, "preset.same_day");
    std::string text = say(lang, key("unit", deadline::name(term.unit)), {{"n", std::to_string(term.n)}});
    if (term.first == deadline::First::same_day) text = with(std::move(text), say(lang, "preset.first_same_day"));
    if (term.first == deadline::First::next_working_day)
        text = with(std::move(text), say(lang, "preset.first_next_working_day"));
    if (term.ending == deadline::Ending::next_working_day)
        text = with(std::move(text), say(lang, "preset.ending_next_working_day"));
    return text;
}

std::string kind_words(Lang lang, std::string_view kind) { return say(lang, "voice.kind_" + std::string(kind)); }
std::string reason_words(Lang lang, deadline::Reason reason) {
    return say(lang, key("reason", deadline::name(reason)));
}
std::string whom_words(Lang lang, deadline::Whom whom) { return say(lang, key("whom", deadline::name(whom))); }
std::string start_words(Lang lang, deadline::Start start) { return say(lang, key("start", deadline::name(start))); }

std::string step_words(Lang lang, const deadline::Step& step) {
    const std::string n = std::to_string(step.at < 0 ? -step.at : step.at);
    const char* when = step.at < 0 ? "preset.step_before" : step.at == 0 ? "preset.step_on_day" : "preset.step_after";
    std::string text = say(lang, when, {{"n", n}, {"level", say(lang, key("level", deadline::name(step.level)))}});
    for (deadline::Whom whom : step.to) text = with(std::move(text), whom_words(lang, whom));
    return step.is_public ? with(std::move(text), say(lang, "preset.step_public")) : text;
}

std::vector<Figure> figures(Lang lang, const Params& params) {
    Lister lister{lang, {}};
    std::visit(lister, params);
    return std::move(lister.all);
}

}  // namespace preset
