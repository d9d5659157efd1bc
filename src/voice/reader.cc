#include "reader.h"

#include <routing/routing.h>

#include <algorithm>

namespace voice {

std::optional<std::string_view> Reader::raw(std::string_view field) {
    if (form_) return form_->field(field);
    const kernel::Json& member = (*json_)[field];
    if (const std::string* text = member.string()) return *text;
    if (!member.is_null() && !member.boolean()) refuse(kernel::invalid(std::string(field), "voice.wrong_type"));
    return std::nullopt;
}

std::string Reader::text(std::string_view field, std::size_t max, kernel::Lines lines) {
    kernel::Result<std::string> admitted = kernel::admit(raw(field).value_or(""), field, max, lines);
    if (admitted) return *std::move(admitted);
    refuse(admitted.error());
    return {};
}

std::optional<kernel::Day> Reader::day(std::string_view field) {
    const std::string_view sent = raw(field).value_or("");
    if (sent.empty()) return std::nullopt;
    const std::optional<kernel::Day> day = kernel::parse_day(sent);
    if (!day) refuse(kernel::invalid(std::string(field), "voice.no_such_day"));
    return day;
}

bool Reader::refused(std::string_view field) const {
    return std::any_of(errors_.begin(), errors_.end(),
                       [&](const kernel::Error& error) { return error.field == field; });
}

bool Reader::ticked(std::string_view field) {
    if (form_) return form_->field(field) == "yes";
    const bool* set = (*json_)[field].boolean();
    return set && *set;
}

std::optional<std::int64_t> Reader::index(std::string_view field, std::string_view wrong_key) {
    const std::string_view sent = raw(field).value_or("");
    if (sent.empty()) return std::nullopt;
    const std::optional<std::int64_t> n = kernel::parse_index(sent);
    if (!n) refuse(kernel::invalid(std::string(field), std::string(wrong_key)));
    return n;
}

Draft read_voice(Reader& reader, people::CycleId cycle, std::string_view lang_if_not_said, bool audience_needed) {
    Draft draft;
    draft.cycle = cycle;
    draft.kind = reader.one_of<Kind>("kind", parse_kind, "voice.kind_missing").value_or(Kind::suggestion);
    if (audience_needed || reader.raw("audience"))
        draft.audience =
            reader.one_of<Audience>("audience", parse_audience, "voice.audience_missing").value_or(Audience::open);
    draft.title = reader.text("title", max_title, kernel::Lines::one);
    draft.text = reader.text("text", max_text);
    if (draft.text.empty() && !reader.refused("text")) reader.refuse(kernel::invalid("text", "voice.text_missing"));
    draft.place = reader.text("place", max_place, kernel::Lines::one);
    draft.lang = reader.text("lang", 35, kernel::Lines::one);
    if (draft.lang.empty()) draft.lang = lang_if_not_said;
    if (std::string position = reader.text("position", 40, kernel::Lines::one); !position.empty())
        draft.position = std::move(position);
    draft.category = reader.text("category", routing::max_code, kernel::Lines::one);
    draft.district = reader.text("district", routing::max_code, kernel::Lines::one);
    draft.about_person = reader.ticked("about_person");
    return draft;
}

}  // namespace voice
