#include <span>

#include "store.h"
#include "voice.h"

namespace voice {
namespace {

template <class Case>
std::optional<Case> parse_one_of(std::span<const Case> all, std::string_view text) {
    for (Case one : all)
        if (name(one) == text) return one;
    return std::nullopt;
}

}  // namespace

std::string_view name(Kind kind) {
    switch (kind) {
        case Kind::help:
            return "help";
        case Kind::complaint:
            return "complaint";
        case Kind::suggestion:
            return "suggestion";
        case Kind::question:
            return "question";
        case Kind::praise:
            return "praise";
    }
    return "";
}

std::string_view name(Audience audience) {
    switch (audience) {
        case Audience::open:
            return "open";
        case Audience::unit_only:
            return "unit_only";
    }
    return "";
}

std::string_view name(Shown shown) {
    switch (shown) {
        case Shown::held:
            return "held";
        case Shown::published:
            return "published";
        case Shown::unit_only:
            return "unit_only";
        case Shown::hidden:
            return "hidden";
    }
    return "";
}

std::string_view name(State state) {
    switch (state) {
        case State::received:
            return "received";
        case State::assigned:
            return "assigned";
        case State::asked_back:
            return "asked_back";
        case State::answered:
            return "answered";
        case State::rated:
            return "rated";
        case State::closed:
            return "closed";
        case State::closed_unrated:
            return "closed_unrated";
        case State::withdrawn:
            return "withdrawn";
        case State::noted:
            return "noted";
        case State::joined:
            return "joined";
        case State::split:
            return "split";
        case State::put_back:
            return "put_back";
    }
    return "";
}

std::string_view name(Before before) {
    switch (before) {
        case Before::unanswered:
            return "unanswered";
        case Before::in_time:
            return "in_time";
        case Before::late:
            return "late";
        case Before::replied:
            return "replied";
    }
    return "";
}

std::string_view name(Answer answer) {
    switch (answer) {
        case Answer::done:
            return "done";
        case Answer::dated:
            return "dated";
        case Answer::long_term:
            return "long_term";
        case Answer::agreed:
            return "agreed";
        case Answer::cannot:
            return "cannot";
    }
    return "";
}

bool by_hand(Way way) { return way == Way::telephone || way == Way::counter || way == Way::paper || way == Way::visit; }

std::string_view name(Agreement agreement) {
    switch (agreement) {
        case Agreement::offered:
            return "offered";
        case Agreement::confirmed:
            return "confirmed";
        case Agreement::denied:
            return "denied";
        case Agreement::kept:
            return "kept";
        case Agreement::broken:
            return "broken";
        case Agreement::unsaid:
            return "unsaid";
    }
    return "";
}

std::string_view name(Way way) {
    switch (way) {
        case Way::web:
            return "web";
        case Way::telephone:
            return "telephone";
        case Way::counter:
            return "counter";
        case Way::paper:
            return "paper";
        case Way::visit:
            return "visit";
        case Way::imported:
            return "imported";
        case Way::email:
            return "email";
        case Way::open311:
            return "open311";
    }
    return "";
}

std::string_view name(What what) {
    switch (what) {
        case What::published:
            return "published";
        case What::published_late:
            return "published_late";
        case What::held:
            return "held";
        case What::hidden:
            return "hidden";
        case What::shown_again:
            return "shown_again";
        case What::appealed:
            return "appealed";
        case What::appeal_refused:
            return "appeal_refused";
        case What::reported:
            return "reported";
        case What::report_kept:
            return "report_kept";
        case What::report_hidden:
            return "report_hidden";
        case What::assigned:
            return "assigned";
        case What::bounced:
            return "bounced";
        case What::asked_back:
            return "asked_back";
        case What::resumed:
            return "resumed";
        case What::answered:
            return "answered";
        case What::extended:
            return "extended";
        case What::routed:
            return "routed";
        case What::paused:
            return "paused";
        case What::resumed_by_officer:
            return "resumed_by_officer";
        case What::reminder:
            return "reminder";
        case What::due_today:
            return "due_today";
        case What::place_corrected:
            return "place_corrected";
        case What::late_accept:
            return "late_accept";
        case What::late_reply:
            return "late_reply";
        case What::closed:
            return "closed";
        case What::closed_unrated:
            return "closed_unrated";
        case What::kind_corrected:
            return "kind_corrected";
        case What::answer_corrected:
            return "answer_corrected";
        case What::word_added:
            return "word_added";
        case What::word_given:
            return "word_given";
        case What::rated:
            return "rated";
        case What::reopened:
            return "reopened";
        case What::reopened_superior:
            return "reopened_superior";
        case What::withdrawn:
            return "withdrawn";
        case What::withdrawn_asked:
            return "withdrawn_asked";
        case What::joined:
            return "joined";
        case What::due_sooner:
            return "due_sooner";
        case What::parted:
            return "parted";
        case What::kept_apart:
            return "kept_apart";
        case What::answered_with:
            return "answered_with";
        case What::agreement_confirmed:
            return "agreement_confirmed";
        case What::agreement_denied:
            return "agreement_denied";
        case What::agreement_kept:
            return "agreement_kept";
        case What::agreement_broken:
            return "agreement_broken";
        case What::agreement_found_kept:
            return "agreement_found_kept";
        case What::agreement_found_broken:
            return "agreement_found_broken";
        case What::agreement_unsaid:
            return "agreement_unsaid";
        case What::called_rated:
            return "called_rated";
        case What::called_not_reached:
            return "called_not_reached";
        case What::called_refused:
            return "called_refused";
        case What::called_reopened:
            return "called_reopened";
        case What::called_reopened_superior:
            return "called_reopened_superior";
        case What::found_open:
            return "found_open";
        case What::split:
            return "split";
        case What::split_off:
            return "split_off";
        case What::kept_whole:
            return "kept_whole";
        case What::put_together:
            return "put_together";
    }
    return "";
}

std::optional<Kind> parse_kind(std::string_view text) { return parse_one_of(std::span<const Kind>(all_kinds), text); }
std::optional<Audience> parse_audience(std::string_view text) {
    return parse_one_of(std::span<const Audience>(all_audiences), text);
}
std::optional<State> parse_state(std::string_view text) {
    return parse_one_of(std::span<const State>(all_states), text);
}
std::optional<Answer> parse_answer(std::string_view text) {
    return parse_one_of(std::span<const Answer>(all_answers), text);
}
std::optional<Way> parse_way(std::string_view text) { return parse_one_of(std::span<const Way>(all_ways), text); }

}  // namespace voice
