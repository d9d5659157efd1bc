// What the routes of this feature share. routes.cc lists the addresses; each other *_routes.cc serves one part.
#pragma once
#include <http/http.h>
#include <page/page.h>

#include "passwords.h"
#include "people.h"

namespace people {

// Made once for all routes and kept by them.
struct Site {
    Site(const Needs& n, Hooks h) : needs(n), hooks(std::move(h)) {}
    Needs needs;
    Hooks hooks;
    mutable Gate gate{2, 32};  // password work: 128 MiB at most
};

// sign_in_routes.cc
http::Response show_sign_in(const Site&, const http::Request&);
http::Response post_sign_in(const Site&, const http::Request&);
http::Response post_sign_out(const Site&, const http::Request&);
http::Response show_account(const Site&, const http::Request&);
http::Response post_password(const Site&, const http::Request&);
http::Response post_end_session(const Site&, const http::Request&);
http::Response session_json(const Site&, const http::Request&);

http::Response sign_in_page(const http::Request&, const page::Form&, std::string_view next, int status = 200);
// One line for each sign-in, with what was asked for; never the login, which may be a password typed into the wrong
// field.
void log_sign_in(std::string_view factors, const kernel::Error* refused);
// Where to go after signing in: a path of our own, never another site ("//…", "/\\…").
std::string next_path(std::optional<std::string_view> asked);
// A password is neither trimmed nor refused for its characters: only its bytes must be text, in one form.
kernel::Secret secret_field(const http::Request&, std::string_view field);

// second_step_routes.cc
http::Response show_sign_in_code(const Site&, const http::Request&);
http::Response post_sign_in_code(const Site&, const http::Request&);
http::Response show_code(const Site&, const http::Request&);
http::Response post_code_begin(const Site&, const http::Request&);
http::Response post_code_confirm(const Site&, const http::Request&);
http::Response post_code_recovery(const Site&, const http::Request&);
http::Response post_code_end(const Site&, const http::Request&);
http::Response post_officer_code(const Site&, const http::Request&);

// unit_routes.cc: what everybody may read
http::Response list_units(const Site&, const http::Request&);
http::Response show_unit(const Site&, const http::Request&);
http::Response units_json(const Site&, const http::Request&);
http::Response unit_json(const Site&, const http::Request&);

// admin_unit_routes.cc
http::Response show_admin(const Site&, const http::Request&);
http::Response new_unit(const Site&, const http::Request&);
http::Response post_unit(const Site&, const http::Request&);
http::Response edit_unit(const Site&, const http::Request&);
http::Response edit_unit_name(const Site&, const http::Request&);
http::Response edit_unit_parent(const Site&, const http::Request&);
http::Response edit_unit_closing(const Site&, const http::Request&);
http::Response post_unit_name(const Site&, const http::Request&);
http::Response post_unit_parent(const Site&, const http::Request&);
http::Response post_unit_closing(const Site&, const http::Request&);

// admin_officer_routes.cc
http::Response list_officers(const Site&, const http::Request&);
http::Response new_officer(const Site&, const http::Request&);
http::Response post_officer(const Site&, const http::Request&);
http::Response edit_officer(const Site&, const http::Request&);
http::Response post_officer_edit(const Site&, const http::Request&);
http::Response post_officer_password(const Site&, const http::Request&);
http::Response post_officer_sign_out(const Site&, const http::Request&);

// contractor_routes.cc
http::Response list_contractors(const Site&, const http::Request&);
http::Response contractors_json(const Site&, const http::Request&);
http::Response admin_contractors(const Site&, const http::Request&);
http::Response post_contractor(const Site&, const http::Request&);
http::Response edit_contractor(const Site&, const http::Request&);
http::Response post_contractor_end(const Site&, const http::Request&);

// setting_routes.cc
http::Response list_settings(const Site&, const http::Request&);
http::Response edit_setting(const Site&, const http::Request&);
http::Response post_setting(const Site&, const http::Request&);
http::Response settings_json(const Site&, const http::Request&);

// calendar_routes.cc
http::Response list_calendars(const Site&, const http::Request&);
http::Response show_calendar(const Site&, const http::Request&);
http::Response edit_calendar(const Site&, const http::Request&);
http::Response post_calendar(const Site&, const http::Request&);
http::Response calendar_json(const Site&, const http::Request&);

// ---- shared --------------------------------------------------------------------------------------------------------
// The number in the address "/…/{id}"; zero when it is none, and then nothing is found.
template <class SomeId>
SomeId id_of(const http::Request& request) {
    return SomeId(kernel::parse_index(request.param("id")).value_or(0));
}
http::Response answer_page(const http::Request&, std::string title, page::Html main, int status = 200);
// All open units as "Unit / Under it", for a select list.
std::vector<page::Option> unit_options(db::Connection&);
std::vector<page::Option> contractor_options(db::Connection&);  // those that have not ended
std::string path_to(UnitId);                                    // "/units/17"
std::string lower_case(std::string);                            // ASCII: logins are typed with capitals by phones

}  // namespace people
