// The form that splits a message: two blocks of fields to begin with, one more each time it is asked for.
#include "desk_acts.h"

#include <algorithm>

#include "acts.h"
#include "show_page.h"

namespace voice {
namespace {

using http::Request;
using page::Data;
using page::Lang;

std::string numbered(std::string_view field, std::size_t n) { return std::string(field) + "_" + std::to_string(n); }

std::size_t blocks(const Request& r) {
    const auto shown = static_cast<std::size_t>(kernel::parse_index(r.field("parts").value_or("")).value_or(0));
    return std::clamp(shown + (asks_for_more(r) ? 1 : 0), min_parts, max_parts);
}

std::vector<page::Option> with_none(Lang lang, std::vector<page::Option> these, std::string_view key) {
    these.insert(these.begin(), {"", page::say(lang, key), ""});
    return these;
}

}  // namespace

bool asks_for_more(const Request& r) { return r.field("more") == "yes"; }

void prepare_parts(page::Form& form, Data& data, Lang lang, const Request& r, const Case& c, const InForce& now,
                   std::vector<page::Option> units) {
    const bool listed = now.table.has_value();
    const std::vector<page::Option> to =
        with_none(lang, std::move(units), listed ? "voice.part_by_table" : "voice.part_no_unit");
    for (std::size_t n = 1; n <= max_parts; ++n) {
        form.options(numbered("kind", n), options(lang, "kind", all_kinds)).options(numbered("unit", n), to);
        form.value(numbered("kind", n), std::string(name(c.kind)));
        if (listed) {
            const routing::Lists& lists = now.table->sheet->lists();
            form.options(numbered("category", n),
                         with_none(lang, listed_options(lang, lists.categories), "voice.not_said"));
            form.options(numbered("district", n),
                         with_none(lang, listed_options(lang, lists.districts), "voice.not_said"));
            form.value(numbered("category", n), c.category).value(numbered("district", n), c.district);
        }
        data.set(numbered("part", n), n <= blocks(r));
    }
    data.set("listed", listed).set("parts_shown", std::to_string(blocks(r))).set("may_more", blocks(r) < max_parts);
}

void fill_parts(page::Form& form, Data& data, Lang lang) {
    form.fill(lang, data, {"title_1", "passage_1", "kind_1", "category_1", "district_1", "unit_1",
                           "title_2", "passage_2", "kind_2", "category_2", "district_2", "unit_2",
                           "title_3", "passage_3", "kind_3", "category_3", "district_3", "unit_3",
                           "title_4", "passage_4", "kind_4", "category_4", "district_4", "unit_4",
                           "title_5", "passage_5", "kind_5", "category_5", "district_5", "unit_5",
                           "title_6", "passage_6", "kind_6", "category_6", "district_6", "unit_6"});
}

kernel::Checked do_split(const Site& site, const Request& r, VoiceId id, Reader& reader) {
    std::vector<PartDraft> parts;
    for (std::size_t n = 1; n <= blocks(r); ++n) {
        PartDraft part;
        part.title = reader.text(numbered("title", n), max_title);
        part.passage = reader.text(numbered("passage", n), max_text);
        const bool empty = part.title.empty() && part.passage.empty() && !reader.refused(numbered("title", n)) &&
                           !reader.refused(numbered("passage", n));
        // Only the last ones may stay empty: what is wrong with a part is said at its own number.
        if (empty && n > min_parts && n == blocks(r)) break;
        const auto kind = reader.one_of<Kind>(numbered("kind", n), parse_kind, "voice.kind_missing");
        part.kind = kind.value_or(Kind::suggestion);
        part.category = reader.text(numbered("category", n), max_place);
        part.district = reader.text(numbered("district", n), max_place);
        part.unit = reader.id<people::UnitId>(numbered("unit", n), "voice.unit_unknown");
        parts.push_back(std::move(part));
    }
    if (reader.refused()) return reader.errors().front();
    return split(site.needs, people::actor(r), id, parts, sent_with(r));
}

}  // namespace voice
