// What the pages of this feature are made of.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <db/db.h>
#include <http/http.h>
#include <kernel/json.h>
#include <page/page.h>

#include "dialogue.h"
#include "votes.h"

namespace dialogue {

struct Happened;

inline constexpr int statements_on_a_page = 20, moderated_on_a_page = 20;

page::Page vote_page(const http::Request&, db::Connection&, const Dialogue&, std::optional<people::ParticipantId>,
                     page::Form, const Hooks&, const std::vector<StatementId>& alike = {});
page::Page list_page(const http::Request&, db::Connection&, const Dialogue&, State);
page::Page statement_page(const http::Request&, db::Connection&, const Statement&, const Hooks&);
page::Page moderation_page(const http::Request&, db::Connection&, const Dialogue&, const std::vector<kernel::Error>&);
page::Page open_page(const http::Request&, const cycle::Cycle&, page::Form);
page::Page manage_page(const http::Request&, db::Connection&, const Dialogue&, page::Form);  // seeds, closing

// What these pages share.
page::Html history_html(page::Lang, db::Connection&, const std::vector<Happened>&);
std::string counted_at(page::Lang, db::Connection&);
std::string address(DialogueId);   // "/dialogues/17"
std::string address(StatementId);  // "/statements/18"
// "26 people, of them 0 verified, …": every figure with its n.
std::vector<page::Data> figure_rows(page::Lang, db::Connection&, const Dialogue&);
page::Data counts_data(page::Lang, const Counts&);
page::Data dialogue_data(page::Lang, const Dialogue&);
// What a reader sees of a statement; the notice of removal where it was set aside.
page::Data statement_data(page::Lang, const Statement&);
page::Data statement_data(page::Lang, db::Connection&, const Statement&);  // with its translation for this reader
// Where a browser begins: each somewhere else, so that no statement is always the last.
StatementId first_for(std::string_view browser, db::Connection&, const Dialogue&);
std::optional<StatementId> id_asked(const http::Request&, std::string_view name);
page::Page confirm_page(const http::Request&, db::Connection&, const Statement&, Choice, std::string_view back);

// reports.cc: reports and appeals that wait, of one dialogue or of all; nothing when none does.
page::Html complaints(const http::Request&, db::Connection&, std::optional<DialogueId>);
// The author of a statement, by the browser that sent it or by the code of the round.
bool is_author(db::Connection&, const people::Needs&, const Statement&, std::string_view browser,
               std::string_view code);

// As the API and JSON Lines show it, with its translations.
kernel::Json statement_json(db::Connection&, const Statement&);

// Registered by add_routes.
void add_report_routes(http::Router&, const people::Needs&);
void add_api(http::Router&, const people::Needs&);

}  // namespace dialogue
