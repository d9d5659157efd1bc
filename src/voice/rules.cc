#include "rules.h"

#include <algorithm>

#include <kernel/text.h>

#include "texts.h"

namespace voice::rules {
namespace {

using kernel::Checked;
using kernel::Code;
using kernel::refuse;
using people::Role;

Checked in_state(Act act, const Case& c) {
    const State state = c.state;
    using enum State;
    const auto any_of = [&](std::initializer_list<State> allowed) {
        return std::find(allowed.begin(), allowed.end(), state) != allowed.end();
    };
    bool allowed = true;
    switch (act) {
        case Act::assign:
            allowed = any_of({received, assigned});
            break;
        case Act::join:
            allowed = any_of({received, assigned});
            break;
        case Act::split:
            allowed = any_of({received, assigned});
            break;
        case Act::put_together:
        case Act::keep_whole:
            allowed = state == State::split;
            break;
        case Act::part:
        case Act::keep_apart:
            allowed = any_of({joined});
            break;
        case Act::bounce:
        case Act::ask_back:
        case Act::pause:
        case Act::extend:
            allowed = any_of({assigned});
            break;
        case Act::resume:
            allowed = any_of({asked_back}) && c.paused_otherwise();
            break;
        case Act::answer:
            allowed = any_of({assigned, asked_back, answered});
            break;
        case Act::correct_answer:
            allowed = any_of({answered, rated, closed, closed_unrated});
            break;
        case Act::correct_kind:
        case Act::correct_place:
            allowed = state != withdrawn && state != noted && state < State::split;
            break;
        case Act::add_word:
            allowed = any_of({received, assigned, asked_back, answered, joined});
            break;
        case Act::rate:
        case Act::call_back:
            allowed = any_of({answered});
            break;
        case Act::reopen:
            allowed =
                any_of({answered, rated}) || (c.agreement == Agreement::broken && any_of({closed, closed_unrated}));
            break;
        case Act::agree:
        case Act::judge_agreement:
        case Act::find_agreement:
            allowed = any_of({answered, rated, closed, closed_unrated});
            break;
        case Act::withdraw:
            allowed = any_of({received, assigned, asked_back, answered, rated, joined});
            break;
        case Act::publish:
        case Act::hold:
        case Act::hide:
        case Act::show_again:
        case Act::refuse_appeal:
        case Act::decide_report:
        case Act::appeal:
            break;  // what is shown does not hang on how far the case is
    }
    if (allowed) return {};
    return refuse(Code::conflict, "voice.refused_" + std::string(name(state)));
}

Checked in_shown(Act act, const Case& c) {
    const auto refused = [&] { return refuse(Code::conflict, "voice.refused_" + std::string(name(c.shown))); };
    switch (act) {
        case Act::publish:
            return c.shown == Shown::held ? Checked() : refused();
        case Act::hold:
            if (c.shown != Shown::published) return refused();
            return c.held_once ? Checked(refuse(Code::conflict, "voice.held_before")) : Checked();
        case Act::hide:
            return c.shown == Shown::published || c.shown == Shown::held ? Checked() : refused();
        case Act::show_again:
            return c.shown == Shown::hidden ? Checked() : refused();
        case Act::refuse_appeal:
            return c.appeal ? Checked() : Checked(refuse(Code::conflict, "voice.no_appeal"));
        case Act::appeal:
            if (c.shown != Shown::hidden && c.shown != Shown::held) return refused();
            if (c.appeal || c.appealed_of == c.hidden_entry) return refuse(Code::conflict, "voice.appealed_before");
            return {};
        case Act::agree:
            return c.agreement == Agreement::offered ? Checked()
                                                     : Checked(refuse(Code::conflict, "voice.no_agreement_open"));
        case Act::judge_agreement:
        case Act::find_agreement:
            return c.agreement == Agreement::offered || c.agreement == Agreement::confirmed
                       ? Checked()
                       : Checked(refuse(Code::conflict, "voice.no_agreement_open"));
        case Act::call_back:
            if (!c.typist) return refuse(Code::conflict, "voice.call_unneeded");
            return c.call_tries < most_calls ? Checked() : Checked(refuse(Code::conflict, "voice.called_enough"));
        case Act::split:
            if (c.part_of) return refuse(Code::conflict, "voice.part_already");
            if (c.whole) return refuse(Code::conflict, "voice.kept_whole");
            if (c.answer) return refuse(Code::conflict, "voice.refused_answered");
            return c.shown == Shown::held || c.shown == Shown::hidden ? refused() : Checked();
        case Act::put_together:
        case Act::keep_whole:
        case Act::assign:
        case Act::bounce:
        case Act::ask_back:
        case Act::pause:
        case Act::resume:
        case Act::answer:
        case Act::extend:
        case Act::correct_kind:
        case Act::correct_place:
        case Act::correct_answer:
        case Act::join:
        case Act::part:
        case Act::decide_report:
        case Act::add_word:
        case Act::rate:
        case Act::reopen:
        case Act::withdraw:
        case Act::keep_apart:
            return {};
    }
    return {};
}

// Roles that check each other: who hid does not decide the appeal, who handled or typed neither moderates nor rates.
bool same_person(Act act, const Case& c, const Who& who) {
    if (!who.officer) return false;
    const bool handled = c.officer == who.officer || c.answered_by == who.officer;
    const bool typed = c.typist == who.officer || who.had_part;
    switch (act) {
        case Act::extend:
            return c.officer == who.officer;
        case Act::publish:
        case Act::hold:
        case Act::hide:
        case Act::decide_report:
            return handled || typed;
        case Act::show_again:
        case Act::refuse_appeal:
            return handled || typed || (c.appeal && c.hidden_by == who.officer);
        case Act::rate:
        case Act::reopen:
        case Act::agree:
        case Act::judge_agreement:
        case Act::find_agreement:
        case Act::call_back:
            return handled || typed;
        case Act::assign:
        case Act::bounce:
        case Act::ask_back:
        case Act::pause:
        case Act::resume:
        case Act::answer:
        case Act::correct_kind:
        case Act::correct_place:
        case Act::correct_answer:
        case Act::join:
        case Act::part:
        case Act::split:
        case Act::put_together:
        case Act::add_word:
        case Act::withdraw:
        case Act::appeal:
        case Act::keep_apart:
        case Act::keep_whole:
            return false;
    }
    return false;
}

// A part is shown as its whole is: what moderators do, and what is asked of them, is done with that.
bool of_the_whole(Act act) {
    switch (act) {
        case Act::publish:
        case Act::hold:
        case Act::hide:
        case Act::show_again:
        case Act::refuse_appeal:
        case Act::decide_report:
        case Act::appeal:
            return true;
        default:
            return false;
    }
}

Checked forbidden(std::string_view key) { return refuse(Code::forbidden, std::string(key)); }

Checked signed_in(const Who& who) {
    if (!who.officer) return refuse(Code::unauthenticated, "people.sign_in_first");
    return who.active ? Checked() : forbidden("people.account_closed");
}

Checked as_moderator(const Who& who) {
    if (!who.has(Role::moderator)) return forbidden("voice.needs_moderator");
    return who.independent ? Checked() : forbidden("voice.unit_concerned");
}

Checked in_role(Act act, const Case& c, const Who& who) {
    switch (act) {
        case Act::assign:
        case Act::join:
        case Act::part:
            if (who.has(Role::clerk)) return {};
            if (!who.has(Role::officer) && !who.has(Role::head)) return forbidden("voice.needs_clerk");
            return who.in_unit ? Checked() : forbidden("voice.not_yours");
        case Act::bounce:
        case Act::ask_back:
        case Act::pause:
        case Act::resume:
        case Act::answer:
        case Act::correct_answer:
            if (!who.has(Role::officer) && !who.has(Role::head)) return forbidden("voice.needs_officer");
            return who.in_unit ? Checked() : forbidden("voice.not_yours");
        case Act::extend:
            if (!who.has(Role::head)) return forbidden("voice.needs_head");
            return c.unit && who.above ? Checked() : forbidden("voice.not_yours");
        case Act::find_agreement:
            if (!who.has(Role::officer) && !who.has(Role::head) && !who.has(Role::clerk) && !who.has(Role::inspector))
                return forbidden("voice.needs_officer");
            return who.independent ? Checked() : forbidden("voice.unit_concerned");
        case Act::call_back:
            if (!who.has(Role::officer) && !who.has(Role::head) && !who.has(Role::clerk))
                return forbidden("voice.needs_officer");
            // What is not for everybody is read by clerks in all units, by officers in the one that has it alone.
            if (!c.is_public() && !who.has(Role::clerk)) return forbidden("voice.needs_clerk");
            return who.independent ? Checked() : forbidden("voice.call_by_another");
        case Act::correct_kind:
        case Act::correct_place:
        case Act::split:
        case Act::put_together:
            return who.has(Role::clerk) ? Checked() : forbidden("voice.needs_clerk");
        case Act::publish:
        case Act::hold:
        case Act::hide:
        case Act::show_again:
        case Act::refuse_appeal:
        case Act::decide_report:
            return as_moderator(who);
        case Act::add_word:
        case Act::rate:
        case Act::reopen:
        case Act::withdraw:
        case Act::appeal:
        case Act::keep_apart:
        case Act::keep_whole:
        case Act::agree:
        case Act::judge_agreement:
            return who.author ? Checked() : Checked(kernel::Error{Code::forbidden, "voice.code_wrong", "code", {}});
    }
    return {};
}

}  // namespace

bool Who::has(people::Role role) const { return std::find(roles.begin(), roles.end(), role) != roles.end(); }

Checked may(Act act, const Case& c, const Who& who) {
    if (act < Act::add_word)
        if (auto ok = signed_in(who); !ok) return ok;
    if (auto ok = in_role(act, c, who); !ok) return ok;
    if (same_person(act, c, who)) return forbidden("voice.same_person");
    if (c.part_of && of_the_whole(act)) return refuse(Code::conflict, "voice.part_with_whole");
    if (auto ok = in_state(act, c); !ok) return ok;
    return in_shown(act, c);
}

Checked needed_text(std::string_view text, std::string_view field, std::size_t max) {
    if (text.empty()) return kernel::invalid(std::string(field), "voice." + std::string(field) + "_missing");
    return kernel::check_length(text, field, max);
}

}  // namespace voice::rules
