#include "form.h"

#include <kernel/id.h>
#include <kernel/text.h>

#include "words.h"

namespace preset {
namespace {

using page::Lang;

constexpr std::string_view of_cases[] = {"accept",
                                         "accept_steps",
                                         "reply_start",
                                         "reply",
                                         "reply_help",
                                         "reply_complaint",
                                         "reply_suggestion",
                                         "reply_question",
                                         "reply_praise",
                                         "reply_again",
                                         "reply_steps",
                                         "stop_author_asked",
                                         "stop_third_party",
                                         "stop_other_body",
                                         "stop_hearing",
                                         "stop_correction",
                                         "extension_most",
                                         "extension",
                                         "extension_approver",
                                         "bounce_most",
                                         "bounce",
                                         "rating",
                                         "superior_at",
                                         "release",
                                         "day",
                                         "reason"};
constexpr std::string_view of_measures[] = {
    "due", "due_steps", "extension_most", "extension", "extension_approver", "rework", "look_back", "day", "reason"};
constexpr deadline::Start starts[] = {deadline::Start::received, deadline::Start::acknowledged,
                                      deadline::Start::assigned, deadline::Start::accepted};
constexpr deadline::Whom approvers[] = {deadline::Whom::head, deadline::Whom::unit_above, deadline::Whom::inspector};
constexpr std::size_t longest_term = 40, longest_steps = 2'000;

std::string named(std::string_view prefix, std::string_view word) {
    return std::string(prefix) + '_' + std::string(word);
}

struct Filler {
    page::Form& form;
    Lang lang;

    void term(std::string field, const deadline::Term& term) const { form.value(std::move(field), typed(lang, term)); }
    void extension(const deadline::Extension& e) const {
        form.value("extension_most", std::to_string(e.most));
        term("extension", e.longest);
        form.value("extension_approver", std::string(deadline::name(e.approver)));
        std::vector<page::Option> all;
        for (deadline::Whom whom : approvers)
            all.push_back({std::string(deadline::name(whom)), whom_words(lang, whom), ""});
        form.options("extension_approver", std::move(all));
    }

    void operator()(const Casework& c) const {
        term("accept", c.accept.term);
        form.value("accept_steps", typed(c.accept.ladder, c.accept.then_every));
        term("reply", c.reply.term);
        form.value("reply_steps", typed(c.reply.ladder, c.reply.then_every));
        form.value("reply_start", std::string(deadline::name(c.reply.start)));
        std::vector<page::Option> all, every_kind;
        for (deadline::Start start : starts)
            all.push_back({std::string(deadline::name(start)), start_words(lang, start), ""});
        form.options("reply_start", std::move(all));
        for (const auto& [kind, own] : c.reply_of) term(named("reply", kind), own);
        if (c.reply_again) term("reply_again", *c.reply_again);
        for (const deadline::Stop& stop : c.stops) term(named("stop", deadline::name(stop.reason)), stop.longest);
        extension(c.extension);
        form.value("bounce_most", std::to_string(c.bounce.most)).value("bounce", typed(lang, c.bounce));
        term("rating", c.rating);
        form.value("superior_at", std::to_string(c.superior_at));
        for (const std::string& kind : c.release) form.value("release", kind);
        for (std::string_view kind : kinds) every_kind.push_back({std::string(kind), kind_words(lang, kind), ""});
        form.options("release", std::move(every_kind));
    }
    void operator()(const Rectification& r) const {
        term("due", r.due.term);
        form.value("due_steps", typed(r.due.ladder, r.due.then_every));
        extension(r.extension);
        term("rework", r.rework);
        term("look_back", r.look_back);
    }
    void operator()(const preset::Steps&) const {}
};

class Taker {
public:
    Taker(page::Reader& reader, const http::Request& request) : reader_(reader), request_(request) {}

    Params operator()(const Casework& like) {
        Casework c = like;
        c.accept.term = term("accept", like.accept.term);
        steps("accept_steps", c.accept);
        c.reply.term = term("reply", like.reply.term);
        steps("reply_steps", c.reply);
        c.reply.start = word("reply_start", like.reply.start, deadline::parse_start);
        c.reply_of.clear();
        for (std::string_view kind : kinds)
            if (const auto own = optional_term(named("reply", kind), like.reply_term(kind)))
                c.reply_of.emplace(kind, *own);
        c.reply_again = optional_term("reply_again", like.reply_again.value_or(like.reply.term));
        c.stops.clear();
        for (deadline::Reason reason : deadline::all_reasons) {
            const deadline::Stop* before = like.stop(reason);
            const auto longest =
                optional_term(named("stop", deadline::name(reason)), before ? before->longest : deadline::Term{});
            if (longest) c.stops.push_back({reason, some_time(named("stop", deadline::name(reason)), *longest)});
        }
        c.extension = extension(like.extension);
        c.bounce = bounce(like.bounce);
        c.rating = some_time("rating", term("rating", like.rating));
        c.superior_at = number("superior_at", like.superior_at, 1, 5, "preset.superior");
        c.release.clear();
        for (std::string_view kind : request_.fields("release")) c.release.emplace(kind);
        return c;
    }
    Params operator()(const Rectification& like) {
        Rectification r = like;
        r.due.term = term("due", like.due.term);
        steps("due_steps", r.due);
        r.extension = extension(like.extension);
        r.rework = some_time("rework", term("rework", like.rework));
        r.look_back = some_time("look_back", term("look_back", like.look_back));
        return r;
    }
    Params operator()(const preset::Steps& like) { return like; }

private:
    template <class T>
    T taken(const kernel::Result<T>& read, const T& like) {
        if (read) return *read;
        reader_.refuse(read.error());
        return like;
    }
    deadline::Term term(std::string_view field, const deadline::Term& like) {
        const std::string text = reader_.text(field, longest_term);
        return reader_.refused(field) ? like : taken(read_term(text, like, field), like);
    }
    std::optional<deadline::Term> optional_term(const std::string& field, const deadline::Term& like) {
        const std::string text = reader_.text(field, longest_term);
        if (text.empty() || reader_.refused(field)) return std::nullopt;
        return taken(read_term(text, like, field), like);
    }
    void steps(std::string_view field, deadline::Duty& duty) {
        const std::string text = reader_.text(field, longest_steps, kernel::Lines::many);
        if (reader_.refused(field)) return;
        const TypedSteps read = taken(read_steps(text, field), TypedSteps{duty.ladder, duty.then_every});
        duty.ladder = read.ladder;
        duty.then_every = read.then_every;
    }
    template <class Word, class Parse>
    Word word(std::string_view field, Word like, Parse parse) {
        const std::optional<Word> said = parse(request_.field(field).value_or(""));
        if (!said) reader_.refuse(kernel::invalid(std::string(field), "preset.choose"));
        return said.value_or(like);
    }
    int number(std::string_view field, int like, int least, int most, std::string_view key) {
        const auto said = kernel::parse_index(kernel::trim(request_.field(field).value_or("")));
        if (said && *said >= least && *said <= most) return static_cast<int>(*said);
        reader_.refuse(kernel::invalid(std::string(field), std::string(key), {{"most", std::to_string(most)}}));
        return like;
    }
    // A term in which something can be done.
    deadline::Term some_time(std::string_view field, const deadline::Term& read) {
        if (read.n == 0 && !reader_.refused(field))
            reader_.refuse(kernel::invalid(std::string(field), "deadline.span_zero"));
        return read;
    }
    deadline::Extension extension(const deadline::Extension& like) {
        deadline::Extension e = like;
        e.most = number("extension_most", like.most, 0, deadline::most_extensions, "deadline.times");
        e.longest = term("extension", like.longest);
        e.approver = word("extension_approver", like.approver, deadline::parse_whom);
        if (auto ok = deadline::check(e); !ok && reader_.good())
            reader_.refuse(kernel::invalid("extension", ok.error().key, ok.error().args));
        return e;
    }
    deadline::Bounce bounce(const deadline::Bounce& like) {
        const int most = number("bounce_most", like.most, 0, deadline::most_bounces, "deadline.times");
        const std::string text = reader_.text("bounce", longest_term);
        return reader_.refused("bounce") ? like : taken(read_bounce(text, most, like, "bounce"), like);
    }

    page::Reader& reader_;
    const http::Request& request_;
};

}  // namespace

std::span<const std::string_view> form_fields(Applies applies) {
    if (applies == Applies::cases) return of_cases;
    if (applies == Applies::measures) return of_measures;
    return {};
}

void fill_form(page::Form& form, Lang lang, const Params& params) { std::visit(Filler{form, lang}, params); }

Params read_form(page::Reader& reader, const http::Request& request, const Params& like) {
    return std::visit(Taker(reader, request), like);
}

}  // namespace preset
