// What the pages of this feature are made of.
#pragma once
#include <string>

#include <db/db.h>
#include <page/page.h>
#include <voice/workbench.h>

#include "desk.h"

namespace desk {

std::string address(TemplateId);
std::string address(DraftId);
std::string case_address(voice::VoiceId);

page::Page list_page(const http::Request&, db::Connection&, bool may_set, bool ended,
                     std::optional<std::int64_t> before);
page::Page template_page(const http::Request&, db::Connection&, const Template&, bool may_set,
                         std::optional<int> below);
// Of a new one, or of a new version.
page::Page template_form(const http::Request&, db::Connection&, const people::Actor&, const std::optional<Template>&,
                         page::Form);
page::Page note_page(const http::Request&, db::Connection&, const voice::DeskCase&, page::Form,
                     std::optional<NoteId> before);
page::Page drafts_page(const http::Request&, db::Connection&, const people::Actor&, std::optional<DraftId> after);
page::Page draft_page(const http::Request&, db::Connection&, const people::Actor&, const Draft&, const voice::DeskCase&,
                      page::Form);

// On the case's page at the desk: the newest draft and notes, with a form for another note.
page::Html case_part(const http::Request&, db::Connection&, const voice::DeskCase&);
// Of the form of an answer, on this day.
voice::Workbench::Help help(const http::Request&, db::Connection&, const people::Actor&, const voice::DeskCase&,
                            kernel::Day today);

}  // namespace desk
