#include "people.h"

#include <algorithm>

#include <db/database.h>
#include <http/http.h>
#include <kernel/text.h>
#include <ledger/ledger.h>
#include <page/page.h>

#include "acts.h"
#include "calendars.h"
#include "change.h"
#include "passwords.h"
#include "rules.h"
#include "settings.h"
#include "store.h"

namespace people {

using kernel::Checked;
using kernel::Code;
using kernel::Result;

// ---- who acts ------------------------------------------------------------------------------------------------------

std::string_view name(Role role) {
    switch (role) {
        case Role::administrator:
            return "administrator";
        case Role::moderator:
            return "moderator";
        case Role::officer:
            return "officer";
        case Role::head:
            return "head";
        case Role::clerk:
            return "clerk";
        case Role::member:
            return "member";
        case Role::inspector:
            return "inspector";
    }
    return "";
}

std::optional<Role> parse_role(std::string_view text) {
    for (Role role : all_roles)
        if (name(role) == text) return role;
    return std::nullopt;
}

bool Officer::has(Role role) const { return std::find(roles.begin(), roles.end(), role) != roles.end(); }
bool Actor::has(Role role) const { return std::find(roles.begin(), roles.end(), role) != roles.end(); }

Actor actor(const http::Request& request) {
    Actor actor{OfficerId(request.who.officer), UnitId(request.who.unit), {}, request.visitor};
    for (const std::string& text : request.who.roles)
        if (const std::optional<Role> role = parse_role(text)) actor.roles.push_back(*role);
    return actor;
}

Actor actor(db::Connection& db, OfficerId id) {
    const std::optional<Officer> found = officer(db, id);
    if (!found || !found->active) return {};
    return {id, found->unit, found->roles, {}, found->contractor};
}

Actor in_force(db::Connection& db, const Actor& actor) {
    if (!actor.staff()) return actor;
    Actor now = people::actor(db, actor.officer);
    if (now.staff()) now.visitor = actor.visitor;
    return now;
}

Actor console() { return {{}, {}, {Role::administrator}, {}}; }

Checked need_own_staff(const Actor& actor) {
    if (actor.contractor) return kernel::refuse(Code::forbidden, "people.contractor_may_not");
    return {};
}

Checked need_staff(const Actor& actor) {
    if (!actor.staff()) return kernel::refuse(Code::unauthenticated, "people.sign_in_first");
    return {};
}

Checked need_role(const Actor& actor, Role role) {
    if (actor.has(role)) return {};
    if (!actor.staff()) return kernel::refuse(Code::unauthenticated, "people.sign_in_first");
    return kernel::refuse(Code::forbidden, "people.role_needed_" + std::string(name(role)));
}

Checked need_role(db::Connection& db, const Actor& actor, Role role) {
    if (!actor.staff()) return need_role(actor, role);
    const std::optional<Officer> now = officer(db, actor.officer);
    if (!now || !now->active) return kernel::refuse(Code::forbidden, "people.account_closed");
    return need_role(Actor{now->id, now->unit, now->roles, actor.visitor, now->contractor}, role);
}

// ---- acts: read, decide, record ------------------------------------------------------------------------------------

namespace {

// Every act of this feature is an administrator's, decides one Change and records it.
template <class Decide>
Result<ledger::Receipt> administer(const Needs& needs, const Actor& actor, Once once, Decide decide) {
    return needs.ledger.perform(
        [&](ledger::Writing& writing) -> Result<std::int64_t> {
            if (Checked ok = need_role(writing.db(), actor, Role::administrator); !ok) return ok.error();
            const auto change = decide(writing.db());
            if (!change) return change.error();
            return writing.append(encode(*change, writing.next_index()));
        },
        once);
}

Checked done(const Result<ledger::Receipt>& recorded) {
    if (!recorded) return recorded.error();
    return {};
}

std::optional<Contractor> contractor_asked(db::Connection& db, const std::optional<ContractorId>& asked) {
    return asked ? contractor(db, *asked) : std::nullopt;
}

OfficerState officer_state(db::Connection& db, OfficerId id, UnitId asked_unit,
                           const std::optional<ContractorId>& asked_contractor = {}) {
    return {officer(db, id), unit(db, asked_unit), false, contractor_asked(db, asked_contractor),
            administrators_besides(db, id)};
}

}  // namespace

Result<UnitId> make_unit(const Needs& needs, const Actor& actor, const NewUnit& asked, Once once) {
    const Result<ledger::Receipt> made = administer(needs, actor, once, [&](db::Connection& db) {
        UnitState now;
        if (asked.parent) now.parent = unit(db, *asked.parent);
        now.name_taken = unit_name_taken(db, asked.parent, asked.name);
        return decide(now, asked, actor.officer);
    });
    if (!made) return made.error();
    return UnitId(made->index);
}

Checked rename_unit(const Needs& needs, const Actor& actor, const UnitRename& asked, Once once) {
    return done(administer(needs, actor, once, [&](db::Connection& db) {
        UnitState now;
        now.unit = unit(db, asked.unit);
        now.name_taken = now.unit && unit_name_taken(db, now.unit->parent, asked.name);
        return decide(now, asked, actor.officer);
    }));
}

Checked move_unit(const Needs& needs, const Actor& actor, const UnitMove& asked, Once once) {
    return done(administer(needs, actor, once, [&](db::Connection& db) {
        UnitState now;
        now.unit = unit(db, asked.unit);
        now.parent = unit(db, asked.parent);
        now.parent_below_unit = is_under(db, asked.parent, asked.unit);
        now.name_taken = now.unit && unit_name_taken(db, asked.parent, now.unit->name);
        return decide(now, asked, actor.officer);
    }));
}

Checked close_unit(const Needs& needs, const Actor& actor, const UnitClosing& asked, const Hooks& hooks, Once once) {
    return done(administer(needs, actor, once, [&](db::Connection& db) -> Result<UnitClosed> {
        UnitState now;
        now.unit = unit(db, asked.unit);
        now.has_open_units = has_open_units(db, asked.unit);
        now.has_officers = has_officers(db, asked.unit);
        Result<UnitClosed> change = decide(now, asked, actor.officer);
        if (!change) return change;
        for (const auto& guard : hooks.guards)
            if (Checked ok = guard(db, asked.unit); !ok) return ok.error();
        return change;
    }));
}

namespace {

Result<ledger::Receipt> record_officer(const Needs& needs, const Actor& actor, const NewOfficer& asked, Once once) {
    return administer(needs, actor, once, [&](db::Connection& db) {
        OfficerState now;
        now.unit = unit(db, asked.unit);
        now.login_taken = login_taken(db, asked.login);
        now.contractor = contractor_asked(db, asked.contractor);
        return decide(now, asked, actor.officer);
    });
}

}  // namespace

Result<OfficerId> make_officer(const Needs& needs, const Actor& actor, const NewOfficer& asked, Once once) {
    const Result<ledger::Receipt> made = record_officer(needs, actor, asked, once);
    if (!made) return made.error();
    return OfficerId(made->index);
}

Checked change_officer(const Needs& needs, const Actor& actor, const OfficerEdit& asked, Once once) {
    return done(administer(needs, actor, once, [&](db::Connection& db) {
        return decide(officer_state(db, asked.officer, asked.unit, asked.contractor), asked, actor.officer);
    }));
}

Result<ContractorId> make_contractor(const Needs& needs, const Actor& actor, std::string_view name, Once once) {
    const Result<ledger::Receipt> made = administer(needs, actor, once, [&](db::Connection& db) {
        return decide(ContractorState{{}, contractor_name_taken(db, name), false}, name, actor.officer);
    });
    if (!made) return made.error();
    return ContractorId(made->index);
}

Checked end_contractor(const Needs& needs, const Actor& actor, const ContractorEnd& asked, Once once) {
    return done(administer(needs, actor, once, [&](db::Connection& db) {
        const ContractorState now{contractor(db, asked.contractor), false, has_officers(db, asked.contractor)};
        return decide(now, asked, actor.officer);
    }));
}

Checked change_setting(const Needs& needs, const Actor& actor, const SettingEdit& asked, Once once,
                       const Hooks& hooks) {
    return done(administer(needs, actor, once, [&](db::Connection& db) -> Result<SettingChanged> {
        if (hooks.setting_guard)
            if (Checked ok = hooks.setting_guard(db, asked.name); !ok) return ok.error();
        return decide(setting_rule(asked.name) ? setting(db, asked.name) : "", asked, actor.officer);
    }));
}

Checked set_calendar(const Needs& needs, const Actor& actor, const CalendarEdit& asked, Once once) {
    return done(
        administer(needs, actor, once, [&](db::Connection& db) { return decide(calendar(db), asked, actor.officer); }));
}

// ---- passwords that are given --------------------------------------------------------------------------------------

namespace {

// Ends the officer's sessions too: whoever gives a password has a reason to distrust the old one.
FirstAccount store_password(const Needs& needs, OfficerId id, std::string login, const kernel::Secret& password) {
    const std::string hash = hash_password(password, needs.password_cost);
    db::Database::Lease local = needs.database.local();
    db::Transaction transaction(*local);
    write_password(*local, id, hash, Chosen::given, needs.clock.now());
    end_sessions(*local, id);
    transaction.commit();
    return {std::move(login), password.reveal(), id, officer(*local, id).value().unit};
}

// The same form sent again must neither change the password without an entry nor show it twice.
kernel::Error password_was_shown() { return kernel::refuse(Code::conflict, "people.password_shown"); }

}  // namespace

Result<FirstAccount> open_account(const Needs& needs, const Actor& actor, const NewOfficer& asked, Once once) {
    const Result<ledger::Receipt> made = record_officer(needs, actor, asked, once);
    if (!made) return made.error();
    if (made->repeated) return password_was_shown();
    return store_password(needs, OfficerId(made->index), asked.login, random_password());
}

Result<FirstAccount> give_password(const Needs& needs, const Actor& actor, OfficerId id, Once once) {
    const Result<ledger::Receipt> given = administer(
        needs, actor, once, [&](db::Connection& db) { return decide(officer_state(db, id, {}), id, actor.officer); });
    if (!given) return given.error();
    if (given->repeated) return password_was_shown();
    return store_password(needs, id, login_of(*needs.database.read(), id), random_password());
}

Checked reset_code(const Needs& needs, const Actor& actor, OfficerId id, Once once) {
    const Result<ledger::Receipt> reset = administer(needs, actor, once, [&](db::Connection& db) {
        return decide_code_reset(officer_state(db, id, {}), id, actor.officer);
    });
    if (!reset) return reset.error();
    db::Database::Lease local = needs.database.local();
    db::Transaction transaction(*local);
    forget_second_step(*local, id);
    end_sessions(*local, id);
    transaction.commit();
    return {};
}

Checked reset_code(const Needs& needs, std::string_view login) {
    const std::optional<Officer> found = officer_by_login(*needs.database.read(), login);
    if (!found) return kernel::refuse(Code::not_found, "people.officer_unknown");
    return reset_code(needs, console(), found->id);
}

Result<FirstAccount> new_password(const Needs& needs, std::string_view login) {
    const std::optional<Officer> found = officer_by_login(*needs.database.read(), login);
    if (!found) return kernel::refuse(Code::not_found, "people.officer_unknown");
    return give_password(needs, console(), found->id);
}

Result<FirstAccount> add_officer(const Needs& needs, UnitId unit, std::string_view login, std::string_view post,
                                 const std::vector<Role>& roles, bool sample, std::string_view name) {
    const Result<std::string> clean_login = kernel::admit(login, "login", max_login, kernel::Lines::one);
    if (!clean_login) return clean_login.error();
    const Result<std::string> clean_post = kernel::admit(post, "post", max_post, kernel::Lines::one);
    if (!clean_post) return clean_post.error();
    const Result<std::string> clean_name = kernel::admit(name, "name", max_name, kernel::Lines::one);
    if (!clean_name) return clean_name.error();
    return open_account(needs, console(), {unit, *clean_login, *clean_name, *clean_post, roles, sample});
}

Result<UnitId> add_unit(const Needs& needs, std::optional<UnitId> parent, std::string_view name, bool sample) {
    const Result<std::string> clean_name = kernel::admit(name, "name", max_name, kernel::Lines::one);
    if (!clean_name) return clean_name.error();
    return make_unit(needs, console(), {parent, *clean_name, sample});
}

kernel::Checked may_set_up(std::string_view organisation, std::string_view login) {
    const Result<std::string> name = kernel::admit(organisation, "organisation", max_name, kernel::Lines::one);
    if (!name) return name.error();
    if (name->empty()) return kernel::invalid("organisation", "people.unit_name_missing");
    return check_login(login);
}

// Four entries in one act: an installation is set up wholly or not at all.
Result<FirstAccount> set_up(const Needs& needs, std::string_view organisation, std::string_view asked_login,
                            bool sample) {
    if (const kernel::Checked ok = may_set_up(organisation, asked_login); !ok) return ok.error();
    const Result<std::string> name = kernel::admit(organisation, "organisation", max_name, kernel::Lines::one);
    const std::string login(asked_login);
    const BuiltIn file = built_in_calendar("weekdays").value();
    const kernel::Calendar plain = *kernel::parse_calendar(file.name, file.text);
    const Result<ledger::Receipt> receipt = needs.ledger.perform([&](ledger::Writing& writing) -> Result<std::int64_t> {
        if (writing.next_index() != 0) return kernel::refuse(Code::conflict, "people.already_installed");
        const Result<UnitMade> root = decide(UnitState{}, NewUnit{{}, *name, sample}, {});
        if (!root) return root.error();
        writing.append(encode(Installed{*name}, 0));
        const UnitId unit(writing.append(encode(*root, writing.next_index())));
        writing.append(encode(CalendarSet{plain, {}, {}}, writing.next_index()));
        const OfficerMade admin{unit, "系统管理员 Administrator", {Role::administrator}, false, {}, login, {}};
        return writing.append(encode(admin, writing.next_index()));
    });
    if (!receipt) return receipt.error();
    return store_password(needs, OfficerId(receipt->index), login, random_password());
}

bool rehearsal(db::Connection& db) {
    const std::vector<Unit> all = units(db);
    return std::any_of(all.begin(), all.end(), [](const Unit& one) { return one.sample; });
}

std::string people_words(page::Lang lang, std::int64_t n, const Turnout& of) {
    return page::say(lang, "people.counted",
                     {{"n", page::number(lang, n)}, {"verified", page::number(lang, of.verified)}});
}

std::string verified_words(page::Lang lang, const Turnout& of) {
    return page::say(lang, "people.verified_in_round", {{"verified", page::number(lang, of.verified)}});
}

std::string kind_words(page::Lang lang, std::string_view kind) {
    const std::string key = "proof.kind_" + std::string(kind.substr(0, kind.find('.')));
    return page::has_message(key) ? page::say(lang, key) : std::string(kind);
}

}  // namespace people
