// What can be reported: the categories of the routing table in force, and the kinds of messages for what is in none of
// them.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <kernel/json.h>
#include <page/page.h>
#include <routing/routing.h>
#include <voice/voice.h>

namespace georeport {

// The codes of categories are small letters, those of kinds capitals ("HELP"), so that they never meet.
struct Service {
    std::string code, name, description, group, keywords;
    std::string category;                  // "" of a kind
    voice::Kind kind = voice::Kind::help;  // of a category: what a report is, where it does not say
};

// One sentence after another, as the language parts them.
void add_sentence(std::string& text, const std::string& next);

// The table in force once, for all that one request asks; null: none has been set.
using Sheet = std::shared_ptr<const routing::Sheet>;
Sheet sheet_in_force(db::Connection&);
std::vector<Service> services(const Sheet&, page::Lang);
std::optional<Service> service(const Sheet&, page::Lang, std::string_view code);
// What a message of this category ("" none) and kind is here, also where the table has the category no more.
struct Filed {
    std::string code, name;
};
Filed filed_under(const Sheet&, page::Lang, std::string_view category, voice::Kind);

kernel::Json as_json(const std::vector<Service>&);
kernel::Json definition(const Sheet&, page::Lang, const Service&);

}  // namespace georeport
