#include <http/server.h>

#include <algorithm>

#include "page.h"

namespace page {

http::Response work_page(const http::Request& request, const http::WorkAsked& asked) {
    const Lang lang = lang_of(request);
    std::vector<Data> fields;
    for (const auto& [name, value] : request.form) {
        if (name == "csrf" || name == "work" || name == "work_proof") continue;
        Data field;
        field.set("name", name).set("value", value);
        fields.push_back(std::move(field));
    }
    std::vector<std::string> names;  // of file fields: a page cannot choose files for its reader
    for (const auto& upload : request.uploads)
        if (upload->size > 0 && std::find(names.begin(), names.end(), upload->field) == names.end())
            names.push_back(upload->field);
    std::vector<Data> files;
    for (const std::string& name : names) {
        Data file;
        file.set("name", name);
        files.push_back(std::move(file));
    }
    Data data;
    data.set("csrf", csrf_field()).set("action", request.target).set("fields", std::move(fields));
    data.set("has_files", !files.empty()).set("files", std::move(files));
    data.set("challenge", asked.challenge).set("parts", asked.parts).set("bits", asked.bits).set("wait", asked.wait);
    Page page;
    page.title = say(lang, "page.work_title");
    page.main = render(lang, "page/work.html", data);
    page.scripts = {"page_work"};
    page.private_matter = true;
    page.status = 429;
    return answer(request, std::move(page));
}

}  // namespace page
