#include <algorithm>

#include "page.h"
#include "slots.h"

namespace page {
namespace {

std::string hidden(std::string_view name, Slot slot) {
    return "<input type=\"hidden\" name=\"" + std::string(name) + "\" value=\"" + mark(slot) + "\">";
}

// The first error of a field, in the reader's words; "" for none.
std::string error_text(Lang lang, const std::vector<kernel::Error>& errors, std::string_view field) {
    const auto found =
        std::find_if(errors.begin(), errors.end(), [&](const auto& error) { return error.field == field; });
    return found == errors.end() ? "" : say(lang, *found);
}

Html summary(Lang lang, const std::vector<kernel::Error>& errors, std::span<const std::string_view> fields) {
    if (errors.empty()) return {};
    std::vector<Data> rows;
    for (const kernel::Error& error : errors) {
        Data row;
        row.set("text", say(lang, error));
        // A link only where there is something to go to.
        row.set("field", std::find(fields.begin(), fields.end(), error.field) == fields.end() ? "" : error.field);
        rows.push_back(std::move(row));
    }
    Data data;
    data.set("errors", std::move(rows));
    return render(lang, "page/errors.html", data);
}

std::vector<Data> choices(std::string_view field, const std::vector<Option>& all,
                          const std::vector<std::string>& chosen) {
    std::vector<Data> rows;
    for (const Option& option : all) {
        // The first has the field's own id, so that the error summary leads to it.
        const std::string id = std::string(field) + (rows.empty() ? "" : "-" + std::to_string(rows.size() + 1));
        Data row;
        row.set("id", id).set("value", option.value).set("label", option.label).set("hint", option.hint);
        row.set("chosen", std::find(chosen.begin(), chosen.end(), option.value) != chosen.end());
        row.set("first", rows.empty());
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace

Form::Form(const http::Request& request) : request_(request) {}

Form Form::again(const http::Request& request, std::vector<kernel::Error> errors) {
    Form form(request);
    form.errors_ = std::move(errors);
    form.again_ = true;
    return form;
}

Form Form::of(const http::Request& request, std::vector<kernel::Error> errors) {
    return errors.empty() ? Form(request) : again(request, std::move(errors));
}

Form& Form::value(std::string field, std::string text) {
    values_[std::move(field)].push_back(std::move(text));
    return *this;
}

Form& Form::options(std::string field, std::vector<Option> all) {
    options_[std::move(field)] = std::move(all);
    return *this;
}

const std::vector<kernel::Error>& Form::errors() const { return errors_; }

std::vector<std::string> Form::values(std::string_view field) const {
    if (again_) {
        const std::vector<std::string_view> typed = request_.fields(field);
        return {typed.begin(), typed.end()};
    }
    const auto found = values_.find(field);
    return found == values_.end() ? std::vector<std::string>{} : found->second;
}

void Form::fill(Lang lang, Data& data, std::initializer_list<std::string_view> fields) const {
    fill(lang, data, std::span<const std::string_view>(fields.begin(), fields.size()));
}

void Form::fill(Lang lang, Data& data, std::span<const std::string_view> fields) const {
    data.set("csrf", csrf_field() + trusted(hidden("once", Slot::once)));
    data.set("errors", summary(lang, errors_, fields));
    for (std::string_view field : fields) {
        const std::string name(field);
        const std::vector<std::string> typed = values(field);
        data.set(name + "_value", typed.empty() ? "" : typed[0]);
        data.set(name + "_error", error_text(lang, errors_, field));
        if (const auto found = options_.find(field); found != options_.end())
            data.set(name + "_options", choices(field, found->second, typed));
    }
}

Html csrf_field() { return trusted(hidden("csrf", Slot::csrf)); }

}  // namespace page
