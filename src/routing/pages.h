// What the pages of this feature are made of.
#pragma once
#include <string>
#include <vector>

#include <db/db.h>
#include <http/http.h>
#include <kernel/json.h>
#include <page/page.h>

#include "routing.h"
#include "rules.h"
#include "typed.h"

namespace routing {

std::string address(TableId);  // where everybody reads it
std::string kind_words(page::Lang, const Hooks&, std::string_view code);

// For everybody; without a table, that there is none yet. `with`: the difference to that one.
page::Page table_page(const http::Request&, db::Connection&, const Hooks&, const std::optional<Table>&,
                      const std::optional<Table>& with);
// For administrators.
page::Page versions_page(const http::Request&, db::Connection&);
struct Filling {
    std::string action;  // where the form is sent
    Typed typed;
    std::vector<kernel::Error> errors;
    std::optional<rules::Trial> trial;
    int empty_rows = 5;
    bool files_read = false;  // nothing of it is recorded yet
};
page::Page form_page(const http::Request&, const Hooks&, const rules::Known&, const Filling&);
page::Html trial_part(page::Lang, const Hooks&, const rules::Known&, const rules::Trial&);

kernel::Json as_json(db::Connection&, const Version&);
kernel::Json as_json(db::Connection&, const Version&, const Lists&);

}  // namespace routing
